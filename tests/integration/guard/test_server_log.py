"""A refused value does not reach the server log, by any write path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.integration.migrate.estate import Estate, policy_text

pytestmark = pytest.mark.majors

VALUE = "Zanzibar"
PERSON = ("CREATE SCHEMA lab", "CREATE TABLE lab.person (id integer, birthplace text)")


def by_literal(conn: psycopg.Connection[Any]) -> None:
    """Send the value in the statement's text."""
    conn.execute(sql.SQL("INSERT INTO lab.person VALUES (1, {})").format(sql.Literal(VALUE)))


def by_parameter(conn: psycopg.Connection[Any]) -> None:
    """Send the value beside the statement."""
    conn.execute("INSERT INTO lab.person VALUES (1, %s)", [VALUE])


def by_copy(conn: psycopg.Connection[Any]) -> None:
    """Send the value as a line of COPY."""
    with conn.cursor().copy("COPY lab.person FROM STDIN") as copy:
        copy.write_row((1, VALUE))


def read_log(url: str) -> str:
    """Return the server log."""
    with psycopg.connect(url, autocommit=True) as conn:
        row = conn.execute("SELECT pg_read_file(pg_current_logfile())").fetchone()
    assert row is not None
    (text,) = row
    assert isinstance(text, str)
    return text


def refuse(url: str, write: Callable[[psycopg.Connection[Any]], None], tag: str) -> str:
    """Make a write that is refused between two marks, and return the log lines between them."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(sql.SQL(f"DO $$ BEGIN RAISE LOG 'begin {tag}'; END $$"))
        conn.execute("SET log_parameter_max_length_on_error = -1")
        with pytest.raises(psycopg.Error) as caught:
            write(conn)
        assert caught.value.sqlstate in ("23MZ1", "23514")
        conn.execute(sql.SQL(f"DO $$ BEGIN RAISE LOG 'end {tag}'; END $$"))
    return read_log(url).split(f"begin {tag}")[-1].split(f"end {tag}")[0]


@pytest.fixture
def guarded_person(database: str, tmp_path: Path) -> Estate:
    """Give one guarded table."""
    estate = Estate.create(database, tmp_path, policy_text())
    estate.run(*PERSON)
    estate.guard()
    return estate


@pytest.mark.parametrize("write", [by_literal, by_parameter, by_copy])
def test_a_refused_value_is_not_logged(
    guarded_person: Estate, write: Callable[[psycopg.Connection[Any]], None], request: pytest.FixtureRequest
) -> None:
    """The log has the refusal, and neither the statement, a parameter nor the line of a COPY."""
    said = refuse(guarded_person.url, write, f"{guarded_person.url[-12:]}-{request.node.name}")
    assert "is retired, and this write carries a value" in said
    assert VALUE not in said


@pytest.mark.parametrize("write", [by_literal, by_copy])
def test_the_log_would_show_it_otherwise(
    guarded_person: Estate, write: Callable[[psycopg.Connection[Any]], None], request: pytest.FixtureRequest
) -> None:
    """The control: without the muting the log contains the value."""
    guarded_person.run("CREATE OR REPLACE FUNCTION minimize.mute_log_v1() RETURNS void LANGUAGE plpgsql AS 'BEGIN END'")
    said = refuse(guarded_person.url, write, f"{guarded_person.url[-12:]}-{request.node.name}")
    assert VALUE in said


def test_the_settings_are_back_afterwards(guarded_person: Estate) -> None:
    """Only the refused transaction is muted."""
    with psycopg.connect(guarded_person.url, autocommit=True) as conn:
        before = conn.execute("SHOW log_min_error_statement").fetchone()
        with pytest.raises(psycopg.Error):
            by_literal(conn)
        assert conn.execute("SHOW log_min_error_statement").fetchone() == before
        assert conn.execute("SHOW log_error_verbosity").fetchone() == ("default",)
