"""The truncate strategy: empty one leaf of a retired table at once, under an exclusive lock with a bounded wait."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import errors as pg
from psycopg import sql
from tenacity import stop_after_attempt

from minimize.catalog.connection import ROLE_SEARCH_PATH, integer
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.errors import LockNotAvailableError
from minimize.locations.object_names import identifier
from minimize.purge.batch.blocking_sessions import describe_blockers
from minimize.purge.connection.control import Control
from minimize.purge.connection.retry import backoff, retry
from minimize.purge.progress.counters import Counters
from minimize.purge.progress.reporter import Reporter
from minimize.purge.state.range_cursors import record_erased
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.tuning import DEFAULT_TUNING, Tuning

_NOT_GRANTED = (pg.LockNotAvailable, pg.DeadlockDetected)
_PAUSES = backoff(first=0.2, longest=5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncation:
    """Empties leaves of retired tables."""

    control: Control
    counters: Counters
    reporter: Reporter
    own_activity: OwnActivity
    triggers_suppressed: bool
    tuning: Tuning = DEFAULT_TUNING

    def empty_leaf(self, table: SurveyedTable, leaf: Leaf, run_pass: int) -> None:
        """Empty one leaf, and record how many rows it had, in one transaction. An empty leaf is not truncated.

        The rows are counted under a lock that blocks writers but not readers; the exclusive lock is held only for a
        moment. No lock is held between two attempts.

        Raises:
            InterruptedRunError: A stop was requested; nothing was changed.
            LockNotAvailableError: The lock was not granted; nothing was changed. Names the blocking sessions.
        """
        self.reporter.report_phase("erase", str(leaf.name), run_pass)
        try:
            rows = retry(
                lambda: self._attempt(table, leaf, run_pass),
                until=stop_after_attempt(self.tuning.exclusive_lock_attempts),
                on_error=lambda error: isinstance(error, _NOT_GRANTED),
                pause=_PAUSES,
                sleep=self.control.stop.wait,
            )
        except _NOT_GRANTED:
            raise self._not_granted(leaf) from None
        if rows:
            self.counters.add_batch(str(leaf.name), {_whole_table(table): rows}, rows=rows)

    def _attempt(self, table: SurveyedTable, leaf: Leaf, run_pass: int) -> int:
        """Make one attempt; return how many rows the leaf had.

        A reader of the leaf that then writes to it waits for this transaction, which waits for that reader.
        `lock_timeout` ends it.
        """
        conn, name = self.control.conn, identifier(leaf.name)
        lock = sql.SQL("LOCK TABLE ONLY {} IN {} MODE")
        exclusive = lock.format(name, sql.SQL("ACCESS EXCLUSIVE"))
        doing = translate_errors(f"truncating {leaf.name}", passing=_NOT_GRANTED)
        with self.control.stop.cancelling(conn), doing, conn.transaction():
            timeout = sql.Literal(self.tuning.exclusive_lock_timeout)
            conn.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(timeout))
            conn.execute(lock.format(name, sql.SQL("SHARE ROW EXCLUSIVE")))
            if not conn.execute(sql.SQL("SELECT FROM ONLY {} LIMIT 1").format(name)).fetchall():
                return 0
            # Finds a reader that keeps its lock before the count, which may take long, rather than after it.
            with conn.transaction(force_rollback=True):
                conn.execute(exclusive)
            row = conn.execute(sql.SQL("SELECT count(*) FROM ONLY {}").format(name)).fetchone()
            rows = integer(row[0]) if row else 0
            if self.triggers_suppressed:
                # minimize: ignore[MZL006] the guard is ENABLE ALWAYS
                conn.execute("SET LOCAL session_replication_role = replica")
            conn.execute(exclusive)
            record_erased(conn, self.control.run, leaf, run_pass, {_whole_table(table): rows})
            # The triggers of others may rely on it.
            conn.execute(ROLE_SEARCH_PATH)
            conn.execute(sql.SQL("TRUNCATE ONLY {}").format(name))
        return rows

    def _not_granted(self, leaf: Leaf) -> LockNotAvailableError:
        attempts, timeout = self.tuning.exclusive_lock_attempts, self.tuning.exclusive_lock_timeout
        blockers = describe_blockers(self.control.conn, leaf, self.own_activity.sessions, with_readers=True)
        in_the_way = f"in the way{blockers}" if blockers else "no session is in the way any more"
        return LockNotAvailableError(
            f"could not lock {leaf.name} in {attempts} attempts of {timeout}; {in_the_way}",
            hint="Nothing was changed: end or wait for those sessions and run it again.",
        )


def _whole_table(table: SurveyedTable) -> str:
    """Return the name of the location that is the whole table."""
    (site,) = (site for site in table.present if site.location.is_whole_table)
    return site.name
