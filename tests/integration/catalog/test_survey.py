"""The survey of a policy in a database: present, dropped and missing locations, and the policy check."""

from __future__ import annotations

import psycopg
import pytest

from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.row_counts import count_rows
from minimize.catalog.survey import Presence
from minimize.errors import DatabaseError, LockNotAvailableError, PolicyError
from tests.integration.migrate.estate import BIRTHPLACE, DISPOSITION, HOLD, Estate, policy_text

pytestmark = pytest.mark.majors

PERSON = ["CREATE SCHEMA lab", "CREATE TABLE lab.person (id integer, kind text, form jsonb, birthplace text)"]


def presence(estate: Estate) -> Presence:
    """Return the presence of the single location."""
    with estate.connect() as conn:
        ((_, site),) = estate.survey(conn).sites()
    return site.presence


def check(estate: Estate) -> None:
    """Run the check of the policy against the database."""
    with estate.connect() as conn:
        check_survey(conn, estate.survey(conn))


def test_a_column_is_present_dropped_or_missing(estate: Estate) -> None:
    """A missing column that was guarded is dropped; one that was never guarded is missing."""
    assert presence(estate) is Presence.MISSING
    estate.run("CREATE SCHEMA lab", "CREATE TABLE lab.person (id integer)")
    assert presence(estate) is Presence.MISSING
    estate.run("ALTER TABLE lab.person ADD birthplace text")
    assert presence(estate) is Presence.PRESENT
    estate.guard()
    estate.run("ALTER TABLE lab.person DROP birthplace CASCADE")
    assert presence(estate) is Presence.DROPPED
    misspelt = estate.under(policy_text('column = "lab.person.birthplce"'))
    assert presence(misspelt) is Presence.MISSING


@pytest.mark.parametrize(
    ("location", "message", "hint"),
    [
        ('column = "lab.person.birthplce"', "column lab.person.birthplce does not exist", 'Did you mean "birthplace"?'),
        ('column = "lab.persn.birthplace"', "table lab.persn does not exist", "Correct the name"),
        ('column = "lab.shown.birthplace"', "lab.shown is not a table", "Name the table"),
        ('column = "lab.person.id"\njson_path = "$.a"', "column is of type int4", "json or json[] or jsonb"),
        (
            f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"knd = 'x'\" }}",
            'column "knd" does not exist',
            "columns of that table",
        ),
        (f'{BIRTHPLACE}\nkeep_where = {{ enhanced = "id" }}', "must be type boolean", "one SQL condition"),
    ],
)
def test_a_policy_that_does_not_fit_is_refused(estate: Estate, location: str, message: str, hint: str) -> None:
    """Names, types and predicates are checked without reading a row."""
    odd = estate.under(policy_text(location))
    odd.run(*PERSON, "CREATE VIEW lab.shown AS SELECT birthplace FROM lab.person")
    with pytest.raises(PolicyError) as caught:
        check(odd)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_generated_column_is_refused(estate: Estate) -> None:
    """A generated column is refused as a location."""
    estate.run("CREATE SCHEMA lab", "CREATE TABLE lab.person (a text, birthplace text GENERATED ALWAYS AS (a) STORED)")
    with pytest.raises(PolicyError, match="generated from others"):
        check(estate)


def test_a_policy_that_fits_passes(estate: Estate) -> None:
    """The clean control: a policy with an exception, a document and a hold is accepted."""
    fitting = estate.under(
        policy_text(
            f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"kind = 'EDL'\" }}",
            'column = "lab.person.form"\njson_path = "$.a"',
            rest=DISPOSITION + HOLD,
        )
    )
    fitting.run(*PERSON, "CREATE TABLE lab.held (person_id integer)")
    check(fitting)


def test_the_check_writes_nothing(estate: Estate) -> None:
    """A predicate that would write is only explained, in a read-only transaction."""
    writing = estate.under(policy_text(f'{BIRTHPLACE}\nkeep_where = {{ enhanced = "lab.write()" }}'))
    writing.run(
        *PERSON,
        "CREATE TABLE lab.written (n integer)",
        "CREATE FUNCTION lab.write() RETURNS boolean LANGUAGE sql"
        " AS 'INSERT INTO lab.written VALUES (1) RETURNING true'",
    )
    check(writing)
    assert writing.ask("SELECT count(*) FROM lab.written") == 0


def test_a_lock_conflict_is_not_a_policy_error(estate: Estate) -> None:
    """A lock conflict is reported as such, not as a problem of the policy."""
    holding = estate.under(policy_text(BIRTHPLACE, rest=DISPOSITION + HOLD))
    holding.run(*PERSON, "CREATE TABLE lab.held (person_id integer)")
    with psycopg.connect(holding.url) as other, holding.connect() as conn:
        other.execute("LOCK lab.held")
        conn.execute("SET lock_timeout = '50ms'")
        with pytest.raises(LockNotAvailableError, match=r"predicates on lab\.person: a lock was not granted in time"):
            check_survey(conn, holding.survey(conn))


@pytest.mark.parametrize("key", ["pattern = 'x'", "keep_where = { enhanced = \"kind = 'x'\" }"])
def test_a_lost_connection_is_not_a_policy_error(estate: Estate, key: str) -> None:
    """A lost connection is reported as such at any step of the check."""
    lost = estate.under(policy_text(f"{BIRTHPLACE}\n{key}"))
    lost.run(*PERSON)
    with lost.connect() as conn:
        found = lost.survey(conn)
        conn.close()
        with pytest.raises(DatabaseError, match="the connection to the server was lost"):
            check_survey(conn, found)


def test_rows_are_counted_by_state(estate: Estate) -> None:
    """`carrying` is the sum of exempt, held and to erase; an exempt row is not counted as held."""
    mixed = estate.under(
        policy_text(f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"kind = 'EDL'\" }}", rest=DISPOSITION + HOLD)
    )
    mixed.run(
        *PERSON,
        "CREATE TABLE lab.held (person_id integer)",
        "INSERT INTO lab.held VALUES (1), (2)",
        "INSERT INTO lab.person (id, kind, birthplace) VALUES (1, 'EDL', 'x'), (2, 'DL', 'x'), (3, 'DL', 'x'),"
        " (4, NULL, 'x'), (5, 'DL', NULL)",
    )
    with mixed.connect() as conn:
        (table,) = mixed.survey(conn).tables
        counts = count_rows(conn, table).counts["lab.person.birthplace"]
    assert (counts.carrying, counts.exempt, counts.held, counts.to_erase) == (4, 1, 1, 2)
