"""Partitions and inheritance: each write path into the table meets the guard."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.integration.guard.conftest import Template
from tests.integration.guard.writes import check_refusal
from tests.integration.migrate.estate import Estate, policy_text

pytestmark = pytest.mark.majors

SCHEMA = [
    "CREATE SCHEMA lab",
    "CREATE TABLE lab.filing (year integer, value text, form json, kind text) PARTITION BY RANGE (year)",
    "CREATE TABLE lab.filing_1 PARTITION OF lab.filing FOR VALUES FROM (1) TO (2)",
    "CREATE TABLE lab.filing_2 PARTITION OF lab.filing FOR VALUES FROM (2) TO (4) PARTITION BY LIST (year)",
    "CREATE TABLE lab.filing_2_2 PARTITION OF lab.filing_2 FOR VALUES IN (2)",
    "INSERT INTO lab.filing VALUES (1, 'Zanzibar'), (2, NULL)",
]
POLICY = policy_text(
    'column = "lab.filing.value"', 'column = "lab.filing.form"\njson_path = "$.pob"\ncolumn_type = "json"'
)


def build(url: str) -> None:
    """Guard a partitioned table."""
    with tempfile.TemporaryDirectory() as directory:
        estate = Estate.create(url, Path(directory), POLICY)
        estate.run(*SCHEMA)
        estate.guard()


@pytest.fixture
def filings(template: Template, clone: Callable[[str], str], tmp_path: Path) -> Estate:
    """Return a guarded partitioned table of two levels."""
    return Estate.create(clone(template("guard_partitions", build)), tmp_path, POLICY)


def refuse(estate: Estate, statement: str, **parts: str) -> str | None:
    """Run a statement that the guard must refuse, and return the table it names."""
    with pytest.raises(psycopg.Error) as caught:
        estate.run(statement, **parts)
    check_refusal(caught.value)
    return caught.value.diag.table_name


@pytest.mark.parametrize("table", ["filing", "filing_2", "filing_2_2"])
def test_every_way_in_is_guarded(filings: Estate, table: str) -> None:
    """A write is refused through the parent and into a partition at any level, and names the policy's table."""
    assert refuse(filings, "INSERT INTO lab.{table} (year, value) VALUES (2, 'Timbuktu')", table=table) == "filing"
    assert refuse(filings, "UPDATE lab.{table} SET value = 'Timbuktu' WHERE year = 2", table=table) == "filing"
    filings.run("INSERT INTO lab.{table} (year) VALUES (2)", table=table)


def test_a_partition_created_later_is_guarded(filings: Estate) -> None:
    """A new partition is guarded without a further step."""
    filings.run("CREATE TABLE lab.filing_2_3 PARTITION OF lab.filing_2 FOR VALUES IN (3)")
    assert not filings.drift()
    refuse(filings, "INSERT INTO lab.filing_2_3 (year, value) VALUES (3, 'Timbuktu')")
    with filings.connect() as conn:
        conn.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.Error) as caught:
            conn.execute("INSERT INTO lab.filing_2_3 (year, value) VALUES (3, 'Timbuktu')")
    check_refusal(caught.value)


def test_a_partition_attached_later_is_guarded(filings: Estate) -> None:
    """An attached table is guarded from then on."""
    filings.run(
        "CREATE TABLE lab.loaded (LIKE lab.filing INCLUDING ALL)",
        "INSERT INTO lab.loaded VALUES (9)",
        "ALTER TABLE lab.filing ATTACH PARTITION lab.loaded FOR VALUES FROM (9) TO (10)",
    )
    assert not filings.drift()
    refuse(filings, "INSERT INTO lab.loaded (year, value) VALUES (9, 'Timbuktu')")
    filings.run("UPDATE lab.loaded SET kind = 'x'")


def test_a_row_that_moves_leaves_its_value_behind(filings: Estate) -> None:
    """A row may not move to another partition with its value; it may move without it."""
    refuse(filings, "UPDATE lab.filing SET year = 2 WHERE year = 1")
    filings.run("UPDATE lab.filing SET year = 2, value = NULL WHERE year = 1")


def test_a_document_is_guarded_in_every_partition(filings: Estate) -> None:
    """A location inside a json column is guarded in the partitions too."""
    refuse(filings, 'INSERT INTO lab.filing_1 (year, form) VALUES (1, \'{"pob": "Timbuktu"}\')')
    filings.run("INSERT INTO lab.filing_1 (year, form) VALUES (1, '{\"pob\": null}')")


def test_unguarding_the_parent_unguards_the_partitions(filings: Estate) -> None:
    """Unguarding removes everything, also the CHECK that a partition had when it was attached."""
    filings.run(
        "CREATE TABLE lab.loaded (LIKE lab.filing INCLUDING ALL)",
        "ALTER TABLE lab.filing ATTACH PARTITION lab.loaded FOR VALUES FROM (9) TO (10)",
    )
    filings.unguard()
    assert filings.ask("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal") == 0
    assert filings.ask("SELECT count(*) FROM pg_constraint WHERE conname LIKE '!%'") == 0
    assert filings.ask("SELECT count(*) FROM pg_proc WHERE proname LIKE 'guard%'") == 0


def test_a_table_made_like_a_guarded_one_keeps_its_check(filings: Estate) -> None:
    """Unguarding leaves tables that the policy does not name; the function stays for their CHECKs."""
    filings.run("CREATE TABLE lab.copied (LIKE lab.filing INCLUDING CONSTRAINTS)")
    filings.unguard()
    refuse(filings, "INSERT INTO lab.copied VALUES (9, 'Timbuktu')")
    filings.run("INSERT INTO lab.filing VALUES (1, 'Timbuktu')")
    filings.guard()
    assert not filings.drift()


def test_a_child_by_inheritance_is_guarded(database: str, tmp_path: Path) -> None:
    """PostgreSQL copies no triggers to an inheritance child; the guard installs them there."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.parent.value"'))
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE TABLE lab.parent (id integer, value text)",
        "CREATE TABLE lab.child () INHERITS (lab.parent)",
    )
    estate.guard()
    assert not estate.drift()
    refuse(estate, "INSERT INTO lab.child VALUES (1, 'Timbuktu')")
