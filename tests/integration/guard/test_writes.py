"""Which writes the guard refuses and which it accepts, for every kind of location."""

from __future__ import annotations

from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.error_translation import translate
from minimize.errors import RetiredFieldError
from tests.integration.guard.writes import KINDS, Connection, Kind, check_refusal, refuse
from tests.integration.migrate.estate import FIELD

pytestmark = [pytest.mark.majors, pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)]

REFUSED: dict[str, LiteralString] = {
    "insert": "INSERT INTO {t} (id, value) VALUES (10, {new})",
    "insert-of-several": "INSERT INTO {t} (id, value) VALUES (10, {clean}), (11, {new}), (12, {clean})",
    "insert-of-an-old-value": "INSERT INTO {t} (id, value) VALUES (10, {old})",
    "insert-select": "INSERT INTO {t} (id, value) SELECT id + 10, value FROM {t}",
    "update-of-a-clean-row": "UPDATE {t} SET value = {new} WHERE id = 2",
    "update-of-an-unpurged-row": "UPDATE {t} SET value = {new} WHERE id = 1",
    "update-from-another-row": "UPDATE {t} SET value = o.value FROM {t} AS o WHERE o.id = 1 AND {t}.id = 2",
    "on-conflict-update": "INSERT INTO {t} (id, value) VALUES (2, {clean}) ON CONFLICT (id)"
    " DO UPDATE SET value = {new}",
    "on-conflict-excluded": "INSERT INTO {t} (id, value) VALUES (2, {new}) ON CONFLICT (id)"
    " DO UPDATE SET value = excluded.value",
    "on-conflict-nothing": "INSERT INTO {t} (id, value) VALUES (2, {new}) ON CONFLICT (id) DO NOTHING",
    "merge-insert": "MERGE INTO {t} AS t USING (SELECT 10 AS id) AS s ON t.id = s.id"
    " WHEN NOT MATCHED THEN INSERT (id, value) VALUES (s.id, {new})",
    "merge-update": "MERGE INTO {t} AS t USING (SELECT 2 AS id) AS s ON t.id = s.id"
    " WHEN MATCHED THEN UPDATE SET value = {new}",
    "writing-cte": "WITH w AS (INSERT INTO {t} (id, value) VALUES (10, {new}) RETURNING id) SELECT id FROM w",
}

PASSING: dict[str, LiteralString] = {
    "insert-clean": "INSERT INTO {t} (id, value) VALUES (10, {clean})",
    "insert-null": "INSERT INTO {t} (id, value) VALUES (10, NULL)",
    "insert-without-the-column": "INSERT INTO {t} (id) VALUES (10)",
    "update-another-column": "UPDATE {t} SET note = 'seen'",
    "resend-the-old-value": "UPDATE {t} SET note = 'seen', value = {old} WHERE id = 1",
    "erase": "UPDATE {t} SET value = {clean}",
    "erase-to-null": "UPDATE {t} SET value = NULL",
    "delete": "DELETE FROM {t}",
    "on-conflict-clean": "INSERT INTO {t} (id, value) VALUES (1, {clean}) ON CONFLICT (id) DO UPDATE SET note = 'seen'",
    "merge-another-column": "MERGE INTO {t} AS t USING (SELECT 1 AS id) AS s ON t.id = s.id"
    " WHEN MATCHED THEN UPDATE SET note = 'seen'",
}

CLEAN: list[LiteralString] = [
    "INSERT INTO {t} (id, value) VALUES (10, {clean}), (11, NULL)",
    "INSERT INTO {t} (id) VALUES (12)",
    "UPDATE {t} SET note = 'seen' WHERE id > 1",
    "UPDATE {t} SET value = {clean} WHERE id > 1",
    "DELETE FROM {t} WHERE id > 10",
]


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_a_write_that_brings_the_field_is_refused(conn: Connection, kind: Kind, statement: LiteralString) -> None:
    """The refusal names table, column, field and citation, and contains no value."""
    diag = refuse(conn, kind.write(statement))
    assert (diag.schema_name, diag.table_name, diag.column_name) == ("lab", kind.table, "value")
    assert diag.message_primary == f"{kind.name} is retired, and this write carries a value for it"


@pytest.mark.parametrize("statement", PASSING.values(), ids=PASSING.keys())
def test_a_write_that_brings_nothing_passes(conn: Connection, kind: Kind, statement: LiteralString) -> None:
    """Writes without the field are accepted, before and after the purge."""
    assert conn.execute(kind.write(statement)).rowcount >= 1


def test_copy_is_refused(conn: Connection, kind: Kind) -> None:
    """A bulk load with the field is refused as a whole."""

    def copy_rows() -> None:
        with conn.cursor().copy(kind.write("COPY {t} (id, value) FROM STDIN")) as copy:
            copy.write_row((10, kind.clean))
            copy.write_row((11, kind.other))

    with pytest.raises(psycopg.Error) as caught:
        copy_rows()
    check_refusal(caught.value)


def test_copy_of_clean_rows_passes(conn: Connection, kind: Kind) -> None:
    """A bulk load without the field is accepted."""
    with conn.cursor().copy(kind.write("COPY {t} (id, value) FROM STDIN")) as copy:
        copy.write_row((10, kind.clean))
        copy.write_row((11, None))
    assert conn.execute(kind.write("SELECT count(*) FROM {t}")).fetchone() == (4,)


def test_the_old_value_of_another_row_is_refused(conn: Connection, kind: Kind) -> None:
    """A stored value may be sent again for its own row only."""
    refuse(conn, kind.write("UPDATE {t} SET value = {old} WHERE id = 2"))


