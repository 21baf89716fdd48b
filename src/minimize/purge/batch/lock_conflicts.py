"""What other sessions make PostgreSQL undo: how long a batch waits for them, and who is said to be in the way."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import psycopg
from psycopg import errors as pg

from minimize.catalog.connection import Connection
from minimize.catalog.tables import Leaf
from minimize.errors import LockNotAvailableError
from minimize.purge.batch.blocking_sessions import describe_blockers, describe_exclusive
from minimize.purge.batch.context import RunContext
from minimize.purge.throttle.units import parse_seconds

CONFLICTS = (pg.DeadlockDetected, pg.SerializationFailure, pg.LockNotAvailable)
"""Rows locked in another order, a row that moved to another partition, a lock that somebody keeps."""

MAX_CONFLICTS = 8
"""Attempts at a batch that other sessions make PostgreSQL undo, before it is left to the next pass."""

LOCK_TIMEOUTS_PER_BATCH = 100
"""How many lock timeouts a lock on a whole relation is waited for, in all."""


@dataclass(slots=True)
class RetryBudget:
    """With what is in the way of one statement, from its first attempt on."""

    context: RunContext
    leaf: Leaf
    attempts: int = 0
    """Those that failed."""
    _seconds: float = 0.0

    def record_and_wait(self, conn: Connection, conflict: psycopg.Error, seconds: float) -> bool:
        """Count what was undone, and wait a little; return whether another attempt is worth it.

        Args:
            conn: Where to ask who is in the way.
            conflict: What PostgreSQL says.
            seconds: What the statement took: what it waited for before it was sent, such as a window, is no patience.

        Raises:
            LockNotAvailableError: It is a lock, and it has been there for longer than anybody should wait.
        """
        self.attempts += 1
        self._seconds += seconds
        self.context.counters.count_conflict(conflict)
        is_lock = isinstance(conflict, pg.LockNotAvailable)
        if is_lock and self._seconds > LOCK_TIMEOUTS_PER_BATCH * parse_seconds(self.context.options.lock_timeout):
            raise self._exhausted(conn)
        # Apart from chance, whoever was in the way is still there at once.
        pause = random.uniform(0, min(2.0, 0.01 * 2 ** min(self.attempts - 1, 8)))  # noqa: S311 - jitter, not a secret
        time.sleep(pause)
        self._seconds += pause
        return is_lock or self.attempts < MAX_CONFLICTS

    def _exhausted(self, conn: Connection) -> LockNotAvailableError:
        own = self.context.governor.own_activity.sessions
        if blockers := describe_blockers(conn, self.leaf, own, of_table=True):
            kept = f"on it{blockers}"
        elif blockers := describe_exclusive(conn, own):
            kept = f"on what a batch reads{blockers}"
        else:
            kept = f"on it{describe_blockers(conn, self.leaf, own)}"
        return LockNotAvailableError(
            f"erasing {self.leaf.name}: another session keeps a lock {kept}",
            hint="End or wait for that session, then run the same command again: it goes on where it was.",
        )
