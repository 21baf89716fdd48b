"""Where a worker waits: for rest and throttles between two batches, and for the xmin horizon."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from minimize.catalog.connection import Connection
from minimize.purge.connection.horizon import KnownHorizon
from minimize.purge.throttle.governor import Governor
from minimize.purge.tuning import DEFAULT_TUNING

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.001, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The rests and waits of all workers of one process. Thread-safe."""

    governor: Governor
    check: Callable[[], None]
    """Raises if the purge is to stop, and blocks while it is paused."""
    report_waiting: Callable[[str | None], None]
    stuck_seconds: float = DEFAULT_TUNING.stuck_seconds
    horizon: KnownHorizon = field(default_factory=KnownHorizon)

    def rest_between_batches(self, conn: Connection, worked_seconds: float) -> None:
        """Rest, wait for the throttles, pause, or stop; call it between two transactions."""
        self.governor.wait(conn, worked_seconds)

    def wait_for_horizon(self, conn: Connection, xid: int) -> bool:
        """Wait until a transaction is past for every session; return whether that took any time.

        After `stuck_seconds` it reports which session holds the horizon back.
        """
        began, pause, is_reported = time.monotonic(), _FIRST_PAUSE_SECONDS, False
        while blocking := self.horizon.find_blocking(xid, conn):
            if time.monotonic() - began > self.stuck_seconds:
                is_reported = True
                self.report_waiting(f"an old snapshot of {blocking.holder}, so that pages cannot be pruned")
            self.check()
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        if is_reported:
            self.report_waiting(None)
            self.governor.add_waited_seconds("snapshot", time.monotonic() - began)
        return pause > _FIRST_PAUSE_SECONDS
