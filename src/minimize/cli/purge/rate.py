"""How fast a purge is: values per second, the time left in a relation, and both as text."""

from __future__ import annotations

import time

from minimize.purge.progress.reporter import Progress
from minimize.purge.throttle.units import format_size

Step = tuple[str, str, int]
"""The phase, the relation and the pass that a report is about."""


class Rate:
    """Values erased per second since the start, and the seconds left in a relation at its own speed.

    Args:
        began: When the purge started, by the monotonic clock; now, without it.
    """

    def __init__(self, began: float | None = None) -> None:
        self._began = self._step_began = time.monotonic() if began is None else began
        self._first_block = 0
        self._step: Step | None = None

    def measure(self, progress: Progress) -> tuple[float, float | None]:
        """Take in a report, and return both; the seconds are None until a block is done."""
        now = time.monotonic()
        step = step_of(progress)
        if step != self._step:
            self._step, self._step_began, self._first_block = step, now, progress.blocks_done
        done = progress.blocks_done - self._first_block
        left = progress.blocks_total - progress.blocks_done
        seconds = (now - self._step_began) / done * left if done else None
        return progress.erased / max(now - self._began, 1e-9), seconds


def step_of(progress: Progress) -> Step:
    """Return what a report is about."""
    return progress.phase, progress.place, progress.run_pass


def totals(progress: Progress, rate: float) -> str:
    """Return what this process has done so far; what is not known yet is left out."""
    hot = "" if progress.hot_share is None else f", {progress.hot_share:.0%} HOT"
    wal = "" if progress.wal_bytes is None else f", {format_size(progress.wal_bytes)} WAL"
    return f"{progress.erased:,} erased, {rate:,.0f}/s, {progress.rows:,} rows{hot}{wal}"
