"""`minimize policy`: is the policy file sound, and does it fit the database?"""

from __future__ import annotations

import json

import click

from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import survey
from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.policy import policy_schema


@click.group()
def policy() -> None:
    """Check the policy file, or print its JSON Schema."""


@policy.command()
@pass_settings
def check(settings: Settings) -> None:
    """Validate the policy file, and against the database if one is given.

    Every problem is reported with its file, line and key. With --database-url also: do the tables and columns exist,
    are they of the right type, do the predicates work (EXPLAIN, in a read-only transaction), and does none of them read
    what the policy erases (a temporary view, in a transaction that is undone)?
    """
    found = settings.load_policy()
    against = "not checked against a database"
    if settings.database_url is not None:
        with settings.connect() as conn:
            check_survey(conn, survey(conn, found))
        against = "it fits the database"
    unconfirmed = [f"{f.id}.{e.id}" for f in found.fields for e in f.exceptions if e.status != "confirmed"]
    locations = sum(len(field.locations) for field in found.fields)
    if settings.is_json:
        print_json(
            {
                "policy": found.id,
                "fields": [field.id for field in found.fields],
                "locations": locations,
                "checked_against_database": settings.database_url is not None,
                "unconfirmed_exceptions": unconfirmed,
                "disposition": found.is_disposition_given,
            }
        )
        return
    click.echo(f"{found.id}: sound; {len(found.fields)} field(s) at {locations} location(s); {against}")
    if unconfirmed:
        click.echo(f"exceptions that counsel has not confirmed (their rows are kept): {', '.join(unconfirmed)}")
    if not found.is_disposition_given:
        click.echo("no [disposition]: purge and drop will refuse")


@policy.command()
def schema() -> None:
    """Print the JSON Schema of the policy file, for editors."""
    click.echo(json.dumps(policy_schema(), indent=2, ensure_ascii=False))
