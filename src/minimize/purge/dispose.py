"""Disposing of a whole table at once: TRUNCATE, under a lock that is waited for within a budget."""

from __future__ import annotations

from psycopg import sql

from minimize.catalog.connection import ROLES_PATH, Connection, integer, translated
from minimize.catalog.references import obstacle_to_truncate
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.locations.naming import identifier, literal
from minimize.purge.checkpoint import book
from minimize.purge.shared import Shared
from minimize.sql import LOCK_ATTEMPTS, LOCK_TIMEOUT, lock_tables

LOCK = (LOCK_TIMEOUT, LOCK_ATTEMPTS)
"""How long each attempt at the exclusive lock waits, and how many there are."""


def obstacle_to_disposal(conn: Connection, table: SurveyedTable) -> str | None:
    """Return why the rows of a whole table cannot go all at once, None where they can."""
    if table.holds:
        return f"rows may be under hold {', '.join(hold.id for hold in table.holds)}"
    if any(site.location.keep_where for site in table.present):
        return "an exception keeps rows"
    return obstacle_to_truncate(conn, table)


def dispose(shared: Shared, table: SurveyedTable, leaf: Leaf, run_pass: int) -> None:
    """Empty one leaf and book what was in it, in one transaction; an empty one is left alone.

    The rows are counted under a lock that stops writers, not readers; the exclusive one is held for moments only.

    Raises:
        LockNotAvailableError: The lock was not to be had; it says who was in the way, and nothing was changed.
    """
    conn = shared.control.anchor.conn
    name = identifier(leaf.name)
    shared.teller.tell("erase", str(leaf.name), run_pass)
    (site,) = (site for site in table.present if site.location.column_name is None)
    with translated(f"disposing of {leaf.name}"), conn.transaction():
        conn.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(LOCK[0])))
        conn.execute(sql.SQL("LOCK TABLE ONLY {} IN SHARE ROW EXCLUSIVE MODE").format(name))
        row = conn.execute(sql.SQL("SELECT count(*) FROM ONLY {}").format(name)).fetchone()
        rows = integer(row[0]) if row else 0
        if not rows:
            return
        if shared.options.triggers == "suppress":
            # minimize: ignore[MZL006] the guard is ENABLE ALWAYS
            conn.execute("SET LOCAL session_replication_role = replica")
        conn.execute(lock_tables([literal(leaf.name)], *LOCK))
        book(conn, shared.control.run, leaf, run_pass, {site.name: rows})
        # The triggers of others may rely on it.
        conn.execute(ROLES_PATH)
        conn.execute(sql.SQL("TRUNCATE ONLY {}").format(name))
    shared.tally.add(rows, rows, 0, 0.0)
    shared.tally.place(str(leaf.name), rows, 0, {site.name: rows})
