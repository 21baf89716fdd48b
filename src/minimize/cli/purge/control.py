"""`minimize purge pause`, `resume`, `cancel` and `tune`: control a purge from another terminal."""

from __future__ import annotations

from collections.abc import Callable

import click

from minimize.catalog.connection import Connection
from minimize.cli.database_option import choose_database, database_option
from minimize.cli.global_options import GlobalOptions, command, pass_options
from minimize.cli.output.documents import print_json
from minimize.cli.write_target import print_target
from minimize.purge.state import commands
from minimize.purge.state.run_record import RunRecord

_RESULTS = {
    "paused": "run {} is paused",
    "running": "run {} is at work",
    "waiting": "run {} is at work; `minimize purge status` shows what it waits for",
    "cancelled": "run {} is cancelled; what was erased stays erased, and the next purge begins a new run",
    "finished": "run {} finished before it received the request",
    "no_process": "run {}: its process ended before it received the request; `minimize purge` resumes the run",
}


@command()
@database_option
@pass_options
def pause(options: GlobalOptions, *, database: str | None) -> None:
    """Pause the running purge between two batches.

    The purge pauses within a second and after the current batch. While it counts or vacuums a table, or adds the proof
    constraint, it pauses after that step. A paused purge holds no table lock and no snapshot. It keeps the purge lock,
    so that no second purge starts.

    Exit code 3 if no purge is running: a purge that is started later is not paused. Exit code 3 also if the unfinished
    run belongs to another policy; the same applies to resume, cancel and tune. Needs UPDATE on minimize.purge_run. The
    role of the first purge owns that table.
    """
    _control(options, database, commands.pause)


@command()
@database_option
@pass_options
def resume(options: GlobalOptions, *, database: str | None) -> None:
    """Resume a paused purge.

    Has no effect on a purge that is not paused. Exit code 3 if no purge is running. To resume a run whose process has
    ended, run `minimize purge`.
    """
    _control(options, database, commands.resume)


@command()
@database_option
@pass_options
def cancel(options: GlobalOptions, *, database: str | None) -> None:
    """Close an unfinished run permanently.

    A running purge stops after its batch and exits with 4. Erased values stay erased. The next purge starts a new run
    with new counts. To resume the same run later, stop the process instead (Ctrl-C, SIGTERM).

    Also works if no purge is running, or if the process ends before it receives the request. Exit code 3 if there is no
    unfinished run.
    """
    _control(options, database, commands.cancel)


@command()
@click.argument("limits", nargs=-1, required=True, metavar="NAME=VALUE...")
@database_option
@pass_options
def tune(options: GlobalOptions, *, database: str | None, limits: tuple[str, ...]) -> None:
    """Change limits of the running purge.

    The limits are those of `minimize purge --limit`, and `profile`: `lag=32MB`, `duty-cycle=0.2`,
    `active-sessions=off`, `"window=22:00-05:00 America/New_York"`. They take effect within a second, even while the
    purge waits.

    The change ends with the process: the next `minimize purge` uses its own limits. Exit code 2 if a limit is unknown,
    3 if no purge is running.
    """
    target, policy = choose_database(options, database)
    with target.connected() as conn:
        print_target(conn, target)
        before, now = commands.tune(conn, limits, policy.id if policy else None)
    changed = {name: text for name, text in now.limits.items() if before.limits.get(name) != text}
    if options.is_json:
        print_json({"run": now.run_id, "limits": dict(now.limits), "changed": changed})
        return
    for name, text in changed.items():
        click.echo(f"{name}: {before.limits.get(name)} -> {text}")
    click.echo(f"run {now.run_id}: {len(changed)} limit(s) changed")


def _control(
    options: GlobalOptions, database: str | None, request: Callable[[Connection, str | None], RunRecord]
) -> None:
    target, policy = choose_database(options, database)
    with target.connected() as conn:
        print_target(conn, target)
        run = request(conn, policy.id if policy else None)
    if options.is_json:
        print_json({"run": run.run_id, "state": run.status})
        return
    phase = run.activity.get("phase")
    text = _RESULTS.get(run.status, f"run {{}}: request recorded; applied after the current step ({phase})")
    click.echo(text.format(run.run_id))
