"""Write paths that bypass the application: before the purge, after it, and with the triggers disabled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.survey import survey
from minimize.guard.drift import find_drift
from minimize.plan.proof_constraint import add_proofs, validate_proofs
from minimize.policy import parse_policy
from tests.integration.guard.conftest import Share
from tests.integration.guard.writes import KINDS, PLAIN_POLICY, Connection, Kind, build_plain, check_refusal

pytestmark = pytest.mark.majors

STATES = ("unpurged", "proven", "disabled")
"""Guarded with a value left; purged, with validated proof constraints; that, and the triggers disabled.

In the last the guard's CHECK is alone; it comes before the proof, whose refusal would quote the row.
"""

by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
by_state = pytest.mark.parametrize("ground", STATES, indirect=True)


@dataclass(frozen=True, slots=True)
class Ground:
    """A transaction in a guarded database, in which a value must be refused."""

    conn: Connection
    state: str

    def refuse(self, write: Callable[[], object]) -> None:
        """Check that a write is refused by the guard, with or without its triggers."""
        with pytest.raises(psycopg.Error) as caught, self.conn.transaction():
            write()
        check_refusal(caught.value)

    def refuse_last(self, *statements: sql.Composed | LiteralString) -> None:
        """Run statements of which the last must be refused."""
        for statement in statements[:-1]:
            self.conn.execute(statement)
        self.refuse(lambda: self.conn.execute(statements[-1]))


def prove(url: str, policy: str) -> None:
    """Leave behind what the end of a purge does: the validated proof constraints."""
    with psycopg.connect(url) as conn:
        for table in survey(conn, parse_policy(policy, "test.toml")).tables:
            conn.execute(add_proofs(table.present, sql.SQL("SELECT 1")))
            conn.execute(validate_proofs(table.present))
        unproven = "SELECT count(*) FROM pg_constraint WHERE conname LIKE 'minimize\\_proof\\_%' AND NOT convalidated"
        assert conn.execute(unproven).fetchone() == (0,)


def build_proven(url: str) -> None:
    """Guard the three tables, purge and prove them."""
    build_plain(url)
    with psycopg.connect(url) as conn:
        for kind in KINDS:
            conn.execute(kind.write("UPDATE {t} SET value = {clean}"))
    prove(url, PLAIN_POLICY)


def disable_triggers(conn: Connection, *tables: str) -> None:
    """Switch off every trigger that is not a foreign key's."""
    for table in tables:
        conn.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier("lab", table)))


def drop_check(conn: Connection, table: str) -> None:
    """Drop the guard's CHECK."""
    (name,) = conn.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND starts_with(conname, '!minimize_')",
        [f"lab.{table}"],
    ).fetchone() or (None,)
    statement = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
    conn.execute(statement.format(sql.Identifier("lab", table), sql.Identifier(str(name))))


@pytest.fixture(scope="session")
def shared_proven(share: Share) -> str:
    """Return the URL of a guarded, purged and proven database that no test changes for good."""
    return share("guard_proven", build_proven)


@contextmanager
def connect_states(guarded: str, proven: str) -> Iterator[dict[str, Connection]]:
    """Return a connection for each state; it stays open from test to test, which halves the time they take."""
    with (
        psycopg.connect(guarded, prepare_threshold=None) as one,
        psycopg.connect(proven, prepare_threshold=None) as two,
    ):
        yield {"unpurged": one, "proven": two, "disabled": two}


@contextmanager
def stand(conn: Connection, state: str, *tables: str) -> Iterator[Ground]:
    """Return a transaction in a state, and take back whatever is done in it."""
    try:
        if state == "disabled":
            disable_triggers(conn, *tables)
        yield Ground(conn, state)
    finally:
        conn.rollback()
        conn.execute("DEALLOCATE ALL")
        conn.rollback()


@pytest.fixture(scope="session")
def connections(shared_plain: str, shared_proven: str) -> Iterator[dict[str, Connection]]:
    """Return a connection for each state."""
    with connect_states(shared_plain, shared_proven) as connections:
        yield connections


