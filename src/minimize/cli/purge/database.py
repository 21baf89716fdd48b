"""The database that a purge is told of or steered in: that of the URL, or one of the policy's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from minimize.catalog.connection import Connection
from minimize.cli.settings import Settings
from minimize.errors import UsageError
from minimize.policy import Policy
from minimize.purge.estate.targets import Target, find_targets

_Command = TypeVar("_Command", bound=Callable[..., Any])


def database_option(command: _Command) -> _Command:
    """Give a command the option --database."""
    return click.option(
        "--database",
        metavar="ID",
        help="The [[database]] of the policy that is meant; needed where it has several and no database URL is given.",
    )(command)


@contextmanager
def connected(settings: Settings, database: str | None) -> Iterator[tuple[Connection, Policy | None]]:
    """Open the one database that is meant; with it comes the policy, None without a policy file.

    Raises:
        UsageError: The policy has several databases and none is named, or none of that name, or a URL is given, too.
        PolicyError: The policy cannot be read, or does not lead to the database.
        DatabaseError: The server does not answer or does not let us in.
    """
    policy = settings.load_policy_if_there() if database is None else settings.load_policy()
    if database is not None and settings.database_url is not None:
        raise both_given()
    if policy is None or settings.database_url is not None or not (database or policy.databases):
        with settings.connect() as conn:
            yield conn, policy
        return
    with _only(policy, settings, database).connected() as conn:
        yield conn, policy


def _only(policy: Policy, settings: Settings, database: str | None) -> Target:
    ids = [each.id for each in policy.databases] if database is None else [database]
    if len(ids) > 1:
        raise UsageError(
            f"policy {policy.id} has several databases: {', '.join(ids)}",
            hint="Name the one that is meant with --database.",
        )
    (target,) = find_targets(policy, settings.policy_path, ids, os.environ)
    return target


def both_given() -> UsageError:
    """Return the error of who names a database of the policy and gives a URL."""
    return UsageError(
        "--database and a database URL exclude each other",
        hint="Leave one out: --database, or --database-url, MINIMIZE_DATABASE_URL and DATABASE_URL.",
    )
