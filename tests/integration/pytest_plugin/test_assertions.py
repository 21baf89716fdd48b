"""`assert_rejected` against a guarded database."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from minimize.catalog.connection import Connection
from minimize.errors import RetiredFieldError
from minimize.pytest_plugin import assert_rejected
from tests.clients import EVERY_CLIENT

CARRYING = "INSERT INTO filed VALUES ('2000-02-02', 1, 'DL', 'Kent')"
HARMLESS = "INSERT INTO filed VALUES ('2000-02-02', 1, 'DL', NULL)"


@pytest.mark.parametrize("client", EVERY_CLIENT)
def test_the_error_of_every_client_is_accepted(guard: Callable[[], None], database: str, client: str) -> None:
    """A refusal is recognised with its field in the errors of all drivers, SQLAlchemy and Django."""
    guard()
    with assert_rejected(field="place_of_birth"):
        EVERY_CLIENT[client](database, CARRYING)


@pytest.mark.parametrize("client", EVERY_CLIENT)
def test_another_error_of_a_client_passes_on(database: str, client: str) -> None:
    """What is no refusal is raised as it is, whatever the driver."""
    with pytest.raises(Exception, match="nowhere"), assert_rejected():
        EVERY_CLIENT[client](database, "INSERT INTO nowhere VALUES (1)")


def test_our_own_error_is_accepted() -> None:
    """The error of the guard in the application is a rejection."""
    with assert_rejected(field="place_of_birth"):
        raise RetiredFieldError("refused", hint="Leave it out.", field="place_of_birth")


def test_an_error_that_wraps_the_refusal_is_accepted(conn: Connection, guard: Callable[[], None]) -> None:
    """An error of the application that was raised from the refusal is accepted too."""
    guard()
    with assert_rejected(field="place_of_birth"):
        try:
            conn.execute(CARRYING)
        except psycopg.Error as error:
            raise LookupError("the application could not be filed") from error


def test_another_field_is_not_accepted(conn: Connection, guard: Callable[[], None]) -> None:
    """Another field than the expected one fails the test."""
    guard()
    rejected = pytest.raises(pytest.fail.Exception, match="rejected for the field place_of_birth, not eye_colour")
    with rejected, assert_rejected(field="eye_colour"):
        conn.execute(CARRYING)


def test_no_refusal_fails(conn: Connection, guard: Callable[[], None]) -> None:
    """A write that succeeds fails the test."""
    guard()
    with pytest.raises(pytest.fail.Exception, match="was not rejected"), assert_rejected():
        conn.execute(HARMLESS)


def test_another_error_passes_on(conn: Connection) -> None:
    """A mistake in the test's own SQL is not taken for a rejection."""
    with pytest.raises(psycopg.errors.UndefinedTable), assert_rejected():
        conn.execute("INSERT INTO nowhere VALUES (1)")
