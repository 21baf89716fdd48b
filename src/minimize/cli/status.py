"""`minimize status`: the state of each location, as observed in the database."""

from __future__ import annotations

import click

import minimize
from minimize.cli.database_option import databases_option, warn_of_unused_databases
from minimize.cli.global_options import GlobalOptions, command, pass_options
from minimize.cli.output.estate_report import Report
from minimize.cli.output.text_table import print_table, showing_table_read
from minimize.observed_state import DatabaseStatus


@command()
@databases_option()
@pass_options
@click.pass_context
def status(ctx: click.Context, options: GlobalOptions, *, databases: tuple[str, ...]) -> None:
    """Show the observed state and level of each location.

    Prints one line for each location; reads every table once.

    declared: named in the policy only. guarded: writes are refused (E0). purged: only values that an exception or a
    hold keeps are left (E1). dropped: the column is gone (E1). unknown: the location could not be read.
    """
    warn_of_unused_databases(options, databases)
    with showing_table_read() as on_table:
        result = minimize.status(
            options.policy_path, options.database_url, databases=databases, on_table=on_table, check=False
        )
    ctx.exit(_REPORT.show(options, result))


def _document(result: DatabaseStatus) -> dict[str, object]:
    return {
        "policy": result.policy,
        "level": result.level,
        "locations": [
            {
                "field": state.field,
                "location": state.location,
                "kind": state.kind,
                "state": state.state,
                "level": state.level,
                "proven": state.proven,
                "rows": {
                    "carrying": state.rows.carrying,
                    "exempt": state.rows.exempt,
                    "held": state.rows.held,
                },
                "not_checked": list(state.not_checked),
            }
            for state in result.locations
        ],
    }


def _print(result: DatabaseStatus) -> None:
    print_table(
        ["location", "state", "level", "proof", "carrying", "exempt", "held"],
        [
            [s.location, s.state, s.level or "-", s.proven, s.rows.carrying, s.rows.exempt, s.rows.held]
            for s in result.locations
        ],
    )
    for state in result.locations:
        for why in state.not_checked:
            click.echo(f"not checked: {state.location}: {why}")
    click.echo(f"{result.policy}: {result.level or 'not guarded everywhere'}")


_REPORT = Report(document=_document, print_one=_print)
