"""Messages that pages quote are those of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.markdown import DOCS, ROOT, pages, read

MESSAGES = re.findall(r"^\| `([^`]*[a-z] [^`]*)`", read(DOCS / "purge-troubleshooting.md"), re.MULTILINE)
LEFT_OUT = "…"
HINTS = sorted({line for page in pages() for line in re.findall(r"^ *(?:hint|HINT): +(.*)$", read(page), re.MULTILINE)})
ERRORS = sorted(
    {line for page in pages() for line in re.findall(r"^ *(?:error|FAILED|ERROR): +(.*)$", read(page), re.MULTILINE)}
)


@cache
def texts() -> tuple[str, ...]:
    """Return every string of the package and every string in its SQL; a value that is filled in is a NUL."""
    return tuple(text for text in (*_python_texts(), *_sql_texts()) if len(text) > 3)


def _python_texts() -> Iterator[str]:
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _sql_texts() -> Iterator[str]:
    for path in (ROOT / "src").rglob("*.sql"):
        yield from re.findall(r"'((?:[^']|'')*)'", path.read_text(encoding="utf-8"))


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each text that reads like a message: words, with anything where a value is filled in."""
    found = []
    for text in texts():
        for line in text.splitlines():
            filled = re.sub(r"%[sI]|\{[a-z_]*\}", "\0", line)
            if len(filled.replace("\0", "").split()) > 2:
                found.append(re.compile(".+".join(map(re.escape, filled.strip().split("\0")))))
    return tuple(found)


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_the_troubleshooting_page_is_one_of_the_code(message: str) -> None:
    """A reader who searches the page for what the terminal shows finds it."""
    code = "\n".join(texts())
    parts = [part.strip(" ;:().,") for part in message.split(LEFT_OUT)]
    # A name and its reading are two texts of the code.
    assert [part for part in parts if part not in code and not all(piece in code for piece in part.split(": "))] == []


@pytest.mark.parametrize("hint", HINTS)
def test_a_hint_of_a_page_is_one_of_the_code(hint: str) -> None:
    """Sample output shows the hints that the tool gives now."""
    assert any(pattern.search(hint) for pattern in patterns())


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_of_a_page_is_one_of_the_code(error: str) -> None:
    """Sample output shows the errors that the tool gives now."""
    assert any(pattern.search(error) for pattern in patterns())


def test_what_nothing_prints_is_found() -> None:
    """The checks above look at something, and fail for a text that is not in the code."""
    assert len(MESSAGES) > 25
    assert len(HINTS) >= 4
    assert not any(pattern.search("the purge sends a postcard to the operator") for pattern in patterns())
