"""Compares the expressions of json_path with a slow, simple oracle in Python, on generated documents."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minimize.locations.json_path_syntax import IN_STRING, PathStep, parse_path
from tests.integration.locations.asking import judge, location

Conn = psycopg.Connection[Any]

PLAIN_PATHS = [
    "$.a",
    "$.a.b",
    "$.a[*].b",
    '$."q\\"u.o te"',
    "$[*].a",
    "$.a[*].b[*].a",
    '$.a."ключ"',
    '$."0".a',
    '$.a."0"',
    '$.a."-1".b',
]
NESTED_PATHS = [
    "$.p.json().a",
    "$.json().a",
    "$.p[*].json().a.b",
    "$.p.json()[*].a",
    "$.p.json().p.json().a",
    '$.json()."q\\"u.o te"',
    "$.p.json().json().a",
]
NAMES = ["a", "b", "p", 'q"u.o te', "ключ", "A", "0", "-1"]


class Pairs(list[tuple[str, Any]]):
    """A JSON object as its members in order, so that duplicate keys survive."""


class InString(NamedTuple):
    """A string with a document, or with text that is almost one."""

    document: Any
    escapes: str
    end: str


class Written(NamedTuple):
    """A value as text, the value without the path, and the removed parts."""

    text: str
    kept: str
    taken: list[Any]


def documents(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return documents with strings that contain documents."""
    return st.recursive(
        scalars,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(st.tuples(st.sampled_from(NAMES), inner), max_size=4).map(Pairs)
            | st.builds(InString, inner, st.sampled_from(["few", "ascii", "all"]), st.sampled_from(["", "", " ", "x"]))
        ),
        max_leaves=14,
    )


ordinary = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "a", 'q"', "\\u0061", "{", "],"])
odd = st.sampled_from(["\0", "\ud800", "é🎂", "\\", "a\n"])


def escaped(text: str, escapes: str) -> str:
    """Write a string with as many escapes as asked for."""
    if escapes == "all":
        units = text.encode("utf-16-be", "surrogatepass").hex()
        return '"' + "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)) + '"'
    return json.dumps(text, ensure_ascii=escapes == "ascii")


def write(value: Any, steps: tuple[PathStep, ...], space: str, *, unwrap: bool = True) -> Written:
    """Write a document with and without the parts that lax jsonpath finds; without steps it finds nothing."""
    while steps and steps[0] is None and (isinstance(value, Pairs) or not isinstance(value, list)):
        steps = steps[1:]
    if isinstance(value, Pairs):
        return _write_object(value, steps, space)
    if isinstance(value, InString):
        inner = write(value.document, steps[1:] if steps[:1] == (IN_STRING,) and value.end != "x" else (), space)
        return Written(
            escaped(inner.text + value.end, value.escapes), escaped(inner.kept + value.end, value.escapes), inner.taken
        )
    if isinstance(value, list):
        is_each = steps[:1] == (None,)
        rest = steps[1:] if is_each else steps if unwrap else ()
        parts = [write(item, rest, space, unwrap=is_each) for item in value]
        texts = ["[" + f"{space},".join(texts) + "]" for texts in ([p.text for p in parts], [p.kept for p in parts])]
        return Written(texts[0], texts[1], [item for part in parts for item in part.taken])
    text = json.dumps(value)
    return Written(text, text, [])


def _write_object(members: Pairs, steps: tuple[PathStep, ...], space: str) -> Written:
    step, rest = (steps[0], steps[1:]) if steps else ("", ())
    found = [bool(steps) and isinstance(step, str) and key == step for key, _ in members]
    goes = [is_found and not rest for is_found in found]
    parts = [write(item, rest if is_found else (), space) for (_, item), is_found in zip(members, found, strict=True)]
    text, kept, taken = "{" + space, "{" + space, []
    for index, ((key, item), part) in enumerate(zip(members, parts, strict=True)):
        head = f"{json.dumps(key)}{space}:{space}"
        is_last = index == len(members) - 1
        text += head + part.text + ("" if is_last else f",{space}")
        if goes[index]:
            taken.append(item)
        else:
            kept += head + part.kept + ("," if not all(goes[index + 1 :]) else "")
            taken += part.taken
        kept += "" if is_last else space
    return Written(text + "}", kept + "}", taken)


