"""The pages about a purge: every limit with its default, every message as the code has it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minimize.errors import ExitCode
from minimize.purge.throttle.limits import Limits
from tests.markdown import DOCS, README, read, section, table_rows

LIMITS = read(DOCS / "purge-limits.md")


def test_every_limit_is_in_the_page_with_its_default() -> None:
    """A limit that is added, renamed or given another default has to be changed in the page."""
    rows = re.findall(r"^\| `([a-z-]+)` \| `([^`]+)`", LIMITS, re.MULTILINE)
    assert dict(rows) == Limits().to_json()


def test_the_profile_fast_is_described_as_it_is() -> None:
    """The values that the profile fast sets stand beside the defaults."""
    rows = re.findall(r"^\| `([a-z-]+)` \| `[^`]+` \(fast `([^`]+)`\)", LIMITS, re.MULTILINE)
    fast, gentle = Limits.parse(["profile=fast"]).to_json(), Limits().to_json()
    assert dict(rows) == {name: fast[name] for name in fast if fast[name] != gentle[name] and name != "profile"}


def test_the_earlier_names_are_accepted() -> None:
    """Each name that the page calls an earlier one is still read."""
    (line,) = [line for line in LIMITS.splitlines() if line.startswith("The earlier names")]
    names = re.findall(r"`([a-z-]+)`", line)
    assert len(names) == 5
    assert all(Limits.parse([f"{name}={'0.5' if name == 'duty' else '7'}"]) != Limits() for name in names)


@pytest.mark.parametrize("page", [README, DOCS / "purge.md"], ids=["README", "purge"])
def test_every_exit_code_is_in_the_page(page: Path) -> None:
    """Both tables have a row for each code."""
    rows = table_rows(section(read(page), "Exit codes"))
    assert [row[0] for row in rows] == [str(int(code)) for code in ExitCode]


def test_exit_codes_have_the_words_of_the_code_in_the_readme() -> None:
    """The README says what `minimize --help` says."""
    rows = table_rows(section(read(README), "Exit codes"))
    assert {int(code): words for code, words in rows} == {int(code): code.words for code in ExitCode}
