"""Values from other tables: partitions, children, foreign keys, defaults and generated columns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.row_counts import count_rows
from minimize.catalog.survey import survey
from minimize.errors import MinimizeError
from minimize.guard.drift import find_drift
from minimize.policy import parse_policy
from tests.integration.guard.conftest import Share
from tests.integration.guard.test_write_paths import STATES, Ground, connect_states, disable_triggers, prove, stand
from tests.integration.guard.writes import Connection
from tests.integration.migrate.estate import Estate, policy_text
from tests.server_run import Server

pytestmark = [pytest.mark.majors]

by_state = pytest.mark.parametrize("ground", STATES, indirect=True)

LOCATIONS = (
    'column = "lab.filing.value"',
    'column = "lab.filing.form"\njson_path = "$.pob"\ncolumn_type = "json"',
    'column = "lab.person.value"',
    'column = "lab.citizen.value"',
    'column = "lab.licence.form"\njson_path = "$.pob"',
    'column = "lab.licence.source"\njson_path = "$.pob"',
)
POLICY = policy_text(*LOCATIONS)
SCHEMA: tuple[LiteralString, ...] = (
    "CREATE SCHEMA lab",
    "CREATE TABLE lab.filing (year integer, value text, form json) PARTITION BY RANGE (year)",
    "CREATE TABLE lab.filing_1 PARTITION OF lab.filing FOR VALUES FROM (1) TO (2)",
    "CREATE TABLE lab.filing_2 PARTITION OF lab.filing FOR VALUES FROM (2) TO (4) PARTITION BY LIST (year)",
    "CREATE TABLE lab.filing_2_2 PARTITION OF lab.filing_2 FOR VALUES IN (2)",
    "CREATE TABLE lab.filing_rest PARTITION OF lab.filing DEFAULT",
    "INSERT INTO lab.filing VALUES (1, NULL, '{}'), (2, NULL, NULL)",
    "CREATE TABLE lab.person (id integer, value text)",
    "CREATE TABLE lab.driver (class text) INHERITS (lab.person)",
    "CREATE TABLE lab.trucker () INHERITS (lab.driver)",
    "INSERT INTO lab.driver VALUES (2)",
    "INSERT INTO lab.trucker VALUES (3)",
    "CREATE TABLE lab.country (name text PRIMARY KEY, form jsonb UNIQUE)",
    """INSERT INTO lab.country VALUES ('Zanzibar', '{"n": 1}'), ('Kilwa', '{"pob": "Timbuktu"}')""",
    (
        "CREATE TABLE lab.citizen (id integer, value text, FOREIGN KEY (value) REFERENCES lab.country"
        " ON UPDATE CASCADE ON DELETE SET DEFAULT)"
    ),
    (
        "CREATE TABLE lab.licence (id integer, form jsonb REFERENCES lab.country (form) ON UPDATE CASCADE"
        " ON DELETE SET DEFAULT, source jsonb, shown text GENERATED ALWAYS AS (source ->> 'pob') STORED)"
    ),
    """INSERT INTO lab.licence VALUES (1, '{"n": 1}', '{"n": 1}')""",
)


def build(url: str) -> None:
    """Guard tables of every relation to others; only citizen 1 has a value."""
    with tempfile.TemporaryDirectory() as directory:
        estate = Estate.create(url, Path(directory), POLICY)
        estate.run(*SCHEMA, "INSERT INTO lab.citizen VALUES (1, 'Zanzibar')")
        estate.guard()


def build_proven(url: str) -> None:
    """Purge and prove what is guarded."""
    build(url)
    with psycopg.connect(url) as conn:
        conn.execute("UPDATE lab.citizen SET value = NULL")
    prove(url, POLICY)


@pytest.fixture(scope="session")
def shared_guarded(share: Share) -> str:
    """Return the URL of the guarded database, which no test changes for good."""
    return share("guard_tables", build)


@pytest.fixture(scope="session")
def shared_proven(share: Share) -> str:
    """Return the URL of the purged and proven database, which no test changes for good."""
    return share("guard_tables_proven", build_proven)


@pytest.fixture(scope="session")
def connections(shared_guarded: str, shared_proven: str) -> Iterator[dict[str, Connection]]:
    """Return a connection for each state."""
    with connect_states(shared_guarded, shared_proven) as connections:
        yield connections


@pytest.fixture
def ground(connections: dict[str, Connection], request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Return a transaction in the state asked for."""
    with stand(
        connections[request.param], request.param, "filing", "person", "driver", "trucker", "citizen", "licence"
    ) as ground:
        yield ground


