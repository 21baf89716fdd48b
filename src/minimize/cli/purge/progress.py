"""How a running purge shows itself: bars on a terminal, plain lines elsewhere, JSON lines and a file on request."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from minimize.cli.output.stderr import ignoring_closed_stderr
from minimize.cli.purge.warning import warn
from minimize.purge.progress.metrics_file import MetricsFile, MetricsSource
from minimize.purge.progress.reporter import Progress
from minimize.purge.throttle.units import format_size

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def purge_progress(*, as_json: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what the purge reports to; everything goes to standard error."""
    with estate_progress(as_json=as_json) as on_progress_of:
        yield on_progress_of(None)


@contextmanager
def estate_progress(*, as_json: bool) -> Iterator[Callable[[str | None], Callable[[Progress], None]]]:
    """Yield what returns, for each database by its id, what its purge reports to; the lines name the database.

    A report that cannot be written is nobody's loss, and no reason to end.
    """
    if as_json:
        yield lambda database: ignoring_closed_stderr()(_JsonLines(database))
    elif sys.stderr.isatty():
        with Bars(*columns(), console=Console(stderr=True), transient=True) as bars:
            yield lambda database: ignoring_closed_stderr()(_TerminalBars(bars, database))
    else:
        yield lambda database: ignoring_closed_stderr()(_PlainLines(database))


def keeping(metrics: Path | None, subjects: Collection[MetricsSource]) -> AbstractContextManager[object]:
    """Keep the file for Prometheus, where one is wanted, while the block runs.

    Raises:
        UsageError: It cannot be written.
    """
    return MetricsFile(metrics, subjects, warn) if metrics else nullcontext()


class _Rate:
    """Values erased per second since the start, and the time left in a relation at its own speed."""

    def __init__(self) -> None:
        self.began = self.relation_began = time.monotonic()
        self.first_block = 0
        self.step: tuple[str, str, int] | None = None

    def of(self, progress: Progress) -> tuple[float, float | None]:
        now = time.monotonic()
        step = progress.phase, progress.place, progress.run_pass
        if step != self.step:
            self.step, self.relation_began, self.first_block = step, now, progress.blocks_done
        done = progress.blocks_done - self.first_block
        left = progress.blocks_total - progress.blocks_done
        seconds = (now - self.relation_began) / done * left if done else None
        return progress.erased / max(now - self.began, 1e-9), seconds


class _JsonLines:
    """One JSON object a line, for programs."""

    def __init__(self, database: str | None) -> None:
        self.database = {} if database is None else {"database": database}
        self.rate = _Rate()

    def __call__(self, progress: Progress) -> None:
        rate, left = self.rate.of(progress)
        line = {
            **self.database,
            "phase": progress.phase,
            "place": progress.place,
            "pass": progress.run_pass,
            "blocks_done": progress.blocks_done,
            "blocks_total": progress.blocks_total,
            "erased": progress.erased,
            "rows": progress.rows,
            "hot_share": progress.hot_share,
            "values_per_second": round(rate),
            "seconds_left": None if left is None else round(left, 1),
            "wal_bytes": progress.wal_bytes,
            "waiting_for": progress.waiting_for,
            "note": progress.note,
        }
        click.echo(json.dumps(line), err=True)


class _PlainLines:
    """A line for each relation and phase, and one every few seconds in between, for log files; a wait is told at once.

    What is waited for is told again only with those: a lag that grows is no news.
    """

    def __init__(self, database: str | None) -> None:
        self.database = "" if database is None else f"{database}: "
        self.rate = _Rate()
        self.last: tuple[str, str, int] | None = None
        self.told = 0.0
        self.waiting_since: float | None = None

    def __call__(self, progress: Progress) -> None:
        rate, left = self.rate.of(progress)
        if progress.note:
            click.echo(f"{self.database}note: {progress.note}", err=True)
            return
        now, step = time.monotonic(), (progress.phase, progress.place, progress.run_pass)
        is_news = self._report_throttles(progress, now)
        if is_news or (step == self.last and now - self.told < _SECONDS_BETWEEN_LINES):
            return
        self.last, self.told = step, now
        if progress.waiting_for is not None and self.waiting_since is not None:
            click.echo(f"{self.database}waiting for {now - self.waiting_since:.0f} s: {progress.waiting_for}", err=True)
            return
        share = f" {progress.blocks_done / progress.blocks_total:4.0%}" if progress.blocks_total else ""
        eta = f", {left:.0f} s left in this relation" if left else ""
        click.echo(
            f"{self.database}{progress.phase:6} {progress.place}{share}: {_totals(progress, rate)}{eta}", err=True
        )

    def _report_throttles(self, progress: Progress, now: float) -> bool:
        """Tell that a wait begins or ends; return whether it is one that begins, which is all there is to tell."""
        if progress.waiting_for is not None and self.waiting_since is None:
            self.waiting_since = self.told = now
            click.echo(f"{self.database}waiting: {progress.waiting_for}", err=True)
            return True
        if progress.waiting_for is None and self.waiting_since is not None:
            click.echo(f"{self.database}going on after {now - self.waiting_since:.0f} s", err=True)
            self.waiting_since = None
        return False


class _TerminalBars:
    """A bar for the relation at work, above it a line for each one that is done, below it what is waited for."""

    def __init__(self, bars: Bars, database: str | None) -> None:
        self.database = "" if database is None else f"{database}: "
        self.bars = bars
        self.rate = _Rate()
        self.task = bars.add_task("", total=None, totals="", waiting="")
        self.last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        rate, _ = self.rate.of(progress)
        if progress.note:
            self.bars.console.print(f"{self.database}note: {progress.note}", markup=False, highlight=False)
            return
        if self.last is None or _step(progress) != _step(self.last):
            self._close()
            self.bars.reset(self.task)
        self.last = progress
        self.bars.update(
            self.task,
            description=escape(f"{self.database}{progress.phase} {progress.place}"),
            total=progress.blocks_total or None,
            completed=progress.blocks_done,
            totals=_totals(progress, rate),
            waiting=escape(f"waiting: {progress.waiting_for}") if progress.waiting_for else "",
        )

    def _close(self) -> None:
        """Leave a line behind of the pass that has ended."""
        if self.last is not None and self.last.phase == "erase":
            text = f"{self.database}{self.last.place}, pass {self.last.run_pass}: {self.last.blocks_total:,} pages done"
            self.bars.console.print(text, markup=False, highlight=False)


def _step(progress: Progress) -> tuple[str, str, int]:
    return progress.phase, progress.place, progress.run_pass


def _totals(progress: Progress, rate: float) -> str:
    hot = "" if progress.hot_share is None else f", {progress.hot_share:.0%} HOT"
    wal = "" if progress.wal_bytes is None else f", {format_size(progress.wal_bytes)} WAL"
    return f"{progress.erased:,} erased, {rate:,.0f}/s, {progress.rows:,} rows{hot}{wal}"


def columns() -> tuple[ProgressColumn, ...]:
    """Return what a terminal shows of the relation at work, from left to right."""
    return (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[totals]}"),
        TextColumn("{task.fields[waiting]}", style="yellow"),
    )
