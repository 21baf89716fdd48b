"""One purge per database: an advisory lock that the session of the run holds until it ends."""

from __future__ import annotations

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError

# Two purges of one database would not know of each other when they count, wait and report.
_LOCK_KEY = 0x6D696E696D697A65  # "minimize"

LOCK_HOLDERS = sql.SQL(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    " AND (classid::bigint << 32) | objid::bigint = {}"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).format(sql.Literal(_LOCK_KEY))
"""Selects the backend that holds the database's purge lock: at most one row."""


def take_lock(conn: Connection) -> None:
    """Take the database's purge lock until the connection ends.

    Raises:
        RefusedError: Another purge holds it.
    """
    with translate_errors("taking the purge lock"):
        row = conn.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_KEY]).fetchone()
        if row and row[0]:
            return
        holder = conn.execute(LOCK_HOLDERS).fetchone()
    raise RefusedError(
        f"another purge is at work in this database (backend pid {holder[0] if holder else 'unknown'})",
        hint="Wait until it ends, or stop it with Ctrl-C where it runs: the next purge resumes the run.",
    )
