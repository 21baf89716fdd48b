"""The whole process on the reference schema: collect, guard, purge, verify, drop."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from fixtures.load import load
from tests.acceptance.command import ROOT, Answer, environment, minimize
from tests.integration.locations.payloads import read

APPLICATIONS = 3_000
POLICY = str(ROOT / "fixtures" / "policies" / "wa-dol-2018-place-of-birth.toml")
MANDATED = {"EDL", "EID", "CDL_HME"}
FORM = (("applicant", "placeOfBirth"), ("applicant", "pob"), ("birthplace",), ("previousApplications", "placeOfBirth"))
IMAGE = (("place_of_birth",), ("birth_country",), *(("form", *path) for path in FORM))
GONE = {
    "core.applicant": {"birth_place_id"},
    "core.birth_place": {"city", "region", "country"},
    "mart.dim_applicant": {"birth_city", "birth_country"},
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The expected effect of the policy on one table: columns, members, and the type of application."""

    key: tuple[str, ...]
    columns: tuple[str, ...] = ()
    documents: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    is_held: bool = False
    barcodes: tuple[str, ...] = ()
    is_whole: bool = False


APPLICATION = Table(("application_id",), ("place_of_birth", "birth_country"), (("form", FORM),), is_held=True)
TABLES = {
    "core.application": APPLICATION,
    "core.application_2013": APPLICATION,
    "core.applicant": Table(("applicant_id",), ("birth_place_id",)),
    "core.birth_place": Table(("place_id",), ("city", "region", "country")),
    "mart.dim_applicant": Table(("sk",), ("birth_city", "birth_country")),
    "hist.change_log": Table(("log_id",), (), (("old_row", IMAGE), ("new_row", IMAGE))),
    "stg.office_batch": Table(
        ("batch_id", "line_no"), (), (("parsed", (("applicant", "pob"),)), ("envelope", (("record", "birthplace"),)))
    ),
    "stg.office_batch_2017": Table(("batch_id", "line_no"), is_whole=True),
    "core.disclosure_log": Table(("id",), (), (("response", (("subject", "placeOfBirth"),)),)),
    "core.credential": Table(("credential_id",), barcodes=("pdf417",)),
    "core.identity_document": Table(("doc_id",)),
    "core.document_ocr": Table(("doc_id", "page")),
    "gov.legal_hold": Table(("hold_id",)),
}


def without(value: Any, path: tuple[str, ...]) -> Any:
    """Remove a member from a document, also inside arrays; a null member stays."""
    if isinstance(value, list):
        return [without(item, path) for item in value]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    if len(path) == 1:
        return {key: item for key, item in value.items() if key != path[0]}
    return {key: without(item, path[1:]) if key == path[0] else item for key, item in value.items()}


def carries(value: Any, path: tuple[str, ...]) -> bool:
    """Return whether a document contains the member with a value."""
    if isinstance(value, list):
        return any(carries(item, path) for item in value)
    if not isinstance(value, dict) or value.get(path[0]) is None:
        return False
    return len(path) == 1 or carries(value[path[0]], path[1:])


def purged(row: Row, table: Table, held: set[int]) -> Row:
    """Return the row as expected after a purge."""
    if table.is_held and row["applicant_id"] in held:
        return row
    row = dict(row)
    if row.get("app_type") not in MANDATED:
        row.update(dict.fromkeys(table.columns))
    for column, paths in table.documents:
        document = row[column]
        image = row if column == "form" else document or {}
        for path in paths if image.get("app_type") not in MANDATED else ():
            if carries(document, path):
                document = without(document, path)
        row[column] = document
    for column in table.barcodes:
        reading = read(row[column], b"DCI")
        assert reading is not None
        row[column] = reading.kept
    return row


def tidied(row: Row, table: Table) -> Row:
    """Return the row without retired null members, which carry no value and may be removed with others."""
    row = dict(row)
    for column, paths in table.documents:
        for path in paths:
            if not carries(row[column], path):
                row[column] = without(row[column], path)
    return row


