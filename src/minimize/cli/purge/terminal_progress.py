"""Progress of a purge on a terminal: a few lines for each database at work, kept within the width of the terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from minimize.cli.purge.rate import Rate, step_of, totals
from minimize.purge.estate.overall_progress import DatabaseProgress
from minimize.purge.throttle.units import format_duration

_BAR_WIDTH = 24


class TerminalProgress:
    """Lines that are redrawn while the purge runs, and disappear at its end.

    For each database: what it is at, a bar for the relation, what was erased so far, a line for all tables with the
    time left, and what it waits for. A note, and the end of each pass over a relation, stay on the screen above them.
    Names and numbers are wrapped where they do not fit, and never cut.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._reports: dict[str | None, tuple[DatabaseProgress, float, float | None]] = {}
        self._rates: dict[str | None, Rate] = {}
        self._live = Live(console=self._console, get_renderable=self.render, refresh_per_second=4, transient=True)

    def __enter__(self) -> Self:
        """Return itself; `start` begins to draw."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Remove the lines."""
        self._live.stop()

    def start(self) -> None:
        """Begin to draw, if this was not called before. Until then, a question has the terminal for itself."""
        self._live.start()

    def show(self, report: DatabaseProgress) -> None:
        """Take in a report; the lines show it when they are drawn next."""
        progress, database = report.progress, report.database
        rate, seconds_left = self._rates.setdefault(database, Rate()).measure(progress)
        last = self._reports[database][0] if database in self._reports else None
        if progress.note:
            self._print(f"{_prefix(database)}note: {progress.note}")
            return
        if last is not None and (report.is_finished or step_of(progress) != step_of(last.progress)):
            self._print_end_of_pass(last)
        if report.is_finished:
            self._reports.pop(database, None)
        else:
            self._reports[database] = report, rate, seconds_left

    def _print_end_of_pass(self, last: DatabaseProgress) -> None:
        progress = last.progress
        if progress.phase == "erase":
            text = f"{progress.place}, pass {progress.run_pass}: {progress.blocks_total:,} pages done"
            self._print(f"{_prefix(last.database)}{text}")

    def _print(self, text: str) -> None:
        self._console.print(Text(text, overflow="fold"))

    def render(self) -> RenderableType:
        """Return the lines for every database at work."""
        return Group(
            *(
                line
                for report, rate, seconds_left in list(self._reports.values())
                for line in _lines(report, rate, seconds_left)
            )
        )


def _lines(report: DatabaseProgress, rate: float, seconds_left: float | None) -> list[Text]:
    progress = report.progress
    run_pass = f", pass {progress.run_pass}" if progress.run_pass > 1 else ""
    lines = [f"{_prefix(report.database)}{progress.phase} {progress.place}{run_pass}"]
    if progress.blocks_total:
        lines.append(f"  {_bar(progress.blocks_done, progress.blocks_total)} pages{_left(seconds_left)}")
    lines.append(f"  {totals(progress, rate)}")
    if report.pages_total:
        lines.append(f"  all tables: {_share(report.pages_done, report.pages_total)}{_left(report.seconds_left)}")
    texts = [Text(line, overflow="fold") for line in lines]
    if progress.waiting_for:
        texts.append(Text(f"  waiting: {progress.waiting_for}", style="yellow", overflow="fold"))
    return texts


def _prefix(database: str | None) -> str:
    return "" if database is None else f"{database}: "


def _bar(done: int, total: int) -> str:
    filled = round(_BAR_WIDTH * done / total)
    return f"{'━' * filled}{'╌' * (_BAR_WIDTH - filled)} {done:,}/{total:,}"


def _share(done: int, total: int) -> str:
    return f"{done / total:.0%} of {total:,} pages"


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f", about {format_duration(seconds)} left"
