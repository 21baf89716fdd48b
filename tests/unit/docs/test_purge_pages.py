"""The pages about a purge: every limit with its default, every message as the code has it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from minimize.errors import ExitCode
from minimize.purge.throttle.limits import Limits
from tests.markdown import DOCS, README, ROOT, read, section, table_rows

LIMITS = read(DOCS / "purge-limits.md")
TROUBLESHOOTING = read(DOCS / "purge-troubleshooting.md")
MESSAGES = re.findall(r"^\| `([^`]*[a-z] [^`]*)`", TROUBLESHOOTING, re.MULTILINE)
LEFT_OUT = "…"


def texts_of_the_code() -> Iterator[str]:
    """Yield every string of the package, f-strings with a mark in place of each value."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


TEXTS = "\n".join(texts_of_the_code())


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


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_the_page_is_one_of_the_code(message: str) -> None:
    """A reader who searches the page for what the terminal shows finds it."""
    parts = [part.strip(" ;:().,") for part in message.split(LEFT_OUT)]
    missing = [part for part in parts if part and part not in TEXTS]
    # A name and its reading are two texts of the code.
    assert [part for part in missing if not all(piece in TEXTS for piece in part.split(": "))] == []


def test_the_page_has_messages() -> None:
    """The check above looks at something, and a text that nothing prints is not among those of the code."""
    assert len(MESSAGES) > 25
    assert "the purge sends a postcard" not in TEXTS
