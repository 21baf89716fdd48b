"""The option --database: which of the policy's databases a command is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from minimize.catalog.estate.targets import Target, choose_targets
from minimize.cli.global_options import GlobalOptions
from minimize.cli.output.stderr import print_warning
from minimize.errors import UsageError
from minimize.locations import Policy, load_policy

_Command = TypeVar("_Command", bound=Callable[..., Any])


def databases_option(
    *, default: str = "Without it, and without a database URL, all of them."
) -> Callable[[_Command], _Command]:
    """Give a command that can work on several databases the option --database.

    Args:
        default: What its help says about a command line without it.
    """
    return click.option(
        "--database",
        "databases",
        multiple=True,
        metavar="ID",
        help=f"A [[database]] of the policy; repeatable. {default}",
    )


def database_option(command: _Command) -> _Command:
    """Give a command that works on one database the option --database."""
    return click.option(
        "--database",
        metavar="ID",
        help="A [[database]] of the policy. Required if the policy has several and no database URL is given.",
    )(command)


def choose_database(options: GlobalOptions, database: str | None) -> tuple[Target, Policy | None]:
    """Return the one database that a command is for, and the policy; None where there is no policy file.

    Raises:
        UsageError: The policy has several databases and none is named, the id is unknown, or a URL is given as well.
        PolicyError: The policy cannot be read, or does not lead to the database.
    """
    if database is None and not options.policy_path.exists():
        return Target(id=None, server="", url=options.database_url), None
    policy = load_policy(options.policy_path)
    if database is None and options.database_url is None and len(policy.databases) > 1:
        ids = ", ".join(each.id for each in policy.databases)
        raise UsageError(f"policy {policy.id} has several databases: {ids}", hint="Choose one with --database.")
    chosen = () if database is None else (database,)
    _, (target, *_) = choose_targets(options.policy_path, options.database_url, chosen)
    return target, policy


def warn_of_unused_databases(options: GlobalOptions, databases: Sequence[str]) -> None:
    """Warn that a database URL is given, so that the policy's own databases are not used."""
    if options.database_url is None or databases:
        return
    if unused := load_policy(options.policy_path).databases:
        ids = ", ".join(each.id for each in unused)
        print_warning(f"a database URL is given, so these databases of the policy are not used: {ids}")