@pytest.fixture
def ground(connections: dict[str, Connection], request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Return a transaction in the state asked for."""
    with stand(connections[request.param], request.param, *(kind.table for kind in KINDS)) as ground:
        yield ground


SOURCE: tuple[LiteralString, ...] = (
    "CREATE TABLE lab.source (LIKE {t})",
    "INSERT INTO lab.source (id, value) VALUES (2, {new})",
)
VIEW: LiteralString = "CREATE VIEW lab.v AS SELECT id, value AS shown FROM {t}"
FILL: LiteralString = (
    "CREATE FUNCTION lab.fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.value := {new}; RETURN NEW; END $$"
)

PATHS: dict[str, tuple[LiteralString, ...]] = {
    "insert-select": (*SOURCE, "INSERT INTO {t} (id, value) SELECT id + 10, value FROM lab.source"),
    "update-from": (*SOURCE, "UPDATE {t} AS t SET value = s.value FROM lab.source AS s WHERE s.id = t.id"),
    "update-from-subquery": (
        *SOURCE,
        "UPDATE {t} AS t SET (value, note) = (SELECT s.value, 'x' FROM lab.source AS s WHERE s.id = t.id)",
    ),
    "merge": (
        *SOURCE,
        "MERGE INTO {t} AS t USING lab.source AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET value = s.value",
    ),
    "writable-cte-insert": ("WITH w AS (INSERT INTO {t} (id, value) VALUES (10, {new}) RETURNING id) TABLE w",),
    "writable-cte-update": ("WITH w AS (UPDATE {t} SET value = {new} WHERE id = 2 RETURNING id) SELECT 1",),
    "writable-cte-move": (
        *SOURCE,
        "WITH gone AS (DELETE FROM lab.source RETURNING value) INSERT INTO {t} (id, value) SELECT 10, value FROM gone",
    ),
    "view-insert": (VIEW, "INSERT INTO lab.v VALUES (10, {new})"),
    "view-update": (VIEW, "UPDATE lab.v SET shown = {new} WHERE id = 2"),
    "view-with-check-option": (
        "CREATE VIEW lab.v AS SELECT id, value AS shown FROM {t} WHERE id > 0 WITH CHECK OPTION",
        "INSERT INTO lab.v VALUES (10, {new})",
    ),
    "instead-of-trigger": (
        "CREATE VIEW lab.v AS SELECT id, max(value::text) AS shown FROM {t} GROUP BY id",
        (
            "CREATE FUNCTION lab.put() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN INSERT INTO {t} (id, value) VALUES (NEW.id, {new}); RETURN NEW; END $$"
        ),
        "CREATE TRIGGER put INSTEAD OF INSERT ON lab.v FOR EACH ROW EXECUTE FUNCTION lab.put()",
        "INSERT INTO lab.v VALUES (10, 'x')",
    ),
    "rule-instead": (
        *SOURCE,
        "CREATE RULE put AS ON INSERT TO lab.source DO INSTEAD INSERT INTO {t} (id, value) VALUES (NEW.id, NEW.value)",
        "INSERT INTO lab.source (id, value) VALUES (10, {new})",
    ),
    "rule-also": (
        *SOURCE,
        "CREATE RULE put AS ON INSERT TO lab.source DO ALSO UPDATE {t} SET value = NEW.value WHERE id = 2",
        "INSERT INTO lab.source (id, value) VALUES (10, {new})",
    ),
    "rule-on-the-table": (
        "CREATE RULE put AS ON INSERT TO {t} WHERE NEW.id = 10 DO ALSO UPDATE {t} SET value = {new} WHERE id = 2",
        "INSERT INTO {t} (id) VALUES (10)",
    ),
    "security-definer": (
        (
            "CREATE FUNCTION lab.put() RETURNS void LANGUAGE sql SECURITY DEFINER AS"
            " $$ INSERT INTO {t} (id, value) VALUES (10, {new}) $$"
        ),
        "GRANT USAGE ON SCHEMA lab TO pg_monitor",
        "SET LOCAL ROLE pg_monitor",
        "SELECT lab.put()",
    ),
    "dynamic-sql": (
        *SOURCE,
        "DO $$ BEGIN EXECUTE 'INSERT INTO {t} (id, value) SELECT 10, value FROM lab.source'; END $$",
    ),
    "earlier-trigger": (
        FILL,
        "CREATE TRIGGER zzz BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION lab.fill()",
        "INSERT INTO {t} (id) VALUES (10)",
    ),
    "trigger-of-another-table": (
        *SOURCE,
        (
            "CREATE FUNCTION lab.copy() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN UPDATE {t} SET value = NEW.value WHERE id = 2; RETURN NULL; END $$"
        ),
        "CREATE TRIGGER copy AFTER INSERT ON lab.source FOR EACH ROW EXECUTE FUNCTION lab.copy()",
        "INSERT INTO lab.source (id, value) VALUES (10, {new})",
    ),
    "default": (
        "ALTER TABLE {t} ALTER COLUMN value SET DEFAULT {new}, ALTER COLUMN id SET DEFAULT 10",
        "INSERT INTO {t} DEFAULT VALUES",
    ),
    "update-to-default": (
        "ALTER TABLE {t} ALTER COLUMN value SET DEFAULT {new}",
        "UPDATE {t} SET value = DEFAULT WHERE id = 2",
    ),
    "replica-role": ("SET LOCAL session_replication_role = replica", "INSERT INTO {t} (id, value) VALUES (10, {new})"),
    "prepared": (
        *SOURCE,
        "PREPARE put AS INSERT INTO {t} (id, value) SELECT 10, value FROM lab.source",
        "EXECUTE put",
    ),
}


@by_kind
@by_state
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
def test_no_path_brings_a_value(ground: Ground, kind: Kind, path: tuple[LiteralString, ...]) -> None:
    """Each object between the client and the table leads to a refusal by the table."""
    ground.refuse_last(*map(kind.write, path))


@by_kind
@by_state
@pytest.mark.parametrize("options", ["FORMAT text", "FORMAT csv", "FORMAT binary", "FORMAT text, FREEZE"])
def test_copy_of_every_format_is_refused(ground: Ground, kind: Kind, options: LiteralString) -> None:
    """A bulk load is refused in every format, also with FREEZE; clean rows load."""

    def load(table: LiteralString) -> None:
        conn.execute(kind.write("TRUNCATE {t}"))  # FREEZE asks for it in the same subtransaction
        with conn.cursor() as cursor:
            dump = sql.SQL(" ").join([sql.SQL("COPY"), sql.SQL(table), sql.SQL("TO STDOUT"), form])
            with cursor.copy(dump) as copy:
                data = b"".join(map(bytes, copy))
            with cursor.copy(kind.write("COPY {t} FROM STDIN ") + into) as copy:
                copy.write(data)

    conn = ground.conn
    into = sql.SQL("({})").format(sql.SQL(options))
    form = sql.SQL("({})").format(sql.SQL(options.replace(", FREEZE", "")))
    for statement in (
        *SOURCE,
        "CREATE TABLE lab.tidy (LIKE {t})",
        "INSERT INTO lab.tidy VALUES (10, {clean}), (11, NULL)",
    ):
        conn.execute(kind.write(statement))
    ground.refuse(lambda: load("lab.source"))
    with conn.transaction():
        load("lab.tidy")
    assert conn.execute(kind.write("SELECT count(*) FROM {t}")).fetchone() == (2,)


@by_kind
@by_state
def test_what_a_later_trigger_puts_in_is_refused(ground: Ground, kind: Kind) -> None:
    """What a later trigger writes back is refused as well, and the trigger is reported."""
    ground.refuse_last(
        kind.write(FILL),
        kind.write('CREATE TRIGGER "~~" BEFORE INSERT OR UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION lab.fill()'),
        kind.write("INSERT INTO {t} (id) VALUES (10)"),
    )
    ground.refuse_last(kind.write("UPDATE {t} SET note = 'x' WHERE id = 1"))
    found = find_drift(ground.conn, survey(ground.conn, parse_policy(PLAIN_POLICY, "test.toml")))
    assert ("~~", "fires after the guard") in {(drift.trigger, drift.problem) for drift in found}


@by_kind
@by_state
def test_clean_writes_pass(ground: Ground, kind: Kind) -> None:
    """The control: no state refuses a write without the field through any of these objects."""
    ground.conn.execute(kind.write(VIEW))
    for statement in (
        "INSERT INTO lab.v VALUES (10, {clean})",
        "WITH w AS (INSERT INTO {t} (id) VALUES (11) RETURNING id) TABLE w",
        "UPDATE {t} AS t SET note = o.kind, value = {clean} FROM {t} AS o WHERE o.id = 2 AND t.id = 2",
        "MERGE INTO {t} AS t USING (SELECT 2 AS id) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET value = NULL",
    ):
        assert ground.conn.execute(kind.write(statement)).rowcount == 1


def test_disabled_triggers_are_reported(shared_proven: str) -> None:
    """The CHECK still refuses, and `guard check` names the disabled triggers."""
    with psycopg.connect(shared_proven) as conn:
        policy = parse_policy(PLAIN_POLICY, "test.toml")
        assert find_drift(conn, survey(conn, policy)) == ()
        disable_triggers(conn, "plain")
        found = [(drift.relation, drift.problem) for drift in find_drift(conn, survey(conn, policy))]
        assert found == [("lab.plain", "disabled")] * 2
        conn.rollback()


@by_kind
def test_the_proof_alone_refuses(shared_proven: str, kind: Kind) -> None:
    """Without triggers and CHECK the proof constraint still refuses; its error quotes the row."""
    with psycopg.connect(shared_proven) as conn:
        disable_triggers(conn, kind.table)
        drop_check(conn, kind.table)
        with pytest.raises(psycopg.errors.CheckViolation, match="minimize_proof_"):
            conn.execute(kind.write("INSERT INTO {t} (id, value) VALUES (10, {new})"))
        conn.rollback()


DUMPS = ("COPY", "INSERT", "COPY with --disable-triggers")


@by_kind
@by_state
@pytest.mark.parametrize("form", DUMPS)
def test_an_old_dump_is_not_restored(ground: Ground, kind: Kind, form: str) -> None:
    """An old data-only dump is refused, with pg_dump's empty search_path and with --disable-triggers too."""
    conn = ground.conn

    def replay() -> None:
        conn.execute("SELECT set_config('search_path', '', true)")
        conn.execute("SET LOCAL row_security = off")
        if "disable" in form:
            conn.execute(kind.write("ALTER TABLE {t} DISABLE TRIGGER ALL"))
        if "INSERT" in form:
            conn.execute(kind.write("INSERT INTO {t} VALUES (10, {old}, 'DL', NULL)"))
        else:
            with conn.cursor().copy(kind.write("COPY {t} (id, value, kind, note) FROM STDIN")) as copy:
                copy.write_row((10, kind.carrying, "DL", None))
        if "disable" in form:
            conn.execute(kind.write("ALTER TABLE {t} ENABLE TRIGGER ALL"))

    ground.refuse(replay)
