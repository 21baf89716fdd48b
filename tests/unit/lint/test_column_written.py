"""MZL003 and MZL004: findings and clean code."""

from __future__ import annotations

import pytest

from tests.unit.lint.conftest import Rules


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("INSERT INTO a (x, pob) VALUES (1, 2)", 19),
        ("INSERT INTO a (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET pob = 1", 60),
        ("INSERT INTO old.application (place_of_birth) SELECT 1", 30),
        ("UPDATE a SET pob = x", 14),
        ("UPDATE core.applicant SET home_id = 1", 27),
        ("UPDATE a SET (x, pob) = (1, 2)", 18),
        ("MERGE INTO a USING b ON true WHEN NOT MATCHED THEN INSERT (pob) VALUES (1)", 60),
        ("MERGE INTO a USING b ON true WHEN MATCHED THEN UPDATE SET pob = 1", 59),
        ("COPY a (x, pob) FROM STDIN", 1),
        ("\\copy a (x, pob) from 'a.csv' csv\n", 2),
        ("WITH n AS (INSERT INTO a (pob) VALUES (1)) SELECT 1", 27),
        ("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ UPDATE a SET pob = 1 $$", 66),
        ("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$BEGIN UPDATE a SET pob = 1; END$$", 75),
        ("DO $$BEGIN EXECUTE format('UPDATE %I SET pob = 1', 'a'); END$$", 42),
        ("CREATE FUNCTION f() RETURNS void BEGIN ATOMIC UPDATE a SET pob = 1; END", 60),
    ],
)
def test_writes_are_found(found: Rules, statement: str, column: int) -> None:
    """The target columns of every writing statement are checked, also in functions and in SQL that they compose."""
    assert found(statement, "case.sql") == [f"1:{column} MZL003"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE a SET pob = NULL",
        "UPDATE a SET pob = DEFAULT, x = 1",
        "UPDATE a SET x = pob",
        "INSERT INTO a (x) SELECT pob FROM b",
        "INSERT INTO core.application (place_of_birth) VALUES ('x')",
        "COPY a (x, pob) TO STDOUT",
        "DELETE FROM a WHERE pob IS NOT NULL",
        "SELECT pob, 1 FROM a",
    ],
)
def test_reading_and_erasing_are_clean(found: Rules, statement: str) -> None:
    """Statements that read or remove a value are allowed."""
    assert found(statement, "case.sql") == []


def test_values_in_python(found: Rules) -> None:
    """SQLAlchemy's .values() is checked; a column that some table keeps is allowed, because the table is unknown."""
    assert found("insert(t).values(x=1, birthplace=2)") == ["1:23 MZL003"]
    assert found("insert(t).values(x=1, place_of_birth=2)\nupdate(t).values(birthplace=None)\nd.values()") == []


@pytest.mark.parametrize(
    "call",
    [
        'cursor.execute("INSERT INTO a (pob) VALUES (%s)", [1])',
        'cursor.execute("INSERT INTO a (pob) VALUES (%(x)s)", {"x": 1})',
        'session.execute(text("INSERT INTO a (pob) VALUES (:x)"))',
        'conn.execute(SQL("INSERT INTO {} (pob) VALUES ({x})").format())',
        'cursor.copy("COPY a (pob) FROM STDIN")',
    ],
)
def test_placeholders_are_parsed(found: Rules, call: str) -> None:
    """The placeholders of each driver are parsed."""
    assert [f.split()[1] for f in found(call)] == ["MZL003"]


@pytest.mark.parametrize(
    "text",
    ["ALTER TABLE a RENAME COLUMN x TO pob", "ALTER VIEW a RENAME x TO pob", "ALTER TYPE a RENAME ATTRIBUTE x TO pob"],
)
def test_renamed_in_sql(found: Rules, text: str) -> None:
    """A column of any relation that is renamed to a retired name is found."""
    assert [f.split()[1] for f in found(text, "case.sql")] == ["MZL004"]


def test_renamed_in_python(found: Rules) -> None:
    """new_column_name is checked, with the table of the operation or of the batch."""
    assert found('op.alter_column("a", "x", new_column_name="pob")') == ["1:27 MZL004"]
    batch = 'with op.batch_alter_table("{}") as b:\n    b.alter_column("x", new_column_name="pob")'
    assert found(batch.format("a")) == ["2:25 MZL004"]
    assert found(batch.format("office")) == []


def test_other_renames_are_clean(found: Rules) -> None:
    """Renaming to another name and renaming tables are allowed."""
    assert found("ALTER TABLE a RENAME COLUMN pob TO x; ALTER TABLE x RENAME TO pob", "case.sql") == []
    assert found('op.alter_column("a", "pob", new_column_name="x")') == []
