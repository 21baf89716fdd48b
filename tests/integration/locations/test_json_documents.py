"""The expressions of json_path against a slow, obvious oracle in Python, on documents that hypothesis makes up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from minimize.locations import TableRow
from minimize.locations.json_path import JsonPathLocation, parse_path
from minimize.sql import install

PATHS = ["$.a", "$.a.b", "$.a[*].b", '$."q\\"u.o te"', "$[*].a", "$.a[*].b[*].a", '$.a."ключ"']
NAMES = ["a", "b", "c", 'q"u.o te', "ключ", "A"]

scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "a", 'q"', "\\u0061", "{", "],"])


class Pairs(list[tuple[str, Any]]):
    """A JSON object as its members in order, so that duplicate keys survive."""


documents = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(st.tuples(st.sampled_from(NAMES), inner), max_size=4).map(Pairs)
    ),
    max_leaves=14,
)


def to_text(value: Any, *, space: str = "") -> str:
    """Write a document, keeping duplicate keys."""
    if isinstance(value, Pairs):
        members = (f"{json.dumps(k)}{space}:{space}{to_text(v, space=space)}" for k, v in value)
        return "{" + space + f",{space}".join(members) + "}"
    if isinstance(value, list):
        return "[" + f"{space},".join(to_text(v, space=space) for v in value) + "]"
    return json.dumps(value)


def without(value: Any, steps: tuple[str | None, ...], *, unwrap: bool = True) -> tuple[Any, list[Any]]:
    """Remove what lax jsonpath finds, and return the rest and what was removed."""
    step, rest = steps[0], steps[1:]
    taken: list[Any] = []

    def descend(item: Any, at: tuple[str | None, ...], *, again: bool) -> Any:
        kept, more = without(item, at, unwrap=again)
        taken.extend(more)
        return kept

    if step is None:
        if isinstance(value, list) and not isinstance(value, Pairs):
            return [descend(item, rest, again=True) for item in value], taken
        return descend(value, rest, again=True), taken
    if isinstance(value, Pairs):
        kept = Pairs()
        for key, item in value:
            if key != step:
                kept.append((key, item))
            elif not rest:
                taken.append(item)
            else:
                kept.append((key, descend(item, rest, again=True)))
        return kept, taken
    if isinstance(value, list) and unwrap:
        return [descend(item, steps, again=False) if isinstance(item, list) else item for item in value], taken
    return value, taken


def last_wins(value: Any) -> Any:
    """Drop all but the last of duplicate keys, as jsonb does."""
    if isinstance(value, Pairs):
        return Pairs({key: last_wins(item) for key, item in value}.items())
    return [last_wins(item) for item in value] if isinstance(value, list) else value


@pytest.fixture
def conn(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A database with schema minimize and one document table."""
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in install():
            connection.execute(statement)
        connection.execute("CREATE TABLE d (j json, b jsonb)")
        yield connection


def ask(conn: psycopg.Connection[Any], column: str, path: str, text: str) -> tuple[bool, str, bool]:
    """Return carries, the document without, and whether that still carries."""
    location = JsonPathLocation.model_validate({"column": f"public.d.{column}", "json_path": path})
    row = TableRow(types={"j": "json", "b": "jsonb"})
    after = row.with_value(column, sql.SQL("({})").format(location.without(row)))
    query = sql.SQL("SELECT {}, ({})::text, {} FROM (SELECT {}::json AS j, {}::jsonb AS b) AS d").format(
        location.carries(row),
        location.without(row),
        location.carries(after),
        sql.Literal(text),
        sql.Literal(text),
    )
    result = conn.execute(query).fetchone()
    assert result is not None
    carries, kept, still = result
    return bool(carries), str(kept), bool(still)


relaxed = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@relaxed
@given(document=documents, path=st.sampled_from(PATHS), space=st.sampled_from(["", " ", "\n\t"]))
def test_json_keeps_every_other_byte(conn: psycopg.Connection[Any], document: Any, path: str, space: str) -> None:
    """In a json column the member goes, duplicates too, and the rest of the document means what it meant."""
    text = to_text(document, space=space)
    carries, kept, still = ask(conn, "j", path, text)
    expected, taken = without(document, parse_path(path))
    assert carries == any(item is not None for item in taken)
    assert json.loads(kept, object_pairs_hook=Pairs) == json.loads(to_text(expected), object_pairs_hook=Pairs)
    assert not still
    if not taken:
        assert kept == text


@relaxed
@given(document=documents, path=st.sampled_from(PATHS))
def test_jsonb_agrees_with_the_oracle(conn: psycopg.Connection[Any], document: Any, path: str) -> None:
    """In a jsonb column the member goes wherever the path finds it, and nothing else changes."""
    document = last_wins(document)
    carries, kept, still = ask(conn, "b", path, to_text(document))
    expected, taken = without(document, parse_path(path))
    assert carries == any(has_value(item) for item in taken)
    assert json.loads(kept) == json.loads(to_text(expected))
    assert not still


def has_value(item: Any) -> bool:
    """Whether jsonpath's `? (@ != null)` sees a value: filter and comparison each look into one level of array."""
    return any(inner is not None for element in elements(item) for inner in elements(element))


def elements(item: Any) -> list[Any]:
    """Return the elements of an array, and anything else by itself."""
    return item if isinstance(item, list) and not isinstance(item, Pairs) else [item]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (r'{"\u0061": 1, "b":2}', '{ "b":2}'),
        ('{"b":2 , "a":1 }', '{"b":2  }'),
        ('{"a":1}', "{}"),
        ('{"a":1,"a":null,"c":3}', '{"c":3}'),
        (r'{"n":"\u0000","a":"x"}', r'{"n":"\u0000"}'),
        (r'{"\ud800":1,"a":"x"}', r'{"\ud800":1}'),
    ],
)
def test_json_text_is_cut_not_rewritten(conn: psycopg.Connection[Any], text: str, kept: str) -> None:
    """Spacing, key order and escapes of a json document survive, even those that jsonb cannot hold."""
    location = JsonPathLocation.model_validate({"column": "public.d.j", "json_path": "$.a"})
    row = TableRow(types={"j": "json"})
    query = sql.SQL("SELECT ({})::text FROM (SELECT {}::json AS j) AS d").format(
        location.without(row), sql.Literal(text)
    )
    assert conn.execute(query).fetchone() == (kept,)
