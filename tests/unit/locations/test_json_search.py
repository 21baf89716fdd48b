"""The path in Python: what it finds, and which findings are values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimize.locations.json_path_syntax import parse_path
from minimize.locations.json_search import find_values, is_value


def found(document: object, path: str) -> list[object]:
    """Return what a path finds."""
    return list(find_values(document, parse_path(path)))


@pytest.mark.parametrize(
    ("document", "path", "expected"),
    [
        ({"a": 1}, "$.a", [1]),
        ({"a": {"b": 1}}, "$.a.b", [1]),
        ({"a": {"b": 1}}, "$.b", []),
        ([{"a": 1}, {"a": 2}], "$.a", [1, 2]),
        ([[{"a": 1}]], "$.a", []),
        ([[{"a": 1}]], "$[*].a", [1]),
        ({"a": {"b": 1}}, "$.a[*].b", [1]),
        ({"a": ({"b": 1},)}, "$.a[*].b", [1]),
        ({True: "x"}, '$."true"', ["x"]),
        ({2: "x"}, '$."2"', ["x"]),
        ({None: "x"}, '$."null"', ["x"]),
        ("text", "$.a", []),
        (None, "$.a", []),
        (object(), "$.a", []),
        ({"p": '{"a": 1}'}, "$.p.json().a", [1]),
        ({"p": ['{"a": 1}', "x", 2]}, "$.p.json().a", [1]),
        ({"p": [['{"a": 1}']]}, "$.p.json().a", []),
        ({"p": {"a": 1}}, "$.p.json().a", []),
        ({"p": '{"a": NaN}'}, "$.p.json().a", []),
        ({"p": "[" * 10**6}, "$.p.json().a", []),
    ],
)
def test_a_path_finds_what_lax_jsonpath_finds(document: object, path: str, expected: list[object]) -> None:
    """Members and elements, and tuples and keys of other types as a serialiser writes them."""
    assert found(document, path) == expected


@pytest.mark.parametrize(
    ("value", "in_jsonb", "in_json"),
    [
        (None, False, False),
        ("", True, True),
        (0, True, True),
        ({}, True, True),
        ([], False, True),
        ([None], False, True),
        ([[None]], False, True),
        ([[[None]]], True, True),
        ([None, 1], True, True),
    ],
)
def test_null_is_no_value(value: object, in_jsonb: bool, in_json: bool) -> None:  # noqa: FBT001  a table of three columns
    """JSON null carries nothing; in jsonb, neither does an array of nothing else."""
    assert is_value(value, is_text=False) is in_jsonb
    assert is_value(value, is_text=True) is in_json


leaves = st.none() | st.integers() | st.text(max_size=2)
documents = st.recursive(leaves, lambda x: st.lists(x) | st.dictionaries(st.sampled_from("abc"), x), max_leaves=10)


@given(documents)
def test_any_document_can_be_searched(document: Any) -> None:
    """No document raises, and a step that is not there finds nothing."""
    assert found(document, "$.absent") == []
