"""Exceptions and holds must not read values that the policy erases."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import survey
from minimize.errors import PolicyError
from minimize.guard.ddl_watch import install_watch
from minimize.policy import Policy
from tests.fix_database import database_of, with_options
from tests.integration.purge.scenario import at, counts, execute, guard, hold, one, policy_of, purge, whole

pytestmark = pytest.mark.majors

SCHEMA = """
CREATE SCHEMA app;
CREATE TABLE app.person (id int PRIMARY KEY, country text, kind text, doc jsonb);
CREATE TABLE app.form (
    id int PRIMARY KEY, country text, city text, doc jsonb, code text GENERATED ALWAYS AS (upper(country)) STORED);
CREATE TABLE app.listed (id int);
CREATE TABLE app.years (id int, place text) PARTITION BY RANGE (id);
CREATE TABLE app.year_1 PARTITION OF app.years FOR VALUES FROM (0) TO (1000);
CREATE TABLE app.parent (id int, city text);
CREATE TABLE app.child (place text) INHERITS (app.parent);
CREATE VIEW app.shown AS SELECT id, country = 'US' AS is_us FROM app.person;
INSERT INTO app.person SELECT n, CASE WHEN n % 2 = 0 THEN 'US' ELSE 'DE' END, 'DL', '{"kind": 1, "pob": 1}'
  FROM generate_series(1, 100) AS n;
INSERT INTO app.form SELECT id, country, 'Kent', doc FROM app.person;
INSERT INTO app.years SELECT id, country FROM app.person;
INSERT INTO app.child SELECT id, 'Kent', country FROM app.person;
INSERT INTO app.listed SELECT id FROM app.person WHERE country = 'US';
"""
CITY, COUNTRY, PERSON = "app.form.city", "app.form.country", "app.person.country"
US = "country = 'US'"


def reads(condition: str) -> str:
    """Return a hold on app.form."""
    return hold("app.form", condition)


def check(url: str, policy: Policy) -> None:
    """Check the policy against the database, as `policy check` does."""
    with connect(url) as conn:
        check_survey(conn, survey(conn, policy))


@pytest.fixture
def forms(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Provide the URL of a database with forms and people."""
    return clone(template("protections", lambda url: execute(url, SCHEMA)))


@pytest.mark.parametrize(
    ("sections", "erased"),
    [
        ((at(CITY, keep=US), at(COUNTRY)), COUNTRY),
        ((at(CITY, keep="country IS NULL"), at(COUNTRY)), COUNTRY),
        ((at(COUNTRY, keep="city = 'Kent'"), at(CITY, keep=US)), COUNTRY),
        ((at("app.form.doc", "$.pob", keep=US), at(COUNTRY)), COUNTRY),
        ((at(CITY, keep="code = 'US'"), at(COUNTRY)), COUNTRY),
        ((at("app.child.place", keep="city = 'Kent'"), at("app.parent.city")), "app.parent.city"),
    ],
)
def test_an_exception_that_reads_an_erased_column_is_refused(
    forms: str, sections: tuple[str, ...], erased: str
) -> None:
    """An exception that reads an erased column is refused, because the next pass would not keep the row."""
    with pytest.raises(PolicyError, match=f"keep_where reads {erased}, which is erased too"):
        check(forms, policy_of(*sections))
    with pytest.raises(PolicyError, match="keep_where reads"):
        purge(forms, policy_of(*sections))
    assert one(forms, "SELECT count(country) = 100 AND count(city) = 100 FROM app.form")


@pytest.mark.parametrize(
    "sections",
    [
        (at(CITY, keep=US), at(COUNTRY, keep=US)),
        (at(COUNTRY, keep=US),),
        (at(CITY, keep="doc->>'kind' = '1' AND id % 2 = 0"), at("app.form.doc", "$.pob")),
        (at(CITY, keep=US), at(PERSON)),
    ],
)
def test_an_exception_that_keeps_its_effect_is_accepted(forms: str, sections: tuple[str, ...]) -> None:
    """Accepted: the same exception at both, its own column, a document that stays, a column of another table."""
    result = counts(purge(forms, policy_of(*sections)))
    assert next(iter(result.values())) == (50, 50, 0, 0)


@pytest.mark.parametrize(
    ("condition", "location", "erased"),
    [
        ("EXISTS (SELECT FROM app.person AS p WHERE p.id = form.id AND p.country = 'US')", at(PERSON), PERSON),
        ("id IN (SELECT p.id FROM app.person AS p WHERE p::text LIKE '%US%')", at(PERSON), PERSON),
        ("id IN (SELECT id FROM app.shown WHERE is_us)", at(PERSON), PERSON),
        ("id IN (SELECT id FROM app.year_1 WHERE place = 'US')", at("app.years.place"), "app.years.place"),
        ("id IN (SELECT id FROM app.years WHERE place = 'US')", at("app.year_1.place"), "app.year_1.place"),
        ("id IN (SELECT id FROM app.listed)", whole("app.listed"), "app.listed"),
        ("EXISTS (SELECT FROM app.listed)", whole("app.listed"), "app.listed"),
        ("EXISTS (SELECT FROM app.form AS o WHERE o.id = form.id + 1 AND o.city = 'Kent')", at(PERSON), CITY),
    ],
)
def test_a_hold_that_reads_an_erased_value_is_refused(forms: str, condition: str, location: str, erased: str) -> None:
    """A hold that reads erased values or rows is refused, because it would lose its effect during the purge."""
    policy = policy_of(location, at(CITY), reads(condition))
    with pytest.raises(PolicyError, match=f"hold request: rows reads {erased}, which the policy erases"):
        check(forms, policy)
    with pytest.raises(PolicyError, match="hold request: rows reads"):
        purge(forms, policy)
    assert one(forms, "SELECT count(country) FROM app.person") == 100


