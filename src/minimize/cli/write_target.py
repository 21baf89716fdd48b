"""Name what a command will write to, and ask for confirmation of an erasure on a terminal."""

from __future__ import annotations

import sys

import click

from minimize.catalog.connection import Connection
from minimize.catalog.estate.results import EstateResult
from minimize.catalog.estate.targets import Target, read_address
from minimize.cli.output.stderr import print_to_stderr, print_warning
from minimize.errors import RefusedError
from minimize.guard.guard_check import WriteTarget


def print_target(conn: Connection, target: Target) -> None:
    """Print on standard error what a connection leads to, without its password."""
    _print_address(target.id, str(read_address(conn)))


def print_targets(targets: EstateResult[WriteTarget]) -> None:
    """Print on standard error where values will be erased, and which locations are not guarded."""
    for each in targets.databases:
        if each.result is not None:
            _print_address(each.target.id, str(each.result.address))
            if each.result.unguarded:
                prefix = "" if each.target.id is None else f"{each.target.id}: "
                print_warning(f"{prefix}not guarded, so values can come back: {', '.join(each.result.unguarded)}")


def _print_address(database: str | None, address: str) -> None:
    print_to_stderr(f"target: {'' if database is None else f'{database}: '}{address}")


def is_on_terminal() -> bool:
    """Whether a person can see a question and answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def confirm_erasure(targets: EstateResult[WriteTarget]) -> None:
    """Ask on the terminal whether to erase.

    Raises:
        RefusedError: The answer was no.
        click.Abort: There was no answer.
    """
    names = [each.result.address.database for each in targets.databases if each.result is not None]
    where = f"database {names[0]}" if len(names) == 1 else f"these {len(names)} databases"
    if names and not click.confirm(f"Erase the retired values in {where}? This cannot be undone.", err=True):
        raise RefusedError("not confirmed, so nothing was changed", hint="Answer y, or give --yes.")
