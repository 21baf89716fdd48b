"""A database session that reconnects after its connection was lost."""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable
from typing import Self, TypeVar

import psycopg
from tenacity import stop_after_delay

from minimize.catalog.connection import Connection, address_of, connect
from minimize.catalog.error_translation import translate_errors
from minimize.errors import DatabaseError, MinimizeError
from minimize.purge.connection.pooler import read_backend
from minimize.purge.connection.retry import backoff, retry
from minimize.purge.tuning import DEFAULT_TUNING

_TERMINATE_SECONDS, _TERMINATE_PAUSE_SECONDS = 10.0, 0.005
_TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s AND backend_start = %s"
_RECONNECT_PAUSES = backoff(first=0.05, longest=5.0)

_T = TypeVar("_T")


class Session:
    """A sequence of connections to the same database, one at a time.

    Every statement sent over it must be safe to repeat: after a lost connection it is unknown whether the last
    transaction was committed.
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
        reconnect_seconds: float = DEFAULT_TUNING.reconnect_seconds,
    ) -> None:
        """Start with an open connection.

        Args:
            conn: The first connection.
            is_own: Whether closing the session closes the connection too.
            check: Called between two attempts to connect; raises to give up.
            on_loss: Called when a connection was lost.
            on_end: Called with the pid of each server process that has ended.
            on_outage: Called with the reason after each failed attempt to connect, and with None once connected.
            reconnect_seconds: How long to retry a lost connection.

        Raises:
            RefusedError: The connection goes through a pooler.
        """
        self.conn = conn
        self._address = address_of(conn)
        self._backend = read_backend(conn)
        self._is_own = is_own
        self._check = check
        self._on_loss = on_loss
        self._on_end = on_end
        self._on_outage = on_outage
        self._reconnect_seconds = reconnect_seconds

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections that the session opened itself."""
        if self._is_own:
            self.conn.close()
        self._on_end(self._backend.pid)

    def open_another(self) -> Session:
        """Open another session to the same database; retry for as long as `renew`.

        Raises:
            DatabaseError: The server does not accept the connection.
            RefusedError: The address now leads to a pooler.
        """
        return self._retry_connecting(
            lambda: Session(
                connect(self._address),
                is_own=True,
                check=self._check,
                on_loss=self._on_loss,
                on_end=self._on_end,
                on_outage=self._on_outage,
                reconnect_seconds=self._reconnect_seconds,
            )
        )

    @property
    def is_lost(self) -> bool:
        """Whether the current connection can no longer be used."""
        return self.conn.closed or self.conn.info.status is not psycopg.pq.ConnStatus.OK

    @property
    def has_unread_data(self) -> bool:
        """Whether the connection has unread data, usually a disconnect. Needs no round trip.

        Meaningless while a statement is running on the connection.
        """
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self.conn.fileno(), selectors.EVENT_READ)
                return bool(selector.select(0))
        except (psycopg.OperationalError, OSError, ValueError):  # closed, perhaps by another thread just now
            return True

    def renew(self) -> None:
        """Reconnect, and pause longer after each failed attempt.

        The server may not have noticed yet that the previous connection is lost: its locks are released first.

        Raises:
            DatabaseError: The server did not accept a connection in time.
        """
        self.conn.close()
        self._on_loss()
        self._retry_connecting(self._reconnect)

    def _retry_connecting(self, attempt: Callable[[], _T]) -> _T:
        failures: list[BaseException] = []

        def report(error: BaseException | None) -> None:
            assert isinstance(error, MinimizeError)
            failures.append(error)
            self._on_outage(f"server: {error.message}; tried again for up to {self._reconnect_seconds:.0f} s")
            self._check()

        connected = retry(
            attempt,
            until=stop_after_delay(self._reconnect_seconds),
            on_error=lambda error: isinstance(error, DatabaseError),
            pause=_RECONNECT_PAUSES,
            before_pause=report,
        )
        if failures:
            self._on_outage(None)
        return connected

    def _reconnect(self) -> None:
        # An earlier attempt may have connected and lost its connection again.
        self.conn.close()
        self.conn = connect(self._address)
        self._is_own = True
        self._terminate_previous()
        self._on_end(self._backend.pid)
        self._backend = read_backend(self.conn)

    def _terminate_previous(self) -> None:
        """Wait until the server process of the previous connection has ended and has released its locks."""
        until = time.monotonic() + _TERMINATE_SECONDS
        with translate_errors("ending the connection that was lost"):
            while self.conn.execute(_TERMINATE, self._backend).fetchone() and time.monotonic() < until:
                time.sleep(_TERMINATE_PAUSE_SECONDS)