def test_a_purged_row_stays_purged(conn: Connection, kind: Kind) -> None:
    """After the row was erased, its old value is refused."""
    conn.execute(kind.write("UPDATE {t} SET value = {clean} WHERE id = 1"))
    refuse(conn, kind.write("UPDATE {t} SET value = {old} WHERE id = 1"))


def test_a_refused_statement_changes_nothing(conn: Connection, kind: Kind) -> None:
    """The rows before the refused one are not kept."""
    refuse(conn, kind.write("INSERT INTO {t} (id, value) VALUES (10, {clean}), (11, {new})"))
    assert conn.execute(kind.write("SELECT count(*) FROM {t}")).fetchone() == (2,)


def test_clean_writes_never_call_a_function(conn: Connection, kind: Kind) -> None:
    """A clean write calls no function, because WHEN and CHECK decide; a carrying one calls two."""
    conn.execute("SET LOCAL track_functions = 'all'")
    calls = "SELECT count(*) FROM pg_stat_xact_user_functions WHERE funcname LIKE 'guard%'"
    for statement in CLEAN:
        conn.execute(kind.write(statement))
        assert conn.execute(calls).fetchone() == (0,)
    conn.execute(kind.write("UPDATE {t} SET note = 'x', value = {old} WHERE id = 1"))
    assert conn.execute(calls).fetchone() == (2,)


def test_replica_role_is_refused(conn: Connection, kind: Kind) -> None:
    """The guard refuses with session_replication_role = replica too."""
    conn.execute("SET LOCAL session_replication_role = replica")
    refuse(conn, kind.write("INSERT INTO {t} (id, value) VALUES (10, {new})"))


def test_another_trigger_that_assigns_the_column_is_refused(conn: Connection, kind: Kind) -> None:
    """A BEFORE trigger that fills the column fires before the guard, whatever its name."""
    conn.execute(
        kind.write(
            "CREATE FUNCTION lab.fill() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN SELECT value INTO NEW.value FROM {t} WHERE id = 1; RETURN NEW; END $$"
        )
    )
    conn.execute(
        kind.write("CREATE TRIGGER zzz BEFORE INSERT OR UPDATE OF note ON {t} FOR EACH ROW EXECUTE FUNCTION lab.fill()")
    )
    refuse(conn, kind.write("INSERT INTO {t} (id) VALUES (10)"))
    refuse(conn, kind.write("UPDATE {t} SET note = 'x' WHERE id = 2"))
    conn.execute(kind.write("UPDATE {t} SET note = 'x' WHERE id = 1"))


def test_a_trigger_that_fires_after_the_guard_is_refused(conn: Connection, kind: Kind) -> None:
    """A BEFORE trigger that sorts last can write a value back; the CHECK refuses the row."""
    conn.execute(
        kind.write(
            "CREATE FUNCTION lab.late() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN SELECT value INTO NEW.value FROM {t} WHERE id = 1; RETURN NEW; END $$"
        )
    )
    conn.execute(
        kind.write('CREATE TRIGGER "~~" BEFORE INSERT OR UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION lab.late()')
    )
    refuse(conn, kind.write("INSERT INTO {t} (id) VALUES (10)"))
    refuse(conn, kind.write("UPDATE {t} SET note = 'x' WHERE id = 2"))


def test_a_default_added_later_is_refused(conn: Connection, kind: Kind) -> None:
    """A value from a column default is refused."""
    conn.execute(kind.write("ALTER TABLE {t} ALTER COLUMN value SET DEFAULT {new}"))
    refuse(conn, kind.write("INSERT INTO {t} (id) VALUES (10)"))


def test_a_view_over_the_table_is_refused(conn: Connection, kind: Kind) -> None:
    """A write through an updatable view reaches the guard."""
    conn.execute(kind.write("CREATE VIEW lab.v AS SELECT id, value AS shown FROM {t}"))
    refuse(conn, kind.write("INSERT INTO lab.v VALUES (10, {new})"))


def test_python_sees_a_retired_field_error(conn: Connection, kind: Kind) -> None:
    """The driver's error becomes RetiredFieldError with every name that the server sent."""
    with pytest.raises(psycopg.Error) as caught:
        conn.execute(kind.write("INSERT INTO {t} (id, value) VALUES (10, {new})"))
    error = translate(caught.value, "inserting")
    assert isinstance(error, RetiredFieldError)
    assert (error.field, error.location, error.authority) == (FIELD, kind.name, None)
    assert (error.schema, error.table, error.column) == ("lab", kind.table, "value")


@pytest.mark.parametrize("role", ["owner", "application"])
def test_no_role_passes_the_guard(conn: Connection, kind: Kind, role: str) -> None:
    """The table's owner is refused, and so is a role without privileges on schema minimize."""
    name = sql.Identifier(f"{conn.info.dbname}_{role}")
    conn.execute(sql.SQL("CREATE ROLE {}").format(name))
    conn.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA lab TO {}").format(name))
    grant = "ALTER TABLE {t} OWNER TO " if role == "owner" else "GRANT ALL ON TABLE {t} TO "
    conn.execute(kind.write(grant) + name)
    conn.execute(sql.SQL("SET LOCAL ROLE {}").format(name))
    assert conn.execute("SELECT has_schema_privilege('minimize', 'USAGE')").fetchone() == (False,)
    conn.execute(kind.write("INSERT INTO {t} (id, value) VALUES (10, {clean})"))
    conn.execute(kind.write("UPDATE {t} SET value = {old}, note = 'seen' WHERE id = 1"))
    refuse(conn, kind.write("INSERT INTO {t} (id, value) VALUES (11, {new})"))
