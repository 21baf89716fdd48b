"""`minimize guard`: is the guard in the database the one the policy asks for?"""

from __future__ import annotations

import dataclasses

import click

from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.cli.table import print_table
from minimize.guard.drift import find_drift


@click.group()
def guard() -> None:
    """Look after the triggers that refuse a retired field."""


@guard.command()
@pass_settings
@click.pass_context
def check(ctx: click.Context, settings: Settings) -> None:
    """Compare the guard in the database with the policy.

    Exit code 1 when a trigger is missing, disabled, altered or made from another version of the policy, on the table
    or on any of its partitions, and when a trigger of somebody else fires after the guard.
    """
    with settings.survey() as (conn, found):
        found.require_known()
        drift = find_drift(conn, found)
    sites = [site.name for table in found.tables for site in table.present]
    if settings.is_json:
        print_json({"guarded": sites, "drift": [dataclasses.asdict(entry) for entry in drift]})
    elif drift:
        print_table(
            ["location", "relation", "trigger", "problem"],
            [[d.location or "-", d.relation, d.trigger, d.problem] for d in drift],
        )
        click.echo(
            "Repair: run the revision with op.guard_field again, or a new one; it replaces what drifted.",
            err=True,
        )
    else:
        click.echo(f"no drift: {len(sites)} location(s) guarded")
    ctx.exit(1 if drift else 0)
