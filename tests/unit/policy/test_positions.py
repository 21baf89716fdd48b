"""Tests of the lines of TOML keys."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimize.policy.positions import Positions

TEXT = '''\
a = 1
b.c = 2
"d e".'f' = 3
g = """
two
"""
h = [
  1,  # one
  { i = 4, j.k = 5 },
  [6, 7],
]
[policy]
id = "x"
[policy.more]
x = 1
[[field]]
id = "one"
[[field.location]]
column = "a"
[[field.location]]
keep_where = { enhanced = "y" }
[[field]] # comment
[[field.location]]
column = "b"
[field.location.keep_where]
"q.r" = "z"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 1),
        (("b", "c"), 2),
        (("d e", "f"), 3),
        (("g",), 4),
        (("h",), 7),
        (("h", 0), 8),
        (("h", 1), 9),
        (("h", 1, "j", "k"), 9),
        (("h", 2, 1), 10),
        (("policy",), 12),
        (("policy", "id"), 13),
        (("policy", "more"), 14),
        (("policy", "more", "x"), 15),
        (("field",), 16),
        (("field", 0), 16),
        (("field", 0, "location", 0, "column"), 19),
        (("field", 0, "location", 1), 20),
        (("field", 0, "location", 1, "keep_where", "enhanced"), 21),
        (("field", 1), 22),
        (("field", 1, "location", 0), 23),
        (("field", 1, "location", 0, "column"), 24),
        (("field", 1, "location", 0, "keep_where"), 25),
        (("field", 1, "location", 0, "keep_where", "q.r"), 26),
    ],
)
def test_lines_of_keys(path: tuple[str | int, ...], line: int) -> None:
    """Each notation of a key has its line."""
    assert Positions(TEXT).line(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [(("policy", "title"), 12), (("field", 0, "location", 1, "column"), 20), (("nowhere", 3), 1)],
)
def test_a_missing_key_is_at_the_table_around_it(path: tuple[str | int, ...], line: int) -> None:
    """A missing key has the line of the closest table around it."""
    assert Positions(TEXT).line(path) == line


def test_windows_line_ends() -> None:
    """CRLF counts as one line end."""
    assert Positions("a = 1\r\nb = 2\r\n").line(("b",)) == 2


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20), st.integers(0, 5))
def test_quoted_keys_are_decoded_as_toml_decodes_them(key: str, blank_lines: int) -> None:
    """A quoted key with escapes is found under its real name."""
    quoted = '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = "\n" * blank_lines + f"{quoted} = 1\n"
    assert list(tomllib.loads(text)) == [key]
    assert Positions(text).line((key,)) == blank_lines + 1


def test_deeply_dotted_keys() -> None:
    """A key of any number of parts is read without running out of stack."""
    path = ("a",) * 5000
    assert Positions("\n" + ".".join(path) + " = 1\n").line(path) == 2