def carrying(conn: Connection, location: str) -> int:
    """Return the number of rows that the row check finds at a location."""
    tables = survey(conn, parse_policy(POLICY, "test.toml")).tables
    (count,) = [c.carrying for t in tables for name, c in count_rows(conn, t).counts.items() if name == location]
    return count


def problems(conn: Connection) -> set[tuple[str, str]]:
    """Return the drift as relation and problem."""
    found = find_drift(conn, survey(conn, parse_policy(POLICY, "test.toml")))
    return {(drift.relation, drift.problem) for drift in found}


ATTACH: LiteralString = "ALTER TABLE lab.filing ATTACH PARTITION lab.loaded FOR VALUES FROM (9) TO (10)"
VALUES = {"lab.filing.value": ("Zanzibar", None), "lab.filing.form $.pob": (None, '{"pob": "Zanzibar"}')}
by_location = pytest.mark.parametrize("location", VALUES)


def load(conn: Connection, *values: str | None) -> None:
    """Make a table to attach, with one row."""
    conn.execute("CREATE TABLE lab.loaded (year integer, value text, form json)")
    conn.execute(_insert(*values))


def take_over_checks(conn: Connection) -> None:
    """Return the table to attach the guard's CHECKs, unchecked as they are on the table."""
    rows = conn.execute(
        "SELECT format('ALTER TABLE lab.loaded ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))"
        " FROM pg_constraint WHERE conrelid = 'lab.filing'::regclass AND contype = 'c'"
    )
    for (statement,) in rows.fetchall():
        conn.execute(str(statement).encode())


@by_location
@pytest.mark.parametrize("ground", ["unpurged"], indirect=True)
def test_a_value_attached_before_the_purge_is_found(ground: Ground, location: str) -> None:
    """A table with the CHECK as NOT VALID may be attached with a value; the row check counts it, others are refused."""
    load(ground.conn, *VALUES[location])
    assert carrying(ground.conn, location) == 0
    take_over_checks(ground.conn)
    ground.conn.execute(ATTACH)
    assert carrying(ground.conn, location) == 1
    assert problems(ground.conn) == set()
    ground.refuse_last("INSERT INTO lab.loaded VALUES (9, 'Timbuktu', NULL)")
    ground.refuse_last("""UPDATE lab.filing SET form = '{"pob": "Timbuktu"}' WHERE year = 9""")
    ground.conn.execute("UPDATE lab.loaded SET year = year")


@by_location
@by_state
def test_a_value_is_not_attached_unawares(ground: Ground, location: str) -> None:
    """ATTACH needs our constraints; a table made LIKE the guarded one has them and refuses."""
    load(ground.conn, *VALUES[location])
    with pytest.raises(psycopg.errors.DatatypeMismatch, match="missing constraint"), ground.conn.transaction():
        ground.conn.execute(ATTACH)
    ground.conn.execute("DROP TABLE lab.loaded")
    ground.conn.execute("CREATE TABLE lab.loaded (LIKE lab.filing INCLUDING CONSTRAINTS)")
    ground.refuse(lambda: ground.conn.execute(_insert(*VALUES[location])))
    ground.conn.execute(_insert(None, None))
    ground.conn.execute(ATTACH)


IN_PARTITIONS: dict[str, LiteralString] = {
    "through-the-parent": "INSERT INTO lab.filing VALUES (2, 'Timbuktu')",
    "sub-parent": "INSERT INTO lab.filing_2 VALUES (2, 'Timbuktu')",
    "leaf": "INSERT INTO lab.filing_2_2 VALUES (2, 'Timbuktu')",
    "default-partition": "INSERT INTO lab.filing VALUES (77, 'Timbuktu')",
    "default-partition-direct": "INSERT INTO lab.filing_rest VALUES (77, 'Timbuktu')",
    "update-through-the-parent": "UPDATE lab.filing SET value = 'Timbuktu'",
    "update-of-a-leaf": 'UPDATE lab.filing_1 SET form = \'{"pob": "Timbuktu"}\'',
    "moved": "UPDATE lab.filing SET year = 2, value = 'Timbuktu' WHERE year = 1",
    "moved-by-merge": "MERGE INTO lab.filing AS t USING (SELECT 1) AS s ON t.year = 1"
    ' WHEN MATCHED THEN UPDATE SET year = 2, form = \'{"pob": "Timbuktu"}\'',
    "moved-by-cte": "WITH gone AS (DELETE FROM lab.filing_1 RETURNING year)"
    " INSERT INTO lab.filing SELECT year + 1, 'Timbuktu' FROM gone",
}


