"""Report where a purge is: the phase, the relation, what it waits for, and notes for the operator."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from minimize.purge.progress.counters import Counters
from minimize.purge.throttle.governor import Governor, Wait

Phase = Literal["begin", "count", "erase", "vacuum", "prove"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the purge is, for those who watch it."""

    phase: Phase
    place: str
    run_pass: int = 1
    blocks_done: int = 0
    blocks_total: int = 0
    erased: int = 0
    """Values erased by this process."""
    hot_share: float | None = None
    """Share of the updated rows that needed no index entry; None before the first."""
    waiting_for: str | None = None
    """What a worker waits for; None while all are at work."""
    rows: int = 0
    """Rows updated by this process."""
    wal_bytes: int | None = None
    """WAL that the whole server has written since this process began, read every second; None before the first."""
    note: str | None = None
    """Something an operator should know, told once; the result has it, too."""


@dataclass(slots=True)
class Reporter:
    """Says where the purge is, one thread at a time."""

    on_progress: Callable[[Progress], None]
    counters: Counters
    _lock: threading.RLock = field(default_factory=threading.RLock)
    last: Progress = field(default_factory=lambda: Progress("begin", ""))

    def report_phase(self, phase: Phase, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        """Say where the purge is."""
        with self._lock:
            self.record_position(phase, place, run_pass, done, total)
            self.on_progress(self.last)

    def record_position(self, phase: Phase, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        """Take in where the purge is, for whoever asks before it is told."""
        totals = self.counters.totals
        if phase == "erase":
            self.counters.record_position(place, run_pass, done, total)
        with self._lock:
            self.last = Progress(
                phase,
                place,
                run_pass,
                done,
                total,
                totals.erased,
                totals.hot_share,
                rows=totals.rows,
                wal_bytes=totals.wal_bytes,
            )

    def report_waiting(self, reason: str | None) -> None:
        """Say what a worker waits for, once for each reason; None when it goes on."""
        with self._lock:
            if reason != self.last.waiting_for:
                self.last = replace(self.last, waiting_for=reason)
                self.on_progress(self.last)

    def report_note(self, text: str) -> None:
        """Say something that an operator should know now."""
        with self._lock:
            self.on_progress(replace(self.last, note=text))

    def report_throttles(self, wait: Wait) -> None:
        """Say which throttles hold the purge back."""
        self.report_waiting("; ".join(f"{reading.name}: {reading.text}" for reading in wait.readings) or None)


def describe(reporter: Reporter, governor: Governor) -> dict[str, object]:
    """Return what the process is at, as the row of the run has it."""
    return {
        **asdict(reporter.last),
        "throttles": [reading.as_json() for reading in governor.readings],
        "throttled_seconds": {name: round(seconds, 1) for name, seconds in governor.throttled_seconds.items()},
        "rested_seconds": round(governor.rested_seconds, 1),
    }
