"""How often and how long one statement is retried while other sessions hold locks that it needs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
from psycopg import errors as pg

from minimize.catalog.connection import Connection
from minimize.catalog.tables import Leaf
from minimize.errors import LockNotAvailableError
from minimize.purge.batch.blocking_sessions import describe_blockers, describe_exclusive
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.units import parse_seconds
from minimize.purge.tuning import DEFAULT_TUNING, Tuning

CONFLICTS = (pg.DeadlockDetected, pg.SerializationFailure, pg.LockNotAvailable)
"""Rows locked in another order, a row that moved to another partition, a lock that another session keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRules:
    """The same for every statement of one process. Thread-safe."""

    lock_timeout: str
    """How long one attempt waits for a lock."""
    own_activity: OwnActivity
    count_conflict: Callable[[psycopg.Error], None]
    """Count a statement that PostgreSQL rolled back."""
    tuning: Tuning = DEFAULT_TUNING

    @property
    def lock_seconds(self) -> float:
        """How long one statement may wait for a lock on a whole relation, in all attempts together."""
        return self.tuning.lock_timeouts_per_batch * parse_seconds(self.lock_timeout)


@dataclass(slots=True, kw_only=True)
class ConflictBudget:
    """Retry budget for one blocked statement.

    It does not use `connection.retry`: every batch has a budget, each attempt at a batch sends another statement, and
    the budget counts the seconds of the statement itself, but not the rests and waits before it.
    """

    rules: ConflictRules
    leaf: Leaf
    attempts: int = field(default=0, init=False)
    """Failed attempts."""
    _seconds: float = field(default=0.0, init=False)

    def record_and_wait(self, conn: Connection, conflict: psycopg.Error, seconds: float) -> bool:
        """Count a failed attempt and pause; return whether to make another one.

        Args:
            conn: The connection on which to look for the blocking session.
            conflict: The error of the attempt.
            seconds: Duration of the statement. Waiting before it, for a window say, does not count.

        Raises:
            LockNotAvailableError: A lock was not granted, and the budget is used up.
        """
        self.attempts += 1
        self._seconds += seconds
        self.rules.count_conflict(conflict)
        is_lock = isinstance(conflict, pg.LockNotAvailable)
        if is_lock and self._seconds > self.rules.lock_seconds:
            raise self._exhausted(conn)
        # Without jitter, two sessions that block each other would retry at the same time.
        pause = random.uniform(0, min(2.0, 0.01 * 2 ** min(self.attempts - 1, 8)))  # noqa: S311 - jitter, not a secret
        time.sleep(pause)
        self._seconds += pause
        return is_lock or self.attempts < self.rules.tuning.max_conflicts

    def _exhausted(self, conn: Connection) -> LockNotAvailableError:
        own = self.rules.own_activity.sessions
        if blockers := describe_blockers(conn, self.leaf, own, of_table=True):
            held = f"on it{blockers}"
        elif blockers := describe_exclusive(conn, own):
            held = f"on what a batch reads{blockers}"
        else:
            held = f"on it{describe_blockers(conn, self.leaf, own)}"
        return LockNotAvailableError(
            f"erasing {self.leaf.name}: another session keeps a lock {held}",
            hint="End or wait for that session, then run the same command again: it goes on where it was.",
        )
