"""The retry budget for one blocked statement: how many attempts, how long, and what is counted."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import errors as pg

from minimize.errors import LockNotAvailableError
from minimize.policy import TableName
from minimize.purge.batch import conflict_budget
from minimize.purge.batch.conflict_budget import ConflictBudget, ConflictRules
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.tuning import Tuning


class Leaf:
    """A leaf with a name only."""

    name = TableName("public", "person")


def budget(counted: list[psycopg.Error], tuning: Tuning) -> ConflictBudget:
    """Return a budget for a lock timeout of 20 ms."""
    rules = ConflictRules(
        lock_timeout="20ms",
        own_activity=OwnActivity(sessions=[1]),
        count_conflict=counted.append,
        tuning=tuning,
    )
    leaf: Any = Leaf()
    return ConflictBudget(rules=rules, leaf=leaf)


CONN: Any = None
"""Used only to name the blocking sessions."""


def test_a_deadlock_is_retried_a_number_of_times() -> None:
    """Every failed attempt is counted; after the last one, the batch is left to the next pass."""
    counted, deadlock = list[psycopg.Error](), pg.DeadlockDetected()
    attempts = budget(counted, Tuning(max_conflicts=3))
    assert [attempts.record_and_wait(CONN, deadlock, 60.0) for _ in range(3)] == [True, True, False]
    assert (attempts.attempts, counted) == (3, [deadlock] * 3)


def test_a_lock_is_retried_for_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seconds of the statement and of the pauses count; then the error names the blocking session."""
    monkeypatch.setattr(conflict_budget, "describe_blockers", lambda *_, **__: ": pid 7 (nightly, active)")
    counted, timeout = list[psycopg.Error](), pg.LockNotAvailable()
    attempts = budget(counted, Tuning(lock_timeouts_per_batch=10, max_conflicts=1))
    assert attempts.record_and_wait(CONN, timeout, 0.15)
    with pytest.raises(LockNotAvailableError, match=r"erasing public\.person: .* keeps a lock on it: pid 7 \(nightly"):
        attempts.record_and_wait(CONN, timeout, 0.15)
    assert counted == [timeout] * 2
