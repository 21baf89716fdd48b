"""`minimize lint`: does code or SQL bring a retired field back?"""

from __future__ import annotations

from pathlib import Path

import click

from minimize.cli.global_options import GlobalOptions, command, pass_options
from minimize.lint import lint as lint_files
from minimize.lint.formats import FORMATS
from minimize.lint.pages import read_page
from minimize.locations import load_policy


@command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("--as", "form", type=click.Choice(list(FORMATS)), help="Form of the report; default: that of --format.")
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule; repeatable.")
@click.option("--ignore-rule", multiple=True, metavar="RULE", help="Do not run this rule; repeatable.")
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Skip paths that match, such as '*/versions/00*'; repeatable.",
)
@click.option("--explain", metavar="RULE", help="Print the documentation of a rule and exit.")
@pass_options
@click.pass_context
def lint(
    ctx: click.Context,
    options: GlobalOptions,
    *,
    paths: tuple[Path, ...],
    form: str | None,
    select: tuple[str, ...],
    ignore_rule: tuple[str, ...],
    exclude: tuple[str, ...],
    explain: str | None,
) -> None:
    """Find code that would bring a retired field back.

    Reads models, migrations and SQL files. Exit code 1 if there is a finding.

    Directories are searched for .py and .sql files. SQL needs PostgreSQL's parser: pip install 'minimize[lint]'.
    A comment `minimize: ignore[MZL001] the reason` accepts a finding on its line.
    """
    if explain is not None:
        click.echo(read_page(explain).rstrip())
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'.", ctx)
    report = lint_files(paths, load_policy(options.policy_path), select=select, ignore=ignore_rule, exclude=exclude)
    text = FORMATS[form or options.output](report)
    if text:
        click.echo(text)
    ctx.exit(0 if report.clean else 1)
