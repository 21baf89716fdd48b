"""The CHECK of the guard: which values reach no page, how COPY inserts, and how drift of the CHECK is found."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.survey import survey
from minimize.guard.drift import find_drift
from minimize.policy import parse_policy
from tests.integration.guard.writes import KINDS, PLAIN_POLICY, Connection, Kind, check_refusal, refuse

pytestmark = [pytest.mark.majors, pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)]

ROW, BEFORE, INSERT = 1, 2, 4
"""Bits of pg_trigger.tgtype."""


def ask(conn: Connection, query: LiteralString, *values: object) -> Any:
    """Return one value."""
    row = conn.execute(query, values).fetchone()
    return row[0] if row else None


def check(conn: Connection, kind: Kind, column: LiteralString = "conname") -> str:
    """Return something of the guard's CHECK, by default its name."""
    query = sql.SQL("SELECT {} FROM pg_constraint WHERE conrelid = %s::regclass AND starts_with(conname, '!minimize_')")
    row = conn.execute(query.format(sql.SQL(column)), [f"lab.{kind.table}"]).fetchone()
    assert row is not None
    return str(row[0])


def problems(conn: Connection) -> list[tuple[str, str]]:
    """Return the drift as name and problem."""
    found = find_drift(conn, survey(conn, parse_policy(PLAIN_POLICY, "test.toml")))
    return [(drift.trigger, drift.problem) for drift in found]


def size(conn: Connection, kind: Kind) -> int:
    """Return the bytes that the table takes, with what is stored out of line."""
    query = "SELECT pg_relation_size(oid) + coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) FROM pg_class"
    return int(ask(conn, f"{query} WHERE oid = %s::regclass", f"lab.{kind.table}"))


def load(conn: Connection, kind: Kind, value: str | None) -> None:
    """Send one row by COPY."""
    with conn.cursor().copy(kind.write("COPY {t} (id, value) FROM STDIN")) as copy:
        copy.write_row((10, value))


def test_no_trigger_fires_before_an_insert(conn: Connection, kind: Kind) -> None:
    """With any BEFORE INSERT row trigger PostgreSQL would insert the rows of a COPY one by one."""
    bits = ROW | BEFORE | INSERT
    query = "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgtype & %s = %s"
    assert ask(conn, query, f"lab.{kind.table}", bits, bits) == 0


def test_a_refused_value_reaches_no_page(conn: Connection, kind: Kind) -> None:
    """After a refused INSERT and COPY the empty table has no byte, also if a trigger wrote the value."""
    conn.execute(kind.write("TRUNCATE {t}"))
    refuse(conn, kind.write("INSERT INTO {t} (id, value) VALUES (10, {new})"))
    with pytest.raises(psycopg.Error) as caught, conn.transaction():
        load(conn, kind, kind.other)
    check_refusal(caught.value)
    conn.execute(
        kind.write(
            "CREATE FUNCTION lab.fill() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.value := {new}; RETURN NEW; END $$"
        )
    )
    conn.execute(kind.write('CREATE TRIGGER "~~" BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION lab.fill()'))
    refuse(conn, kind.write("INSERT INTO {t} (id) VALUES (10)"))
    assert size(conn, kind) == 0


def test_a_clean_value_reaches_a_page(conn: Connection, kind: Kind) -> None:
    """The control: a clean row takes space in the table that is measured."""
    conn.execute(kind.write("TRUNCATE {t}"))
    load(conn, kind, kind.clean)
    assert size(conn, kind) > 0


def test_a_forged_mark_lets_nothing_in(conn: Connection, kind: Kind) -> None:
    """If a client forges the mark for the CHECK, the AFTER trigger still refuses, for INSERT and for COPY."""
    name = check(conn, kind).removeprefix("!minimize_")
    forge = "SELECT set_config(%s, (%s::regclass::oid)::text, true)"
    conn.execute(forge, [f"minimize.keeps_{name}", f"lab.{kind.table}"])
    refuse(conn, kind.write("INSERT INTO {t} (id, value) VALUES (10, {new})"))
    with pytest.raises(psycopg.Error) as caught:
        load(conn, kind, kind.other)
    check_refusal(caught.value)


def test_a_mark_is_good_for_one_row(conn: Connection, kind: Kind) -> None:
    """After an unpurged row was changed with its value, the mark is removed and another row is refused."""
    conn.execute(kind.write("UPDATE {t} SET note = 'x'"))
    name = check(conn, kind).removeprefix("!minimize_")
    assert ask(conn, "SELECT current_setting(%s)", f"minimize.keeps_{name}") == ""
    conn.execute(kind.write("ALTER TABLE {t} DISABLE TRIGGER USER"))
    refuse(conn, kind.write("INSERT INTO {t} (id, value) VALUES (10, {old})"))


def test_without_triggers_an_unpurged_row_does_not_change(conn: Connection, kind: Kind) -> None:
    """Without the BEFORE trigger the CHECK does not know the old row; erasing the value is still possible."""
    conn.execute(kind.write("ALTER TABLE {t} DISABLE TRIGGER USER"))
    refuse(conn, kind.write("UPDATE {t} SET note = 'x' WHERE id = 1"))
    conn.execute(kind.write("UPDATE {t} SET note = 'x', value = {clean} WHERE id = 1"))


def test_a_missing_check_is_found(conn: Connection, kind: Kind) -> None:
    """It is drift like a missing trigger, and the triggers still refuse."""
    name = check(conn, kind)
    conn.execute(kind.write("ALTER TABLE {t} DROP CONSTRAINT ") + sql.Identifier(name))
    assert problems(conn) == [(name, "missing")]
    refuse(conn, kind.write("INSERT INTO {t} (id, value) VALUES (10, {new})"))


@pytest.mark.parametrize("change", ["condition", "function", "comment"])
def test_an_altered_check_is_found(conn: Connection, kind: Kind, change: str) -> None:
    """A CHECK with another condition, one whose function accepts every row, and one without its comment."""
    name, comment = check(conn, kind), check(conn, kind, "obj_description(oid, 'pg_constraint')")
    table, constraint = sql.Identifier("lab", kind.table), sql.Identifier(name)
    if change == "condition":
        conn.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(table, constraint))
        conn.execute(sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} CHECK (true)").format(table, constraint))
        conn.execute(sql.SQL("COMMENT ON CONSTRAINT {} ON {} IS {}").format(constraint, table, sql.Literal(comment)))
    elif change == "function":
        function = sql.Identifier("minimize", f"guard_{name.removeprefix('!minimize_')}")
        conn.execute(
            sql.SQL("CREATE OR REPLACE FUNCTION {}(relation oid) RETURNS boolean LANGUAGE sql AS 'SELECT true'").format(
                function
            )
        )
    else:
        conn.execute(sql.SQL("COMMENT ON CONSTRAINT {} ON {} IS NULL").format(constraint, table))
    assert problems(conn) == [(name, "altered")]


def test_a_validated_check_is_intact(conn: Connection, kind: Kind) -> None:
    """A validated CHECK refuses the same rows, so it is no drift."""
    conn.execute(kind.write("UPDATE {t} SET value = {clean}"))
    conn.execute(kind.write("ALTER TABLE {t} VALIDATE CONSTRAINT ") + sql.Identifier(check(conn, kind)))
    assert problems(conn) == []
