"""`assert_rejected` against a guarded database."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy as sa

from minimize.catalog.connection import Connection
from minimize.pytest_plugin import assert_rejected

CARRYING = "INSERT INTO filed VALUES ('2000-02-02', 1, 'DL', 'Kent')"
HARMLESS = "INSERT INTO filed VALUES ('2000-02-02', 1, 'DL', NULL)"


def test_a_drivers_error_is_accepted(conn: Connection, guard: Callable[[], None]) -> None:
    """SQLSTATE 23MZ1 from psycopg is a rejection."""
    guard()
    with assert_rejected(field="place_of_birth"):
        conn.execute(CARRYING)


def test_sqlalchemys_error_is_accepted(guard: Callable[[], None], database: str) -> None:
    """SQLSTATE 23MZ1 inside SQLAlchemy's error is a rejection."""
    guard()
    engine = sa.create_engine(database.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=sa.NullPool)
    with engine.begin() as alchemy, assert_rejected(field="place_of_birth"):
        alchemy.exec_driver_sql(CARRYING)


def test_another_field_is_not_accepted(conn: Connection, guard: Callable[[], None]) -> None:
    """The field that is asked for must be the one that was refused."""
    guard()
    rejected = pytest.raises(pytest.fail.Exception, match="rejected for the field place_of_birth, not eye_colour")
    with rejected, assert_rejected(field="eye_colour"):
        conn.execute(CARRYING)


def test_no_refusal_fails(conn: Connection, guard: Callable[[], None]) -> None:
    """A write that goes through fails the test."""
    guard()
    with pytest.raises(pytest.fail.Exception, match="was not rejected"), assert_rejected():
        conn.execute(HARMLESS)


def test_another_error_passes_on(conn: Connection) -> None:
    """A mistake in the test's own SQL is not taken for a rejection."""
    with pytest.raises(psycopg.errors.UndefinedTable), assert_rejected():
        conn.execute("INSERT INTO nowhere VALUES (1)")