@pytest.mark.parametrize(
    "condition",
    [
        "city = 'Kent' AND form.id % 2 = 0",
        "form.ctid IS NOT NULL AND form.city = 'Kent' AND id % 2 = 0",
        "EXISTS (SELECT FROM app.person AS p WHERE p.id = form.id AND p.doc ? 'kind' AND p.id % 2 = 0)",
        "EXISTS (SELECT FROM app.listed AS h WHERE h.id = form.id AND form.city = 'Kent')",
    ],
)
def test_a_hold_may_read_values_that_stay(forms: str, condition: str) -> None:
    """Accepted: a hold that reads its own row, other columns, or other tables."""
    policy = policy_of(at(PERSON), at("app.person.doc", "$.pob"), at(CITY), reads(condition))
    assert counts(purge(forms, policy))[CITY] == (50, 0, 50, 0)


def test_a_parsed_function_body_is_checked(forms: str) -> None:
    """A parsed SQL function that reads an erased value is found like a direct read."""
    execute(
        forms,
        "CREATE FUNCTION app.is_us(n int) RETURNS boolean STABLE BEGIN ATOMIC"
        " SELECT EXISTS (SELECT FROM app.person WHERE id = n AND country = 'US'); END",
    )
    with pytest.raises(PolicyError, match=f"reads {PERSON}"):
        check(forms, policy_of(at(PERSON), at(CITY), reads("app.is_us(id)")))


def test_the_temporary_view_is_rolled_back(forms: str) -> None:
    """The temporary view is rolled back, also with event triggers and a lock_timeout."""
    execute(
        forms,
        "CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no DDL'; END $$",
        "CREATE EVENT TRIGGER no_ddl ON ddl_command_end EXECUTE FUNCTION app.watch()",
    )
    check(forms, policy_of(at(PERSON), at(CITY), reads("id IN (SELECT id FROM app.shown WHERE is_us)")))
    execute(forms, "DROP EVENT TRIGGER no_ddl")
    check(forms, policy_of(at(PERSON), at(CITY), reads("true")))
    assert one(forms, "SELECT count(*) FROM pg_class WHERE relname LIKE 'minimize%'") == 0


def test_the_ddl_watch_accepts_the_temporary_view(forms: str) -> None:
    """The DDL watch does not report the temporary view."""
    policy = policy_of(at(PERSON), at(CITY), reads("id IN (SELECT id FROM app.person WHERE country = 'US')"))
    guard(forms, policy)
    with psycopg.connect(forms) as conn:
        conn.execute(install_watch(policy))
    with pytest.raises(PolicyError, match=f"reads {PERSON}"):
        check(forms, policy)


def test_a_read_only_session_checks_the_rest(forms: str) -> None:
    """On a standby, where no view can be created, the policy is accepted and exceptions are still checked."""
    url = with_options(forms, "-c default_transaction_read_only=on")
    check(url, policy_of(at(PERSON), at(CITY), reads("id IN (SELECT id FROM app.shown WHERE is_us)")))
    with pytest.raises(PolicyError, match="keep_where reads"):
        check(url, policy_of(at(CITY, keep=US), at(COUNTRY)))


def test_a_purge_reports_an_unchecked_hold(forms: str, role: Callable[..., str]) -> None:
    """For a role without TEMPORARY, the hold is reported as not checked."""
    url = role(forms)
    name = sql.Identifier(one(url, "SELECT current_user"))
    with psycopg.connect(forms, autocommit=True) as admin:
        for statement in (
            "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
            "GRANT CREATE ON DATABASE {database} TO {name}",
            "GRANT USAGE ON SCHEMA app TO {name}",
            "ALTER TABLE app.form OWNER TO {name}",
        ):
            database = sql.Identifier(database_of(forms))
            admin.execute(sql.SQL(statement).format(database=database, name=name))
    result = purge(url, policy_of(at(CITY), reads("id % 2 = 0")))
    assert [note for note in result.notes if note.startswith("hold request was not checked for reading")]
    assert counts(result) == {CITY: (50, 0, 50, 0)}


@pytest.mark.parametrize(("volatility", "is_noted"), [("STABLE", True), ("IMMUTABLE", True), ("VOLATILE", False)])
def test_a_function_that_may_read_a_table_is_noted(forms: str, volatility: str, *, is_noted: bool) -> None:
    """A stable function can read an empty table during a TRUNCATE and refill, for which the hold itself would wait."""
    execute(
        forms,
        "CREATE FUNCTION app.is_held(n int) RETURNS boolean LANGUAGE plpgsql AS"
        " 'BEGIN RETURN EXISTS (SELECT FROM app.listed WHERE id = n); END'",
    )
    with psycopg.connect(forms, autocommit=True) as conn:
        conn.execute(f"ALTER FUNCTION app.is_held {volatility}".encode())
    result = purge(forms, policy_of(at(CITY), reads("app.is_held(id) AND upper(city) = 'KENT'")))
    noted = [note for note in result.notes if note.startswith("hold request calls app.is_held(integer): a table that")]
    assert bool(noted) == is_noted
    assert counts(result) == {CITY: (50, 0, 50, 0)}
