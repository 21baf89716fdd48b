"""Commands and options: each is documented, and each that a page uses exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tests.markdown import DOCS, ROOT, code_spans, fenced_blocks, pages, read
from tests.unit.docs.commands import all_commands, options, unknown_words

EVERYWHERE = "\n".join(map(read, pages()))
COMMANDS = [pytest.param(words, command, id=" ".join(words) or "minimize") for words, command in all_commands()]


def command_lines(text: str) -> list[str]:
    """Return what a page shows as a command line of ours: in blocks, indented or in backticks."""
    shell = [
        line for info in ("", "sh", "console") for block in fenced_blocks(text, info) for line in block.splitlines()
    ]
    indented = re.findall(r"^ {4}(.*)$", text, re.MULTILINE)
    lines = [line.removeprefix("$ ") for line in (*shell, *indented)]
    return [line for line in (*lines, *code_spans(text)) if re.match(r"(\.venv/bin/)?minimize [a-z-]", line)]


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_a_command_is_documented(words: tuple[str, ...], command: click.Command) -> None:
    """The name of each command is on some page, as one would type it."""
    assert command.help
    assert " ".join(("minimize", *words)) in EVERYWHERE or f"`{' '.join(words)}`" in EVERYWHERE


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_every_option_is_documented(words: tuple[str, ...], command: click.Command) -> None:
    """The options of a purge are in its guide, those of any other command on some page."""
    text = read(DOCS / "purge.md") if words == ("purge",) else EVERYWHERE
    # `--count` is the default, and its opposite is what a reader looks for.
    names = options(command, with_global=False)
    missing = [name for name in names if name not in text and f"--no-{name[2:]}" not in text]
    assert missing == []


@pytest.mark.parametrize("page", [*pages(), ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_every_command_line_of_a_page_is_one(page: Path) -> None:
    """No page uses a command or an option that does not exist."""
    wrong = {line: unknown for line in command_lines(read(page)) if (unknown := unknown_words(line))}
    assert wrong == {}


def test_unknown_words_are_found() -> None:
    """The check above finds a command and an option that do not exist, and accepts those that do."""
    assert unknown_words("minimize purge --dry-run --limit lag=32MB status --database east") == []
    assert unknown_words("minimize purge --fast") == ["--fast"]
    assert unknown_words("minimize erase") == ["erase"]
