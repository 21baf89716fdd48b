"""What guarding changes besides triggers, and what unguarding leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from minimize.migrate import GuardFieldOp
from tests.integration.migrate.estate import BIRTHPLACE, FIELD, Estate, policy_text

pytestmark = pytest.mark.majors

ASKING = (
    "SELECT attrelid::regclass::text FROM pg_attribute"
    " WHERE attname = 'value' AND (attnotnull OR atthasdef) AND NOT attisdropped"
)
TRIGGERS = (
    "SELECT concat_ws(' ', tgname, tgenabled, tgrelid::regclass, obj_description(oid)) FROM pg_trigger ORDER BY 1"
)


@pytest.fixture
def asking(database: str, tmp_path: Path) -> Estate:
    """Return a table and partitions that require the value in every way."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.plain.value"', 'column = "lab.filing.value"'))
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE TABLE lab.plain (id integer, value text NOT NULL DEFAULT 'Zanzibar')",
        "CREATE TABLE lab.filing (year integer, value text NOT NULL DEFAULT 'Zanzibar') PARTITION BY LIST (year)",
        "CREATE TABLE lab.filing_1 PARTITION OF lab.filing FOR VALUES IN (1)",
        "CREATE TABLE lab.filing_2 PARTITION OF lab.filing (value DEFAULT 'Timbuktu') FOR VALUES IN (2)",
        "CREATE TABLE lab.filing_3 (year integer, value text NOT NULL DEFAULT 'Kilwa')",
        "ALTER TABLE lab.filing ATTACH PARTITION lab.filing_3 FOR VALUES IN (3)",
    )
    return estate


def test_not_null_and_default_go(asking: Estate) -> None:
    """An application that leaves the field out can insert, into the table and into any partition."""
    asking.guard()
    assert asking.ask_all(ASKING) == []
    asking.run("INSERT INTO lab.plain (id) VALUES (1)", "INSERT INTO lab.filing (year) VALUES (1), (2), (3)")


def test_not_null_of_a_partition_alone_goes(database: str, tmp_path: Path) -> None:
    """NOT NULL and default of a partition are dropped although its parent has none."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.filing.value"'))
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE TABLE lab.filing (year integer, value text) PARTITION BY LIST (year)",
        "CREATE TABLE lab.filing_1 PARTITION OF lab.filing (value NOT NULL DEFAULT 'Zanzibar') FOR VALUES IN (1)",
    )
    estate.guard()
    assert estate.ask_all(ASKING) == []
    estate.run("INSERT INTO lab.filing (year) VALUES (1)")


def test_a_document_keeps_its_default(database: str, tmp_path: Path) -> None:
    """NOT NULL and the default of a document's column stay."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.doc.value"\njson_path = "$.pob"'))
    estate.run("CREATE SCHEMA lab", "CREATE TABLE lab.doc (id integer, value jsonb NOT NULL DEFAULT '{}')")
    estate.guard()
    assert estate.ask_all(ASKING) == ["lab.doc"]


def test_guarding_twice_changes_nothing(guarded: Estate) -> None:
    """A revision that runs again leaves every trigger as it was."""
    before = guarded.ask_all(TRIGGERS)
    guarded.guard()
    assert guarded.ask_all(TRIGGERS) == before
    assert not guarded.drift()


def test_unguarding_leaves_no_trigger(guarded: Estate) -> None:
    """Every write is possible again, and a second unguarding changes nothing."""
    guarded.unguard()
    guarded.unguard()
    assert guarded.ask_all(TRIGGERS) == []
    guarded.run("INSERT INTO lab.plain (id, value) VALUES (10, 'Timbuktu')")


def test_unguarding_leaves_no_proof(database: str, tmp_path: Path) -> None:
    """Unguarding drops the proof constraint, which would still refuse and quote the row."""
    estate = Estate.create(
        database, tmp_path, policy_text(f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"kind = 'EDL'\" }}")
    )
    estate.run("CREATE SCHEMA lab", "CREATE TABLE lab.person (id integer, kind text, birthplace text)")
    estate.guard()
    estate.drop()
    checks = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = 'lab.person'::regclass ORDER BY 1"
    assert [name[:9] for name in estate.ask_all(checks)] == ["!minimize", "minimize_"]
    estate.unguard()
    assert estate.ask_all(checks) == []
    estate.run("INSERT INTO lab.person VALUES (1, 'DL', 'Timbuktu')")


def test_guarding_is_one_transaction(guarded: Estate) -> None:
    """If the migration fails later, the guard is rolled back with it."""

    def migrate() -> None:
        with guarded.migration() as operations:
            GuardFieldOp.guard_field(operations, FIELD)
            raise ZeroDivisionError

    guarded.unguard()
    with pytest.raises(ZeroDivisionError):
        migrate()
    assert guarded.ask_all(TRIGGERS) == []