def find(value: Any, steps: tuple[PathStep, ...], *, unwrap: bool = True) -> list[Any]:
    """Return what a path finds in a document read by Python."""
    if not steps:
        return [value]
    step, rest = steps[0], steps[1:]
    if isinstance(value, list) and not isinstance(value, Pairs):
        if step is None:
            return [found for item in value for found in find(item, rest)]
        return [found for item in value for found in find(item, steps, unwrap=False)] if unwrap else []
    if step is None:
        return find(value, rest)
    if step is IN_STRING:
        document = read(value) if isinstance(value, str) else None
        return [] if document is None else find(document[0], rest)
    return [f for key, item in value if key == step for f in find(item, rest)] if isinstance(value, Pairs) else []


def read(text: str) -> tuple[Any] | None:
    """Read a document as PostgreSQL does; None if the text is no document."""

    def refuse(name: str) -> Any:
        raise ValueError(name)

    try:
        return (json.loads(text, object_pairs_hook=Pairs, parse_constant=refuse),)
    except ValueError:
        return None


def last_wins(value: Any) -> Any:
    """Drop all but the last of duplicate keys, as jsonb does; not in strings."""
    if isinstance(value, Pairs):
        return Pairs({key: last_wins(item) for key, item in value}.items())
    if isinstance(value, InString):
        return value
    return [last_wins(item) for item in value] if isinstance(value, list) else value


relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
spaces = st.sampled_from(["", " ", "\n\t"])


@relaxed
@given(
    docs=st.lists(documents(ordinary | odd), min_size=5, max_size=15),
    path=st.sampled_from(PLAIN_PATHS + NESTED_PATHS),
    space=spaces,
    column_type=st.sampled_from(["json", "text"]),
)
def test_text_is_cut_and_every_other_byte_stays(
    server_conn: Conn, docs: list[Any], path: str, space: str, column_type: str
) -> None:
    """In json and text the member and its duplicates are removed, also from strings; all other bytes stay."""
    written = [write(document, parse_path(path), space) for document in docs]
    found = judge(server_conn, location(json_path=path), column_type, [each.text for each in written])
    for (_, kept, taken), judged in zip(written, found, strict=True):
        assert judged.kept == kept
        assert judged.carries == any(item is not None for item in taken)
        assert not judged.still_carries


@relaxed
@given(docs=st.lists(documents(ordinary), min_size=5, max_size=15), path=st.sampled_from(PLAIN_PATHS + NESTED_PATHS))
def test_jsonb_agrees_with_the_oracle(server_conn: Conn, docs: list[Any], path: str) -> None:
    """In jsonb the member is removed wherever the path finds it; strings with JSON keep all other bytes."""
    written = [write(last_wins(document), parse_path(path), " ") for document in docs]
    found = judge(server_conn, location(json_path=path), "jsonb", [each.text for each in written])
    for (_, kept, taken), judged in zip(written, found, strict=True):
        assert json.loads(judged.kept or "") == json.loads(kept)
        is_value = has_value if path in PLAIN_PATHS else is_not_null
        assert judged.carries == any(is_value(item) for item in taken)
        assert not judged.still_carries


def is_not_null(item: Any) -> bool:
    """Whether a member counts where documents are read as text."""
    return item is not None


def has_value(item: Any) -> bool:
    """Whether jsonpath's `? (@ != null)` sees a value: filter and comparison each look into one level of array."""
    return any(inner is not None for element in elements(item) for inner in elements(element))


def elements(item: Any) -> list[Any]:
    """Return the elements of an array, or another value as a single element."""
    return item if isinstance(item, list) and not isinstance(item, Pairs) else [item]


