"""Reading a refusal from an exception, without a server."""

from __future__ import annotations

import pickle

import pytest
from psycopg import sql

from minimize.diagnostics import Diagnostics, read_diagnostics
from minimize.errors import RetiredFieldError


class AsPg8000(Exception):  # noqa: N818  as pg8000 makes them
    """An error that has the fields of the protocol in its only argument."""


REFUSED = {"C": "23MZ1", "M": "a.b.c is retired", "s": "a", "t": "b", "c": "c", "n": "a.b.c $.d", "d": "pob"}


def test_fields_of_pg8000_are_read() -> None:
    """The letters of the protocol stand for the fields."""
    assert read_diagnostics(AsPg8000(REFUSED)) == Diagnostics(
        sqlstate="23MZ1",
        message="a.b.c is retired",
        schema="a",
        table="b",
        column="c",
        constraint="a.b.c $.d",
        datatype="pob",
    )


@pytest.mark.parametrize("arguments", [(), ("server closed the connection",), ({"C": None},), ({},), (None,)])
def test_an_error_of_the_client_has_no_fields(arguments: tuple[object, ...]) -> None:
    """A lost connection and the like have no SQLSTATE."""
    assert read_diagnostics(AsPg8000(*arguments)) is None
    assert RetiredFieldError.from_exception(AsPg8000(*arguments)) is None


def test_a_cycle_of_causes_ends() -> None:
    """An exception may be its own cause's cause; the search goes through each once."""
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    assert RetiredFieldError.from_exception(first) is None


EARLIER = {**REFUSED, "C": "MZ001", "n": None, "d": None}
CALL = """SQL statement "SELECT minimize."refuse_v1"('reject_x', 'pob', {}, 'a', 'b', 'c', 'WSR 18')"
PL/pgSQL function minimize.guard_x(oid) line 10 at PERFORM"""


@pytest.mark.parametrize("location", ["a.b.c $.d", 'a."b\'c".d', r"a.b.c \d+\\", "a.b.c 'x', 'y'"])
def test_the_call_of_an_earlier_guard_names_field_and_location(location: str) -> None:
    """The first release sends neither as a field, but its function calls ours with both, which CONTEXT quotes."""
    context = CALL.format(sql.Literal(location).as_string(None))
    refusal = RetiredFieldError.from_exception(AsPg8000({**EARLIER, "W": context}))
    assert refusal is not None
    assert (refusal.field, refusal.location) == ("pob", location)


@pytest.mark.parametrize("context", [None, "PL/pgSQL function minimize.minimize_watch_x() line 11 at RAISE"])
def test_without_the_call_an_earlier_refusal_names_the_column(context: str | None) -> None:
    """The DDL watch of the first release names schema, table and column only; a CONSTRAINT would not be a location."""
    refusal = RetiredFieldError.from_exception(AsPg8000({**EARLIER, "W": context, "n": "person_pkey", "d": "text"}))
    assert refusal is not None
    assert (refusal.field, refusal.location, refusal.table) == (None, None, "b")


def test_a_wrapped_error_of_ours_is_returned_as_it_is() -> None:
    """The authority that the guard in the application knows is not lost."""
    ours = RetiredFieldError("refused", hint="Leave it out.", authority="WSR 18-10-030")
    wrapping = ValueError("not filed")
    wrapping.__cause__ = ours
    assert RetiredFieldError.from_exception(wrapping) is ours


def test_it_can_be_pickled() -> None:
    """A worker process passes it on whole, as a task queue needs it."""
    refusal = RetiredFieldError.from_exception(AsPg8000(REFUSED))
    assert refusal is not None
    copy = pickle.loads(pickle.dumps(refusal))  # noqa: S301
    assert vars(copy) == vars(refusal)
    assert str(copy) == str(refusal)
