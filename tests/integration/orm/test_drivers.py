"""What an application catches when the guard in the database refuses, by driver and framework."""

from __future__ import annotations

import asyncio
import functools
import io
from collections.abc import Callable
from typing import Any

import asyncpg
import django.db
import pg8000
import psycopg
import psycopg2
import pytest
import sqlalchemy as sa
from django.db import models

from minimize.diagnostics import read_diagnostics
from minimize.errors import RetiredFieldError
from minimize.guard.asyncpg_error import RetiredFieldViolationError
from minimize.guard.orm import Protection, protect
from minimize.policy import Policy
from tests.clients import EVERY_CLIENT, django_connection, engine_on, of_sqlalchemy_asyncpg, pg8000_arguments

from .conftest import SECRET

pytestmark = pytest.mark.usefixtures("guarded")

INSERT = "INSERT INTO person (name, birth_place) VALUES ('Adam', 'Walla Walla')"
UPDATE = "UPDATE person SET birth_place = 'Walla Walla'"
MEMBER = """UPDATE person SET form = '{"applicant": {"pob": "Walla Walla"}}'"""
COPY = "COPY person (name, birth_place) FROM STDIN"
LINE = f"Adam\t{SECRET}\n"

COLUMN, DOCUMENT = "public.person.birth_place", "public.person.form $.applicant.pob"

CAUGHT = {
    "psycopg": psycopg.IntegrityError,
    "psycopg asynchronous": psycopg.IntegrityError,
    "psycopg2": psycopg2.IntegrityError,
    "asyncpg": RetiredFieldViolationError,
    "pg8000": pg8000.ProgrammingError,
    "pg8000.dbapi": pg8000.DatabaseError,
    "SQLAlchemy on psycopg": sa.exc.IntegrityError,
    "SQLAlchemy on psycopg2": sa.exc.IntegrityError,
    "SQLAlchemy on asyncpg": sa.exc.IntegrityError,
    "SQLAlchemy on pg8000": sa.exc.ProgrammingError,
    "Django": django.db.IntegrityError,
}
"""pg8000 raises IntegrityError for 23505 (unique violation) and for nothing else."""


@pytest.fixture
def url(people: str) -> str:
    """Return the URL of the database, as libpq reads it."""
    return people.replace("postgresql+psycopg://", "postgresql://", 1)


@pytest.fixture
def guarded(guard_database: Callable[[], None], people: str) -> None:
    """Guard the database once the tables are there."""
    assert people
    guard_database()


@pytest.mark.parametrize("client", EVERY_CLIENT)
@pytest.mark.parametrize(
    ("statement", "location"),
    [(INSERT, COLUMN), (UPDATE, COLUMN), (MEMBER, DOCUMENT)],
    ids=["check", "trigger", "json"],
)
def test_every_client_says_what_was_refused(url: str, client: str, statement: str, location: str) -> None:
    """The driver raises the class that is documented, and the refusal can be read from it, field by field."""
    with pytest.raises(CAUGHT[client]) as caught:
        EVERY_CLIENT[client](url, statement)
    refusal = RetiredFieldError.from_exception(caught.value)
    assert refusal is not None
    assert (refusal.field, refusal.location) == ("place_of_birth", location)
    assert (refusal.schema, refusal.table, refusal.column) == (
        "public",
        "person",
        location.split(maxsplit=1)[0].split(".")[2],
    )
    assert refusal.hint.startswith("Field place_of_birth is no longer collected (WSR 18-10-030)")
    assert SECRET not in f"{refusal.message}{refusal.hint}"


@pytest.mark.parametrize("client", EVERY_CLIENT)
def test_another_error_is_no_refusal(url: str, client: str) -> None:
    """A violated constraint of the table's own is left to the application, whatever the driver."""
    with pytest.raises(Exception, match="person_pkey") as caught:
        EVERY_CLIENT[client](url, "INSERT INTO person (person_id, name) VALUES (1, 'Adam')")
    assert RetiredFieldError.from_exception(caught.value) is None
    found = read_diagnostics(caught.value)
    assert found is not None
    assert (found.sqlstate, found.constraint, found.location, found.field) == ("23505", "person_pkey", None, None)


def copy_by_psycopg(url: str) -> None:
    """Send a line by COPY of psycopg 3."""
    with psycopg.connect(url) as conn, conn.cursor().copy(COPY) as copy:
        copy.write(LINE)


def copy_by_psycopg2(url: str) -> None:
    """Send a line by COPY of psycopg2."""
    conn = psycopg2.connect(url)
    try:
        conn.cursor().copy_expert(COPY, io.StringIO(LINE))
    finally:
        conn.close()


def copy_by_asyncpg(url: str) -> None:
    """Send a row by COPY of asyncpg, in binary."""

    async def main() -> None:
        conn = await asyncpg.connect(url)
        try:
            await conn.copy_records_to_table("person", records=[("Adam", SECRET)], columns=["name", "birth_place"])
        finally:
            await conn.close()

    asyncio.run(main())


