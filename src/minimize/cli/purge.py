"""`minimize purge`: erase what was collected."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

import click

from minimize.cli.purge_progress import purge_progress
from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.cli.table import print_table, reading
from minimize.guard.drift import find_drift
from minimize.purge.engine import Purge
from minimize.purge.forecast import Forecast, forecast
from minimize.purge.inspection import ConsumerChoice, TriggerChoice
from minimize.purge.limits import PROFILES, Limits
from minimize.purge.outcome import PurgeOptions, PurgeResult, StrategyChoice
from minimize.purge.stop import StopRequest


def _bounded(_ctx: click.Context, _option: click.Parameter, value: str) -> str:
    """Accept a time as PostgreSQL writes it, but not 0, which would wait for ever."""
    if not re.fullmatch(r"0*[1-9]\d{0,8}(ms|s|min)", value):
        raise click.BadParameter(f"{value!r} is not a time such as 500ms, 5s or 1min")
    return value


@click.command()
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
    type=click.Choice(get_args(StrategyChoice)),
    default="auto",
    show_default=True,
    help="The order in which rows are erased; auto chooses for each table, and --dry-run says why.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 32),
    default=1,
    show_default=True,
    help="Workers, each with a connection of its own.",
)
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="gentle",
    show_default=True,
    help="gentle rests as long as it works; fast does not rest. Both make way for the same things.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="What makes it wait, such as lag=32MB, clients=50 or archive=off; docs/purge.md lists them.",
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
@click.option("--vacuum/--no-vacuum", default=True, show_default=True, help="VACUUM (ANALYZE) each table at its end.")
@pass_settings
@click.pass_context
def purge(
    ctx: click.Context,
    settings: Settings,
    *,
    dry_run: bool,
    triggers: TriggerChoice,
    consumers: ConsumerChoice,
    strategy: StrategyChoice,
    jobs: int,
    profile: str,
    limits: tuple[str, ...],
    window: str | None,
    lock_timeout: str,
    vacuum: bool,
) -> None:
    """Erase what was collected, in batches, resumable.

    Covers every location of the policy, and goes on where an earlier run stopped.

    Each batch is one short transaction that also moves the cursor, so the run may be stopped or killed at any moment
    and started again. Rows under an exception or a hold are left as they are. SIGINT and SIGTERM finish the batch and
    exit with 4.
    """
    wanted = [f"profile={profile}", *limits, *([f"window={window}"] if window else [])]
    options = PurgeOptions(triggers, strategy, jobs, Limits.parse(wanted), lock_timeout, vacuum, consumers)
    with settings.survey() as (conn, found):
        if dry_run:
            with reading() as on_table:
                expected = forecast(conn, found, options, on_table=on_table)
            _print_forecast(settings, expected)
            if expected.refusal:
                raise expected.refusal
            ctx.exit(1 if expected.not_checked else 0)
        _warn_unguarded(sorted({entry.location for entry in find_drift(conn, found) if entry.location}))
        with _stopping() as stop, purge_progress(as_json=settings.is_json) as on_progress:
            result = Purge(conn, found, options, stop=stop, on_progress=on_progress).run()
    _print_result(settings, result)
    ctx.exit(0 if result.is_complete else 1)


def _warn_unguarded(locations: list[str]) -> None:
    if locations:
        click.echo(f"warning: not guarded, so values can come back: {', '.join(locations)}", err=True)


@contextmanager
def _stopping() -> Iterator[StopRequest]:
    stop = StopRequest()

    def ask(*_: object) -> None:
        click.echo("stopping after this batch", err=True)
        stop.ask()

    previous = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _print_result(settings: Settings, result: PurgeResult) -> None:
    if settings.is_json:
        print_json(
            {
                "run": result.run,
                "seconds": round(result.seconds, 3),
                "locations": [
                    {
                        "field": o.field,
                        "location": o.location,
                        "strategy": o.strategy,
                        "erased": o.erased,
                        "exempt": o.exempt,
                        "held": o.held,
                        "left": o.left,
                    }
                    for o in result.locations
                ],
                "notes": list(result.notes),
            }
        )
        return
    print_table(
        ["location", "erased", "exempt", "held", "left"],
        [[o.location, o.erased, o.exempt, o.held, o.left] for o in result.locations],
    )
    for note in result.notes:
        click.echo(f"note: {note}")
    erased = sum(outcome.erased for outcome in result.locations)
    click.echo(f"run {result.run}: {erased:,} value(s) erased; this process took {result.seconds:.1f} s")


def _print_forecast(settings: Settings, expected: Forecast) -> None:
    if settings.is_json:
        print_json(
            {
                "run": None,
                "seconds": 0,
                "locations": [
                    {
                        "field": entry.field,
                        "location": entry.location,
                        "strategy": entry.strategy,
                        "reason": entry.reason,
                        "carrying": entry.rows.carrying,
                        "exempt": entry.rows.exempt,
                        "held": entry.rows.held,
                        "to_erase": entry.rows.to_erase,
                        "erased": 0,
                        "left": entry.rows.to_erase,
                    }
                    for entry in expected.locations
                ],
                "findings": [
                    {"object": f.object, "what": f.what, "hint": f.hint, "refuses": f.refuses}
                    for f in expected.findings
                ],
                "not_checked": [{"location": n, "why": w} for n, w in expected.not_checked.items()],
                "refusal": expected.refusal and expected.refusal.message,
            }
        )
        return
    print_table(
        ["location", "carrying", "exempt", "held", "to erase"],
        [[e.location, e.rows.carrying, e.rows.exempt, e.rows.held, e.rows.to_erase] for e in expected.locations],
    )
    for finding in expected.findings:
        click.echo(f"{'in the way' if finding.refuses else 'note'}: {finding}")
    for name, why in expected.not_checked.items():
        click.echo(f"not checked: {name}: {why}")
    if expected.refusal is None:
        verdict = "would stop at what cannot be read" if expected.not_checked else "would start"
        click.echo(f"dry run: nothing was changed; the purge {verdict}")