def contents(url: str, name: str) -> dict[tuple[Any, ...], Row]:
    """Return the rows of a table by key."""
    with psycopg.connect(url, row_factory=dict_row) as conn:
        conn.execute("SET timezone = 'UTC'")
        rows = conn.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(*name.split(".")))).fetchall()
    table = TABLES[name]
    return {tuple(row[column] for column in table.key): tidied(row, table) for row in rows}


def alembic(url: str, *arguments: str) -> Answer:
    """Run Alembic on the command line."""
    done = subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment({"MINIMIZE_DATABASE_URL": url}),
        check=False,
        timeout=120,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def run(url: str, *arguments: str) -> Answer:
    """Run the command with JSON output."""
    return minimize("--policy", POLICY, "--database-url", url, "--format", "json", *arguments)


def build(url: str) -> None:
    """Load applications into the baseline schema."""
    assert alembic(url, "upgrade", "0001").code == 0
    load(url, applications=APPLICATIONS, seed=7, jobs=1)


@pytest.fixture
def collected(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Provide the URL of the reference schema with applications, not guarded."""
    return clone(template("story", build))


@pytest.mark.majors
def test_the_whole_story(collected: str) -> None:
    """Guard, purge, verify and drop succeed, and every row is as expected, including every member."""
    before = {name: contents(collected, name) for name in TABLES}
    held = {row["applicant_id"] for row in before["gov.legal_hold"].values() if row["released_at"] is None}
    expected = {
        name: {key: purged(row, table, held) for key, row in before[name].items() if not table.is_whole}
        for name, table in TABLES.items()
    }

    assert alembic(collected, "upgrade", "0002").code == 0
    too_early = alembic(collected, "upgrade", "head")
    assert too_early.code != 0
    assert "still carries values" in too_early.err
    assert "minimize purge" in too_early.err
    assert "Traceback" not in too_early.err

    answer = run(collected, "purge", "--profile", "fast")
    assert answer.code == 0, answer.err
    for name in TABLES:
        after = contents(collected, name)
        wrong = [key for key, row in expected[name].items() if after.get(key) != row]
        assert (name, wrong) == (name, [])
    assert contents(collected, "stg.office_batch_2017") == {}
    erased = {entry["location"]: entry["erased"] for entry in answer.document["locations"]}
    assert erased["core.application.place_of_birth"] == sum(
        row["place_of_birth"] is not None and expected["core.application"][key]["place_of_birth"] is None
        for key, row in before["core.application"].items()
    )
    assert any(entry["held"] for entry in answer.document["locations"])
    assert any(entry["exempt"] for entry in answer.document["locations"])

    answer = run(collected, "verify")
    assert (answer.code, answer.document["clean"]) == (0, True)

    answer = alembic(collected, "upgrade", "head")
    assert answer.code == 0, answer.err
    for name in [name for name, table in TABLES.items() if not table.is_whole]:
        after = contents(collected, name)
        rest = {
            key: {column: value for column, value in row.items() if column not in GONE.get(name, ())}
            for key, row in expected[name].items()
        }
        assert (name, [key for key, row in rest.items() if after.get(key) != row]) == (name, [])

    answer = run(collected, "status")
    assert (answer.code, answer.document["level"]) == (0, "E1")
    assert {entry["state"] for entry in answer.document["locations"]} == {"purged", "dropped"}


def test_an_unguarded_copy_is_refused_for_its_audit_trigger(collected: str) -> None:
    """Without the guard revision the audit trigger copies every value; the purge refuses and names it."""
    assert alembic(collected, "upgrade", "0002").code == 0
    with psycopg.connect(collected) as conn:
        conn.execute((ROOT / "migrations/sql/0002_guard/downgrade.sql").read_text().encode())
    answer = run(collected, "purge")
    assert (answer.code, answer.out) == (3, "")
    assert "application_audit" in answer.errors[0]
    assert json.dumps(answer.hints).count("triggers=") == 2