@pytest.mark.majors
@relaxed
@given(
    docs=st.lists(
        st.tuples(documents(ordinary | odd), st.integers(0, 300), st.text('{}[],:"\\a1-. \x01é', max_size=2))
    ),
    path=st.sampled_from(["$.a", "$[*].a", "$.p.json().a"]),
)
def test_a_text_that_is_no_document_is_left_alone(
    server_conn: Conn, docs: list[tuple[Any, int, str]], path: str
) -> None:
    """A missing or extra character causes no error, and no removal unless the text is still JSON."""
    texts = []
    for document, place, noise in docs:
        text = write(document, (), " ").text
        texts.append(text[: place % len(text)] + noise + text[place % len(text) + 1 :])
    for text, judged in zip(texts, judge(server_conn, location(json_path=path), "text", texts), strict=True):
        document = read(text)
        found = find(document[0], parse_path(path)) if document else []
        assert judged.carries == any(item is not None for item in found)
        assert found or judged.kept == text
        assert not judged.still_carries


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (r'{"\u0061": 1, "b":2}', '{ "b":2}'),
        ('{"b":2 , "a":1 }', '{"b":2  }'),
        ('{"a":1}', "{}"),
        ('{"a":1,"a":null,"c":3}', '{"c":3}'),
        (r'{"n":"\u0000","a":"x"}', r'{"n":"\u0000"}'),
        (r'{"\ud800":1,"a":"x"}', r'{"\ud800":1}'),
        ("[" * 2000 + '{"a":1}' + "]" * 2000, "[" * 2000 + '{"a":1}' + "]" * 2000),
        ("[" * 100_000, "[" * 100_000),
        ('{"a" : "false}', '{"a" : "false}'),
        ('{"a":1} ', "{} "),
        ("", ""),
        ("null", "null"),
    ],
    ids=range(12),
)
def test_text_is_cut_not_rewritten(server_conn: Conn, text: str, kept: str) -> None:
    """Spacing, key order and escapes survive, and what nests too deeply to be read is no document."""
    (found,) = judge(server_conn, location(json_path="$.a"), "text", [text])
    assert found.kept == kept


@pytest.mark.parametrize("column_type", ["_json", "_jsonb", "_text"])
def test_an_array_of_documents_is_judged_by_element(server_conn: Conn, column_type: str) -> None:
    """`$` is each element; NULL elements, dimensions and bounds stay."""
    array = """[0:1][1:2]={{"{\\"a\\": 1, \\"b\\": 1.0}",NULL},{"[1, {\\"a\\": null}]","{\\"a\\": 1, \\"b\\": 1.0}"}}"""
    (found,) = judge(server_conn, location(json_path="$.a"), column_type, [array])
    assert (found.carries, found.still_carries) == (True, False)
    space = "" if column_type == "_jsonb" else " "
    element = f'"{{{space}\\"b\\": 1.0}}"'
    assert found.kept == f'[0:1][1:2]={{{{{element},NULL}},{{"[1, {{}}]",{element}}}}}'
    (clean,) = judge(server_conn, location(json_path="$.x.json().y"), column_type, [array])
    assert (clean.carries, clean.kept) == (False, array)


def test_null_carries_nothing(server_conn: Conn) -> None:
    """A NULL document and a NULL or empty array stay unchanged, and `carries` is never NULL."""
    for column_type, value in [("text", None), ("json", None), ("jsonb", None), ("_json", None), ("_text", "{NULL}")]:
        (found,) = judge(server_conn, location(json_path="$.p.json().a"), column_type, [value])
        assert (found.carries, found.kept, found.still_carries) == (False, value, False)


def test_many_members_take_linear_time(server_conn: Conn) -> None:
    """Half a megabyte with thousands of members in a string is erased within the statement timeout."""
    server_conn.execute("SET statement_timeout = '20s'")
    inner = json.dumps([{"a": n, "note": "é" * 80} for n in range(3000)], ensure_ascii=False)
    document = json.dumps({"p": inner, "q": 1}, ensure_ascii=False)
    (found,) = judge(server_conn, location(json_path="$.p.json().a"), "text", [document])
    assert (found.carries, found.still_carries) == (True, False)
    assert json.loads(json.loads(found.kept or "")["p"])[7] == {"note": "é" * 80}
