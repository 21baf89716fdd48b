"""What the workers of one process share: options, counters, the horizon, and when to pause or stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from minimize.errors import DatabaseError
from minimize.purge.checkpoint import take_lock
from minimize.purge.horizon import KnownHorizon
from minimize.purge.outcome import Progress, PurgeOptions
from minimize.purge.session import Session
from minimize.purge.stop import StopRequest
from minimize.purge.tally import Tally


@dataclass(slots=True)
class Shared:
    """One for each process; every method may be called by any worker."""

    anchor: Session
    """Holds the purge lock of the database."""
    options: PurgeOptions
    stop: StopRequest
    on_progress: Callable[[Progress], None]
    tally: Tally = field(default_factory=Tally)
    horizon: KnownHorizon = field(default_factory=KnownHorizon)
    _anchoring: threading.Lock = field(default_factory=threading.Lock)
    _telling: threading.Lock = field(default_factory=threading.Lock)
    _last: Progress = field(default_factory=lambda: Progress("begin", ""))

    def breathe(self, session: Session) -> None:  # noqa: ARG002 - soon
        """Stop or pause here, between two transactions, where that is asked for."""
        self.stop.check()

    def reanchor(self) -> None:
        """Make sure that this process still has the purge lock, after some connection was lost.

        Raises:
            RefusedError: Another purge has taken it meanwhile.
        """
        with self._anchoring:
            try:
                take_lock(self.anchor.conn)
            except DatabaseError:
                if not self.anchor.is_lost:
                    raise
                self.anchor.renew()
                take_lock(self.anchor.conn)

    def tell(self, phase: str, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        """Say where the purge is."""
        totals = self.tally.totals
        with self._telling:
            self._last = Progress(phase, place, run_pass, done, total, totals.erased, totals.hot_share)
            self.on_progress(self._last)

    def tell_waiting(self, reason: str | None) -> None:
        """Say what a worker waits for, once; None when it goes on."""
        with self._telling:
            if reason != self._last.waiting_for:
                self._last = replace(self._last, waiting_for=reason)
                self.on_progress(self._last)
