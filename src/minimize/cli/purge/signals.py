"""SIGINT and SIGTERM during a purge: the first requests a stop, the second ends the process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from minimize.cli.output.stderr import FILENO, print_to_stderr
from minimize.errors import InterruptedRunError
from minimize.purge.connection.stop_request import StopRequest

_SHOW_CURSOR = "\x1b[?25h\n"
_ENDED = """\
error: ended at once; what was committed stays, and the server may still be busy with the last statement
hint: Run the same command again: it goes on from there.
"""


@contextmanager
def stopping_on_signals() -> Iterator[StopRequest]:
    """Yield a stop request that SIGINT and SIGTERM set; a second signal ends the process with exit code 4."""
    stop = StopRequest()

    def request_stop(*_: object) -> None:
        if stop.is_requested:
            _end()
        stop.ask()
        # The signal may interrupt a write to the same stream, and Python refuses a second one inside it.
        with suppress(RuntimeError):
            print_to_stderr("stopping after this batch; a second signal ends it at once")

    previous = {number: signal.signal(number, request_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGINT raise KeyboardInterrupt inside the block, for a question that waits for an answer."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _end() -> NoReturn:
    """End the process without waiting for a thread, or for a server that does not answer."""
    # A progress display hides the cursor; the lock of its console may be held by a thread that hangs.
    cursor = _SHOW_CURSOR if os.isatty(FILENO) else ""
    with suppress(OSError):
        os.write(FILENO, f"{cursor}{_ENDED}".encode())
    os._exit(InterruptedRunError.exit_code)
