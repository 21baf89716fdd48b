"""Reading the project's Markdown pages: fenced blocks, tables, and the sample output in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
_RULE = re.compile(r"[─ ]{20,}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A command in a fenced block of a page, and the output shown below it."""

    command: str
    lines: tuple[str, ...]


def pages() -> list[Path]:
    """Return every page for users: the README and all of docs, without the decisions."""
    return [README, *sorted(page for page in DOCS.rglob("*.md") if "adr" not in page.parts)]


def read(page: Path) -> str:
    """Return the text of a page."""
    return page.read_text(encoding="utf-8")


def fenced_blocks(text: str, info: str = "") -> list[str]:
    """Return the fenced code blocks of a page that have this info string."""
    found = re.findall(r"^```([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [body for given, body in found if given.strip() == info]


def code_spans(text: str) -> list[str]:
    """Return everything in single backticks, outside fenced blocks."""
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", outside)


def section(text: str, heading: str) -> str:
    """Return the part of a page from a heading to the next one of the same or a higher level."""
    match = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert match, heading
    rest = text[match.end() :]
    end = re.search(rf"^#{{1,{len(match[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of each row of the tables in a text, without headings and rules."""
    lines = text.splitlines()
    rows = []
    for number, line in enumerate(lines):
        is_heading = number + 1 < len(lines) and re.match(r"\|[-|: ]+$", lines[number + 1])
        if line.startswith("|") and not is_heading and not re.match(r"\|[-|: ]+$", line):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            rows.append([cell.strip().replace("\\|", "|") for cell in cells])
    return rows


def samples(block: str) -> Iterator[Sample]:
    """Yield every `$ command` of a block with the output below it."""
    command, lines = None, list[str]()
    for line in block.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield Sample(command, tuple(lines))
            command, lines = line[2:], []
        else:
            lines.append(line)
    if command is not None:
        yield Sample(command, tuple(lines))


def headings(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the column headings of each table that a command printed: the line above a rule."""
    pairs = pairwise(lines)
    return [tuple(re.split(r" {2,}", above.strip())) for above, rule in pairs if _RULE.fullmatch(rule)]


def is_rule(line: str) -> bool:
    """Whether a line is the rule below the headings of a table that a command printed."""
    return bool(_RULE.fullmatch(line))
