"""Paths to a member: what is read, and what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from minimize.locations import TableRow
from minimize.locations.json_path import JsonPathLocation, parse_path

STEPS = st.lists(st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=5)


@given(STEPS, st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_written_path_is_read_back(steps: list[str | None], last: str) -> None:
    """Any member name survives, written in double quotes with JSON's escapes."""
    steps = [*steps, last]
    path = "$" + "".join("[*]" if step is None else f".{json.dumps(step)}" for step in steps)
    assert parse_path(path) == tuple(steps)
    location = JsonPathLocation.model_validate({"column": "lab.doc.form", "json_path": path})
    for type_ in ("json", "jsonb"):
        row = TableRow(types={"form": type_})
        assert sql.Composed([location.carries(row), location.without(row)]).as_string(None)


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("$.a", ("a",)),
        ("$.applicant.placeOfBirth", ("applicant", "placeOfBirth")),
        ("$.list[*].pob", ("list", None, "pob")),
        ("$[*][*].a", (None, None, "a")),
        ('$."do.t"."qu\\"ote"', ("do.t", 'qu"ote')),
        ("$.größe.a1_$", ("größe", "a1_$")),
        ('$.""', ("",)),
    ],
)
def test_steps_are_names_and_stars(path: str, steps: tuple[str | None, ...]) -> None:
    """Plain names, quoted names and [*] are all there is."""
    assert parse_path(path) == steps


@pytest.mark.parametrize(
    "path",
    [
        "", "a", ".a", "$", "$[*]", "$.a[*]", "$.", "$.a.", "$.1a", "$.a-b", "$.a[0]", "$.a[", "$..a", "$.*",
        '$."a', "$.'a'", "$.a ? (@ > 1)", "$ .a", "$.a b", '$."\\x"', '$."\\u0000"', '$."\\ud800"', "lax $.a",
    ],
)  # fmt: skip
def test_anything_else_is_refused(path: str) -> None:
    """Filters, indexes, half a name, and names that PostgreSQL cannot hold are refused when the policy is read."""
    with pytest.raises(ValueError, match=r"path|step|name"):
        parse_path(path)


def test_the_type_can_be_said_in_the_policy() -> None:
    """Without a database to ask, `column_type` decides, and a database overrules it."""
    location = JsonPathLocation.model_validate({"column": "lab.doc.form", "json_path": "$.a", "column_type": "json"})
    assert "json_scan_v1" in location.carries(TableRow()).as_string(None)
    assert "json_scan_v1" not in location.carries(TableRow(types={"form": "jsonb"})).as_string(None)
