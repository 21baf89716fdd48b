"""A connection that is opened anew when the server or the network lets it go."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Self

import psycopg

from minimize.catalog.connection import Connection, address_of, connect, translated
from minimize.errors import DatabaseError

PATIENCE_SECONDS = 60.0
"""How long a lost connection is tried again: long enough for a restart or a failover, short for an outage."""

_END_SECONDS = 10
_END = "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity WHERE pid = %s AND backend_start = %s"
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.05, 5.0


class Session:
    """One connection after the other to the same database.

    What is sent over it must be safe to send twice: after a lost connection nobody knows whether the last transaction
    was committed.
    """

    def __init__(self, conn: Connection, *, is_own: bool = False, check: Callable[[], None] = lambda: None) -> None:
        """Take over a connection.

        Args:
            conn: The first one.
            is_own: Whether closing the session closes it, too.
            check: Called between attempts to connect; raises to give up.
        """
        self.conn = conn
        self._address = address_of(conn)
        self._backend = _backend(conn)
        self._is_own = is_own
        self._check = check

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what it opened."""
        if self._is_own:
            self.conn.close()

    def another(self) -> Session:
        """Open a session of its own to the same database."""
        return Session(connect(self._address), is_own=True, check=self._check)

    @property
    def is_lost(self) -> bool:
        """Whether the present connection can no longer be used."""
        return self.conn.closed or self.conn.info.status is not psycopg.pq.ConnStatus.OK

    def renew(self) -> None:
        """Connect again, for up to `PATIENCE_SECONDS`, pausing longer after each attempt.

        The server may not have noticed that the connection before is gone; what it held is released first.

        Raises:
            DatabaseError: The server does not come back.
        """
        self.conn.close()
        until = time.monotonic() + PATIENCE_SECONDS
        pause = _FIRST_PAUSE_SECONDS
        while not self._connected(is_last=time.monotonic() > until):
            self._check()
            time.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _connected(self, *, is_last: bool) -> bool:
        try:
            self.conn = connect(self._address)
        except DatabaseError:
            if is_last:
                raise
            return False
        self._is_own = True
        with translated("ending the connection that was lost"):
            self.conn.execute(_END, [1000 * _END_SECONDS, *self._backend])
        self._backend = _backend(self.conn)
        return True


def _backend(conn: Connection) -> Sequence[object]:
    """Return what tells a server process from every other there ever was."""
    with translated("asking for the session"):
        row = conn.execute("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()").fetchone()
    assert row is not None
    return row
