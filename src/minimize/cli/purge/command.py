"""`minimize purge`: erase what was collected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import click
from click.core import ParameterSource

from minimize.cli.output.streams import outlasting_report
from minimize.cli.output.text_table import reading
from minimize.cli.purge.estate import is_estate, purge_estate
from minimize.cli.purge.progress import keeping, purge_progress
from minimize.cli.purge.report import print_forecast, print_result
from minimize.cli.purge.signals import stopping
from minimize.cli.purge.status import status
from minimize.cli.purge.steering import cancel, pause, resume, tune
from minimize.cli.purge.surveyed import surveyed
from minimize.cli.purge.warning import warn_unguarded
from minimize.cli.settings import Settings, pass_settings
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import ConsumerChoice, PurgeOptions, StrategyChoice, TriggerChoice
from minimize.purge.preflight.dry_run import preview_purge
from minimize.purge.progress.metrics_file import MetricsSource
from minimize.purge.run.engine import Purge
from minimize.purge.throttle.limits import JOBS, PROFILES, Limits

_MILLISECONDS = {"ms": 1, "s": 1000, "min": 60_000}
_LONGEST_MILLISECONDS = 2**31 - 1
"""PostgreSQL's lock_timeout is a 32-bit integer."""


def _bounded(_ctx: click.Context, _option: click.Parameter, value: str) -> str:
    """Accept a time as PostgreSQL writes it, but not 0, which would wait for ever."""
    match = re.fullmatch(r"0*([1-9]\d{0,9})(ms|s|min)", value, re.ASCII)
    if not match:
        raise click.BadParameter(f"{value!r} is not a time such as 500ms, 5s or 1min")
    if int(match[1]) * _MILLISECONDS[match[2]] > _LONGEST_MILLISECONDS:
        raise click.BadParameter(f"{value!r} is longer than PostgreSQL can wait, which is {_LONGEST_MILLISECONDS}ms")
    return value


