"""A release dates the changelog and raises the version of a checkout without tags."""

from __future__ import annotations

from datetime import date

import pytest

from tools import release

CHANGELOG = """\
# Changelog

## [Unreleased]

### Added

- A command.

## [0.1.0] - 2026-01-02

First version.
"""
DAY = date(2026, 3, 4)


def test_unreleased_changes_move_under_the_version() -> None:
    """The changes keep their text, and the part for the next changes is empty."""
    text = release.cut(CHANGELOG, "0.2.0", DAY)
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-03-04\n\n### Added\n\n- A command.\n" in text
    assert release.notes(text, "Unreleased") == ""
    assert release.notes(text, "0.2.0") == "### Added\n\n- A command."
    assert release.notes(text, "0.1.0") == "First version."


def test_a_version_is_cut_once() -> None:
    """A version that has a part is refused, and so is a release without a change."""
    with pytest.raises(SystemExit, match=r"a part for 0\.1\.0"):
        release.cut(CHANGELOG, "0.1.0", DAY)
    with pytest.raises(SystemExit, match="nothing is under"):
        release.cut(release.cut(CHANGELOG, "0.2.0", DAY), "0.3.0", DAY)


def test_an_unknown_version_has_no_notes() -> None:
    """A tag that the changelog does not know cannot be published."""
    with pytest.raises(SystemExit, match=r"no part for 9\.9\.9"):
        release.notes(CHANGELOG, "9.9.9")


def test_the_fallback_is_the_next_minor_version() -> None:
    """A checkout without tags is later than the release, and the project's own setting is found."""
    pyproject = release.PYPROJECT.read_text(encoding="utf-8")
    assert 'fallback-version = "1.3.0.dev0"' in release.raise_fallback(pyproject, "1.2.7")


@pytest.mark.parametrize("arguments", [[], ["1.2"], ["v1.2.3"], ["--notes"]])
def test_a_version_is_required(arguments: list[str]) -> None:
    """Nothing is written without a complete version."""
    with pytest.raises(SystemExit, match=r"no version of the form 1\.2\.3"):
        release.main(arguments)
