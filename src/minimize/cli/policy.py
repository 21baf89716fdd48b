"""`minimize policy`: is the policy file sound, and does it fit the database?"""

from __future__ import annotations

import json

import click

from minimize.catalog.estate.policy_check import check_policy
from minimize.cli.database_option import databases_option
from minimize.cli.global_options import GlobalOptions, group, pass_options
from minimize.cli.output.documents import print_json
from minimize.cli.output.estate_report import print_errors
from minimize.locations import Policy, load_policy
from minimize.policy import policy_schema


@group()
def policy() -> None:
    """Check the policy file, or print its JSON Schema."""


@policy.command()
@databases_option(default="Without it, and without a database URL, only the file is checked.")
@pass_options
@click.pass_context
def check(ctx: click.Context, options: GlobalOptions, *, databases: tuple[str, ...]) -> None:
    """Validate the policy file, optionally against a database.

    Each problem is reported with its file, line and key. With --database-url or --database, it also checks that the
    tables and columns exist and have a suitable type, that the predicates are valid SQL (EXPLAIN, in a read-only
    transaction), and that no predicate reads a value that the policy erases (a temporary view, rolled back).
    """
    found = load_policy(options.policy_path)
    is_compared = options.database_url is not None or bool(databases)
    if is_compared:
        result = check_policy(options.policy_path, options.database_url, databases=databases, check=False)
        print_errors(options, result)
        if result.exit_code:
            ctx.exit(result.exit_code)
    unconfirmed = [f"{f.id}.{e.id}" for f in found.fields for e in f.exceptions if e.status != "confirmed"]
    if options.is_json:
        print_json(
            {
                "policy": found.id,
                "fields": [field.id for field in found.fields],
                "locations": _count_locations(found),
                "checked_against_database": is_compared,
                "unconfirmed_exceptions": unconfirmed,
                "disposition": found.is_disposition_given,
            }
        )
        return
    against = "it fits the database" if is_compared else "not compared with a database"
    click.echo(f"{found.id}: valid; {len(found.fields)} field(s) at {_count_locations(found)} location(s); {against}")
    if unconfirmed:
        click.echo(f"exceptions that counsel has not confirmed (their rows are kept): {', '.join(unconfirmed)}")
    if not found.is_disposition_given:
        click.echo("no [disposition]: purge and drop will refuse")


def _count_locations(found: Policy) -> int:
    return sum(len(field.locations) for field in found.fields)


@policy.command()
def schema() -> None:
    """Print the JSON Schema of the policy file, for editors."""
    click.echo(json.dumps(policy_schema(), indent=2, ensure_ascii=False))
