"""Disposing of a whole table at once: TRUNCATE, under a lock that is waited for within a budget."""

from __future__ import annotations

import random

from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import ROLE_SEARCH_PATH, Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.foreign_keys import obstacle_to_truncate
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.errors import LockNotAvailableError
from minimize.locations.object_names import identifier
from minimize.purge.batch.blocking_sessions import describe_blockers
from minimize.purge.batch.context import RunContext
from minimize.purge.state.ranges import record_erased
from minimize.sql import LOCK_ATTEMPTS, LOCK_TIMEOUT

LOCK = (LOCK_TIMEOUT, LOCK_ATTEMPTS)
"""How long each attempt at the exclusive lock waits, and how many there are."""


def truncate_obstacle(conn: Connection, table: SurveyedTable) -> str | None:
    """Return why the rows of a whole table cannot go all at once, None where they can."""
    if table.holds:
        return f"rows may be under hold {', '.join(hold.id for hold in table.holds)}"
    if any(site.location.keep_where for site in table.present):
        return "an exception keeps rows"
    return obstacle_to_truncate(conn, table)


def truncate_leaf(context: RunContext, table: SurveyedTable, leaf: Leaf, run_pass: int) -> None:
    """Empty one leaf and book what was in it, in one transaction; an empty one is left alone.

    The rows are counted under a lock that stops writers, not readers; the exclusive one is held for moments only.
    Between two attempts no lock is held.

    Raises:
        InterruptedRunError: It was asked to stop; nothing was changed.
        LockNotAvailableError: The lock was not to be had; it says who was in the way, and nothing was changed.
    """
    context.reporter.report_phase("erase", str(leaf.name), run_pass)
    retry_budget, attempts = LOCK
    for attempt in range(1, attempts + 1):
        try:
            rows = _empty(context, table, leaf, run_pass, retry_budget)
        except (pg.LockNotAvailable, pg.DeadlockDetected):
            if attempt == attempts:
                raise _not_granted(context, leaf) from None
        else:
            if rows:
                context.counters.add(rows, rows, 0, 0.0)
                context.counters.add_to_location(str(leaf.name), rows, 0, {_site(table): rows})
            return
        context.control.stop.wait(min(5, 0.1 * 2**attempt) * random.uniform(0.5, 1))  # noqa: S311 - jitter


def _empty(context: RunContext, table: SurveyedTable, leaf: Leaf, run_pass: int, retry_budget: str) -> int:
    """Make one attempt; return how many rows there were.

    A reader who then wants to write waits for us, and we for that reader: `retry_budget` ends it.
    """
    conn, name, passing = (
        context.control.lock_session.conn,
        identifier(leaf.name),
        (pg.LockNotAvailable, pg.DeadlockDetected),
    )
    lock = sql.SQL("LOCK TABLE ONLY {} IN {} MODE")
    alone = lock.format(name, sql.SQL("ACCESS EXCLUSIVE"))
    doing = translate_errors(f"disposing of {leaf.name}", passing=passing)
    with context.control.stop.cancelling(conn), doing, conn.transaction():
        conn.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(retry_budget)))
        conn.execute(lock.format(name, sql.SQL("SHARE ROW EXCLUSIVE")))
        if not conn.execute(sql.SQL("SELECT FROM ONLY {} LIMIT 1").format(name)).fetchall():
            return 0
        # A reader who stays is met before the count, which may take long, rather than after it.
        with conn.transaction(force_rollback=True):
            conn.execute(alone)
        row = conn.execute(sql.SQL("SELECT count(*) FROM ONLY {}").format(name)).fetchone()
        rows = integer(row[0]) if row else 0
        if context.options.triggers == "suppress":
            # minimize: ignore[MZL006] the guard is ENABLE ALWAYS
            conn.execute("SET LOCAL session_replication_role = replica")
        conn.execute(alone)
        record_erased(conn, context.control.run, leaf, run_pass, {_site(table): rows})
        # The triggers of others may rely on it.
        conn.execute(ROLE_SEARCH_PATH)
        conn.execute(sql.SQL("TRUNCATE ONLY {}").format(name))
    return rows


def _site(table: SurveyedTable) -> str:
    """Return the name of the location that is the whole table."""
    (site,) = (site for site in table.present if site.location.column_name is None)
    return site.name


def _not_granted(context: RunContext, leaf: Leaf) -> LockNotAvailableError:
    retry_budget, attempts = LOCK
    who = describe_blockers(
        context.control.lock_session.conn, leaf, context.governor.own_activity.sessions, with_readers=True
    )
    return LockNotAvailableError(
        f"could not lock {leaf.name} in {attempts} attempts of {retry_budget}; in the way{who or ': nobody any more'}",
        hint="Nothing was changed: end or wait for those sessions and run it again.",
    )
