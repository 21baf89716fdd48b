"""Announce a long statement, such as a count: nothing can be reported or requested while it runs."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.purge.connection.control import Control
from minimize.purge.progress.reporter import Phase, Reporter
from minimize.purge.throttle.governor import Governor


@dataclass(frozen=True, slots=True, kw_only=True)
class LongStatements:
    """What to do before a long statement on the session that holds the purge lock."""

    control: Control
    governor: Governor
    reporter: Reporter

    def announce(self, phase: Phase, place: str, run_pass: int = 1) -> None:
        """Report the phase, also in the state tables; stop or pause if requested; wait for the throttles."""
        self.reporter.report_phase(phase, place, run_pass)
        self.control.check(exchange_now=True)
        self.governor.wait(self.control.conn, 0)
