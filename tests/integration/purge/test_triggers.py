"""Triggers that would copy erased values refuse a purge; harmless ones do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

import psycopg
import pytest

from minimize.catalog.connection import connect
from minimize.catalog.side_effects.triggers import find_copying_triggers
from minimize.catalog.survey import survey
from minimize.errors import MissingPrivilegeError, RefusedError
from minimize.purge.options import PurgeOptions, StrategyChoice
from minimize.purge.strategy.choice import choose_strategy
from minimize.purge.tuning import Tuning
from tests.integration.purge.scenario import at, counts, digests, execute, fetch, guard, one, policy_of, purge, whole

pytestmark = pytest.mark.majors

POLICY = policy_of(at("public.person.birthplace"))
SCHEMA: LiteralString = """
CREATE TABLE person (id bigint PRIMARY KEY, birthplace text, note text, seen timestamptz);
CREATE TABLE log (entry text);
INSERT INTO person SELECT n, 'Kent', 'Kent' FROM generate_series(1, 50) AS n;
"""
COPIES_ROW: LiteralString = "INSERT INTO log VALUES (to_jsonb(OLD)::text); RETURN NULL;"
COPYING: dict[str, tuple[LiteralString, LiteralString, str]] = {
    "the whole row": ("AFTER UPDATE ON person FOR EACH ROW", COPIES_ROW, "uses the whole old row"),
    "the column": (
        "AFTER UPDATE ON person FOR EACH ROW",
        "INSERT INTO log VALUES (OLD.birthplace); RETURN NULL;",
        r"reads OLD\.birthplace",
    ),
    "before": (
        "BEFORE INSERT OR UPDATE ON person FOR EACH ROW",
        "NEW.note := OLD.birthplace; RETURN NEW;",
        r"reads OLD\.birthplace",
    ),
    "transition table": (
        "AFTER UPDATE ON person REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
        "INSERT INTO log SELECT gone::text FROM gone; RETURN NULL;",
        "uses the whole old row",
    ),
    "of the column": ("AFTER UPDATE OF note, birthplace ON person FOR EACH ROW", COPIES_ROW, "whole old row"),
}
HARMLESS: dict[str, tuple[LiteralString, LiteralString]] = {
    "updated_at": ("BEFORE UPDATE ON person FOR EACH ROW", "NEW.seen := now(); RETURN NEW;"),
    "when changed": (
        "BEFORE UPDATE ON person FOR EACH ROW",
        "IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN NEW.seen := now(); END IF; RETURN NEW;",
    ),
    "another column": ("AFTER UPDATE OF note ON person FOR EACH ROW", COPIES_ROW),
    "insert and delete": ("AFTER INSERT OR DELETE ON person FOR EACH ROW", COPIES_ROW),
    "stripped": (
        "AFTER UPDATE ON person FOR EACH ROW",
        "INSERT INTO log VALUES ((to_jsonb(OLD) - 'birthplace')::text); RETURN NULL;",
    ),
}


def build(url: str, event: LiteralString, body: LiteralString) -> None:
    """Create the table and one trigger on it."""
    function: LiteralString = "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$"
    execute(url, SCHEMA, function, "CREATE TRIGGER t " + event + " EXECUTE FUNCTION f()")


@pytest.mark.parametrize("which", COPYING)
def test_a_copying_trigger_is_refused_by_name(database: str, which: str) -> None:
    """The refusal names trigger, table, function and reason, and nothing is written."""
    event, body, why = COPYING[which]
    build(database, event, body)
    before = digests(database, "person")
    with pytest.raises(
        RefusedError, match=rf"trigger t on public.person \(public.f\) would copy erased values: .*{why}"
    ):
        purge(database, POLICY)
    assert digests(database, "person") == before
    assert one(database, "SELECT count(*) FROM log") == 0


@pytest.mark.parametrize("which", HARMLESS)
def test_a_harmless_trigger_is_not_refused(database: str, which: str) -> None:
    """The purge runs, and afterwards no value exists anywhere else."""
    build(database, *HARMLESS[which])
    assert counts(purge(database, POLICY)) == {"public.person.birthplace": (50, 0, 0, 0)}
    assert one(database, "SELECT count(*) FROM log WHERE entry LIKE '%birthplace%'") == 0


def test_a_builtin_trigger_is_not_refused(database: str) -> None:
    """PostgreSQL's own trigger functions copy nothing, whatever language they are in."""
    execute(
        database,
        SCHEMA,
        "CREATE TRIGGER t BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    )
    assert counts(purge(database, POLICY)) == {"public.person.birthplace": (50, 0, 0, 0)}


def test_a_function_in_c_is_refused(database: str) -> None:
    """A function that cannot be read does not count as harmless."""
    execute(
        database,
        SCHEMA,
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'",
        "CREATE TRIGGER t AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION f()",
    )
    with pytest.raises(RefusedError, match="its function is in c and cannot be analysed"):
        purge(database, POLICY)


def test_a_disabled_trigger_is_not_refused(database: str) -> None:
    """A trigger that does not fire copies nothing."""
    build(database, *COPYING["the whole row"][:2])
    execute(database, "ALTER TABLE person DISABLE TRIGGER t")
    purge(database, POLICY)
    assert one(database, "SELECT count(*) FROM log") == 0


@pytest.mark.parametrize("relation", ["entry", "entry_1", "entry_1_a"])
def test_a_trigger_is_found_at_every_level_of_partitions(database: str, relation: LiteralString) -> None:
    """On the table, on a partition that is itself partitioned, and on the last one."""
    execute(
        database,
        "CREATE TABLE log (entry text)",
        "CREATE TABLE entry (id int, birthplace text) PARTITION BY LIST (id)",
        "CREATE TABLE entry_1 PARTITION OF entry FOR VALUES IN (1) PARTITION BY LIST (id)",
        "CREATE TABLE entry_1_a PARTITION OF entry_1 FOR VALUES IN (1)",
        "INSERT INTO entry VALUES (1, 'Kent')",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + COPIES_ROW + " END $$",
        "CREATE TRIGGER t AFTER UPDATE ON " + relation + " FOR EACH ROW EXECUTE FUNCTION f()",
    )
    with pytest.raises(RefusedError, match=f"trigger t on public.{relation} "):
        purge(database, policy_of(at("public.entry.birthplace")))


def test_triggers_may_fire(database: str) -> None:
    """With `fire` the purge runs, the trigger copies, and the result reports it."""
    build(database, *COPYING["the whole row"][:2])
    result = purge(database, POLICY, PurgeOptions(triggers="fire"))
    assert counts(result) == {"public.person.birthplace": (50, 0, 0, 0)}
    assert one(database, "SELECT count(*) FROM log WHERE entry LIKE '%Kent%'") == 50
    assert [
        note for note in result.notes if note.startswith("trigger t on public.person (public.f) fires and may copy")
    ]


def test_triggers_may_be_suppressed_and_the_guard_stays(database: str) -> None:
    """With `suppress` nothing is copied, the guard stays active, and triggers fire in other sessions as before."""
    build(database, *COPYING["the whole row"][:2])
    guard(database, POLICY)

    def write(_: object) -> None:
        with psycopg.connect(database) as conn:
            conn.execute("SET session_replication_role = replica")
            with pytest.raises(psycopg.Error) as refused:
                conn.execute("INSERT INTO person VALUES (99, 'Kent')")
            assert refused.value.sqlstate == "23MZ1"

    purge(database, POLICY, PurgeOptions(triggers="suppress"), on_progress=write)
    assert one(database, "SELECT count(birthplace) FROM person") == 0
    assert one(database, "SELECT count(*) FROM log") == 0
    execute(database, "UPDATE person SET note = 'x' WHERE id = 1")
    assert one(database, "SELECT count(*) FROM log") == 1


def test_suppressing_needs_the_privilege(database: str, role: Callable[..., str]) -> None:
    """A role that may not set session_replication_role is refused before the first row."""
    url = role(database)
    name = one(url, "SELECT current_user")
    execute(database, SCHEMA)
    with psycopg.connect(database) as admin:
        for statement in ("ALTER TABLE person OWNER TO {}", "GRANT CREATE ON DATABASE {} TO {}"):
            names = [name] if statement.startswith("ALTER") else [admin.info.dbname, name]
            admin.execute(psycopg.sql.SQL(statement).format(*map(psycopg.sql.Identifier, names)))
    with pytest.raises(MissingPrivilegeError, match="session_replication_role"):
        purge(url, POLICY, PurgeOptions(triggers="suppress"))
    assert counts(purge(url, POLICY)) == {"public.person.birthplace": (50, 0, 0, 0)}


def test_a_rule_that_would_copy_stops_the_run(database: str) -> None:
    """A rule ON UPDATE that copies the old row is found at the start, so nothing is copied or erased."""
    execute(database, SCHEMA, "CREATE RULE r AS ON UPDATE TO person DO ALSO INSERT INTO log VALUES (OLD.birthplace)")
    before = digests(database, "person")
    with pytest.raises(RefusedError, match=r"rule r on public\.person rewrites every UPDATE"):
        purge(database, POLICY)
    assert digests(database, "person") == before
    assert fetch(database, "SELECT entry FROM log") == []


@pytest.mark.parametrize("mode", ["ALWAYS", "REPLICA"])
def test_a_trigger_that_cannot_be_suppressed_is_refused(database: str, mode: LiteralString) -> None:
    """ENABLE ALWAYS and ENABLE REPLICA triggers fire in the replica role too, so suppressing does not help."""
    build(database, *COPYING["the whole row"][:2])
    execute(database, "ALTER TABLE person ENABLE " + mode + " TRIGGER t")
    with pytest.raises(RefusedError, match=r"trigger t on public.person .*fires even where triggers are suppressed"):
        purge(database, POLICY, PurgeOptions(triggers="suppress"))
    assert one(database, "SELECT count(*) FROM log") == 0
    assert one(database, "SELECT count(birthplace) FROM person") == 50


def test_a_trigger_that_is_off_on_the_root_alone_is_refused(database: str) -> None:
    """Its copies on the partitions are still enabled."""
    execute(
        database,
        "CREATE TABLE log (entry text)",
        "CREATE TABLE person (id int, birthplace text) PARTITION BY LIST (id)",
        "CREATE TABLE person_1 PARTITION OF person FOR VALUES IN (1)",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + COPIES_ROW + " END $$",
        "CREATE TRIGGER t AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE ONLY person DISABLE TRIGGER t",
        "INSERT INTO person VALUES (1, 'Kent')",
    )
    with pytest.raises(RefusedError, match=r"trigger t on public.person "):
        purge(database, POLICY)


@pytest.mark.parametrize(
    ("event", "body", "why"),
    [
        ("AFTER DELETE ON person FOR EACH ROW", "INSERT INTO log VALUES (OLD.note); RETURN NULL;", "it reads OLD"),
        (
            "AFTER DELETE ON person REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
            "INSERT INTO log SELECT note FROM gone; RETURN NULL;",
            "it reads OLD",
        ),
        (
            "BEFORE TRUNCATE ON person FOR EACH STATEMENT",
            "INSERT INTO log SELECT note FROM person; RETURN NULL;",
            "it reads person before the rows are deleted",
        ),
        ("AFTER UPDATE ON person FOR EACH ROW", COPIES_ROW, None),
        ("BEFORE DELETE ON person FOR EACH ROW", "RETURN OLD;", None),
    ],
)
def test_triggers_of_a_disposed_table_are_those_of_delete_and_truncate(
    database: str, event: LiteralString, body: LiteralString, why: str | None
) -> None:
    """In a retired table, a trigger that keeps any column of a deleted row is found; UPDATE triggers do not fire."""
    build(database, event, body)
    with connect(database) as conn:
        (table,) = survey(conn, policy_of(whole("public.person"))).tables
        assert [trigger.why for trigger in find_copying_triggers(conn, table)] == ([why] if why else [])


@pytest.mark.parametrize(
    ("event", "location", "strategy", "fired"),
    [
        ("UPDATE ON person FOR EACH ROW", at("public.person.birthplace"), "auto", ["UPDATE"] * 50),
        ("DELETE ON person FOR EACH ROW", whole("public.person"), "sequential", ["DELETE"] * 50),
        ("TRUNCATE ON person FOR EACH STATEMENT", whole("public.person"), "truncate", ["TRUNCATE"]),
    ],
    ids=["update", "delete", "truncate"],
)
def test_a_trigger_finds_the_search_path_of_its_role(
    database: str, event: LiteralString, location: str, strategy: StrategyChoice, fired: list[str]
) -> None:
    """Its function may name tables without their schema, as when the application writes."""
    build(database, "AFTER " + event, "INSERT INTO log VALUES (TG_OP); RETURN NULL;")
    purge(database, policy_of(location), PurgeOptions(strategy=strategy))
    assert fetch(database, "SELECT entry FROM log") == fired


NO_PAGES_ARE_FEW = Tuning(small_pages=0)
STAMP: LiteralString = "BEFORE UPDATE ON person FOR EACH ROW"


@pytest.mark.parametrize(
    ("index", "body", "reason"),
    [
        ("(seen)", "NEW.seen := now(); RETURN NEW;", "trigger t assigns seen, used by public.stamp"),
        ("(id) WHERE seen IS NULL", "NEW.seen := now(); RETURN NEW;", "trigger t assigns seen, used by public.stamp"),
        ("(id)", "NEW.seen := now(); RETURN NEW;", None),
        ("(seen)", "IF NEW.seen = now() THEN NEW.note := 'x'; END IF; RETURN NEW;", None),
        ("(seen)", "NEW := NEW; RETURN NEW;", "replaces the row NEW"),
    ],
)
def test_a_stamp_with_an_index_on_it_prevents_the_cascade(
    database: str, index: LiteralString, body: LiteralString, reason: str | None
) -> None:
    """Every new row version would need an index entry, unless triggers are suppressed."""
    build(database, STAMP, body)
    execute(database, "CREATE INDEX stamp ON person " + index)
    with connect(database) as conn:
        (table,) = survey(conn, POLICY).tables
        assert table.facts is not None
        (leaf,) = table.facts.leaves
        choice = choose_strategy(conn, table, leaf, tuning=NO_PAGES_ARE_FEW)
        assert choice.name == ("sequential" if reason else "cascade")
        assert (reason or "no index uses") in choice.reason
        suppressed = choose_strategy(conn, table, leaf, triggers_suppressed=True, tuning=NO_PAGES_ARE_FEW)
        assert suppressed.name == "cascade"


def test_a_stamp_that_a_partition_inherits_prevents_the_cascade(database: str) -> None:
    """The partition's own copy of the trigger fires; moddatetime names its column as an argument and copies nothing."""
    execute(
        database,
        "CREATE EXTENSION moddatetime",
        "CREATE TABLE person (id int, birthplace text, seen timestamptz) PARTITION BY LIST (id)",
        "CREATE TABLE person_1 PARTITION OF person FOR VALUES IN (1)",
        "CREATE INDEX ON person (seen)",
        "CREATE TRIGGER t BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION moddatetime(seen)",
        "INSERT INTO person VALUES (1, 'Kent', NULL)",
    )
    with connect(database) as conn:
        (table,) = survey(conn, POLICY).tables
        assert table.facts is not None
        (leaf,) = table.facts.leaves
        reason = choose_strategy(conn, table, leaf, tuning=NO_PAGES_ARE_FEW).reason
    assert reason.startswith("trigger t assigns seen, used by public.person_1_seen_idx")
    assert counts(purge(database, POLICY)) == {"public.person.birthplace": (1, 0, 0, 0)}
