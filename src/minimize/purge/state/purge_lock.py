"""One purge per database: an advisory lock, held by the session of the run for as long as it lasts."""

from __future__ import annotations

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError

# One purge at a time per database: two would count, throttle and report past each other.
_LOCK_KEY = 0x6D696E696D697A65  # "minimize"

LOCK_HOLDERS = sql.SQL(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    " AND (classid::bigint << 32) | objid::bigint = {}"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).format(sql.Literal(_LOCK_KEY))
"""The backend that has the database's purge lock: at most one row."""


def take_lock(conn: Connection) -> None:
    """Take the database's purge lock for as long as the connection lasts.

    Raises:
        RefusedError: Another purge has it.
    """
    with translate_errors("taking the purge lock"):
        got = conn.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_KEY]).fetchone()
        if got and got[0]:
            return
        holder = conn.execute(LOCK_HOLDERS).fetchone()
    raise RefusedError(
        f"another purge is at work in this database (backend pid {holder[0] if holder else 'unknown'})",
        hint="Wait until it ends, or stop it with Ctrl-C where it runs: the next run goes on from there.",
    )
