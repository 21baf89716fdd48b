"""How a run is steered from another terminal: what is wanted of it stands in its row of the state tables."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from minimize.catalog.error_translation import translate_errors
from minimize.errors import DatabaseError, InterruptedRunError, RefusedError
from minimize.purge.connection.session import MAX_LOSSES, Session
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.state.purge_lock import take_lock
from minimize.purge.state.runs import Run
from minimize.purge.throttle.limits import Limits

_T = TypeVar("_T")
POLL_SECONDS = 1.0
_PAUSE_SECONDS = 0.25
_EXCHANGE = """
UPDATE minimize.purge_run SET seen_at = clock_timestamp(), backend = pg_backend_pid(), activity = %s
WHERE run_id = %s AND state = 'running' AND backend = ANY (%s)
RETURNING wanted, limits, (pg_current_wal_insert_lsn() - '0/0')::bigint
"""
PAUSED = "paused; `minimize purge resume` lets it go on"
_CANCEL = "UPDATE minimize.purge_run SET state = 'cancelled', ended_at = now() WHERE run_id = %s"


@dataclass(slots=True)
class Control:
    """Tells the state tables what the run is at, and hears from them; any worker may call `check`, at any time.

    It goes over the session that holds the purge lock, which no one else uses while workers are at work. As soon as the
    server has closed that, `check` lets nobody pass until the lock is held again.
    """

    run: Run
    lock_session: Session
    stop: StopRequest
    describe: Callable[[], Mapping[str, object]]
    """What the run is at, as JSON takes it."""
    retune: Callable[[Limits], None]
    """Put new limits in force."""
    report_waiting: Callable[[str | None], None] = lambda _: None
    """Say that the run is paused, and None when it goes on."""
    record_wal_position: Callable[[int], None] = lambda _: None
    """Take in how many bytes of WAL the server has written since it was made."""
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _holds_purge_lock: bool = True
    _backends: set[int] = field(default_factory=set)
    """Every server process that has had the purge lock for this one."""
    _due: float = 0.0
    _wanted: str = "run"

    def __post_init__(self) -> None:
        """Take in who began the run."""
        self._backends.add(self.lock_session.conn.info.backend_pid)

    def check(self, *, is_due: bool = False) -> None:
        """Stop here if asked, and stay here while a pause is wanted.

        Args:
            is_due: Tell and hear now, since the next time may be long after: before the count of a whole table, say.

        Raises:
            InterruptedRunError: It was asked to stop, or the run was cancelled.
            RefusedError: Another purge has taken over after the connection was lost, even if it has ended since.
        """
        self.stop.check()
        if is_due:
            self._due = 0.0
        self._poll()
        if self._wanted == "pause":
            self._stay()
        if self._wanted == "cancel":
            raise InterruptedRunError(
                "the run was cancelled",
                hint="What was erased stays erased; the next purge begins a new run.",
            )

    def _stay(self) -> None:
        while self._wanted == "pause":
            # Each time: an outage meanwhile is told in its place.
            self.report_waiting(PAUSED)
            self.stop.wait(min(_PAUSE_SECONDS, POLL_SECONDS))
            self._poll()
        self.report_waiting(None)

    def retake_lock(self) -> None:
        """Make sure that this process still has the purge lock, after some connection was lost.

        Raises:
            RefusedError: Another purge has taken it meanwhile.
        """
        with self._lock:
            self._holds_purge_lock = False
            self._hold_lock()
            self._holds_purge_lock = True

    def retry_on_loss(self, action: Callable[[], _T]) -> _T:
        """Do over the anchor what can be done twice; do it again on a new connection where the old one is lost.

        While the action waits, `check` may already have put the new one in place of that which the action goes on with.
        """
        for _ in range(MAX_LOSSES):
            conn = self.lock_session.conn
            try:
                return action()
            except DatabaseError:
                if not self.lock_session.is_lost and self.lock_session.conn is conn:
                    raise
                self.retake_lock()
        return action()

    def _hold_lock(self) -> None:
        for _ in range(MAX_LOSSES):
            try:
                return take_lock(self.lock_session.conn)
            except DatabaseError:
                if not self.lock_session.is_lost:
                    raise
                self.lock_session.renew()
        return take_lock(self.lock_session.conn)

    def _is_due(self) -> bool:
        return time.monotonic() >= self._due or not self._holds_purge_lock or self.lock_session.has_unread_data

    def _poll(self) -> None:
        if not self._is_due():
            return
        # Who comes while another asks waits for the answer: it may be that the lock is lost.
        with self._lock:
            if not self._is_due():
                return
            if not self._holds_purge_lock:
                self.retake_lock()
            self._due = time.monotonic() + POLL_SECONDS
            self.retry_on_loss(self._exchange)

    def _exchange(self) -> None:
        activity = {**self.describe(), "wanted": self._wanted}
        self._backends.add(self.lock_session.conn.info.backend_pid)
        asked = [json.dumps(activity), self.run.run_id, list(self._backends)]
        with translate_errors("asking what is wanted of the run"):
            row = self.lock_session.conn.execute(_EXCHANGE, asked).fetchone()
            if row is None:
                raise RefusedError(
                    f"run {self.run.run_id} was closed or taken over by another process",
                    hint="Run the same command again: it begins a new run, or goes on with the one there is.",
                )
            wanted, limits, wal = row
            if wanted == "cancel":
                self.lock_session.conn.execute(_CANCEL, [self.run.run_id])
        assert isinstance(limits, dict)
        assert isinstance(wal, int)
        if wanted != self._wanted:
            # Whoever asked waits to see that it was heard.
            self._wanted, self._due = str(wanted), 0.0
        self.record_wal_position(wal)
        self.retune(Limits.from_json(limits))
