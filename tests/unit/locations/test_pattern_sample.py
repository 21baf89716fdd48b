"""Text that is made up for a regular expression."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimize.locations.pattern_sample import make_sample


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        (r"(?i)PLACE OF BIRTH:[^\n]*", "PLACE OF BIRTH:x"),
        (r"\mPOB\M\s*=\s*(\w+)", "POB = x"),
        (r"born (in|at) .+?", "born in x"),
        (r"(ab){2,3}c?", "ababc"),
        (r"[[:digit:]]{4}-[0-9]\d", "0000-00"),
        (r"(?:a|b)(?=c)c$", "ac"),
        (r"(x)(y)\2\1", "xyyx"),
        (r"[^x\w]", " "),
        (r"[]x-]", "x"),
        (r"\.\x41\u0042\t", ".AB\t"),
        ("***=a.b*", "a.b*"),
        ("***:a.b", "axb"),
    ],
)
def test_a_sample_is_made_of_the_first_choices(pattern: str, sample: str) -> None:
    """First alternative, one repetition where possible, and a letter where any character matches."""
    assert make_sample(pattern) == sample


@pytest.mark.parametrize(
    "pattern", [r"(?x)a b", r"(?b)a", "(?<name>a)", "(a", "a)", "[a", r"\Z\q", "*a", r"\5", "[[.a.]]"]
)
def test_what_is_not_supported_has_no_sample(pattern: str) -> None:
    """Other options and constructs give no text rather than a wrong one."""
    assert make_sample(pattern) is None


@given(st.text("ab()[]{}|*+?.^$\\,-:=!<dwxu0129", max_size=20))
def test_any_text_is_read(pattern: str) -> None:
    """No pattern raises."""
    assert isinstance(make_sample(pattern), str | None)
