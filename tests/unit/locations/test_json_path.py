"""Paths to a member: which paths are accepted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from minimize.locations import TableRow
from minimize.locations.json_path import JsonPathLocation
from minimize.locations.json_path_syntax import IN_STRING, PathStep, parse_path

STEPS = st.lists(
    st.none() | st.just(IN_STRING) | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    max_size=5,
)


@given(STEPS, st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_written_path_is_read_back(steps: list[PathStep], last: str) -> None:
    """Any member name survives, written in double quotes with JSON's escapes."""
    steps = [*steps, last]
    path = "$" + "".join(
        f".{json.dumps(step)}" if isinstance(step, str) else ".json()" if step is IN_STRING else "[*]" for step in steps
    )
    assert parse_path(path) == tuple(steps)
    location = JsonPathLocation.model_validate({"column": "lab.doc.form", "json_path": path})
    for type_ in ("json", "jsonb", "varchar", "_jsonb"):
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
        ("$.payload.json().pob", ("payload", IN_STRING, "pob")),
        ("$.json().json().pob", (IN_STRING, IN_STRING, "pob")),
        ('$.json."json()".json', ("json", "json()", "json")),
    ],
)
def test_steps_are_names_stars_and_json(path: str, steps: tuple[PathStep, ...]) -> None:
    """Plain names, quoted names, [*] and .json() are all there is; a member may be called json."""
    assert parse_path(path) == steps


@pytest.mark.parametrize(
    "path",
    [
        "", "a", ".a", "$", "$[*]", "$.a[*]", "$.", "$.a.", "$.1a", "$.a-b", "$.a[0]", "$.a[", "$..a", "$.*",
        '$."a', "$.'a'", "$.a ? (@ > 1)", "$ .a", "$.a b", '$."\\x"', '$."\\u0000"', '$."\\ud800"', "lax $.a",
        "$.a.json()", "$.json().", "$.a.json().b()", "$.a.json(1).b", "$json().a", "$.a.json()b",
    ],
)  # fmt: skip
def test_anything_else_is_refused(path: str) -> None:
    """Filters, indexes, half a name, and names that PostgreSQL cannot store are refused when the policy is read."""
    with pytest.raises(ValueError, match=r"path|step|name"):
        parse_path(path)


def test_the_type_can_be_said_in_the_policy() -> None:
    """Without a database `column_type` decides; with a database, its type decides."""
    location = JsonPathLocation.model_validate({"column": "lab.doc.form", "json_path": "$.a", "column_type": "json"})
    assert "json_scan_v1" in location.carries(TableRow()).as_string(None)
    assert "json_scan_v1" not in location.carries(TableRow(types={"form": "jsonb"})).as_string(None)


@pytest.mark.parametrize(
    ("member", "escape"), [("placeOfBirth", "\\u"), ("größe", "\\u"), ("a/b", "\\"), ('qu"ote', "\\"), ("a\tb", "\\")]
)
def test_a_text_is_searched_for_the_member_first(member: str, escape: str) -> None:
    """A name of ordinary characters may contain Unicode escapes; other names may contain other escapes."""
    location = JsonPathLocation.model_validate({"column": "lab.doc.form", "json_path": f"$.x.{json.dumps(member)}"})
    text = location.carries(TableRow(types={"form": "text"})).as_string(None)
    condition = sql.SQL('{} > 0 OR strpos(("form")::text COLLATE "C", {}) > 0 THEN').format(
        sql.SQL("{})").format(sql.Literal(member)), sql.Literal(escape)
    )
    assert condition.as_string(None) in text
