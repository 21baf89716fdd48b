"""When to VACUUM a leaf during a pass, so that the pass reuses the space that it frees."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field

from minimize.catalog.tables import Leaf
from minimize.purge.batch.vacuum import Vacuum, VacuumScope
from minimize.purge.connection.control import Control
from minimize.purge.connection.reconnecting_session import Session
from minimize.purge.progress.reporter import Reporter
from minimize.purge.throttle.limits import Limits
from minimize.purge.tuning import DEFAULT_TUNING, Tuning

PROCESS_MAIN_VERSION = 160000
"""First server version whose VACUUM has PROCESS_MAIN, and so can vacuum a TOAST table alone."""


@dataclass(slots=True, kw_only=True)
class VacuumSchedule:
    """The VACUUMs within one pass over a leaf: one at a time, run by the worker that finds one due. Thread-safe."""

    leaf: Leaf
    pages: int
    """Pages of the pass."""
    rewrites_documents: bool
    """Whether the purge writes whole documents again, which may be TOASTed."""
    jobs: int
    is_enabled: bool
    vacuum: Vacuum
    control: Control
    reporter: Reporter
    tuning: Tuning = DEFAULT_TUNING
    _purged: dict[VacuumScope, int] = field(default_factory=lambda: {"all": 0, "toast": 0}, init=False)
    """Pages purged since the last VACUUM of each scope."""
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _running: threading.Lock = field(default_factory=threading.Lock, init=False)

    def add_purged(self, pages: int) -> None:
        """Count pages that were purged."""
        with self._lock:
            for scope in self._purged:
                self._purged[scope] += pages

    @property
    def pages_until_due(self) -> int:
        """How many pages one worker may purge until it should call `run_if_due` again."""
        return max(1, math.ceil(min(self._worker_share(scope) for scope in self._purged)))

    def run_if_due(self, session: Session) -> bool:
        """Vacuum if enough was purged since the last VACUUM; return whether one was due.

        If it could not be done, it is retried when the next one is due; if the connection was lost, at once.
        """
        scope = next((scope for scope in self._purged if self._purged[scope] >= self._pages_between(scope)), None)
        if scope is None or not self._running.acquire(blocking=False):
            return False
        try:
            self._run(session, scope)
        finally:
            self._running.release()
        return True

    def _run(self, session: Session, scope: VacuumScope) -> None:
        before = dict(self._purged)
        if session.conn.info.server_version < PROCESS_MAIN_VERSION:
            scope = "all"
        self.reporter.record_position("vacuum", str(self.leaf.name))
        self.control.check(exchange_now=True)
        if reason := self.vacuum.vacuum(session, self.leaf, scope=scope):
            self.reporter.report_note(
                f"no VACUUM of {self.leaf.name} within the run: {reason}; it is retried after the next share"
            )
        with self._lock:
            for each, pages in before.items():
                if scope in ("all", each):
                    self._purged[each] -= pages

    def _worker_share(self, scope: VacuumScope) -> float:
        due = self._pages_between(scope)
        # Pages that are purged during a VACUUM count for the next one.
        purged = 0 if self._running.locked() else self._purged[scope]
        # At least an eighth: near the due time, steps of a few pages would slow the workers down.
        return min(max((due - purged) / self.jobs, due / 8), self.pages)

    def _pages_between(self, scope: VacuumScope) -> float:
        """Return how many purged pages make a VACUUM due."""
        share, leaf = self._limits.vacuum_share, self.leaf
        if not self.is_enabled or share is None:
            return math.inf
        minimum = self.tuning.min_vacuum_pages
        if scope == "all":
            return max(minimum, share * self.pages)
        if not self.rewrites_documents or leaf.toast_pages < leaf.pages:
            return math.inf
        return max(minimum * leaf.pages / leaf.toast_pages, min(share, self.tuning.toast_share) * self.pages)

    @property
    def _limits(self) -> Limits:
        return self.vacuum.governor.limits
