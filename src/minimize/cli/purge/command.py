"""`minimize purge`: erase what was collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click
from click.core import ParameterSource

import minimize
from minimize.cli.database_option import databases_option, warn_of_unused_databases
from minimize.cli.global_options import GLOBAL_NAMES, GlobalOptions, group, pass_options
from minimize.cli.output.text_table import showing_table_read
from minimize.cli.purge.control import cancel, pause, resume, tune
from minimize.cli.purge.preview_report import PREVIEW_REPORT
from minimize.cli.purge.progress import showing_progress
from minimize.cli.purge.result_report import result_report
from minimize.cli.purge.signals import interruptible, stopping_on_signals
from minimize.cli.purge.status import status
from minimize.cli.write_target import confirm_erasure, is_on_terminal, print_opened_target
from minimize.errors import ExitCode
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import ConsumerChoice, StrategyChoice, TriggerChoice
from minimize.purge.throttle.profiles import PROFILES
from minimize.purge.throttle.units import parse_milliseconds


def _lock_timeout(_ctx: click.Context, _option: click.Parameter, value: str) -> str:
    try:
        parse_milliseconds(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return value


class _StrategyType(click.Choice[str]):
    """The strategies; `truncate` also by its former name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        return super().convert("truncate" if value == "dispose" else value, param, ctx)


@group(invoke_without_command=True)
@databases_option()
@click.option(
    "--dry-run",
    is_flag=True,
    help="Count what would be erased, report obstacles, and estimate the duration. Change nothing.",
)
@click.option("--yes", is_flag=True, help="Do not ask for confirmation. Without a terminal, no question is asked.")
@click.option(
    "--triggers",
    type=click.Choice(get_args(TriggerChoice)),
    default="refuse",
    show_default=True,
    help="For a trigger of yours that would copy the old row: refuse to start, let it fire, or suppress it.",
)
@click.option(
    "--consumers",
    type=click.Choice(get_args(ConsumerChoice)),
    default="refuse",
    show_default=True,
    help="For a publication or slot that would be sent old values (REPLICA IDENTITY FULL): refuse to start, or send.",
)
@click.option(
    "--strategy",
    type=_StrategyType(get_args(StrategyChoice)),
    default="auto",
    show_default=True,
    help="How to erase. auto: choose for each table. cascade: HOT updates, to avoid index writes."
    " sequential: page by page. truncate: TRUNCATE of whole tables. Tables that the strategy"
    " does not fit fall back to auto; --dry-run shows why.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 32),
    help="Workers for each server; each has a connection of its own. Default: 1, or 2 with --profile fast.",
)
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="gentle",
    show_default=True,
    help="gentle: works 20 % of the time. fast: works without rests. Both obey the same throttles.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a limit: lag=32MB, active-sessions=50, archive-backlog=off; repeatable. docs/purge-limits.md"
    " lists all limits.",
)
@click.option("--window", metavar="HOURS", help="Work only in these hours, such as '22:00-05:00 America/Los_Angeles'.")
@click.option(
    "--lock-timeout",
    callback=_lock_timeout,
    default="100ms",
    show_default=True,
    metavar="TIME",
    help="How long a batch waits for a row that another session holds.",
)
@click.option(
    "--count/--no-count",
    "count_first",
    default=True,
    show_default=True,
    help="Count each table before its first batch. The report compares the result with this count.",
)
@click.option(
    "--metrics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write counters for Prometheus to this file every 5 s (textfile collector of node_exporter).",
)
@click.option(
    "--vacuum/--no-vacuum",
    default=True,
    show_default=True,
    help="VACUUM each table during the run (limit vacuum-share), and VACUUM (ANALYZE) it at the end.",
)
@pass_options
@click.pass_context
def purge(
    ctx: click.Context,
    options: GlobalOptions,
    /,
    *,
    databases: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    **settings: Any,  # noqa: ANN401  passed on to the function that declares their types
) -> None:
    """Erase the collected values, in batches that can be resumed.

    Covers every location of the policy. Resumes an unfinished run.

    Each batch is one short transaction that also stores the position of the run. You can stop or kill the purge at any
    time; run the same command again to resume it. Exempt and held rows are not changed. After SIGINT or SIGTERM the
    purge finishes the current batch and exits with 4. A second signal ends the process immediately.

    Without a database URL, all [[database]] entries of the policy are purged; --database selects some of them.
    Databases on the same server are purged one after the other, databases on different servers in parallel. The report
    lists each database. The exit code is the first of 5, 2, 3, 4, 1, 0 that occurred.

    Before anything is erased, the target is printed: host, port, database and role. On a terminal, a question asks for
    confirmation.

    The commands below control a purge from another terminal.
    """
    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return
    with stopping_on_signals() as stop:
        run = _preview if dry_run else _purge
        ctx.exit(run(options, databases, settings, stop, is_confirmed=yes))


def _preview(
    options: GlobalOptions,
    databases: tuple[str, ...],
    settings: dict[str, Any],
    stop: StopRequest,
    *,
    is_confirmed: bool,  # noqa: ARG001  nothing is erased
) -> ExitCode:
    warn_of_unused_databases(options, databases)
    unused = {"lock_timeout", "count_first", "metrics", "vacuum"}
    with showing_table_read() as on_table:
        result = minimize.preview_purge(
            options.policy_path,
            options.database_url,
            databases=databases,
            on_table=on_table,
            stop=stop,
            check=False,
            **{name: value for name, value in settings.items() if name not in unused},
        )
    return PREVIEW_REPORT.show(options, result)


def _purge(
    options: GlobalOptions,
    databases: tuple[str, ...],
    settings: dict[str, Any],
    stop: StopRequest,
    *,
    is_confirmed: bool,
) -> ExitCode:
    warn_of_unused_databases(options, databases)
    with showing_progress(as_json=options.is_json) as display:
        result = minimize.purge(
            options.policy_path,
            options.database_url,
            databases=databases,
            on_progress=display,
            on_target=print_opened_target,
            confirm=None if is_confirmed or not is_on_terminal() else interruptible()(confirm_erasure),
            stop=stop,
            check=False,
            **settings,
        )
    return result_report(display.notes).show(options, result)


def _refuse_options(ctx: click.Context) -> None:
    """Refuse an option of the purge itself before the name of one of its commands, where it has no effect."""
    for option in ctx.command.params:
        if option.name not in GLOBAL_NAMES and ctx.get_parameter_source(option.name or "") is (
            ParameterSource.COMMANDLINE
        ):
            command = f"purge {ctx.invoked_subcommand}"
            why = f"goes after {command}" if option.name == "databases" else f"cannot be used with {command}"
            raise click.UsageError(f"{option.opts[0]} {why}", ctx)


for command in (status, pause, resume, cancel, tune):
    purge.add_command(command)
