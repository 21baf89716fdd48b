"""Standard output, whose report may be lost, and standard streams that were closed before we began."""

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
    """Standard output takes no more: its reader has gone, or its disk is full."""


@contextmanager
def reporting() -> Iterator[None]:
    """Let whatever the block writes to standard output be written, or raise.

    Raises:
        ReportLostError: It could not be; what comes after it is thrown away.
    """
    _open_closed()
    with redirect_stdout(cast("TextIO", _Report(sys.stdout))):
        yield


@contextmanager
def outlasting_report() -> Iterator[None]:
    """Go on where the report that the block prints is lost: what it tells of was done all the same.

    That the report is lost is told on standard error.
    """
    try:
        yield
    except ReportLostError as error:
        print_to_stderr(f"error: {error.message}")
        print_to_stderr("hint: The exit code is that of the purge; `minimize purge status` tells what it did.")


class _Report:
    """Standard output, whose failures are not taken for those of a file or a socket, as an OSError would be."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._why: str | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write as the stream does."""
        with self._losing():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush as the stream does."""
        with self._losing():
            self._stream.flush()

    @contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._why = error.strerror or "it is closed"
            # What is still in Python's own buffers has to go somewhere, or the exit code becomes 120.
            with suppress(OSError), Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), self._stream.fileno())
        # Every time from then on: click tries a stream with writes whose errors it keeps to itself.
        if self._why is not None:
            raise ReportLostError(
                f"the report could not be written to standard output: {self._why}",
                hint="What was done stays done: run it again, with its output where it can be written.",
            )


def _open_closed() -> None:
    """Have closed standard streams lead nowhere, so that no connection takes the number of one and is written to."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    # Python has None for a stream that was closed.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - for as long as the process lasts
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
