"""Asking a running purge to stop: a batch is finished, a long read is cancelled."""

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
    """A wish to stop that a signal handler may utter at any time."""

    def __init__(self, whole: StopRequest | None = None) -> None:
        self._is_requested = False
        self._is_halted = False
        self._cancellable: Connection | None = None
        self._cancelling = threading.Lock()
        self._whole = whole
        self._parts: list[StopRequest] = []

    @property
    def is_requested(self) -> bool:
        """Whether somebody asked."""
        return self._is_requested or (self._whole is not None and self._whole.is_requested)

    def part(self) -> StopRequest:
        """Return a request for one of several purges of this process: who asks this one asks them all."""
        part = StopRequest(self)
        self._parts.append(part)
        return part

    def ask(self) -> None:
        """Ask the purge to stop: after the batch it is in, or at once where it only reads."""
        self._is_requested = True
        for each in (self, *self._parts):
            each._cancel()  # noqa: SLF001 - a part of itself

    def _cancel(self) -> None:
        # On a thread of its own: whoever asks waits for no server, and may ask again.
        threading.Thread(target=self._keep_cancelling, daemon=True).start()

    def _keep_cancelling(self) -> None:
        """Cancel until the block is left, since a request that comes before its statement is lost."""
        while (self.is_requested or self._is_halted) and self._cancel_once():
            time.sleep(_CANCEL_SECONDS)

    def _cancel_once(self) -> bool:
        with self._cancelling:
            conn = self._cancellable
            # A server that does not hear this one does not answer the statement either, which ends with an error.
            with suppress(psycopg.Error):
                if conn is not None:
                    conn.cancel()
        return conn is not None

    def check(self) -> None:
        """Stop here if asked.

        Raises:
            InterruptedRunError: It was asked to stop, or this work was halted.
        """
        if self.is_requested or self._is_halted:
            raise InterruptedRunError(
                "stopped after the last whole batch",
                hint="Run the same command again: it goes on from there.",
            )

    def wait(self, seconds: float) -> None:
        """Let some time pass, in which a wish to stop is heard at once.

        Raises:
            InterruptedRunError: It was asked to stop.
        """
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, 0.1))

    @contextmanager
    def halting(self) -> Iterator[Callable[[], None]]:
        """Hand out what stops all work inside the block, on every thread, though nobody asked the purge to stop."""

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
            InterruptedRunError: It was asked to stop.
        """
        self._cancellable = conn
        try:
            # Only now: whoever asks from here on finds what to cancel.
            self.check()
            yield
        except DatabaseError:
            # By now a cancelled statement is an error of ours.
            self.check()
            raise
        finally:
            # What comes after the block is not cancelled.
            with self._cancelling:
                self._cancellable = None
