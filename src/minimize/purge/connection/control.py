"""Pause, cancel and tune a run from another terminal, through its row in the state tables."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from tenacity import stop_after_attempt

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.errors import DatabaseError, InterruptedRunError, RefusedError
from minimize.purge.connection.reconnecting_session import Session
from minimize.purge.connection.retry import retry
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.state.purge_lock import take_lock
from minimize.purge.state.runs import Run
from minimize.purge.throttle.limits import Limits
from minimize.purge.tuning import DEFAULT_TUNING

_T = TypeVar("_T")
_PAUSE_SECONDS = 0.25
_EXCHANGE = """
UPDATE minimize.purge_run SET seen_at = clock_timestamp(), backend_pid = pg_backend_pid(), activity = %s
WHERE run_id = %s AND state = 'running' AND backend_pid = ANY (%s)
RETURNING wanted, limits, (pg_current_wal_insert_lsn() - '0/0')::bigint
"""
PAUSED = "paused; `minimize purge resume` lets it go on"
_CANCEL = "UPDATE minimize.purge_run SET state = 'cancelled', ended_at = now() WHERE run_id = %s"


@dataclass(slots=True, kw_only=True)
class Control:
    """Writes the progress of the run to its row, and reads requests and limits from it. Thread-safe.

    Uses the session that holds the purge lock, which nothing else uses while workers are working. If the server has
    closed that session, `check` blocks all workers until the lock is held again.
    """

    run: Run
    lock_session: Session
    """The session that holds the purge lock."""
    stop: StopRequest
    describe: Callable[[], Mapping[str, object]]
    """Return the current progress, as JSON can represent it."""
    retune: Callable[[Limits], None]
    """Put new limits in force."""
    report_waiting: Callable[[str | None], None] = lambda _: None
    """Report that the run is paused; with None, that it continues."""
    record_wal_position: Callable[[int], None] = lambda _: None
    """Record how many bytes of WAL the server has written since it was initialised."""
    poll_seconds: float = DEFAULT_TUNING.poll_seconds
    max_losses: int = DEFAULT_TUNING.max_losses
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _holds_purge_lock: bool = True
    _backends: set[int] = field(default_factory=set)
    """Every server process that has held the purge lock for this process."""
    _due: float = 0.0
    _wanted: Literal["run", "pause", "cancel"] = "run"

    def __post_init__(self) -> None:
        """Record the server process that began the run."""
        self._backends.add(self.conn.info.backend_pid)

    @property
    def conn(self) -> Connection:
        """The current connection of the session that holds the purge lock."""
        return self.lock_session.conn

    def check(self, *, exchange_now: bool = False) -> None:
        """Stop here if requested, and wait here while the run is paused.

        Args:
            exchange_now: Exchange progress and requests now. Use it before a long statement, such as the count of a
                table.

        Raises:
            InterruptedRunError: A stop was requested, or the run was cancelled.
            RefusedError: The connection was lost, and another purge has taken over the run, even if it has ended since.
        """
        self.stop.check()
        if exchange_now:
            self._due = 0.0
        self._poll()
        if self._wanted == "pause":
            self._wait_while_paused()
        if self._wanted == "cancel":
            raise InterruptedRunError(
                "the run was cancelled",
                hint="What was erased stays erased; the next purge begins a new run.",
            )

    def _wait_while_paused(self) -> None:
        while self._wanted == "pause":
            # Report it each time: an outage in between replaces the message.
            self.report_waiting(PAUSED)
            self.stop.wait(min(_PAUSE_SECONDS, self.poll_seconds))
            self._poll()
        self.report_waiting(None)

    def retake_lock(self) -> None:
        """Make sure that this process still holds the purge lock; call it after any connection was lost.

        Raises:
            RefusedError: Another purge has taken it.
        """
        with self._lock:
            self._holds_purge_lock = False
            self._take_lock()
            self._holds_purge_lock = True

    def retry_on_loss(self, action: Callable[[], _T]) -> _T:
        """Run an action on `conn`, and repeat it on a new connection if the connection was lost.

        The action must be safe to repeat. While it waits, `check` may already have reconnected.
        """
        conn = self.conn

        def attempt() -> _T:
            nonlocal conn
            conn = self.conn
            return action()

        def is_loss(error: BaseException) -> bool:
            return isinstance(error, DatabaseError) and (self.lock_session.is_lost or self.conn is not conn)

        return retry(
            attempt,
            until=stop_after_attempt(self.max_losses + 1),
            on_error=is_loss,
            before_pause=lambda _: self.retake_lock(),
        )

    def _take_lock(self) -> None:
        retry(
            lambda: take_lock(self.conn),
            until=stop_after_attempt(self.max_losses + 1),
            on_error=lambda error: isinstance(error, DatabaseError) and self.lock_session.is_lost,
            before_pause=lambda _: self.lock_session.renew(),
        )

    def _is_due(self) -> bool:
        return time.monotonic() >= self._due or not self._holds_purge_lock or self.lock_session.has_unread_data

    def _poll(self) -> None:
        if not self._is_due():
            return
        # A worker that arrives during another worker's exchange waits for its result: the lock may be lost.
        with self._lock:
            if not self._is_due():
                return
            if not self._holds_purge_lock:
                self.retake_lock()
            self._due = time.monotonic() + self.poll_seconds
            self.retry_on_loss(self._exchange)

    def _exchange(self) -> None:
        activity = {**self.describe(), "wanted": self._wanted}
        self._backends.add(self.conn.info.backend_pid)
        parameters = [json.dumps(activity), self.run.run_id, list(self._backends)]
        with translate_errors("exchanging the progress and the requests of the run"):
            row = self.conn.execute(_EXCHANGE, parameters).fetchone()
            if row is None:
                raise RefusedError(
                    f"run {self.run.run_id} was closed or taken over by another process",
                    hint="Run the same command again: it begins a new run, or resumes the existing one.",
                )
            wanted, limits, wal = row
            if wanted == "cancel":
                self.conn.execute(_CANCEL, [self.run.run_id])
        assert isinstance(limits, dict)
        assert isinstance(wal, int)
        assert wanted in ("run", "pause", "cancel")
        if wanted != self._wanted:
            # Exchange again soon: the command that made the request waits for its acknowledgement.
            self._wanted, self._due = wanted, 0.0
        self.record_wal_position(wal)
        self.retune(Limits.from_json(limits))
