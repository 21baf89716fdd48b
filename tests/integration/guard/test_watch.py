"""The DDL watch: no new column under a retired name, whatever the command."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from minimize.catalog.connection import connect
from minimize.guard.ddl_watch import watch_name
from minimize.guard.supporting_state import SupportingState, read_supporting_state
from minimize.policy import parse_policy
from tests.integration.migrate.estate import BIRTHPLACE, Estate, policy_text

pytestmark = pytest.mark.majors

PERSON = ("CREATE SCHEMA lab", "CREATE TABLE lab.person (id integer, birthplace text, note text)")
POLICY = policy_text(BIRTHPLACE, aliases=["pob", "placeOfBirth"])


@pytest.fixture
def watched(estate: Estate) -> Estate:
    """Return a database with one table, guarded and watched."""
    made = estate.under(POLICY)
    made.run(*PERSON)
    made.guard()
    return made


def around(estate: Estate) -> SupportingState:
    """Return the state of what supports the guard."""
    with connect(estate.url) as conn:
        return read_supporting_state(conn, estate.survey(conn))


REFUSED = {
    "create table": "CREATE TABLE lab.new (id integer, birthplace text)",
    "another case": 'CREATE TABLE lab.new ("BirthPlace" text)',
    "snake case of a camel alias": "CREATE TABLE lab.new (place_of_birth text)",
    "create table as": "CREATE TABLE lab.new AS SELECT 1 AS pob",
    "select into": "SELECT 1 AS pob INTO lab.new",
    "add column": "ALTER TABLE lab.person ADD COLUMN pob text",
    "rename column": "ALTER TABLE lab.person RENAME COLUMN note TO pob",
    "view": "CREATE VIEW lab.new AS SELECT id AS pob FROM lab.person",
    "materialised view": "CREATE MATERIALIZED VIEW lab.new AS SELECT id AS pob FROM lab.person",
    "like": "CREATE TABLE lab.new (LIKE lab.person)",
    "inherits": "CREATE TABLE lab.new () INHERITS (lab.person)",
    "type": "CREATE TYPE lab.new AS (pob text)",
    "foreign table": "CREATE FOREIGN TABLE lab.new (pob text) SERVER far",
    "create schema": "CREATE SCHEMA lab2 CREATE TABLE new (pob text)",
    "replica role": "CREATE TABLE lab.new (pob text)",
}


@pytest.mark.parametrize("path", REFUSED)
def test_a_retired_name_is_refused(watched: Estate, path: str) -> None:
    """Every command that makes or renames a column is watched."""
    watched.run("CREATE FOREIGN DATA WRAPPER far", "CREATE SERVER far FOREIGN DATA WRAPPER far")
    if path == "create schema":
        watched = watched.under(POLICY + '\n[watch]\nschemas = ["lab2"]\n')
        watched.guard()
    options = "-c session_replication_role=replica" if path == "replica role" else ""
    with (
        psycopg.connect(watched.url, autocommit=True, options=options) as conn,
        pytest.raises(psycopg.Error) as caught,
    ):
        conn.execute(REFUSED[path].encode())
    assert caught.value.sqlstate == "23MZ1"
    assert caught.value.diag.datatype_name == "birthplace"
    assert (caught.value.diag.constraint_name or "").startswith("lab")
    assert "[[watch.exemption]]" in (caught.value.diag.message_hint or "")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE lab.new (id integer, place text)",
        "ALTER TABLE lab.person ADD COLUMN other text",
        "ALTER TABLE lab.person ALTER COLUMN birthplace SET STATISTICS 10",
        "CREATE TEMP TABLE new (pob text)",
        "CREATE TABLE public.new (pob text)",
        "CREATE INDEX ON lab.person (birthplace)",
    ],
)
def test_other_ddl_passes(watched: Estate, statement: str) -> None:
    """DDL without a retired name, or outside the watched schemas, is accepted."""
    watched.run(statement)
    assert watched.problems() == set()


def test_a_new_partition_passes(estate: Estate) -> None:
    """A partition has its parent's columns, and its guard."""
    made = estate.under(POLICY)
    made.run(
        "CREATE SCHEMA lab", "CREATE TABLE lab.person (id integer, birthplace text, note text) PARTITION BY LIST (id)"
    )
    made.guard()
    made.run("CREATE TABLE lab.person_1 PARTITION OF lab.person FOR VALUES IN (1)")
    assert made.problems() == set()


def test_an_exempt_name_passes(watched: Estate) -> None:
    """A reviewed exemption allows one column only."""
    exemption = '\n[[watch.exemption]]\nname = "lab.post.pob"\nreason = "Post office box"\napproved_by = "Counsel"\n'
    reviewed = watched.under(POLICY + exemption)
    assert around(reviewed).ddl_watch == "policy changed"
    reviewed.guard()
    reviewed.run("CREATE TABLE lab.post (pob text)")
    with pytest.raises(psycopg.Error):
        reviewed.run("CREATE TABLE lab.mail (pob text)")


def test_a_dropped_column_may_not_come_back(watched: Estate) -> None:
    """After the drop the name is watched in its own table as well."""
    watched.drop()
    with pytest.raises(psycopg.Error):
        watched.run("ALTER TABLE lab.person ADD COLUMN birthplace text")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER EVENT TRIGGER {name} DISABLE", "disabled"),
        ("ALTER EVENT TRIGGER {name} ENABLE", "not enabled always"),
        ("DROP EVENT TRIGGER {name}", "not installed"),
        (
            "CREATE OR REPLACE FUNCTION minimize.{name}() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
            "altered",
        ),
    ],
)
def test_a_watch_that_drifts_is_a_finding(watched: Estate, statement: str, said: str) -> None:
    """For a role that may repair it, a changed watch is a finding."""
    assert (around(watched).ddl_watch, around(watched).is_watch_drifting) == ("installed", False)
    watched.run(statement.replace("{name}", watch_name(parse_policy(POLICY, "policy.toml"))))
    assert (around(watched).ddl_watch, around(watched).is_watch_drifting) == (said, True)


def test_without_the_right_it_is_named_and_no_finding(estate: Estate, role: Callable[..., str]) -> None:
    """A table owner who is no superuser can guard, without the watch."""
    made = estate.under(POLICY).seen_by(role(estate.url))
    owner = psycopg.conninfo.conninfo_to_dict(made.url)["user"]
    estate.run(*PERSON, f"ALTER TABLE lab.person OWNER TO {owner}", f"GRANT ALL ON SCHEMA lab TO {owner}")
    estate.run(f"CREATE SCHEMA minimize AUTHORIZATION {owner}")
    made.guard()
    seen = around(made)
    assert (seen.ddl_watch, seen.is_watch_drifting) == ("not installed (needs superuser)", False)
    assert seen.log_muting.startswith("off (needs GRANT SET ON PARAMETER log_error_verbosity, log_min_error_statement")


def test_unguarding_takes_the_watch_away(watched: Estate) -> None:
    """Unguarding removes the watch."""
    watched.unguard()
    watched.run("CREATE TABLE lab.new (pob text)")
    assert watched.columns("lab.new") == ["pob"]
