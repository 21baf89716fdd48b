"""A request to stop a running purge: the current batch is finished, a long read is cancelled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg

from minimize.catalog.connection import Connection
from minimize.errors import DatabaseError, InterruptedRunError

_CANCEL_SECONDS = 0.5


class StopRequest:
    """A stop request; safe to set from a signal handler."""

    def __init__(self, parent: StopRequest | None = None) -> None:
        self._is_requested = False
        self._is_halted = False
        self._cancellable: Connection | None = None
        self._cancelling = threading.Lock()
        self._parent = parent
        self._parts: list[StopRequest] = []

    @property
    def is_requested(self) -> bool:
        """Whether a stop was requested."""
        return self._is_requested or (self._parent is not None and self._parent.is_requested)

    def part(self) -> StopRequest:
        """Return a request for one of several purges of this process; a request to this one stops all of them."""
        part = StopRequest(self)
        self._parts.append(part)
        return part

    def ask(self) -> None:
        """Request a stop: after the current batch, or at once if the purge only reads."""
        self._is_requested = True
        for each in (self, *self._parts):
            each._cancel()  # noqa: SLF001 - a part of itself

    def _cancel(self) -> None:
        # In a thread of its own: the caller does not wait for the server, and may ask again.
        threading.Thread(target=self._keep_cancelling, daemon=True).start()

    def _keep_cancelling(self) -> None:
        """Cancel until the block is left: a cancel request that arrives before its statement has no effect."""
        while (self.is_requested or self._is_halted) and self._cancel_once():
            time.sleep(_CANCEL_SECONDS)

    def _cancel_once(self) -> bool:
        with self._cancelling:
            conn = self._cancellable
            # If the server cannot be reached for this, the statement fails too.
            with suppress(psycopg.Error):
                if conn is not None:
                    conn.cancel()
        return conn is not None

    def check(self) -> None:
        """Stop here if requested.

        Raises:
            InterruptedRunError: A stop was requested, or this work was halted.
        """
        if self.is_requested or self._is_halted:
            raise InterruptedRunError(
                "stopped after the last whole batch",
                hint="Run the same command again: it goes on from there.",
            )

    def wait(self, seconds: float) -> None:
        """Sleep; a stop request ends the sleep at once.

        Raises:
            InterruptedRunError: A stop was requested.
        """
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, 0.1))

    @contextmanager
    def halting(self) -> Iterator[Callable[[], None]]:
        """Yield a function that stops all work inside the block, in every thread, without a stop request."""

        def halt() -> None:
            self._is_halted = True
            self._cancel()

        try:
            yield halt
        finally:
            self._is_halted = False

    @contextmanager
    def cancelling(self, conn: Connection) -> Iterator[None]:
        """Let a stop request cancel the statement that runs inside the block.

        Raises:
            InterruptedRunError: A stop was requested.
        """
        self._cancellable = conn
        try:
            # Only now: a request from here on finds the connection to cancel.
            self.check()
            yield
        except DatabaseError:
            # A cancelled statement was already translated to this error.
            self.check()
            raise
        finally:
            # What follows the block is not cancelled.
            with self._cancelling:
                self._cancellable = None
