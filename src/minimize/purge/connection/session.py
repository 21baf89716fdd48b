"""A connection that is opened anew when the server or the network lets it go."""

from __future__ import annotations

import random
import selectors
import time
from collections.abc import Callable
from typing import Self, TypeVar

import psycopg

from minimize.catalog.connection import Connection, address_of, connect
from minimize.catalog.error_translation import translate_errors
from minimize.errors import DatabaseError
from minimize.purge.connection.pooler import read_backend

RECONNECT_SECONDS = 60.0
"""How long a lost connection is tried again: long enough for a restart or a failover, short for an outage."""

MAX_LOSSES = 5
"""Connections lost in a row over the same work: by then it may be the work that brings the server down."""

_END_SECONDS, _END_PAUSE_SECONDS = 10.0, 0.005
_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s AND backend_start = %s"
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.05, 5.0

_T = TypeVar("_T")


class Session:
    """One connection after the other to the same database.

    What is sent over it must be safe to send twice: after a lost connection nobody knows whether the last transaction
    was committed.
    """

    def __init__(
        self,
        conn: Connection,
        *,
        is_own: bool = False,
        check: Callable[[], None] = lambda: None,
        on_loss: Callable[[], None] = lambda: None,
        on_end: Callable[[int], None] = lambda _: None,
        on_outage: Callable[[str | None], None] = lambda _: None,
    ) -> None:
        """Take over a connection.

        Args:
            conn: The first one.
            is_own: Whether closing the session closes it, too.
            check: Called between attempts to connect; raises to give up.
            on_loss: Called when a connection is given up for lost.
            on_end: Called with the pid of each server process that it has ended.
            on_outage: Called with what is waited for when the server does not let it in, and with None when it does.

        Raises:
            RefusedError: It goes through a pooler.
        """
        self.conn = conn
        self._address = address_of(conn)
        self._backend = read_backend(conn)
        self._is_own = is_own
        self._check = check
        self._on_loss = on_loss
        self._on_end = on_end
        self._on_outage = on_outage

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what it opened."""
        if self._is_own:
            self.conn.close()
        self._on_end(self._backend.pid)

    def another(self) -> Session:
        """Open a session of its own to the same database, as patiently as `renew`.

        Raises:
            DatabaseError: The server does not let it in.
            RefusedError: What the address has come to lead to is a pooler.
        """
        return self._with_retries(
            lambda: Session(
                connect(self._address),
                is_own=True,
                check=self._check,
                on_loss=self._on_loss,
                on_end=self._on_end,
                on_outage=self._on_outage,
            )
        )

    @property
    def is_lost(self) -> bool:
        """Whether the present connection can no longer be used."""
        return self.conn.closed or self.conn.info.status is not psycopg.pq.ConnStatus.OK

    @property
    def has_unread_data(self) -> bool:
        """Whether the server has something to say unasked, as a rule that it ends the connection; no round trip.

        Of a connection on which a statement is under way it says nothing.
        """
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self.conn.fileno(), selectors.EVENT_READ)
                return bool(selector.select(0))
        except (psycopg.OperationalError, OSError, ValueError):  # closed, perhaps by another thread just now
            return True

    def renew(self) -> None:
        """Connect again, for up to `RECONNECT_SECONDS`, pausing longer after each attempt.

        The server may not have noticed that the connection before is gone; what it held is released first.

        Raises:
            DatabaseError: The server does not come back.
        """
        self.conn.close()
        self._on_loss()
        self._with_retries(self._reconnect)

    def _with_retries(self, attempt: Callable[[], _T]) -> _T:
        until = time.monotonic() + RECONNECT_SECONDS
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                reached = attempt()
            except DatabaseError as error:
                if time.monotonic() > until:
                    raise
                self._on_outage(f"server: {error.message}; tried again for up to {RECONNECT_SECONDS:.0f} s")
            else:
                if pause > _FIRST_PAUSE_SECONDS:
                    self._on_outage(None)
                return reached
            self._check()
            time.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _reconnect(self) -> None:
        # The new connection may be lost as soon as it is there: then the next one ends what the first left behind.
        self.conn.close()
        self.conn = connect(self._address)
        self._is_own = True
        self._end_previous()
        self._on_end(self._backend.pid)
        self._backend = read_backend(self.conn)

    def _end_previous(self) -> None:
        """Wait until the server process of the connection before has gone, and its locks with it."""
        until = time.monotonic() + _END_SECONDS
        with translate_errors("ending the connection that was lost"):
            while self.conn.execute(_END, self._backend).fetchone() and time.monotonic() < until:
                time.sleep(_END_PAUSE_SECONDS)
