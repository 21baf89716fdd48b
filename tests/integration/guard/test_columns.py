"""Unusual columns and tables: types without equality, quoted names, owners without privileges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from minimize.errors import MinimizeError
from minimize.sql.install import install
from tests.fix_database import database_of
from tests.integration.guard.writes import check_refusal
from tests.integration.migrate.estate import Estate, policy_text

pytestmark = pytest.mark.majors

TYPES = {
    "lab.place": ("ROW('Zanzibar', NULL)", "ROW('Zanzibar', 'TZ')"),
    "json": ('\'{"a": "Zanzibar"}\'', '\'{"a":  "Zanzibar"}\''),
    "polygon": ("'((0,0),(1,1))'", "'((0,0),(1,2))'"),
    "point": ("'(1,2)'", "'(2,1)'"),
    "lab.name": ("'Zanzibar'", "'Timbuktu'"),
    "text[]": ("'{Zanzibar}'", "'{Zanzibar,NULL}'"),
    "bytea": ("'\\x01'", "'\\x0102'"),
    "char(9)": ("'Zanzibar'", "'Timbuktu'"),
}


def refuse(estate: Estate, statement: str, **parts: str) -> None:
    """Run a statement that the guard must refuse."""
    with pytest.raises(psycopg.Error) as caught:
        estate.run(statement, **parts)
    check_refusal(caught.value)


@pytest.fixture
def typed(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Estate:
    """Return a guarded table with a column of the requested type and an old value."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.thing.value"'))
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE TYPE lab.place AS (city text, country text)",
        "CREATE DOMAIN lab.name AS text",
        "CREATE TABLE lab.thing (id integer, value {type}, note text)",
        "INSERT INTO lab.thing VALUES (1, {old}), (2, NULL)",
        type=request.param,
        old=TYPES[request.param][0],
    )
    estate.guard()
    return estate


@pytest.mark.parametrize(("typed", "name"), [(name, name) for name in TYPES], indirect=["typed"])
def test_a_column_of_any_type_is_guarded(typed: Estate, name: str) -> None:
    """A type without an equality operator, and a composite with empty attributes, are guarded like text."""
    old, new = TYPES[name]
    refuse(typed, "INSERT INTO lab.thing VALUES (3, {new})", new=new)
    refuse(typed, "UPDATE lab.thing SET value = {new} WHERE id = 1", new=new)
    refuse(typed, "UPDATE lab.thing SET value = {old} WHERE id = 2", old=old)
    typed.run(
        "UPDATE lab.thing SET value = {old}, note = 'x' WHERE id = 1", "UPDATE lab.thing SET value = NULL", old=old
    )


def test_quoted_names_are_guarded(database: str, tmp_path: Path) -> None:
    """Capitals, spaces, quotes and dots in the names of schema, table and column make no difference."""
    column = '"La b"."Per""son."."Birth\'place"'
    estate = Estate.create(database, tmp_path, policy_text(f"column = '''{column}'''"))
    estate.run(
        'CREATE SCHEMA "La b"',
        'CREATE TABLE "La b"."Per""son." (id integer, "Birth\'place" text NOT NULL DEFAULT \'Zanzibar\')',
        'INSERT INTO "La b"."Per""son." VALUES (1)',
    )
    estate.guard()
    assert not estate.drift()
    with pytest.raises(psycopg.Error) as caught:
        estate.run('INSERT INTO "La b"."Per""son." VALUES (2, \'Timbuktu\')')
    check_refusal(caught.value)
    diag = caught.value.diag
    assert (diag.schema_name, diag.table_name, diag.column_name) == ("La b", 'Per"son.', "Birth'place")
    estate.run('INSERT INTO "La b"."Per""son." VALUES (2)', 'UPDATE "La b"."Per""son." SET id = id + 1')


def test_names_as_long_as_postgresql_takes_them_are_guarded(database: str, tmp_path: Path) -> None:
    """Our names are not truncated: two columns that differ in the last letter have two guards."""
    long = "é" * 31
    estate = Estate.create(
        database, tmp_path, policy_text(*(f"column = '''lab.\"{long}\".\"{long}{letter}\"'''" for letter in "ab"))
    )
    estate.run("CREATE SCHEMA lab", f'CREATE TABLE lab."{long}" ("{long}a" text, "{long}b" text)')
    estate.guard()
    assert not estate.drift()
    for letter in "ab":
        refuse(estate, "INSERT INTO lab.{t} ({c}) VALUES ('Timbuktu')", t=f'"{long}"', c=f'"{long}{letter}"')


def test_an_owner_without_superuser_can_guard(database: str, role: Callable[..., str], tmp_path: Path) -> None:
    """Ownership of the tables and CREATE on the database are enough to guard, check and unguard."""
    url = role(database)
    admin = Estate.create(database, tmp_path, policy_text('column = "lab.thing.value"'))
    name = url.split("//")[1].split(":")[0]
    admin.run(f"GRANT CREATE ON DATABASE {database_of(database)} TO {name}")
    owner = admin.seen_by(url)
    owner.run("CREATE SCHEMA lab", "CREATE TABLE lab.thing (id integer, value text NOT NULL)")
    owner.guard()
    assert not owner.drift()
    refuse(owner, "INSERT INTO lab.thing VALUES (1, 'Timbuktu')")
    owner.unguard()
    owner.run("INSERT INTO lab.thing VALUES (1, 'Timbuktu')")


def test_an_owner_with_schema_minimize_only_can_guard(database: str, role: Callable[..., str], tmp_path: Path) -> None:
    """If an administrator has installed the schema, the owner needs privileges on it and the tables only."""
    url = role(database)
    admin = Estate.create(database, tmp_path, policy_text('column = "lab.thing.value"'))
    name = url.split("//")[1].split(":")[0]
    admin.run("CREATE SCHEMA lab", "CREATE TABLE lab.thing (id integer, value text)")
    with admin.connect() as conn:
        for statement in install():
            conn.execute(statement)
    admin.run(
        f"GRANT USAGE ON SCHEMA lab TO {name}",
        f"GRANT USAGE, CREATE ON SCHEMA minimize TO {name}",
        f"ALTER TABLE lab.thing OWNER TO {name}",
    )
    owner = admin.seen_by(url)
    owner.guard()
    refuse(owner, "INSERT INTO lab.thing VALUES (1, 'Timbuktu')")


def test_default_privileges_do_not_break_clean_writes(database: str, role: Callable[..., str], tmp_path: Path) -> None:
    """If default privileges withhold EXECUTE from PUBLIC, the application still writes clean documents."""
    url = role(database)
    admin = Estate.create(database, tmp_path, policy_text('column = "lab.thing.value"\njson_path = "$.pob"'))
    name = url.split("//")[1].split(":")[0]
    admin.run(
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "CREATE SCHEMA lab",
        "CREATE TABLE lab.thing (id integer, value json)",
        f"GRANT USAGE ON SCHEMA lab TO {name}",
        f"GRANT ALL ON lab.thing TO {name}",
    )
    admin.guard()
    application = admin.seen_by(url)
    application.run("INSERT INTO lab.thing VALUES (1, '{\"n\": 1}')")
    refuse(application, 'INSERT INTO lab.thing VALUES (1, \'{"pob": "Timbuktu"}\')')


def test_a_misspelt_column_is_refused(database: str, tmp_path: Path) -> None:
    """A policy that names a missing column guards nothing."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.thing.valeu"'))
    estate.run("CREATE SCHEMA lab", "CREATE TABLE lab.thing (value text)")
    with pytest.raises(MinimizeError, match=r"does not have: column lab\.thing\.valeu"):
        estate.guard()