def copy_by_pg8000(url: str) -> None:
    """Send a line by COPY of pg8000."""
    conn = pg8000.connect(**pg8000_arguments(url))
    try:
        conn.cursor().execute(COPY, stream=io.BytesIO(LINE.encode()))
    finally:
        conn.close()


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (copy_by_psycopg, psycopg.IntegrityError),
        (copy_by_psycopg2, psycopg2.IntegrityError),
        (copy_by_asyncpg, RetiredFieldViolationError),
        (copy_by_pg8000, pg8000.ProgrammingError),
    ],
)
def test_a_refused_copy_names_the_field(url: str, copy: Callable[[str], None], expected: type[Exception]) -> None:
    """COPY meets the CHECK, whose error has the same class and fields."""
    with pytest.raises(expected) as caught:
        copy(url)
    refusal = RetiredFieldError.from_exception(caught.value)
    assert refusal is not None
    assert (refusal.field, refusal.location) == ("place_of_birth", COLUMN)


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2", "pg8000"])
@pytest.mark.parametrize(("statement", "location"), [(INSERT, COLUMN), (MEMBER, DOCUMENT)])
def test_a_protected_engine_raises_our_error(
    url: str, policy: Policy, driver: str, statement: str, location: str
) -> None:
    """With `protect` the refusal is a RetiredFieldError that has the authority as well."""
    engine = engine_on(driver, url)
    handle = protect(engine, policy)
    with pytest.raises(RetiredFieldError) as caught, engine.begin() as conn:
        conn.exec_driver_sql(statement)
    handle.remove()
    assert (caught.value.field, caught.value.location) == ("place_of_birth", location)
    assert caught.value.authority == "WSR 18-10-030"


@pytest.mark.parametrize(("statement", "location"), [(INSERT, COLUMN), (MEMBER, DOCUMENT)])
def test_a_protected_engine_on_asyncpg_raises_our_error(
    url: str, policy: Policy, statement: str, location: str
) -> None:
    """SQLAlchemy keeps the SQLSTATE of an asyncpg error and nothing else; the rest is read from its cause."""
    handles: list[Protection] = []
    with pytest.raises(RetiredFieldError) as caught:
        of_sqlalchemy_asyncpg(url, statement, lambda engine: handles.append(protect(engine, policy)))
    handles[0].remove()
    assert (caught.value.field, caught.value.location) == ("place_of_birth", location)
    assert caught.value.authority == "WSR 18-10-030"


def test_a_policy_that_lacks_the_location_still_gives_its_name(url: str, policy: Policy) -> None:
    """The application may have an older policy than the database: the server's names are used as they are."""
    older = policy.model_copy(update={"fields": ()})
    engine = engine_on("psycopg", url)
    handle = protect(engine, older)
    with pytest.raises(RetiredFieldError) as caught, engine.begin() as conn:
        conn.exec_driver_sql(MEMBER)
    handle.remove()
    assert (caught.value.location, caught.value.authority) == (DOCUMENT, None)


@pytest.mark.majors
@pytest.mark.parametrize("condition", ["integrity_constraint_violation", "SQLSTATE '23MZ1'"])
def test_a_function_in_the_database_can_catch_it(url: str, condition: str) -> None:
    """PL/pgSQL catches it by its class, as every violated constraint, and by its own SQLSTATE; it reads the field."""
    body = """
        DO $$ DECLARE field text; location text; BEGIN
          INSERT INTO person (name, birth_place) VALUES ('Adam', 'Kent');
        EXCEPTION WHEN {} THEN
          GET STACKED DIAGNOSTICS field = PG_DATATYPE_NAME, location = CONSTRAINT_NAME;
          RAISE NOTICE '% at %', field, location;
        END $$"""
    notices: list[str] = []
    with psycopg.connect(url) as conn:
        conn.add_notice_handler(lambda diag: notices.append(diag.message_primary or ""))
        conn.execute(body.replace("{}", condition).encode())
    assert notices == [f"place_of_birth at {COLUMN}"]


def test_django_get_or_create_raises_it(url: str) -> None:
    """get_or_create takes an IntegrityError for a duplicate, looks for the row, and then raises the refusal."""
    django.db.connections["refusals"] = django_connection(url, "refusals")
    try:
        with pytest.raises(django.db.IntegrityError) as caught:
            person_model().objects.using("refusals").get_or_create(name="Adam", defaults={"birth_place": SECRET})
    finally:
        django.db.connections["refusals"].close()
        del django.db.connections["refusals"]
    refusal = RetiredFieldError.from_exception(caught.value)
    assert refusal is not None
    assert refusal.location == COLUMN


@functools.cache
def person_model() -> Any:
    """Return a Django model of the table; it can be defined once only, and after Django is set up."""

    class Person(models.Model):  # type: ignore[misc]  # noqa: DJ008
        """A person."""

        person_id = models.BigAutoField(primary_key=True)
        name = models.TextField()
        birth_place = models.TextField(null=True)  # noqa: DJ001

        class Meta:
            """The table is there already."""

            app_label, managed, db_table = "refusals", False, "person"

    return Person
