"""Slow a purge down: rest between transactions, and wait while a throttle is not clear."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.pq import TransactionStatus

from minimize.catalog.connection import Connection
from minimize.errors import DatabaseError, RefusedError
from minimize.purge.throttle.limits import Limits
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, Throttle
from minimize.purge.throttle.registry import make_throttles

FIRST_POLL = 0.1
"""Seconds until the throttles are read again after one was not clear; doubled each time, up to `LAST_POLL`."""

LAST_POLL = 5.0

_SLICE = 0.25
"""Seconds after which a sleeping worker checks for a stop request and for changed limits."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What the purge waits for; reported at each reading during the wait, and once without readings at its end."""

    readings: tuple[Reading, ...]
    """The readings that are not clear."""
    seconds: float
    """Since the first reading that was not clear."""

    @property
    def is_over(self) -> bool:
        """Whether the purge continues."""
        return not self.readings


class Governor:
    """Rests and waits for the workers of one purge; each of them calls `wait` after every transaction. Thread-safe.

    One worker reads the throttles for all workers, at most every `interval` seconds. `check` is called before each part
    of a sleep: it raises to end the purge. `on_wait` is called by one worker at a time, and the others wait until it
    returns.
    """

    def __init__(
        self,
        limits: Limits,
        own_activity: OwnActivity | None = None,
        *,
        check: Callable[[], None] = lambda: None,
        on_wait: Callable[[Wait], None] = lambda _: None,
        make: Callable[[Mapping[str, Any], OwnActivity], tuple[Throttle, ...]] = make_throttles,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.own_activity = own_activity or OwnActivity()
        self._limits = limits
        self._check, self._on_wait = check, on_wait
        self._make, self._clock, self._sleep = make, clock, sleep
        self._reading = threading.RLock()  # reentrant: on_wait may read throttled_seconds
        self._throttles = make(limits.throttles, self.own_activity)
        self._readings: tuple[Reading, ...] = ()
        self._read_at = self._waiting_since = clock()
        self._due_at = self._read_at
        self._poll = FIRST_POLL
        self._throttled: defaultdict[str, float] = defaultdict(float)
        self._rested = 0.0

    @property
    def limits(self) -> Limits:
        """The present limits."""
        return self._limits

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The last reading of every throttle; empty before the first."""
        return self._readings

    @property
    def throttled_seconds(self) -> Mapping[str, float]:
        """How long the purge has waited for each throttle, by name; time with several throttles counts for each."""
        with self._reading:
            return dict(self._throttled)

    @property
    def rested_seconds(self) -> float:
        """How long all workers together have rested because of the duty cycle."""
        return self._rested

    def add_waited_seconds(self, name: str, seconds: float) -> None:
        """Add time that a worker waited for something other than a throttle, such as an old snapshot."""
        with self._reading:
            self._throttled[name] += seconds

    def retune(self, limits: Limits) -> None:
        """Apply other limits at once, also to workers that wait."""
        with self._reading:
            if limits == self._limits:
                return
            self._limits = limits
            self._throttles = self._make(limits.throttles, self.own_activity)
            self._due_at, self._poll = self._clock(), FIRST_POLL

    def wait(self, conn: Connection, worked_seconds: float) -> None:
        """Rest in proportion to the work just done, then wait until every throttle is clear.

        `conn` must not be in a transaction: that would keep its locks and its snapshot during the wait. What `check`
        raises ends the wait.

        Raises:
            DatabaseError: The connection is lost.
        """
        if conn.closed:
            raise _lost()
        assert conn.info.transaction_status is TransactionStatus.IDLE
        self.own_activity.add_session(conn.info.backend_pid)
        try:
            self._rest(worked_seconds)
            while not self.is_clear(conn):
                self._sleep_until(lambda: self._due_at)
        except BaseException:
            self._forget()
            raise

    def read_all(self, conn: Connection) -> tuple[Reading, ...]:
        """Read every throttle now, for a report. Reads again if a throttle needs two readings."""
        with self._reading:
            readings = self._read(conn)
            if not all(reading.is_readable for reading in readings):
                self._sleep(FIRST_POLL)
                readings = self._read(conn)
            return readings

    def require_readable(self, conn: Connection) -> None:
        """Read every throttle before the first transaction: one that cannot be read would delay it for ever.

        Raises:
            RefusedError: A throttle cannot be read; nothing was changed.
        """
        if refusal := refusal_by(self.read_all(conn)):
            raise refusal

    def _rest(self, worked_seconds: float) -> None:
        duty = self._limits.duty_cycle
        began = self._clock()
        until = began + worked_seconds * (1 - duty) / duty
        self._sleep_until(lambda: until)
        with self._reading:
            self._rested += self._clock() - began

    def _sleep_until(self, end: Callable[[], float]) -> None:
        """Sleep until a time that may change during the sleep."""
        self._check()
        while (left := end() - self._clock()) > 0:
            self._sleep(min(left, _SLICE))
            self._check()

    def is_clear(self, conn: Connection) -> bool:
        """Return whether every throttle is clear; read them if the next reading is due."""
        with self._reading:
            if self._clock() >= self._due_at:
                self._read(conn)
            return all(reading.is_clear for reading in self._readings)

    def _read(self, conn: Connection) -> tuple[Reading, ...]:
        readings = tuple(throttle.read(conn) for throttle in self._throttles)
        if conn.closed:
            raise _lost()
        self._account(readings)
        return readings

    def _account(self, readings: tuple[Reading, ...]) -> None:
        """Store the readings: count the seconds since the last ones, plan the next, and report a wait."""
        before, blocked = (tuple(r for r in some if not r.is_clear) for some in (self._readings, readings))
        self._count_seconds()
        now = self._read_at
        if not before:
            self._waiting_since, self._poll = now, FIRST_POLL
        self._readings = readings
        if blocked:
            self._due_at = now + self._poll
            self._poll = min(self._poll * 2, LAST_POLL)
        else:
            self._due_at = now + self._limits.interval
        if blocked or before:
            self._on_wait(Wait(blocked, now - self._waiting_since))

    def _count_seconds(self) -> None:
        """Add the time since the last reading to the throttles that were not clear then."""
        now = self._clock()
        for reading in self._readings:
            if not reading.is_clear:
                self._throttled[reading.name] += now - self._read_at
        self._read_at = now

    def _forget(self) -> None:
        """Drop the last readings, so that no throttle is charged for the time after a wait was ended early."""
        with self._reading:
            self._count_seconds()
            self._readings, self._due_at = (), self._clock()


def refusal_by(readings: Iterable[Reading]) -> RefusedError | None:
    """Return why a purge does not begin with these readings: some throttle cannot be read. None if it begins."""
    not_read = [reading for reading in readings if not reading.is_readable]
    if not not_read:
        return None
    return RefusedError(
        "\n".join(f"throttle {reading.name} {reading.text}" for reading in not_read),
        hint="Grant what is missing, or set the limit to off (of lag, both lag and lag-time).",
    )


def _lost() -> DatabaseError:
    return DatabaseError(
        "reading the throttles: the connection to the server was lost",
        hint="When the server is back, run it again: it resumes where it was.",
    )
