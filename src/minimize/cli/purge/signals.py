"""What Ctrl-C and SIGTERM do to a running purge: the first asks it to stop, the second ends it."""

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
def stopping() -> Iterator[StopRequest]:
    """Hand out a wish to stop that SIGINT and SIGTERM utter; a second one ends the process where it is, with code 4."""
    stop = StopRequest()

    def ask(*_: object) -> None:
        if stop.is_requested:
            _end()
        stop.ask()
        # The signal may have come in the midst of a line, in which Python begins no other.
        with suppress(RuntimeError):
            print_to_stderr("stopping after this batch; a second signal ends it at once")

    previous = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _end() -> NoReturn:
    """End without waiting for anything: neither for a thread, nor for a server that does not answer."""
    # Bars hide the cursor until they end; the lock of their console may be held by whoever hangs.
    cursor = _SHOW_CURSOR if os.isatty(FILENO) else ""
    with suppress(OSError):
        os.write(FILENO, f"{cursor}{_ENDED}".encode())
    os._exit(InterruptedRunError.exit_code)
