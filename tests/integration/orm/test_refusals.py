"""A refusal by the database, seen through SQLAlchemy."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from minimize.errors import RetiredFieldError

from .conftest import SECRET


def test_a_refusal_by_the_database_is_the_same_error(
    session: orm.Session, models: Any, guard_database: Callable[[], None]
) -> None:
    """A refusal by the database raises the same exception, with field, location and authority."""
    guard_database()
    session.add(models.Person(name="Adam", kept=SECRET))
    with pytest.raises(RetiredFieldError) as caught:
        session.flush()
    assert caught.value.location == "public.person.kept"
    assert (caught.value.field, caught.value.authority) == ("place_of_birth", "WSR 18-10-030")


def test_the_location_in_a_document_is_named(
    session: orm.Session, models: Any, guard_database: Callable[[], None]
) -> None:
    """Of several locations, the one that refused is named: here a document that was changed in place."""
    guard_database()
    person = session.scalars(sa.select(models.Person)).one()
    person.form["applicant"] = {"pob": SECRET}
    with pytest.raises(RetiredFieldError) as caught:
        session.flush()
    assert caught.value.location == "public.person.form $.applicant.pob"


def test_text_is_refused_by_the_database(session: orm.Session, guard_database: Callable[[], None]) -> None:
    """SQL given as text is refused by the guard in the database."""
    guard_database()
    with pytest.raises(RetiredFieldError):
        session.execute(sa.text("UPDATE person SET birth_place = :v"), {"v": SECRET})


def test_no_value_rides_along(session: orm.Session, guard_database: Callable[[], None]) -> None:
    """Neither the error, nor what it is chained to, nor the printed traceback holds the value."""
    guard_database()
    with pytest.raises(RetiredFieldError) as caught:
        session.execute(sa.text("UPDATE person SET birth_place = :v"), {"v": SECRET})
    printed = "".join(traceback.format_exception(caught.value))
    assert SECRET not in printed
    assert "[SQL:" not in printed


def test_another_error_stays_what_it_is(session: orm.Session) -> None:
    """Another SQLSTATE is not translated."""
    with pytest.raises(sa.exc.ProgrammingError):
        session.execute(sa.text("SELECT nothing"))


def test_the_session_goes_on_after_a_rollback(
    session: orm.Session, models: Any, guard_database: Callable[[], None]
) -> None:
    """After a rollback the session can be used again."""
    guard_database()
    with pytest.raises(RetiredFieldError):
        session.execute(sa.text("UPDATE person SET birth_place = :v"), {"v": SECRET})
    session.rollback()
    session.add(models.Person(name="x"))
    session.commit()
