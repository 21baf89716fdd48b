"""Tests of how a mistake is put into words."""

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
    """Indexes stand in brackets, keys that need quotes have them."""
    assert format_path(path) == text


def test_suggestions_ignore_case() -> None:
    """The closest word is found whatever its case; nothing is suggested when nothing is close."""
    assert closest("JSON_Pth", ["column", "json_path"]) == "json_path"
    assert did_you_mean("zzz", ["column"]) == ""


def test_long_text_is_cut() -> None:
    """A message never carries a long value."""
    assert len(shorten("x" * 1000)) < 100
