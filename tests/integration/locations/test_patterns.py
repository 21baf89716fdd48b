"""Compares the expressions of `pattern` with an oracle in Python, and checks known difficult cases."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.locations.asking import judge, location

Conn = psycopg.Connection[Any]

# Python and PostgreSQL read these alike; none matches empty text.
RULES = [
    (r"ab", ""),
    (r"ab", "x"),
    (r"a", "aa"),
    (r"ab", "ba"),
    (r"[0-9]+", "[number]"),
    (r"(?i)pob:[^\n]*", "POB: [removed]"),
    (r"(?i)(pob:)[^\n]+", r"\1 [removed]"),
    (r"(a)(b)", r"\2\1"),
    (r"(a+)b", r"\1"),
    (r"\\[^\n]", r"\\"),
    (r"b[^a]", "-"),
]
TEXTS = st.lists(st.sampled_from(["a", "b", "ab", "x", "1", "20", "\n", "\\", "POB: ", "pob:", "é", "[removed]"])).map(
    "".join
)


def without(text: str, pattern: str, replacement: str, room: int | None = None) -> str:
    """Replace until nothing changes; if that fails or does not fit, remove the matches."""

    def is_clean(some: str) -> bool:
        return re.sub(pattern, replacement, some) == some or re.sub(pattern, "", some) == some

    changed = text
    for _ in range(5):
        if is_clean(changed) and (room is None or len(changed) <= room):
            return changed
        changed = re.sub(pattern, replacement, changed)
    while re.sub(pattern, "", text) != text:
        text = re.sub(pattern, "", text)
    return text


def carries(text: str, pattern: str, replacement: str) -> bool:
    """Whether a match would be changed."""
    return re.sub(pattern, replacement, text) != text


relaxed = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@relaxed
@given(rule=st.sampled_from(RULES), texts=st.lists(TEXTS, min_size=20, max_size=60), length=st.none() | st.just(12))
def test_a_text_agrees_with_the_oracle(
    server_conn: Conn, rule: tuple[str, str], texts: list[str], length: int | None
) -> None:
    """A match is replaced, or removed if replacing never ends or does not fit; the result carries nothing."""
    pattern, replacement = rule
    texts = [text[:length] for text in texts]
    place = location(pattern=pattern, replacement=replacement)
    for text, found in zip(texts, judge(server_conn, place, "varchar", texts, length=length), strict=True):
        assert found.carries == carries(text, pattern, replacement)
        assert found.kept == without(text, pattern, replacement, length)
        assert (found.taken is not None) == found.carries
        assert not found.still_carries
        assert found.kept_again == found.kept
        assert length is None or len(found.kept) <= length


@relaxed
@given(rule=st.sampled_from(RULES), arrays=st.lists(st.lists(st.none() | TEXTS, max_size=5), min_size=20, max_size=40))
def test_an_array_agrees_with_its_elements(
    server_conn: Conn, rule: tuple[str, str], arrays: list[list[str | None]]
) -> None:
    """Each element is a text of its own, and NULL elements stay."""
    pattern, replacement = rule
    place = location(pattern=pattern, replacement=replacement)
    found = judge(server_conn, place, "_text", [_array(each) for each in arrays])
    for array, (is_carrying, kept, _, still, _) in zip(arrays, found, strict=True):
        assert is_carrying == any(each is not None and carries(each, pattern, replacement) for each in array)
        assert kept == _printed(
            server_conn, [None if each is None else without(each, pattern, replacement) for each in array]
        )
        assert not still


def _array(elements: list[str | None]) -> str:
    quoted = ("NULL" if each is None else '"' + re.sub(r'(["\\])', r"\\\1", each) + '"' for each in elements)
    return "{" + ",".join(quoted) + "}"


def _printed(conn: Conn, elements: list[str | None]) -> str:
    (text,) = conn.execute("SELECT %s::text[]::text", [elements]).fetchone() or ("",)
    return str(text)


def test_the_shape_of_an_array_stays(server_conn: Conn) -> None:
    """Dimensions and lower bounds are kept, and equal elements are all replaced."""
    place = location(pattern="b+", replacement="-")
    (found,) = judge(server_conn, place, "_text", ["[0:1][5:6]={{ab,c},{NULL,ab}}"])
    assert found.kept == "[0:1][5:6]={{a-,c},{NULL,a-}}"
    assert found.taken == "{b,b}"


@pytest.mark.parametrize(
    ("keys", "text", "kept", "taken"),
    [
        ({"pattern": "(?i)pob: *[a-zé]+"}, "x pob: Kent, y", "x , y", ["pob: Kent"]),
        ({"pattern": "(?n)^pob:.*$", "replacement": "-"}, "a\npob: x\nb\npob:", "a\n-\nb\n-", ["pob: x", "pob:"]),
        ({"pattern": "pob:.*"}, "a pob: x\ny", "a ", ["pob: x\ny"]),
        ({"pattern": "***=a.b", "replacement": "-"}, "a.b axb", "- axb", ["a.b"]),
        ({"pattern": "(?x) a b  # words", "replacement": "-"}, "ab", "-", ["ab"]),
        ({"pattern": r"(\w)\1", "replacement": r"\1"}, "aab", "ab", ["aa"]),
        ({"pattern": r"(?<=pob: )\w+", "replacement": "-"}, "pob: Kent", "pob: -", ["Kent"]),
        ({"pattern": r"\d", "replacement": r"\\"}, "a1", "a\\", ["1"]),
        ({"pattern": "x*", "replacement": ""}, "abc", "abc", None),
        ({"pattern": "x*", "replacement": "-"}, "abc", "abc", None),
        ({"pattern": "$", "replacement": "end"}, "abc", "abc", None),
        ({"pattern": "(?=b)", "replacement": "-"}, "abc", "abc", None),
        ({"pattern": "b|$", "replacement": "-"}, "abc", "a-c-", ["b", ""]),
        ({"pattern": "ab"}, "aaabbb", "", ["ab"]),
        ({"pattern": "b"}, "a\x020\x03b", "a\x020\x03", ["b"]),
        ({"pattern": "🎂+", "replacement": "é"}, "a🎂🎂b", "aéb", ["🎂🎂"]),
    ],
)
def test_what_patterns_are_known_for(
    server_conn: Conn, keys: dict[str, str], text: str, kept: str, taken: list[str] | None
) -> None:
    """Options, lines, literals, groups, lookaround, empty matches, and matches that a removal creates."""
    (found,) = judge(server_conn, location(**keys), "text", [text])
    assert (found.carries, found.kept, found.still_carries) == (taken is not None, kept, False)
    assert found.taken == (None if taken is None else _printed(server_conn, [*taken]))


def test_null_carries_nothing(server_conn: Conn) -> None:
    """A NULL text and a NULL or empty array stay unchanged, and `carries` is never NULL."""
    place = location(pattern="a")
    for column_type, value in [("text", None), ("bpchar", None), ("_text", None), ("_text", "{}"), ("_text", "{NULL}")]:
        (found,) = judge(server_conn, place, column_type, [value])
        assert (found.carries, found.kept, found.still_carries) == (False, value, False)


@pytest.mark.parametrize("column_type", ["text", "varchar", "bpchar", "_varchar", "_bpchar"])
def test_every_text_type_works(server_conn: Conn, column_type: str) -> None:
    """The expressions are of types that the column takes back."""
    value, kept = ('{"ab "}', "{xb}") if column_type.startswith("_") else ("ab", "xb")
    (found,) = judge(server_conn, location(pattern="a *", replacement="x"), column_type, [value])
    assert (found.carries, (found.kept or "").replace('"', "").replace(" ", ""), found.still_carries) == (
        True,
        kept,
        False,
    )


def test_many_matches_take_linear_time(server_conn: Conn) -> None:
    """A text of one megabyte that consists of matches is erased within the statement timeout."""
    server_conn.execute("SET statement_timeout = '20s'")
    (found,) = judge(server_conn, location(pattern="[0-9]+", replacement="-"), "text", ["12 " * 350_000])
    assert found.kept == "- " * 350_000


@pytest.mark.parametrize(("pattern", "replacement"), RULES)
@pytest.mark.parametrize("column_type", ["text", "_text"])
def test_the_sample_of_a_pattern_carries(server_conn: Conn, pattern: str, replacement: str, column_type: str) -> None:
    """The made-up text matches, alone and as the element of an array."""
    place = location(pattern=pattern, replacement=replacement)
    sample = place.sample(column_type)
    assert sample is not None
    (judged,) = judge(server_conn, place, column_type, [sample])
    assert judged.carries
    assert not judged.still_carries
