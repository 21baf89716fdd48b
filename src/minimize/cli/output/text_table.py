"""Plain tables on standard output that keep names and numbers whole, also on a narrow terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click
from rich.cells import cell_len
from rich.console import Console

from minimize.catalog.survey import SurveyedTable

_GAP = "   "
_INDENT = "  "
_MIN_TEXT_WIDTH = 20
"""Below this, text that may be wrapped is left whole: a terminal then breaks the line itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of text cells, its heading first."""

    cells: tuple[str, ...]
    is_number: bool

    @property
    def width(self) -> int:
        return max(cell_len(cell) for cell in self.cells)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, names: int = 1) -> None:
    """Print rows under headings: numbers to the right, None as a dash.

    On a terminal that is too narrow, the names get lines of their own above the other columns, and a last column of
    text is wrapped. Names and numbers are never cut. In a pipe or a file every row is one line.

    Args:
        columns: The headings.
        rows: The cells.
        names: How many of the first columns hold names.
    """
    table = [_column(heading, [row[index] for row in rows]) for index, heading in enumerate(columns)]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in _lines(table, width, names):
        click.echo(line)


def _column(heading: str, values: Sequence[object]) -> _Column:
    is_number = bool(values) and all(isinstance(value, int | float | None) for value in values)
    return _Column(cells=(heading, *map(_cell, values)), is_number=is_number)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _lines(table: Sequence[_Column], width: int | None, names: int) -> Iterator[str]:
    if width is None or _width(table) <= width or len(table) == names:
        yield from _grid(table)
        return
    others = _blocks(table[names:], width - len(_INDENT))
    for number, block in enumerate(others):
        if number == 1:
            yield "─" * (len(_INDENT) + max(map(cell_len, block)))
            continue
        row = max(0, number - 1)
        yield from _name_lines([column.cells[row] for column in table[:names]], width)
        yield from (f"{_INDENT}{line}" for line in block)


def _name_lines(cells: Sequence[str], width: int) -> list[str]:
    """Return the names of a row on one line, or each on its own where they do not fit."""
    given = [cell for cell in cells if cell]
    joined = _GAP.join(given)
    return [joined] if joined and cell_len(joined) <= width else given


def _width(table: Sequence[_Column]) -> int:
    return sum(column.width for column in table) + len(_GAP) * (len(table) - 1)


def _grid(table: Sequence[_Column]) -> Iterator[str]:
    for block in _blocks(table, None):
        yield from block


def _blocks(table: Sequence[_Column], width: int | None) -> Iterator[list[str]]:
    """Yield the lines of the headings, of the rule below them, and of each row."""
    widths = [column.width for column in table]
    if width is not None and not table[-1].is_number:
        widths[-1] = min(widths[-1], max(_MIN_TEXT_WIDTH, width - (_width(table) - widths[-1])))
    for number in range(len(table[0].cells)):
        cells = [column.cells[number] for column in table]
        wrapped = [cells[-1]] if cell_len(cells[-1]) <= widths[-1] else textwrap.wrap(cells[-1], widths[-1])
        lines = [[*cells[:-1], wrapped[0]], *([*([""] * (len(cells) - 1)), part] for part in wrapped[1:])]
        yield [_line(line, table, widths).rstrip() if width else _line(line, table, widths) for line in lines]
        if number == 0:
            yield ["─" * (sum(widths) + len(_GAP) * (len(widths) - 1))]


def _line(cells: Sequence[str], table: Sequence[_Column], widths: Sequence[int]) -> str:
    padded = []
    for cell, column, width in zip(cells, table, widths, strict=True):
        space = " " * (width - cell_len(cell))
        padded.append(f"{space}{cell}" if column.is_number else f"{cell}{space}")
    return _GAP.join(padded)


@contextmanager
def showing_table_read() -> Iterator[Callable[[SurveyedTable], None]]:
    """Show which table is being read, on a terminal's standard error; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with Console(stderr=True).status("reading") as status:
        yield lambda table: status.update(f"reading {table.name}")
