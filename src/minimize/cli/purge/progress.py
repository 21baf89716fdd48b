"""Progress of a purge on standard error: a display on a terminal, plain lines elsewhere, or JSON lines."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click

from minimize.cli.output.stderr import ignoring_closed_stderr
from minimize.cli.purge.rate import Rate, Step, step_of, totals
from minimize.cli.purge.terminal_progress import TerminalProgress
from minimize.purge.estate.overall_progress import DatabaseProgress
from minimize.purge.progress.reporter import Progress
from minimize.purge.throttle.units import format_duration

_SECONDS_BETWEEN_LINES = 5.0


class _Display(Protocol):
    """Shows the reports of one database."""

    def show(self, report: DatabaseProgress) -> None: ...


class ProgressDisplay:
    """Shows the reports of several databases, and keeps the notes that it has printed."""

    def __init__(self, *, as_json: bool, terminal: TerminalProgress | None = None) -> None:
        self.notes: set[tuple[str | None, str]] = set()
        self._as_json = as_json
        self._terminal = terminal
        self._displays: dict[str | None, _Display] = {}
        self._lock = threading.Lock()
        self._began = time.monotonic()

    def __call__(self, report: DatabaseProgress) -> None:
        """Show a report, from any thread. A report that cannot be written is lost, and the purge continues."""
        with self._lock, ignoring_closed_stderr():
            if report.progress.note and not report.is_finished:
                self.notes.add((report.database, report.progress.note))
            if report.database not in self._displays:
                self._displays[report.database] = self._create(report.database)
            self._displays[report.database].show(report)

    def _create(self, database: str | None) -> _Display:
        if self._terminal is not None:
            self._terminal.start()
            return self._terminal
        # One of several databases starts with its first report.
        rate = Rate(self._began if database is None else None)
        return _JsonLines(rate) if self._as_json else _PlainLines(rate)


@contextmanager
def showing_progress(*, as_json: bool) -> Iterator[ProgressDisplay]:
    """Yield the display of a purge, to be called with each report of progress."""
    if as_json or not sys.stderr.isatty():
        yield ProgressDisplay(as_json=as_json)
        return
    with TerminalProgress() as terminal:
        yield ProgressDisplay(as_json=False, terminal=terminal)


class _JsonLines:
    """One JSON object for each report, for programs."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate

    def show(self, report: DatabaseProgress) -> None:
        if report.is_finished:
            return
        progress = report.progress
        rate, seconds_left = self._rate.measure(progress)
        line = {
            **({} if report.database is None else {"database": report.database}),
            "phase": progress.phase,
            "place": progress.place,
            "pass": progress.run_pass,
            "blocks_done": progress.blocks_done,
            "blocks_total": progress.blocks_total,
            "erased": progress.erased,
            "rows": progress.rows,
            "hot_share": progress.hot_share,
            "values_per_second": round(rate),
            "seconds_left": None if seconds_left is None else round(seconds_left, 1),
            "overall_seconds_left": None if report.seconds_left is None else round(report.seconds_left, 1),
            "wal_bytes": progress.wal_bytes,
            "waiting_for": progress.waiting_for,
            "note": progress.note,
        }
        click.echo(json.dumps(line), err=True)


class _PlainLines:
    """A line for each relation and phase, and one every few seconds, for log files.

    The begin and the end of a wait are printed at once. A new reason for the same wait is printed with the next line.
    """

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._last_step: Step | None = None
        self._last_line = 0.0
        self._waiting_since: float | None = None

    def show(self, report: DatabaseProgress) -> None:
        if report.is_finished:
            return
        progress, database = report.progress, "" if report.database is None else f"{report.database}: "
        rate, seconds_left = self._rate.measure(progress)
        if progress.note:
            click.echo(f"{database}note: {progress.note}", err=True)
            return
        now, step = time.monotonic(), step_of(progress)
        has_begun_waiting = self._print_wait(progress, database, now)
        if has_begun_waiting or (step == self._last_step and now - self._last_line < _SECONDS_BETWEEN_LINES):
            return
        self._last_step, self._last_line = step, now
        if progress.waiting_for is not None and self._waiting_since is not None:
            click.echo(f"{database}waiting for {now - self._waiting_since:.0f} s: {progress.waiting_for}", err=True)
            return
        share = f" {progress.blocks_done / progress.blocks_total:4.0%}" if progress.blocks_total else ""
        text = f"{database}{progress.phase:6} {progress.place}{share}: {totals(progress, rate)}"
        click.echo(f"{text}{_times_left(seconds_left, report.seconds_left)}", err=True)

    def _print_wait(self, progress: Progress, database: str, now: float) -> bool:
        """Print that a wait begins or ends; return whether one begins."""
        if progress.waiting_for is not None and self._waiting_since is None:
            self._waiting_since = self._last_line = now
            click.echo(f"{database}waiting: {progress.waiting_for}", err=True)
            return True
        if progress.waiting_for is None and self._waiting_since is not None:
            click.echo(f"{database}going on after {now - self._waiting_since:.0f} s", err=True)
            self._waiting_since = None
        return False


def _times_left(relation: float | None, overall: float | None) -> str:
    in_relation = f", {relation:.0f} s left in this relation" if relation else ""
    in_all = f", {format_duration(overall)} in all" if relation and overall else ""
    return f"{in_relation}{in_all}"
