"""Refuse a connection through a pooler, and identify the server process behind a connection."""

from __future__ import annotations

from typing import NamedTuple

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError


class Backend(NamedTuple):
    """Identifies one server process; a pid alone may be reused."""

    pid: int
    start: object


def read_backend(conn: Connection) -> Backend:
    """Return the server process behind a connection.

    Raises:
        RefusedError: Its pid is not the one that was reported when the connection was opened: a pooler may send each
            statement to another server process.
    """
    with translate_errors("reading the backend of the session"):
        row = conn.execute("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()").fetchone()
    assert row is not None
    if row[0] != conn.info.backend_pid:
        raise RefusedError(
            "the connection goes through a pooler, such as PgBouncer; a purge needs a session of its own",
            hint="Give the server's own address and port: the purge lock, its settings and Ctrl-C depend on it.",
        )
    return Backend(integer(row[0]), row[1])
