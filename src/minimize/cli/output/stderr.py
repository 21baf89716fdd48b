"""Standard error, which may be closed: a purge can outlive the terminal or the pipe that it was started on."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from minimize.errors import MinimizeError

FILENO = 2


@contextmanager
def ignoring_closed_stderr() -> Iterator[None]:
    """Continue where the block cannot write to standard error; from then on its output is discarded."""
    try:
        yield
    except OSError:
        # Python's own buffers are flushed at exit: an error there would change the exit code to 120.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, FILENO)
        os.close(nowhere)


def print_to_stderr(text: str) -> None:
    """Print a line to standard error, if it is open."""
    with ignoring_closed_stderr():
        click.echo(text, err=True)


def print_warning(text: str) -> None:
    """Print a warning to standard error."""
    print_to_stderr(f"warning: {text}")


def print_error(error: MinimizeError, prefix: str = "", *, with_traceback: bool = False) -> None:
    """Print an error to standard error: a line for each problem, and each hint once, under the lines that it is for.

    Args:
        error: The error.
        prefix: Text after `error: ` and `hint: `, such as `east: ` for a database of the policy.
        with_traceback: Print the traceback first.
    """
    if with_traceback:
        with ignoring_closed_stderr():
            traceback.print_exception(error)
    for hint, lines in error.by_hint().items():
        for line in lines:
            print_to_stderr(f"error: {prefix}{line}")
        print_to_stderr(f"hint: {prefix}{hint}")


class _WarningHandler(logging.Handler):
    """Prints the warnings of the logger `minimize`."""

    def emit(self, record: logging.LogRecord) -> None:
        print_warning(record.getMessage())


@contextmanager
def printing_warnings() -> Iterator[None]:
    """Print what the block logs as a warning to the logger `minimize`."""
    handler = _WarningHandler(logging.WARNING)
    logger = logging.getLogger("minimize")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
