"""What the workers of one process share: options, counters, the horizon, and what holds them back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

from minimize.purge.connection.control import Control
from minimize.purge.connection.horizon import KnownHorizon
from minimize.purge.outcome import Progress, PurgeOptions
from minimize.purge.progress.counters import Tally
from minimize.purge.throttle.governor import Governor, Wait
from minimize.purge.throttle.limits import Limits


@dataclass(slots=True)
class Teller:
    """Says where the purge is, one thread at a time."""

    on_progress: Callable[[Progress], None]
    tally: Tally
    _lock: threading.RLock = field(default_factory=threading.RLock)
    last: Progress = field(default_factory=lambda: Progress("begin", ""))

    def tell(self, phase: str, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        """Say where the purge is."""
        with self._lock:
            self.reach(phase, place, run_pass, done, total)
            self.on_progress(self.last)

    def reach(self, phase: str, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        """Take in where the purge is, for whoever asks before it is told."""
        totals = self.tally.totals
        if phase == "erase":
            self.tally.reach(place, run_pass, done, total)
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

    def tell_waiting(self, reason: str | None) -> None:
        """Say what a worker waits for, once for each reason; None when it goes on."""
        with self._lock:
            if reason != self.last.waiting_for:
                self.last = replace(self.last, waiting_for=reason)
                self.on_progress(self.last)

    def tell_note(self, text: str) -> None:
        """Say something that an operator should know now."""
        with self._lock:
            self.on_progress(replace(self.last, note=text))

    def tell_wait(self, wait: Wait) -> None:
        """Say which throttles hold the purge back."""
        self.tell_waiting("; ".join(f"{reading.name}: {reading.text}" for reading in wait.readings) or None)


@dataclass(frozen=True, slots=True)
class Shared:
    """One for each process; everything in it may be used by any worker."""

    options: PurgeOptions
    control: Control
    governor: Governor
    tally: Tally
    teller: Teller
    horizon: KnownHorizon = field(default_factory=KnownHorizon)

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return self.governor.limits


def describe(teller: Teller, governor: Governor) -> dict[str, object]:
    """Return what the process is at, as the row of the run has it."""
    return {
        **asdict(teller.last),
        "throttles": [reading.as_json() for reading in governor.readings],
        "throttled_seconds": {name: round(seconds, 1) for name, seconds in governor.throttled_seconds.items()},
        "rested_seconds": round(governor.rested_seconds, 1),
    }
