"""`minimize verify`: does the database still return a retired field?"""

from __future__ import annotations

import dataclasses

import click

import minimize
from minimize.cli.database_option import databases_option, warn_of_unused_databases
from minimize.cli.global_options import GlobalOptions, command, pass_options
from minimize.cli.output.estate_report import Report
from minimize.cli.output.text_table import print_table, showing_table_read
from minimize.errors import ExitCode
from minimize.verify.estate_verification import Level
from minimize.verify.residue import Verification


@command()
@databases_option()
@click.option(
    "--level",
    type=click.Choice(["E1"]),
    default="E1",
    show_default=True,
    help="E1: no row returns a value, except exempt and held rows.",
)
@pass_options
@click.pass_context
def verify(ctx: click.Context, options: GlobalOptions, *, databases: tuple[str, ...], level: Level) -> None:
    """Count the values of retired fields that are left.

    Exit code 1 if there is residue (values that should be erased), or if a location could not be read. Exempt and held
    values are counted, but are not residue.
    """
    warn_of_unused_databases(options, databases)
    with showing_table_read() as on_table:
        result = minimize.verify(
            options.policy_path,
            options.database_url,
            databases=databases,
            level=level,
            on_table=on_table,
            check=False,
        )
    ctx.exit(_REPORT.show(options, result))


def _document(result: Verification) -> dict[str, object]:
    return {
        "level": result.level,
        "clean": result.clean,
        "findings": [dataclasses.asdict(finding) for finding in result.findings],
        "not_checked": [dataclasses.asdict(entry) for entry in result.not_checked],
        "kept": [
            {"location": name, "exempt": rows.exempt, "held": rows.held}
            for name, rows in result.counts.items()
            if rows.exempt or rows.held
        ],
    }


def _print(result: Verification) -> None:
    rows = [
        [name, count.to_erase, count.exempt, count.held]
        for name, count in result.counts.items()
        if count.to_erase or count.exempt or count.held
    ]
    if rows:
        print_table(["location", "residue", "exempt", "held"], rows)
    for name, count in result.counts.items():
        if count.unremovable:
            click.echo(f"{name}: {count.unremovable:,} value(s) cannot be read: correct or clear them by hand")
    for entry in result.not_checked:
        click.echo(f"not checked: {entry.location}: {entry.why}")
    residue = sum(finding.count for finding in result.findings)
    if result.clean:
        click.echo(f"{result.level} clean: {len(result.counts)} location(s) read, no residue")
    else:
        click.echo(
            f"{result.level} NOT clean: {residue:,} value(s) left, {len(result.not_checked)} location(s) not checked"
        )


_REPORT = Report(
    document=_document,
    print_one=_print,
    words={ExitCode.DONE: "clean", ExitCode.FINDINGS: "NOT clean"},
)
