"""`minimize verify`: does the database still answer with a retired field?"""

from __future__ import annotations

import dataclasses

import click

from minimize.cli.output.text_table import print_table, reading
from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.verify.residue import Verification, verify_rows


@click.command()
@click.option(
    "--level",
    type=click.Choice(["E1"]),
    default="E1",
    show_default=True,
    help="E1: no SQL path returns a value.",
)
@pass_settings
@click.pass_context
def verify(ctx: click.Context, settings: Settings, level: str) -> None:
    """Count what is left of every retired field.

    Exits with 1 if there is any.

    Rows that an exception or a hold keeps are counted but are no residue. A location that could not be read is named
    and counts as not clean.
    """
    with settings.survey() as (conn, found), reading() as on_table:
        result = verify_rows(conn, found, on_table=on_table)
    assert level == result.level
    if settings.is_json:
        print_json(
            {
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
        )
    else:
        _print(result)
    ctx.exit(0 if result.clean else 1)


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
            click.echo(
                f"{name}: {count.unremovable:,} value(s) cannot be read and taken out: correct or clear them by hand"
            )
    for entry in result.not_checked:
        click.echo(f"not checked: {entry.location}: {entry.why}")
    residue = sum(finding.count for finding in result.findings)
    if result.clean:
        click.echo(f"{result.level} clean: {len(result.counts)} location(s) read, no residue")
    else:
        click.echo(
            f"{result.level} NOT clean: {residue:,} value(s) left, {len(result.not_checked)} location(s) not checked"
        )
