"""Name what a command will write to, and ask for confirmation of an erasure on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from minimize.catalog.connection import Connection
from minimize.catalog.estate.targets import Address, Target, read_address
from minimize.cli.output.stderr import print_to_stderr, print_warning
from minimize.errors import RefusedError
from minimize.guard.drift import find_drift
from minimize.purge.estate.purge_databases import OpenedTarget


def print_target(conn: Connection, target: Target) -> None:
    """Print on standard error what a connection leads to, without its password."""
    _print_address(target.id, str(read_address(conn)))


def print_opened_target(opened: OpenedTarget) -> None:
    """Print on standard error where values will be erased, and which locations are not guarded.

    Raises:
        DatabaseError: The server failed.
    """
    database = opened.target.id
    _print_address(database, str(opened.address))
    unguarded = {entry.location for entry in find_drift(opened.conn, opened.survey) if entry.location}
    if unguarded:
        prefix = "" if database is None else f"{database}: "
        print_warning(f"{prefix}not guarded, so values can come back: {', '.join(sorted(unguarded))}")


def _print_address(database: str | None, address: str) -> None:
    print_to_stderr(f"target: {'' if database is None else f'{database}: '}{address}")


def is_on_terminal() -> bool:
    """Whether a person can see a question and answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def confirm_erasure(addresses: Sequence[Address]) -> None:
    """Ask on the terminal whether to erase.

    Args:
        addresses: The databases, at least one.

    Raises:
        RefusedError: The answer was no.
        click.Abort: There was no answer.
    """
    where = f"database {addresses[0].database}" if len(addresses) == 1 else f"these {len(addresses)} databases"
    if not click.confirm(f"Erase the retired values in {where}? This cannot be undone.", err=True):
        raise RefusedError("not confirmed, so nothing was changed", hint="Answer y, or give --yes.")