@by_state
@pytest.mark.parametrize("statement", IN_PARTITIONS.values(), ids=IN_PARTITIONS.keys())
def test_no_partition_takes_a_value(ground: Ground, statement: LiteralString) -> None:
    """Through the parent, into a partition at any level, and by moving from one to another."""
    ground.refuse_last(statement)
    ground.conn.execute("UPDATE lab.filing SET year = 2 WHERE year = 1")


@by_state
def test_an_unpurged_row_does_not_take_its_value_along(ground: Ground) -> None:
    """A partition keeps an old value; the row moves only without it."""
    if ground.state != "unpurged":
        ground.conn.execute("CREATE TABLE lab.loaded (LIKE lab.filing INCLUDING CONSTRAINTS)")
        ground.refuse(lambda: ground.conn.execute(_insert("Zanzibar", None)))
        return
    load(ground.conn, "Zanzibar", None)
    take_over_checks(ground.conn)
    ground.conn.execute(ATTACH)
    ground.conn.execute("CREATE TABLE lab.filing_4 PARTITION OF lab.filing FOR VALUES FROM (4) TO (5)")
    ground.refuse_last("UPDATE lab.filing SET year = 4 WHERE year = 9")
    assert ground.conn.execute("SELECT pg_relation_size('lab.filing_4')").fetchone() == (0,)
    ground.refuse_last("UPDATE lab.filing SET year = 2 WHERE year = 9")
    ground.conn.execute("UPDATE lab.filing SET year = 2, value = NULL WHERE year = 9")


@by_state
@pytest.mark.parametrize("table", ["filing_3", "filing_2_3"])
def test_a_partition_made_later_takes_no_value(ground: Ground, table: str) -> None:
    """It has the parent's triggers, enabled ALWAYS, and its constraints, whatever is disabled on the parent."""
    parts = {
        "filing_3": "CREATE TABLE lab.filing_3 PARTITION OF lab.filing FOR VALUES FROM (9) TO (10)",
        "filing_2_3": "CREATE TABLE lab.filing_2_3 PARTITION OF lab.filing_2 FOR VALUES IN (3)",
    }
    ground.conn.execute(parts[table].encode())
    write = sql.SQL("INSERT INTO {} VALUES ({}, 'Timbuktu')").format(
        sql.Identifier("lab", table), sql.Literal({"filing_3": 9, "filing_2_3": 3}[table])
    )
    ground.refuse(lambda: ground.conn.execute(write))
    ground.conn.execute("SET LOCAL session_replication_role = replica")
    ground.refuse(lambda: ground.conn.execute(write))


def test_a_detached_partition_keeps_the_check(shared_guarded: str) -> None:
    """Detaching removes the triggers and leaves the CHECK; attaching adds the triggers again."""
    with psycopg.connect(shared_guarded) as conn:
        conn.execute("ALTER TABLE lab.filing DETACH PARTITION lab.filing_1")
        Ground(conn, "disabled").refuse_last("INSERT INTO lab.filing_1 VALUES (1, 'Timbuktu')")
        conn.execute("ALTER TABLE lab.filing ATTACH PARTITION lab.filing_1 FOR VALUES FROM (1) TO (2)")
        assert problems(conn) == set()
        Ground(conn, "unpurged").refuse_last("INSERT INTO lab.filing_1 VALUES (1, 'Timbuktu')")
        conn.rollback()


IN_CHILDREN: dict[str, LiteralString] = {
    "parent": "INSERT INTO lab.person VALUES (9, 'Timbuktu')",
    "child": "INSERT INTO lab.driver VALUES (9, 'Timbuktu')",
    "grandchild": "INSERT INTO lab.trucker VALUES (9, 'Timbuktu')",
    "update-child-through-the-parent": "UPDATE lab.person SET value = 'Timbuktu' WHERE id = 2",
    "update-grandchild-through-the-parent": "UPDATE lab.person SET value = 'Timbuktu' WHERE id = 3",
    "update-grandchild-through-the-child": "UPDATE lab.driver SET value = 'Timbuktu' WHERE id = 3",
}


@by_state
@pytest.mark.parametrize("statement", IN_CHILDREN.values(), ids=IN_CHILDREN.keys())
def test_no_child_takes_a_value(ground: Ground, statement: LiteralString) -> None:
    """Directly, and through any of its parents."""
    ground.refuse_last(statement)
    ground.conn.execute("UPDATE lab.person SET id = id + 10")


