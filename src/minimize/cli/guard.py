"""`minimize guard`: is the guard in the database the one the policy asks for?"""

from __future__ import annotations

import dataclasses

import click

from minimize.cli.output.text_table import print_table
from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.guard.attacks import attacks
from minimize.guard.drift import Drift, find_drift, find_earlier_guards
from minimize.guard.supporting_state import SupportingState, read_supporting_state


@click.group()
def guard() -> None:
    """Look after the triggers that refuse a retired field."""


@guard.command()
@pass_settings
@click.pass_context
def check(ctx: click.Context, settings: Settings) -> None:
    """Compare the guard in the database with the policy.

    Exit code 1 when a trigger or the CHECK is missing, disabled, altered or made from another version of the policy,
    on the table or on any of its partitions; when a trigger of somebody else fires after the guard; and when the DDL
    watch is not as it should be. What only a superuser could install or allow is named, and is no error.
    """
    with settings.survey() as (conn, found):
        found.require_known()
        drift = find_drift(conn, found)
        earlier = find_earlier_guards(conn, found)
        around = read_supporting_state(conn, found)
    sites = [site.name for table in found.tables for site in table.present]
    if settings.is_json:
        print_json(
            {
                "guarded": sites,
                "drift": [dataclasses.asdict(entry) for entry in drift],
                "earlier_release": list(earlier),
                "ddl_watch": around.ddl_watch,
                "log_muting": around.log_muting,
                "counts": around.counts,
            }
        )
    else:
        _print_check(sites, drift, around)
        _print_earlier(earlier)
    ctx.exit(1 if drift or around.is_watch_drifting else 0)


def _print_check(sites: list[str], drift: tuple[Drift, ...], around: SupportingState) -> None:
    if drift:
        print_table(
            ["location", "relation", "trigger", "problem"],
            [[d.location or "-", d.relation, d.trigger, d.problem] for d in drift],
        )
        click.echo(
            "repair: run the revision with op.guard_field again, or a new one; it replaces what drifted", err=True
        )
    else:
        click.echo(f"no drift: {len(sites)} location(s) guarded")
    for location, count in around.counts.items():
        if count:
            click.echo(f"writes that carried a value since the guard was installed: {location}: {count:,}")
    click.echo(f"ddl watch: {around.ddl_watch}")
    click.echo(f"log muting: {around.log_muting}")


def _print_earlier(locations: tuple[str, ...]) -> None:
    if locations:
        click.echo(f"guarded by an earlier release: {', '.join(locations)}")
        click.echo(
            "These guards refuse the same writes, but with SQLSTATE MZ001, for which no driver raises IntegrityError."
            " A revision with op.guard_field renews them.",
            err=True,
        )


@guard.command()
@pass_settings
@click.pass_context
def test(ctx: click.Context, settings: Settings) -> None:
    """Attack every location by every way of writing there is; everything is rolled back.

    Made-up values are written, so nobody's data is touched, but triggers of others fire. Exit code 1 when anything was
    let through. "not possible" is no success: nothing was shown by it.
    """
    with settings.survey() as (conn, found):
        found.require_known()
        outcomes = [(attack, attack.run(conn)) for attack in attacks(conn, found)]
    rows = [
        {"location": attack.location, "path": attack.path, "result": outcome.result, "why": outcome.why}
        for attack, outcome in outcomes
    ]
    if settings.is_json:
        print_json({"results": rows})
    else:
        print_table(
            ["location", "path", "result", "why"],
            [[row["location"], row["path"], row["result"].replace("_", " "), row["why"]] for row in rows],
        )
    ctx.exit(1 if any(outcome.result == "let_through" for _, outcome in outcomes) else 0)
