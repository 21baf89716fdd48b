"""Tests of turning validation errors into plain words."""

from __future__ import annotations

from typing import Annotated, ClassVar

import pydantic
import pytest
from psycopg import sql

from minimize.errors import PolicyError
from minimize.policy import InColumn, Row, isolated_kinds, location_kind, parse_policy


def _refuse(value: str) -> str:
    if value == "policy":
        raise PolicyError("cannot be split", hint="Split it.")
    raise ValueError("has an odd number of steps")


@pytest.mark.parametrize(
    ("annotation", "value", "key", "what"),
    [
        (Annotated[str, pydantic.AfterValidator(_refuse)], '"x"', ".made", "has an odd number of steps"),
        (Annotated[str, pydantic.AfterValidator(_refuse)], '"policy"', "", "cannot be split"),
        (Annotated[str, pydantic.Field(min_length=2)], '"x"', ".made", "must not be empty"),
        (Annotated[str, pydantic.Field(max_length=2)], '"xxx"', ".made", "must be at most 2 characters long"),
        (Annotated[str, pydantic.Field(pattern="^[A-Z]$")], '"x"', ".made", "does not have the form ^[A-Z]$"),
        (Annotated[int, pydantic.Field(ge=1)], "0", ".made", "must be 1 or more"),
        (Annotated[int, pydantic.Field(gt=1)], "0", ".made", "must be greater than 1"),
        (Annotated[int, pydantic.Field(le=1)], "2", ".made", "must be 1 or less"),
        (Annotated[int, pydantic.Field(lt=1)], "2", ".made", "must be less than 1"),
        (bool, "[]", ".made", "expected true or false, found an array"),
        (float, "{}", ".made", "expected a number, found a table"),
        (int, "1.5", ".made", "expected a whole number, found a number"),
        (str, "12:00:00", ".made", "expected text in quotes, found a time"),
        (tuple[str, ...], "2018-01-01", ".made", "expected an array, found a date"),
        (complex, '"x"', ".made", "this value is not allowed"),
    ],
)
def test_what_a_kind_may_ask_of_its_keys(good: str, annotation: object, value: str, key: str, what: str) -> None:
    """The constraints of a kind are reported in plain words, at the key."""
    expressions = {name: lambda *_: sql.SQL("true") for name in ("carries", "without")}
    with isolated_kinds():
        location_kind(type("Plain", (InColumn,), {"__module__": __name__, "kind": "column", **expressions}))
        annotations = {"made": annotation, "kind": ClassVar[str], "key": ClassVar[str | None]}
        attributes = {"kind": "made", "key": "made", "__annotations__": annotations, **expressions}
        location_kind(type("Made", (InColumn,), {"__module__": __name__, **attributes}))
        with pytest.raises(PolicyError) as caught:
            parse_policy(good.replace('member = "placeOfBirth"', f"made = {value}"), "x.toml")
    (problem,) = caught.value.problems
    assert problem.key == f"field[0].location[1]{key}"
    assert problem.what == what
    assert problem.hint.endswith(".")


def test_no_kind_at_all(good: str) -> None:
    """Without any registered kind, the hint says how to register them."""
    with isolated_kinds(), pytest.raises(PolicyError) as caught:
        parse_policy(good, "x.toml")
    problems = {(problem.what, problem.hint) for problem in caught.value.problems}
    hint = "No kind is registered: in Python, import minimize.locations before you read a policy."
    assert problems == {("no kind of location has these keys", hint)}


@pytest.mark.parametrize("value", ["3", "[1]", "{}", '"x"', "[[1]]", "[{}]", "2018-01-01", "1.5", "true"])
@pytest.mark.parametrize("section", ["policy", "disposition", "authority", "field", "hold", "schema_version"])
def test_any_value_in_place_of_a_section_is_explained(section: str, value: str) -> None:
    """No value of any type breaks the explanation of a mistake."""
    with pytest.raises(PolicyError) as caught:
        parse_policy(f"{section} = {value}\n", "x.toml")
    assert all(problem.line == 1 for problem in caught.value.problems)
    assert "this value is not allowed" not in str(caught.value)


def test_row_is_a_protocol() -> None:
    """A row needs no base class."""
    assert getattr(Row, "_is_protocol", False)