def test_a_child_whose_guard_is_off_is_reported(shared_guarded: str) -> None:
    """A child has triggers of its own, which are disabled separately."""
    with psycopg.connect(shared_guarded) as conn:
        assert problems(conn) == set()
        disable_triggers(conn, "trucker")
        assert problems(conn) == {("lab.trucker", "disabled")}
        conn.rollback()


def test_a_child_made_later_is_reported(shared_guarded: str, shared_proven: str) -> None:
    """PostgreSQL copies no trigger to it, which `guard check` reports; its CHECK refuses a value."""
    for url in (shared_guarded, shared_proven):
        with psycopg.connect(url) as conn:
            conn.execute("CREATE TABLE lab.pilot () INHERITS (lab.person)")
            assert problems(conn) == {("lab.pilot", "missing")}
            Ground(conn, "disabled").refuse_last("INSERT INTO lab.pilot VALUES (9, 'Timbuktu')")
            conn.rollback()


@pytest.mark.parametrize("ground", ["unpurged"], indirect=True)
def test_a_foreign_key_does_not_change_an_unpurged_value(ground: Ground) -> None:
    """ON UPDATE CASCADE would write another value, ON DELETE SET DEFAULT the default."""
    ground.refuse_last("UPDATE lab.country SET name = 'Timbuktu' WHERE name = 'Zanzibar'")
    ground.refuse_last(
        "ALTER TABLE lab.citizen ALTER COLUMN value SET DEFAULT 'Kilwa'",
        "DELETE FROM lab.country WHERE name = 'Zanzibar'",
    )
    ground.conn.execute("ALTER TABLE lab.citizen ALTER COLUMN value DROP DEFAULT")
    ground.conn.execute("DELETE FROM lab.country WHERE name = 'Zanzibar'")


@by_state
def test_a_foreign_key_brings_no_member(ground: Ground) -> None:
    """A document that refers to another table's follows it, but not to the retired member."""
    ground.refuse_last("""UPDATE lab.country SET form = '{"pob": "Zanzibar"}' WHERE name = 'Zanzibar'""")
    ground.refuse_last(
        """ALTER TABLE lab.licence ALTER COLUMN form SET DEFAULT '{"pob": "Timbuktu"}'""",
        "DELETE FROM lab.country WHERE name = 'Zanzibar'",
    )
    ground.conn.execute("""UPDATE lab.country SET form = '{"n": 2}' WHERE name = 'Zanzibar'""")


@by_state
def test_a_generated_column_gets_no_value_from_a_guarded_document(ground: Ground) -> None:
    """A column generated from the retired member stays NULL, because the member is refused."""
    ground.refuse_last("""INSERT INTO lab.licence (id, source) VALUES (2, '{"pob": "Timbuktu"}')""")
    ground.refuse_last("""UPDATE lab.licence SET source = '{"pob": "Timbuktu"}'""")
    ground.conn.execute("""UPDATE lab.licence SET source = '{"n": 2}'""")
    assert ground.conn.execute("SELECT shown FROM lab.licence").fetchall() == [(None,)]


def test_a_generated_location_is_refused(database: str, tmp_path: Path, server: Server) -> None:
    """No trigger can refuse its value, so the revision fails and names the source columns."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.thing.value"'))
    estate.run("CREATE SCHEMA lab")
    for storage in ("STORED", "VIRTUAL") if server.version >= 18 else ("STORED",):
        estate.run(
            "DROP TABLE IF EXISTS lab.thing",
            "CREATE TABLE lab.thing (source text, value text GENERATED ALWAYS AS (upper(source)) {storage})",
            storage=storage,
        )
        with pytest.raises(MinimizeError, match="is generated from others"):
            estate.guard()


def test_the_default_of_a_domain_is_released(database: str, tmp_path: Path) -> None:
    """The default of a domain is overridden; once guarded, a row without the field is accepted."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.thing.value"'))
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE DOMAIN lab.name AS text DEFAULT 'Zanzibar'",
        "CREATE TABLE lab.thing (id integer, value lab.name NOT NULL)",
        "CREATE TABLE lab.child () INHERITS (lab.thing)",
    )
    estate.guard()
    assert not estate.drift()
    estate.run("INSERT INTO lab.thing (id) VALUES (1)", "INSERT INTO lab.child (id) VALUES (1)")
    assert estate.ask("SELECT count(value) FROM lab.thing") == 0


def _insert(*values: str | None) -> sql.Composed:
    return sql.SQL("INSERT INTO lab.loaded VALUES (9, {}, {})").format(*map(sql.Literal, values))
