"""`minimize guard`: is the guard in the database the one that the policy describes?"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import click

import minimize
from minimize.catalog.survey import survey
from minimize.cli.database_option import (
    choose_database,
    database_option,
    databases_option,
    warn_of_unused_databases,
)
from minimize.cli.global_options import GlobalOptions, group, pass_options
from minimize.cli.output.documents import print_json
from minimize.cli.output.estate_report import Report
from minimize.cli.output.text_table import print_table
from minimize.cli.write_target import print_target
from minimize.errors import ExitCode
from minimize.guard.attacks import attacks
from minimize.guard.drift import Drift
from minimize.guard.guard_check import GuardCheck
from minimize.locations import load_policy


@group()
def guard() -> None:
    """Check the triggers that refuse writes of a retired field."""


@guard.command()
@databases_option()
@pass_options
@click.pass_context
def check(ctx: click.Context, options: GlobalOptions, *, databases: tuple[str, ...]) -> None:
    """Compare the guard in the database with the policy.

    Exit code 1 if a trigger or CHECK constraint is missing, disabled, altered, or from another version of the policy,
    on the table or on a partition. Exit code 1 also if one of your own triggers fires after the guard, or if the DDL
    watch (the event trigger for new columns) was altered. Optional parts that need a superuser are reported, but are
    not an error.

    Changes nothing. An Alembic revision with op.guard_field installs the guard.
    """
    warn_of_unused_databases(options, databases)
    result = minimize.guard(options.policy_path, options.database_url, databases=databases, check=False)
    ctx.exit(_REPORT.show(options, result))


def _document(result: GuardCheck) -> dict[str, object]:
    return {
        "guarded": list(result.locations),
        "drift": [dataclasses.asdict(entry) for entry in result.drift],
        "earlier_release": list(result.earlier_release),
        "ddl_watch": result.supporting_state.ddl_watch,
        "log_muting": result.supporting_state.log_muting,
        "counts": result.supporting_state.counts,
    }


def _print(result: GuardCheck) -> None:
    unguarded = {location for locations in result.unguarded.values() for location in locations}
    drift = [entry for entry in result.drift if entry.location not in unguarded]
    if unguarded:
        click.echo(f"not guarded: {len(unguarded)} of {len(result.locations)} location(s)")
        for table, locations in result.unguarded.items():
            parts = ", ".join(location.removeprefix(f"{table}.") for location in locations if location != table)
            click.echo(f"  {table}: {parts}" if parts else f"  {table}")
        click.echo("install: run the Alembic revision with op.guard_field", err=True)
    if drift:
        _print_drift(drift)
    elif not unguarded:
        click.echo(f"no drift: {len(result.locations)} location(s) guarded")
    for location, count in result.supporting_state.counts.items():
        if count:
            click.echo(f"writes that carried a value since the guard was installed: {location}: {count:,}")
    click.echo(f"ddl watch: {result.supporting_state.ddl_watch}")
    click.echo(f"log muting: {result.supporting_state.log_muting}")
    _print_earlier(result.earlier_release)


def _print_drift(drift: Sequence[Drift]) -> None:
    print_table(
        ["location", "relation", "trigger", "problem"],
        [[each.location or "-", each.relation, each.trigger, each.problem] for each in drift],
        names=3,
    )
    click.echo("repair: run the revision with op.guard_field again, or a new one; it replaces what drifted", err=True)


_REPORT = Report(document=_document, print_one=_print, words={ExitCode.DONE: "guarded", ExitCode.FINDINGS: "drift"})


def _print_earlier(locations: tuple[str, ...]) -> None:
    if locations:
        click.echo(f"guarded by an earlier release: {', '.join(locations)}")
        click.echo(
            "These guards refuse the same writes, but with SQLSTATE MZ001, for which no driver raises IntegrityError."
            " A revision with op.guard_field renews them.",
            err=True,
        )


@guard.command()
@database_option
@pass_options
@click.pass_context
def test(ctx: click.Context, options: GlobalOptions, *, database: str | None) -> None:
    """Attempt every kind of write to every location, and roll back.

    Writes generated values. Your own triggers fire. Exit code 1 if a write was accepted. The result "not possible" is
    not a success: that kind of write could not be attempted.
    """
    policy = load_policy(options.policy_path)
    target, _ = choose_database(options, database)
    with target.connected() as conn:
        print_target(conn, target)
        found = survey(conn, policy)
        found.require_known()
        outcomes = [(attack, attack.run(conn)) for attack in attacks(conn, found)]
    rows = [
        {"location": attack.location, "path": attack.path, "result": outcome.result, "why": outcome.why}
        for attack, outcome in outcomes
    ]
    if options.is_json:
        print_json({"results": rows})
    else:
        print_table(
            ["location", "path", "result", "why"],
            [[row["location"], row["path"], row["result"].replace("_", " "), row["why"]] for row in rows],
        )
    ctx.exit(1 if any(outcome.result == "let_through" for _, outcome in outcomes) else 0)
