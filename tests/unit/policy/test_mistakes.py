"""Tests of the parts of a mistake's message."""

from __future__ import annotations

import pytest

from minimize.policy.mistakes import closest, did_you_mean, format_path, shorten


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("field", 0, "location", 2, "column"), "field[0].location[2].column"),
        (("keep_where", "a b"), 'keep_where."a b"'),
        (("keep_where", "größe"), 'keep_where."größe"'),
    ],
)
def test_paths_are_written_as_keys(path: tuple[str | int, ...], text: str) -> None:
    """Indexes are in brackets, and keys that need quotes are quoted."""
    assert format_path(path) == text


def test_suggestions_ignore_case() -> None:
    """The closest word is suggested regardless of case; no word is suggested if none is close."""
    assert closest("JSON_Pth", ["column", "json_path"]) == "json_path"
    assert did_you_mean("zzz", ["column"]) == ""


def test_long_text_is_cut() -> None:
    """A message never contains a long value."""
    assert len(shorten("x" * 1000)) < 100