class _StrategyType(click.Choice[str]):
    """The strategies, `truncate` also under its former name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        return super().convert("truncate" if value == "dispose" else value, param, ctx)


@click.group(invoke_without_command=True)
@click.option(
    "--database",
    "databases",
    multiple=True,
    metavar="ID",
    help="A [[database]] of the policy; repeatable. Without it, and without a database URL, all of them.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Count what would be erased and say what stands in the way; change nothing.",
)
@click.option(
    "--triggers",
    type=click.Choice(get_args(TriggerChoice)),
    default="refuse",
    show_default=True,
    help="A trigger of yours that would copy the old row: refuse to start, let it fire, or suppress it for the purge.",
)
@click.option(
    "--consumers",
    type=click.Choice(get_args(ConsumerChoice)),
    default="refuse",
    show_default=True,
    help="A publication or slot that would be sent old values (REPLICA IDENTITY FULL): refuse to start, or send them.",
)
@click.option(
    "--strategy",
    type=_StrategyType(get_args(StrategyChoice)),
    default="auto",
    show_default=True,
    help="How to erase: auto chooses for each table; cascade: batches that spare indexes, for values; sequential:"
    " batches, for anything; truncate: TRUNCATE, for whole tables. A table that it is not for goes as with auto;"
    " --dry-run says why.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 32),
    help="Workers for each server, each with a connection of its own; 1 unless given, and 2 with --profile fast.",
)
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="gentle",
    show_default=True,
    help="gentle rests four times as long as it works; fast does not rest. Both make way for the same things.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="What makes it wait, such as lag=32MB, active-sessions=50 or archive-backlog=off; docs/purge.md lists them.",
)
@click.option(
    "--window", metavar="HOURS", help="Work only then, such as '22:00-05:00 America/Los_Angeles'; otherwise wait."
)
@click.option(
    "--lock-timeout",
    callback=_bounded,
    default="100ms",
    show_default=True,
    help="How long a batch waits for a row another session holds.",
)
@click.option(
    "--count/--no-count",
    "count_first",
    default=True,
    show_default=True,
    help="Count each table before its first batch, so that the result can be checked against it.",
)
@click.option(
    "--metrics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep counters there for Prometheus (node_exporter's textfile collector), new every 5 s; of several"
    " databases, each under its name.",
)
@click.option(
    "--vacuum/--no-vacuum",
    default=True,
    show_default=True,
    help="VACUUM each table within the run, as the limit vacuum-share says, and with ANALYZE at its end.",
)
@pass_settings
@click.pass_context
def purge(
    ctx: click.Context,
    settings: Settings,
    *,
    databases: tuple[str, ...],
    dry_run: bool,
    triggers: TriggerChoice,
    consumers: ConsumerChoice,
    strategy: StrategyChoice,
    jobs: int | None,
    profile: str,
    limits: tuple[str, ...],
    window: str | None,
    lock_timeout: str,
    count_first: bool,
    metrics: Path | None,
    vacuum: bool,
) -> None:
    """Erase what was collected, in batches, resumable.

    Covers every location of the policy, and goes on where an earlier run stopped.

    Each batch is one short transaction that also moves the cursor, so the run may be stopped or killed at any moment
    and started again. Rows under an exception or a hold are left as they are. SIGINT and SIGTERM finish the batch and
    exit with 4; a second one does not wait for it.

    Where the policy has [[database]] entries and no database URL is given, it goes over all of them, or over those
    named by --database: one after the other on the same server, at the same time on different ones. Each is reported,
    and the exit code is the first of 5, 2, 3, 4, 1, 0 with which any of them ended.

    The commands below steer a purge that runs in another terminal.
    """
    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return
    wanted = [f"profile={profile}", *limits, *([] if window is None else [f"window={window}"])]
    limited = Limits.parse(wanted)
    workers = jobs or JOBS[limited.profile]
    options = PurgeOptions(triggers, strategy, workers, limited, lock_timeout, count_first, vacuum, consumers)
    with stopping() as stop:
        if is_estate(settings, databases):
            code = purge_estate(settings, databases, options, stop, dry_run=dry_run, metrics=metrics)
        elif dry_run:
            code = _forecast(settings, options, stop)
        else:
            code = _purge(settings, options, stop, metrics)
    ctx.exit(code)


def _forecast(settings: Settings, options: PurgeOptions, stop: StopRequest) -> int:
    with surveyed(settings.connect(), settings.load_policy(), stop) as (conn, found), reading() as on_table:
        expected = preview_purge(conn, found, options, stop=stop, on_table=on_table)
    with outlasting_report():
        print_forecast(settings, expected)
    if expected.refusal:
        raise expected.refusal
    return 1 if expected.not_checked else 0


def _purge(settings: Settings, options: PurgeOptions, stop: StopRequest, metrics: Path | None) -> int:
    subject = MetricsSource()
    with (
        purge_progress(as_json=settings.is_json) as on_progress,
        # Before the database, since the file tells also that it could not be reached.
        keeping(metrics, [subject]),
        subject,
        surveyed(settings.connect(), settings.load_policy(), stop) as (conn, found),
    ):
        warn_unguarded(conn, found)
        at_work = Purge(conn, found, options, stop=stop, on_progress=on_progress)
        subject.snapshot = at_work.snapshot
        result = at_work.run()
    with outlasting_report():
        print_result(settings, result)
    return 0 if result.is_complete else 1


def _refuse_options(ctx: click.Context) -> None:
    """Refuse an option of the purge itself before one of its commands, where it would be without effect."""
    for option in ctx.command.params:
        if ctx.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE:
            does = "goes after" if option.name == "databases" else "does not go with"
            raise click.UsageError(f"{option.opts[0]} {does} purge {ctx.invoked_subcommand}", ctx)


for command in (status, pause, resume, cancel, tune):
    purge.add_command(command)
