"""Standard output, whose report may be lost, and standard streams that were closed before the command started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from typing import Any, TextIO, cast

from minimize.cli.output.stderr import print_to_stderr
from minimize.errors import MinimizeError


class ReportLostError(MinimizeError):
    """Standard output cannot be written: its reader has closed it, or its disk is full."""


@contextmanager
def reporting() -> Iterator[None]:
    """Make every write to standard output in the block succeed, or raise.

    Raises:
        ReportLostError: A write failed. Later output is discarded.
    """
    _open_closed()
    with redirect_stdout(cast("TextIO", _Report(sys.stdout))):
        yield


@contextmanager
def outlasting_report() -> Iterator[None]:
    """Continue where the report that the block prints is lost, because the work is done; say so on standard error."""
    try:
        yield
    except ReportLostError as error:
        print_to_stderr(f"error: {error.message}")
        print_to_stderr("hint: The exit code is that of the purge; `minimize purge status` shows what it did.")


class _Report:
    """Standard output, with an error class of its own: an OSError could be that of a file or a socket."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._why: str | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  the stream's attributes are of any type
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write as the stream does."""
        with self._raising_report_lost():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush as the stream does."""
        with self._raising_report_lost():
            self._stream.flush()

    @contextmanager
    def _raising_report_lost(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._why = error.strerror or "it is closed"
            # Python's own buffers are flushed at exit: an error there would change the exit code to 120.
            with suppress(OSError), Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), self._stream.fileno())
        # Raised for every later write too: click tests a stream with writes whose errors it ignores.
        if self._why is not None:
            raise ReportLostError(
                f"the report could not be written to standard output: {self._why}",
                hint="The work that was done stays done: run it again with an output that can be written.",
            )


def _open_closed() -> None:
    """Open closed standard streams on the null device, so that no connection gets their numbers and is written to."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number: this one
    # Python sets a stream that was closed to None.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115  open until the process ends
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115  the same
