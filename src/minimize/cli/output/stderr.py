"""Standard error, which may lead nowhere any more: a purge outlives the terminal or the pipe that it was begun on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from minimize.errors import MinimizeError

FILENO = 2


@contextmanager
def ignoring_closed_stderr() -> Iterator[None]:
    """Go on where what the block writes to standard error finds no reader; from then on it is thrown away."""
    try:
        yield
    except OSError:
        # What is still in Python's own buffers has to go somewhere, or the exit code becomes 120.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, FILENO)
        os.close(nowhere)


def print_to_stderr(text: str) -> None:
    """Print a line to standard error, if anybody reads it."""
    with ignoring_closed_stderr():
        click.echo(text, err=True)


def print_error(error: MinimizeError, prefix: str = "") -> None:
    """Print an error to standard error: a line for each problem, and under those with the same hint the hint.

    Args:
        error: The error.
        prefix: What each line begins with after its kind, such as `east: ` for a database of an estate.
    """
    for hint, lines in error.by_hint().items():
        for line in lines:
            print_to_stderr(f"error: {prefix}{line}")
        print_to_stderr(f"hint: {prefix}{hint}")
