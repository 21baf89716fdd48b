"""Verification finds residue, and never reports an unchecked location as clean."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.survey import survey
from minimize.policy import Policy
from minimize.verify.residue import NotChecked, Residue, Verification, verify_rows
from tests.fix_database import with_options
from tests.integration.purge.scenario import at, execute, guard, hold, one, policy_of

pytestmark = pytest.mark.majors

SCHEMA: LiteralString = """
CREATE TABLE person (id bigint PRIMARY KEY, kind text, birthplace text, doc jsonb, raw json);
CREATE TABLE other (id bigint PRIMARY KEY, birthplace text);
INSERT INTO person SELECT n, 'DL', NULL, '{"person": {}}', '{}' FROM generate_series(1, 500) AS n;
"""
POLICY = policy_of(
    at("public.person.birthplace", keep="kind = 'EDL'"),
    at("public.person.doc", "$.person.pob", keep="kind = 'EDL'"),
    at("public.other.birthplace"),
    hold("public.person", "id = 7"),
)
PLANTS: dict[str, LiteralString] = {
    "public.person.birthplace": "UPDATE person SET birthplace = 'Kent' WHERE id = 250",
    "public.person.doc $.person.pob": """UPDATE person SET doc = '{"person": [{"pob": ""}]}' WHERE id = 250""",
    "public.other.birthplace": "INSERT INTO other VALUES (1, '')",
}


def verify(url: str, policy: Policy = POLICY) -> Verification:
    """Verify the database."""
    with connect(url) as conn:
        return verify_rows(conn, survey(conn, policy))


@pytest.mark.parametrize("location", PLANTS)
def test_one_planted_value_is_found(database: str, location: str) -> None:
    """A single row is found at its location and at no other, also if its value is the empty text."""
    execute(database, SCHEMA, PLANTS[location])
    result = verify(database)
    assert result.findings == (Residue(location=location, place="rows", count=1),)
    assert not result.clean


def test_a_clean_database_is_clean(database: str) -> None:
    """The clean control: nothing is found, and every location was read."""
    execute(database, SCHEMA)
    result = verify(database)
    assert (result.clean, result.findings, result.not_checked, len(result.counts)) == (True, (), (), 3)


def test_kept_values_are_not_residue(database: str) -> None:
    """Exempt and held values are counted as kept, and the database is clean."""
    execute(
        database,
        SCHEMA,
        "UPDATE person SET birthplace = 'Kent', kind = 'EDL' WHERE id < 4",
        "UPDATE person SET birthplace = 'Kent' WHERE id = 7",
    )
    result = verify(database)
    rows = result.counts["public.person.birthplace"]
    assert result.clean
    assert (rows.carrying, rows.exempt, rows.held, rows.to_erase) == (4, 3, 1, 0)


def test_a_table_that_cannot_be_read_is_named(database: str, role: Callable[..., str]) -> None:
    """A location without SELECT is not checked, the others are, and the result is not clean."""
    execute(database, SCHEMA)
    url = role(database)
    name = one(url, "SELECT current_user")
    with psycopg.connect(database) as admin:
        admin.execute(sql.SQL("GRANT SELECT ON person TO {}").format(sql.Identifier(name)))
    result = verify(url)
    expected = NotChecked(location="public.other.birthplace", place="rows", why="permission denied for table other")
    assert (result.clean, result.not_checked, len(result.counts)) == (False, (expected,), 2)


def test_rows_hidden_by_row_security_are_not_clean(database: str, role: Callable[..., str]) -> None:
    """A location with row-level security is not checked, although a count would return zero."""
    execute(
        database,
        SCHEMA,
        "INSERT INTO other VALUES (1, 'Kent')",
        "ALTER TABLE other ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT ON person, other TO PUBLIC",
    )
    url = role(database)
    assert one(url, "SELECT count(*) FROM other") == 0
    result = verify(url)
    assert [entry.location for entry in result.not_checked] == ["public.other.birthplace"]
    assert "row-level security" in result.not_checked[0].why
    assert not result.clean
    assert verify(database).findings == (Residue(location="public.other.birthplace", place="rows", count=1),)


def test_a_json_column_before_the_guard_is_not_checked(database: str) -> None:
    """A location that needs a routine of minimize is not checked until it is installed; the others are read."""
    execute(database, SCHEMA)
    result = verify(database, policy_of(at("public.person.raw", "$.pob"), at("public.person.birthplace")))
    assert [entry.location for entry in result.not_checked] == ["public.person.raw $.pob"]
    assert "minimize" in result.not_checked[0].why
    assert list(result.counts) == ["public.person.birthplace"]


def test_a_missing_column_is_not_clean(database: str) -> None:
    """A misspelled column is not reported as dropped."""
    execute(database, SCHEMA)
    result = verify(database, policy_of(at("public.person.birth_place"), at("public.missing.birthplace")))
    assert [entry.why.partition(",")[0] for entry in result.not_checked] == [
        "column public.person.birth_place does not exist",
        "table public.missing does not exist",
    ]
    assert not result.clean


def test_a_column_that_was_guarded_and_dropped_is_clean(database: str) -> None:
    """A dropped column has nothing to read and no residue."""
    policy = policy_of(at("public.person.birthplace"))
    execute(database, SCHEMA)
    guard(database, policy)
    execute(database, "ALTER TABLE person DROP birthplace CASCADE")
    result = verify(database, policy)
    assert (result.clean, result.counts) == (True, {})


def test_a_misspelled_column_is_not_clean_because_another_was_dropped(database: str) -> None:
    """Another dropped column of the table does not count as evidence for this one."""
    execute(database, SCHEMA, "ALTER TABLE person DROP kind")
    assert not verify(database, policy_of(at("public.person.birth_place"))).clean


def test_partitions_and_children_are_read(database: str) -> None:
    """Residue is found in a default partition and in an inheritance child."""
    execute(
        database,
        "CREATE TABLE entry (id int, birthplace text) PARTITION BY LIST (id)",
        "CREATE TABLE entry_0 PARTITION OF entry DEFAULT",
        "CREATE TABLE parent (birthplace text)",
        "CREATE TABLE child () INHERITS (parent)",
        "INSERT INTO entry VALUES (5, 'Kent')",
        "INSERT INTO child VALUES ('Kent'), ('Kent')",
    )
    result = verify(database, policy_of(at("public.entry.birthplace"), at("public.parent.birthplace")))
    assert [finding.count for finding in result.findings] == [1, 2]


def test_verification_writes_nothing(database: str) -> None:
    """Verification works in a read-only session, and creates no schema."""
    execute(database, SCHEMA)
    result = verify(with_options(database, "-cdefault_transaction_read_only=on"))
    assert result.clean
    assert one(database, "SELECT to_regnamespace('minimize')") is None
