"""A guard that the first release installed refuses, is recognised and can be renewed under this release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from click.testing import CliRunner

from minimize.catalog.connection import connect
from minimize.cli import main
from minimize.errors import RetiredFieldError
from minimize.guard.attacks import attacks
from minimize.guard.drift import find_earlier_guards
from minimize.guard.supporting_state import read_supporting_state
from minimize.purge.run.engine import Purge
from minimize.pytest_plugin import assert_rejected
from minimize.sql import ADDED_SINCE_FIRST_RELEASE, ROUTINES
from minimize.sql.install import install_routine, install_schema
from tests.clients import EVERY_CLIENT
from tests.integration.migrate.estate import BIRTHPLACE, FIELD, Estate, policy_text
from tests.policy_text import CITATION

INSTALLED = Path(__file__).with_name("earlier_release.sql")
FORM = 'column = "lab.person.form"\njson_path = "$.birthplace"'
ALIAS = 'column = "lab.person.form"\njson_path = "$.pob"'
# As in earlier_release.sql: the name of the DDL watch and the digests depend on these.
POLICY = (
    policy_text(BIRTHPLACE, FORM, ALIAS)
    .replace(f'"{CITATION}"', '"WAC 308-104-014"')
    .replace('id = "test-policy"', 'id = "lab"')
)

SCHEMA: LiteralString = """
CREATE SCHEMA lab;
CREATE TABLE lab.person (id integer PRIMARY KEY, kind text, form jsonb, birthplace text);
INSERT INTO lab.person VALUES (1, 'DL', '{"birthplace": "Lima", "pob": "Lima", "a": 1}', 'Lima'), (2, 'DL', '{}', NULL);
"""

NEUTERED = """
CREATE OR REPLACE FUNCTION minimize.guard_birthplace_3cc5485e() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN RETURN NEW; END'
"""


@pytest.fixture
def earlier(database: str, tmp_path: Path) -> Estate:
    """Return a database with an unpurged row, as the first release guarded it."""
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(SCHEMA)
        conn.execute(install_schema())
        for name in ROUTINES.keys() - ADDED_SINCE_FIRST_RELEASE:
            conn.execute(install_routine(name))
        conn.execute(INSTALLED.read_bytes())
    return Estate.create(database, tmp_path, POLICY)


def refusal(estate: Estate, statement: LiteralString) -> RetiredFieldError:
    """Return the refusal of a statement."""
    with pytest.raises(psycopg.DatabaseError) as caught, estate.connect() as conn:
        conn.execute(statement)
    found = RetiredFieldError.from_exception(caught.value)
    assert found is not None
    assert caught.value.sqlstate == "MZ001"
    return found


@pytest.mark.parametrize(
    ("statement", "location", "column"),
    [
        ("INSERT INTO lab.person VALUES (3, 'DL', NULL, 'Lima')", "lab.person.birthplace", "birthplace"),
        ("UPDATE lab.person SET birthplace = 'Lima' WHERE id = 2", "lab.person.birthplace", "birthplace"),
        ("""INSERT INTO lab.person VALUES (3, 'DL', '{"pob": "Lima"}')""", "lab.person.form $.pob", "form"),
    ],
)
def test_its_refusal_is_recognised(earlier: Estate, statement: LiteralString, location: str, column: str) -> None:
    """A refusal with the SQLSTATE of that release gives field, location and column as one of today."""
    found = refusal(earlier, statement)
    assert (found.field, found.location) == (FIELD, location)
    assert (found.schema, found.table, found.column) == ("lab", "person", column)


@pytest.mark.parametrize("client", EVERY_CLIENT)
def test_every_client_recognises_it(earlier: Estate, client: str) -> None:
    """Whatever the driver raises for that SQLSTATE, an assertion on the field holds."""
    with assert_rejected(field=FIELD):
        EVERY_CLIENT[client](earlier.url, """INSERT INTO lab.person VALUES (3, 'DL', '{"pob": "Lima"}')""")


def test_its_ddl_watch_is_recognised(earlier: Estate) -> None:
    """The watch of that release names the column only."""
    found = refusal(earlier, "CREATE TABLE lab.other (birthplace text)")
    assert (found.schema, found.table, found.column, found.location) == ("lab", "other", "birthplace", None)


@pytest.mark.majors
def test_it_is_no_drift(earlier: Estate) -> None:
    """It refuses the same writes as the guard of today, so nothing is missing; each location is named once."""
    assert earlier.problems() == set()
    with connect(earlier.url) as conn:
        found = find_earlier_guards(conn, earlier.survey(conn))
        environment = read_supporting_state(conn, earlier.survey(conn))
    assert found == ("lab.person.birthplace", "lab.person.form $.birthplace", "lab.person.form $.pob")
    assert environment.ddl_watch == "installed by an earlier release (op.guard_field renews it)"
    assert not environment.is_watch_drifting


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ('ALTER TABLE lab.person DISABLE TRIGGER "~minimize_birthplace_3cc5485e"', "disabled"),
        ('DROP TRIGGER "~minimize_birthplace_3cc5485e_after" ON lab.person', "missing"),
        ('ALTER TABLE lab.person DROP CONSTRAINT "!minimize_birthplace_3cc5485e"', "missing"),
        (NEUTERED, "altered"),
        ("DROP FUNCTION minimize.refuse_v1", "missing"),
    ],
)
def test_its_drift_is_found(earlier: Estate, change: str, problem: str) -> None:
    """What was altered or dropped since is drift, as in a guard of today."""
    earlier.run(change)
    assert problem in {entry.problem for entry in earlier.drift()}


def test_another_policy_is_drift(earlier: Estate) -> None:
    """A guard of that release made from another policy is not taken for one that only needs renewal."""
    changed = earlier.under(POLICY.replace(BIRTHPLACE, BIRTHPLACE + "\nkeep_where = { enhanced = \"kind = 'EDL'\" }"))
    assert {entry.problem for entry in changed.drift()} == {"policy changed"}


def test_it_can_be_attacked(earlier: Estate) -> None:
    """`guard test` finds that it refuses every write path, also where two locations share a column."""
    with connect(earlier.url) as conn:
        found = [attack.run(conn) for attack in attacks(conn, earlier.survey(conn))]
    assert {(result.result, result.why) for result in found} == {
        ("refused", "SQLSTATE MZ001"),
        ("not_possible", "the table has no partition or child with rows"),
    }


@pytest.mark.majors
def test_purge_and_drop_accept_it(earlier: Estate) -> None:
    """The estate is purged and the column dropped with the guard as it is."""
    with connect(earlier.url) as conn:
        Purge(conn, earlier.survey(conn)).run()
    assert earlier.ask("SELECT form::text FROM lab.person WHERE id = 1") == '{"a": 1}'
    earlier.drop()
    assert "birthplace" not in earlier.columns("lab.person")


@pytest.mark.majors
def test_guarding_again_renews_it(earlier: Estate) -> None:
    """After op.guard_field nothing is left of the earlier release, and a refusal names location and field."""
    earlier.guard()
    assert earlier.problems() == set()
    with connect(earlier.url) as conn:
        assert find_earlier_guards(conn, earlier.survey(conn)) == ()
        assert read_supporting_state(conn, earlier.survey(conn)).ddl_watch == "installed"
        with pytest.raises(psycopg.IntegrityError) as caught:
            conn.execute("""INSERT INTO lab.person VALUES (3, 'DL', '{"pob": "Lima"}')""")
    found = RetiredFieldError.from_exception(caught.value)
    assert found is not None
    assert (found.location, found.field) == ("lab.person.form $.pob", FIELD)


@pytest.mark.parametrize("options", [(), ("--format", "json")])
def test_guard_check_names_it_and_succeeds(earlier: Estate, options: tuple[str, ...]) -> None:
    """The command says which locations op.guard_field would renew, and exits with 0."""
    policy = earlier.options["minimize_policy"]
    result = CliRunner().invoke(main, ["--policy", policy, "--database-url", earlier.url, *options, "guard", "check"])
    assert result.exit_code == 0
    if options:
        document = json.loads(result.stdout)
        assert document["drift"] == []
        assert document["earlier_release"][0] == "lab.person.birthplace"
    else:
        assert "guarded by an earlier release: lab.person.birthplace, lab.person.form $.birthplace" in result.stdout
        assert "op.guard_field renews" in result.stderr
