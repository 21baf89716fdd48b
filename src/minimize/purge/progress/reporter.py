"""Report the progress of a purge: phase, relation, what it waits for, and notes for the operator."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import KW_ONLY, asdict, dataclass, field, replace
from typing import Literal

from minimize.purge.progress.counters import Counters
from minimize.purge.throttle.governor import Governor, Wait

Phase = Literal["begin", "count", "erase", "vacuum", "prove"]


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a purge at one moment, for people and programs that watch it."""

    phase: Phase
    place: str
    """Name of the table or relation."""
    _: KW_ONLY
    run_pass: int = 1
    blocks_done: int = 0
    blocks_total: int = 0
    erased: int = 0
    """Values erased by this process."""
    hot_share: float | None = None
    """Share of the updated rows that needed no new index entry; None before the first row."""
    waiting_for: str | None = None
    """What a worker waits for; None if all are at work."""
    rows: int = 0
    """Rows updated by this process."""
    wal_bytes: int | None = None
    """WAL that the whole server wrote since this process began, read every second; None before the first reading."""
    note: str | None = None
    """Something an operator should know. It is reported once; the result contains it, too."""


@dataclass(slots=True)
class Reporter:
    """Calls `on_progress` with the progress of the purge, from one thread at a time."""

    on_progress: Callable[[Progress], None]
    counters: Counters
    _lock: threading.RLock = field(default_factory=threading.RLock)
    last: Progress = field(default_factory=lambda: Progress(phase="begin", place=""))

    def report_phase(self, phase: Phase, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        """Report a phase or the progress in it."""
        with self._lock:
            self.record_position(phase, place, run_pass, done, total)
            self.on_progress(self.last)

    def record_position(self, phase: Phase, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        """Store the progress without reporting it; the metrics and the state of the run show it."""
        totals = self.counters.totals
        if phase == "erase":
            self.counters.record_position(place, run_pass, done, total)
        with self._lock:
            self.last = Progress(
                phase=phase,
                place=place,
                run_pass=run_pass,
                blocks_done=done,
                blocks_total=total,
                erased=totals.erased,
                hot_share=totals.hot_share,
                rows=totals.rows,
                wal_bytes=totals.wal_bytes,
            )

    def report_waiting(self, reason: str | None) -> None:
        """Report what a worker waits for, once for each reason; None when it continues."""
        with self._lock:
            if reason != self.last.waiting_for:
                self.last = replace(self.last, waiting_for=reason)
                self.on_progress(self.last)

    def report_note(self, text: str) -> None:
        """Report something that an operator should know now."""
        with self._lock:
            self.on_progress(replace(self.last, note=text))

    def report_throttles(self, wait: Wait) -> None:
        """Report the throttles that the purge waits for."""
        self.report_waiting("; ".join(f"{reading.name}: {reading.text}" for reading in wait.readings) or None)


def describe(reporter: Reporter, governor: Governor) -> dict[str, object]:
    """Return the progress and the throttles as JSON for the row of the run."""
    return {
        **asdict(reporter.last),
        "throttles": [reading.as_json() for reading in governor.readings],
        "throttled_seconds": {name: round(seconds, 1) for name, seconds in governor.throttled_seconds.items()},
        "rested_seconds": round(governor.rested_seconds, 1),
    }
