"""What every location kind provides, on a server. A new kind is tested without a change to this file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.types import TypeInfo
from psycopg.types.hstore import register_hstore

from minimize.catalog.connection import connect
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import survey
from minimize.errors import RetiredFieldError
from minimize.locations import TableRow
from tests.integration.purge.scenario import guard
from tests.location_kinds import CASES, KindCase, registered
from tests.server_run import Server

Conn = psycopg.Connection[Any]

TYPED = [(case, column_type) for case in CASES for column_type in case.column_types]


@pytest.fixture(scope="module")
def url(server: Server, worker_id: str) -> Iterator[str]:
    """Give the URL of one database for all tests of this file."""
    name = f"{server.prefix}_kinds_{worker_id}"
    yield server.create_database(name)
    server.drop_database(name)


@pytest.fixture(scope="module", params=TYPED, ids=lambda param: f"{param[0].kind.kind}-{param[1]}")
def typed(request: pytest.FixtureRequest) -> Iterator[tuple[KindCase, str]]:
    """Give each registered kind, and the throw-away kind, with each type that it accepts."""
    case, column_type = request.param
    with registered(case):
        yield case, column_type


@pytest.fixture(scope="module")
def guarded(url: str, typed: tuple[KindCase, str]) -> Iterator[Conn]:
    """Give a connection to a database with an empty table lab.doc that is guarded by a policy of this kind alone."""
    case, column_type = typed
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("DROP SCHEMA IF EXISTS lab, minimize CASCADE")
        require_type(conn, column_type, case.sample(column_type))
        columns = sql.SQL("CREATE TABLE lab.doc (id integer PRIMARY KEY, value {})")
        conn.execute("CREATE SCHEMA lab")
        conn.execute(columns.format(sql.Identifier(column_type)))
        guard(url, case.policy)
        yield conn


def require_type(conn: Conn, name: str, sample: str) -> None:
    """Make a type available, or skip where the server was built without it."""
    if conn.execute("SELECT to_regtype(%s)", [name]).fetchone() == (None,):
        try:
            conn.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(name)))
        except psycopg.errors.FeatureNotSupported:
            pytest.skip(f"this server has no type {name}")
    try:
        conn.execute(sql.SQL("SELECT CAST({} AS {})").format(sql.Literal(sample), sql.Identifier(name)))
    except psycopg.errors.FeatureNotSupported:
        pytest.skip(f"this server was built without the type {name}")
    info = TypeInfo.fetch(conn, "hstore")
    if info is not None:
        register_hstore(info, conn)


def ask(conn: Conn, case: KindCase, column_type: str, text: str | None) -> Any:
    """Return whether a value and `without` of it carry, and `without` of it: once, once as text, twice as text."""
    location, row = case.location, TableRow(types={"value": column_type})
    once = row.with_value("value", sql.Identifier("once"))
    query = sql.SQL(
        "SELECT {carries}, {carries_once}, once, once::text, twice::text"
        " FROM (SELECT CAST({text} AS {type}) AS value) AS d,"
        " LATERAL (SELECT ({without})::{type} AS once OFFSET 0) AS o,"
        " LATERAL (SELECT ({without_again})::{type} AS twice OFFSET 0) AS t"
    ).format(
        carries=location.carries(row),
        carries_once=location.carries(once),
        without=location.without(row),
        without_again=location.without(once),
        text=sql.Literal(text),
        type=sql.Identifier(column_type),
    )
    return conn.execute(query).fetchone()


def is_refused(conn: Conn, text: str | None, column_type: str) -> bool:
    """Return whether the guard refuses to insert a value."""
    statement = sql.SQL("INSERT INTO lab.doc VALUES (1, CAST({} AS {}))")
    try:
        with translate_errors("inserting"), conn.transaction(force_rollback=True):
            conn.execute(statement.format(sql.Literal(text), sql.Identifier(column_type)))
    except RetiredFieldError:
        return True
    return False


def test_the_policy_of_the_page_fits_a_database(guarded: Conn, typed: tuple[KindCase, str], url: str) -> None:
    """`policy check` accepts the example in a column of each type that the kind accepts."""
    assert guarded.info.dbname
    with connect(url) as conn:
        found = survey(conn, typed[0].policy)
        assert len(found.tables) == 1
        check_survey(conn, found)


def test_the_sample_carries_and_is_erased(guarded: Conn, typed: tuple[KindCase, str]) -> None:
    """The sample carries; `without` erases it, and changes nothing when it is applied again."""
    case, column_type = typed
    if case.location.is_whole_table:
        assert guarded.execute(sql.SQL("SELECT {}").format(case.location.carries(TableRow()))).fetchone() == (True,)
        return
    carries, carries_after, _, once, twice = ask(guarded, case, column_type, case.sample(column_type))
    assert (carries, carries_after) == (True, False)
    assert once == twice


def test_null_carries_nothing(guarded: Conn, typed: tuple[KindCase, str]) -> None:
    """`carries` is false for NULL, not NULL, and NULL stays NULL. A whole table has no value."""
    case, column_type = typed
    if case.location.is_whole_table:
        assert case.location.column_name is None
        return
    assert ask(guarded, case, column_type, None) == (False, False, None, None, None)


def test_the_guard_refuses_the_sample(guarded: Conn, typed: tuple[KindCase, str]) -> None:
    """The guard refuses the sample, and accepts what `without` leaves of it."""
    case, column_type = typed
    assert is_refused(guarded, case.sample(column_type), column_type)
    if not case.location.is_whole_table:
        clean = ask(guarded, case, column_type, case.sample(column_type))[3]
        assert not is_refused(guarded, clean, column_type)


def test_python_agrees_with_the_server(guarded: Conn, typed: tuple[KindCase, str]) -> None:
    """Python finds parts in the sample and none in a clean value, unless it leaves the judgement to the server."""
    case, column_type = typed
    if case.location.is_whole_table:
        assert case.location.find_parts(1, column_type) is None
        return
    sample, clean = sql.Literal(case.sample(column_type)), ask(guarded, case, column_type, case.sample(column_type))[2]
    read = guarded.execute(sql.SQL("SELECT CAST({} AS {})").format(sample, sql.Identifier(column_type))).fetchone()
    assert read is not None
    found = case.location.find_parts(read[0], column_type)
    assert found is None or found
    assert not case.location.find_parts(clean, column_type)
