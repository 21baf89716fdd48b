"""How a running purge shows itself: bars on a terminal, plain lines elsewhere, JSON lines on request."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from minimize.purge.outcome import Progress

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def purge_progress(*, as_json: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what the purge reports to; everything goes to standard error."""
    if as_json:
        yield _JsonLines()
    elif sys.stderr.isatty():
        with _bars() as bars:
            yield _TerminalBars(bars)
    else:
        yield _PlainLines()


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

    def __init__(self) -> None:
        self.rate = _Rate()

    def __call__(self, progress: Progress) -> None:
        rate, left = self.rate.of(progress)
        line = {
            "phase": progress.phase,
            "place": progress.place,
            "pass": progress.run_pass,
            "blocks_done": progress.blocks_done,
            "blocks_total": progress.blocks_total,
            "erased": progress.erased,
            "values_per_second": round(rate),
            "seconds_left": None if left is None else round(left, 1),
        }
        click.echo(json.dumps(line), err=True)


class _PlainLines:
    """A line for each relation and phase, and one every few seconds in between, for log files."""

    def __init__(self) -> None:
        self.rate = _Rate()
        self.last: tuple[str, str, int] | None = None
        self.told = 0.0

    def __call__(self, progress: Progress) -> None:
        rate, left = self.rate.of(progress)
        now, step = time.monotonic(), (progress.phase, progress.place, progress.run_pass)
        if step == self.last and now - self.told < _SECONDS_BETWEEN_LINES:
            return
        self.last, self.told = step, now
        share = f" {progress.blocks_done / progress.blocks_total:4.0%}" if progress.blocks_total else ""
        eta = f", {left:.0f} s left in this relation" if left else ""
        click.echo(
            f"{progress.phase:6} {progress.place}{share}: {progress.erased:,} erased, {rate:,.0f}/s{eta}",
            err=True,
        )


class _TerminalBars:
    """A bar for the relation at work."""

    def __init__(self, bars: Bars) -> None:
        self.bars = bars
        self.rate = _Rate()
        self.task = bars.add_task("", total=None, rate="")
        self.place: tuple[str, int] | None = None

    def __call__(self, progress: Progress) -> None:
        rate, _ = self.rate.of(progress)
        if (progress.place, progress.run_pass) != self.place:
            self.place = (progress.place, progress.run_pass)
            self.bars.reset(self.task)
        self.bars.update(
            self.task,
            description=f"{progress.phase} {progress.place}",
            total=progress.blocks_total or None,
            completed=progress.blocks_done,
            rate=f"{progress.erased:,} erased, {rate:,.0f}/s",
        )


def _bars() -> Bars:
    return Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
