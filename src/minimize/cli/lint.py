"""`minimize lint`: does code or SQL bring a retired field back?"""

from __future__ import annotations

from pathlib import Path

import click

from minimize.cli.settings import Settings, pass_settings
from minimize.lint import lint as lint_files
from minimize.lint.formats import FORMATS
from minimize.lint.pages import read_page


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("--as", "form", type=click.Choice(list(FORMATS)), help="How to write the report; default: --format.")
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule; may be given again.")
@click.option("--ignore-rule", multiple=True, metavar="RULE", help="Leave this rule out; may be given again.")
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave out paths that match, such as '*/versions/00*'."
)
@click.option("--explain", metavar="RULE", help="Print the page of a rule and stop.")
@pass_settings
@click.pass_context
def lint(
    ctx: click.Context,
    settings: Settings,
    paths: tuple[Path, ...],
    form: str | None,
    select: tuple[str, ...],
    ignore_rule: tuple[str, ...],
    exclude: tuple[str, ...],
    explain: str | None,
) -> None:
    """Find code that would bring a retired field back.

    Find models, migrations and SQL files that bring a retired field back, and exit with 1 if there are any.

    Directories are searched for .py and .sql files. SQL needs PostgreSQL's parser: pip install 'minimize[lint]'.
    A comment `minimize: ignore[MZL001] the reason` accepts what stands on its line.
    """
    if explain is not None:
        click.echo(read_page(explain).rstrip())
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'.", ctx)
    report = lint_files(paths, settings.load_policy(), select=select, ignore=ignore_rule, exclude=exclude)
    text = FORMATS[form or settings.output](report)
    if text:
        click.echo(text)
    ctx.exit(0 if report.clean else 1)
