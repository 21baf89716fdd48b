"""Where VACUUM and ANALYZE run: without waiting for locks, and cancelled when a throttle is no longer clear."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import psycopg
from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.tables import Leaf
from minimize.errors import MinimizeError
from minimize.locations.object_names import identifier
from minimize.policy import TableName
from minimize.purge.connection.reconnecting_session import Session
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.throttle.governor import Governor
from minimize.purge.tuning import DEFAULT_TUNING

VacuumScope = Literal["all", "toast"]
"""The leaf with its TOAST table and indexes, or the TOAST table alone."""

_SETTINGS = "SELECT set_config('vacuum_cost_delay', %s, false), set_config('client_min_messages', 'warning', false)"


class Obstacle(StrEnum):
    """What prevented a VACUUM or ANALYZE."""

    CANCELLED = "it was cancelled, for a throttle or by another session"
    LOCKED = "another session is at work on it"
    WARNED = "the server warns, as if it were not permitted"


@dataclass(frozen=True, slots=True)
class NotVacuumed:
    """Why a VACUUM or ANALYZE was not done."""

    obstacle: Obstacle
    sqlstate: str | None = None
    """Of the server's warning."""

    @property
    def is_temporary(self) -> bool:
        """Whether another attempt may succeed."""
        return self.obstacle is not Obstacle.WARNED

    def __str__(self) -> str:
        return f"{self.obstacle} ({self.sqlstate})" if self.sqlstate else str(self.obstacle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacuum:
    """Runs VACUUM and ANALYZE for one purge. Thread-safe.

    In a purge that rests between its batches, VACUUM rests as autovacuum does, and uses one process. A stop request
    cancels it.
    """

    stop: StopRequest
    governor: Governor
    gentle_delay: str = DEFAULT_TUNING.gentle_vacuum_delay

    def vacuum(
        self, session: Session, leaf: Leaf, *, analyze: bool = False, scope: VacuumScope = "all"
    ) -> NotVacuumed | None:
        """Make the space of dead tuples reusable; return why that was not done, None if it was done.

        It neither waits for a lock nor takes an exclusive one. It is cancelled when a throttle is no longer clear, for
        example because a session waits for the table.

        Args:
            session: Where to run it.
            leaf: What to vacuum.
            analyze: Whether to replace the statistics too, which may still contain erased values.
            scope: What to vacuum of the leaf. PostgreSQL 15 does not support `toast`.
        """
        options = ["SKIP_LOCKED", "TRUNCATE off"]
        options += ["ANALYZE"] if analyze else []
        options += ["PROCESS_MAIN off"] if scope == "toast" else []
        options += ["PARALLEL 0"] if self.governor.limits.rests else []
        statement = sql.SQL("VACUUM ({}) {}").format(sql.SQL(", ").join(map(sql.SQL, options)), identifier(leaf.name))
        conn = session.conn
        doing = translate_errors(f"vacuuming {leaf.name}", passing=(pg.QueryCanceled,))
        with self.stop.cancelling(conn), doing:
            try:
                conn.execute(_SETTINGS, [self._delay])
                with _collect_warnings(conn) as warnings, self._cancel_when_throttled(session):
                    conn.execute(statement)
            except pg.QueryCanceled:
                self.stop.check()
                return NotVacuumed(Obstacle.CANCELLED)
        return warnings[0] if warnings else None

    def analyze(self, conn: Connection, table: TableName) -> NotVacuumed | None:
        """Replace the statistics of a partitioned table, which a VACUUM of its partitions does not.

        Returns why that was not done, None if it was done.
        """
        passing = (pg.QueryCanceled, pg.LockNotAvailable)
        with self.stop.cancelling(conn), translate_errors(f"analysing {table}", passing=passing):
            try:
                conn.execute(_SETTINGS, [self._delay])
                # PostgreSQL does not warn of a skipped partition. No warning is needed: the partition's own VACUUM has
                # analysed it.
                with _collect_warnings(conn) as warnings:
                    conn.execute(sql.SQL("ANALYZE (SKIP_LOCKED) {}").format(identifier(table)))
            except pg.QueryCanceled:
                self.stop.check()
                return NotVacuumed(Obstacle.CANCELLED)
            except pg.LockNotAvailable:  # of a partition: sampling its rows waits for the lock despite SKIP_LOCKED
                return NotVacuumed(Obstacle.LOCKED)
        return warnings[0] if warnings else None

    @property
    def _delay(self) -> str:
        return self.gentle_delay if self.governor.limits.rests else "0"

    @contextmanager
    def _cancel_when_throttled(self, session: Session) -> Iterator[None]:
        """Cancel the statement inside the block once a throttle is not clear.

        PostgreSQL cancels an autovacuum for a session that waits for its lock, but not a VACUUM like this one. A VACUUM
        shorter than the interval between two readings needs no second connection.
        """
        is_over = threading.Event()

        def watch() -> None:
            if is_over.wait(self.governor.limits.interval):
                return
            with suppress(MinimizeError, psycopg.Error), session.open_another() as own:
                self.governor.own_activity.add_session(own.conn.info.backend_pid)
                while self.governor.is_clear(own.conn):
                    if is_over.wait(self.governor.limits.interval):
                        return
            # Not clear, or no longer readable. In the latter case the worker reads the throttles after the VACUUM, and
            # raises the error.
            with suppress(psycopg.Error):
                session.conn.cancel()

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            is_over.set()
            watching.join()


@contextmanager
def _collect_warnings(conn: Connection) -> Iterator[list[NotVacuumed]]:
    """Collect the warnings that say that the server skipped a relation: VACUUM reports success nevertheless.

    Warnings with a hint are about old transactions; nothing was skipped for them. The text of a warning is not passed
    on: ANALYZE calls functions of others, which may quote a value.
    """
    skipped: list[NotVacuumed] = []

    def record(notice: pg.Diagnostic) -> None:
        if notice.severity_nonlocalized != "WARNING" or notice.message_hint:
            return
        is_locked = notice.sqlstate == pg.LockNotAvailable.sqlstate
        skipped.append(NotVacuumed(Obstacle.LOCKED) if is_locked else NotVacuumed(Obstacle.WARNED, notice.sqlstate))

    conn.add_notice_handler(record)
    try:
        yield skipped
    finally:
        conn.remove_notice_handler(record)
