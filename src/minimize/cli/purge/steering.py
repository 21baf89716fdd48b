"""`minimize purge pause`, `resume`, `cancel` and `tune`: steer a purge from another terminal."""

from __future__ import annotations

from collections.abc import Callable

import click

from minimize.catalog.connection import Connection
from minimize.cli.purge.database import connected, database_option
from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.purge.state import commands as steering
from minimize.purge.state.run_record import RunRecord

_DONE = {
    "paused": "run {} is paused",
    "running": "run {} is at work",
    "waiting": "run {} is at work; `minimize purge status` says what it waits for",
    "cancelled": "run {} is cancelled; what was erased stays erased, and the next purge begins a new run",
    "finished": "run {} had finished before it heard",
    "no_process": "run {}: its process ended before it heard; `minimize purge` goes on with the run",
}


@click.command()
@database_option
@pass_settings
def pause(settings: Settings, database: str | None) -> None:
    """Have the purge at work wait between two batches.

    It holds no lock on any table and no snapshot while it is paused, and keeps the purge lock, so that no second purge
    begins. It hears within a second; while it counts or vacuums a table, or adds its proof, only afterwards.

    Exit code 3 when no process is at work: there is nothing to pause then, and a purge that is started runs. Exit code
    3, too, of this and of resume, cancel and tune, when only a run of another policy is unfinished than of the one
    given. Needs UPDATE on minimize.purge_run, which whoever ran the first purge owns.
    """
    _steer(settings, database, steering.pause)


@click.command()
@database_option
@pass_settings
def resume(settings: Settings, database: str | None) -> None:
    """Have a paused purge go on.

    A purge that is not paused is left as it is. Exit code 3 when no process is at work: `minimize purge` itself goes on
    with a run whose process has ended.
    """
    _steer(settings, database, steering.resume)


@click.command()
@database_option
@pass_settings
def cancel(settings: Settings, database: str | None) -> None:
    """Close an unfinished run for good.

    A process at work stops after the batch it is in and exits with 4. What was erased stays erased, and the next purge
    begins a new run with counts of its own. To go on with the same run later, stop the process instead (Ctrl-C,
    SIGTERM).

    Works without a process as well, and also where the process ends before it hears. Exit code 3 when no run is
    unfinished.
    """
    _steer(settings, database, steering.cancel)


@click.command()
@click.argument("limits", nargs=-1, required=True, metavar="NAME=VALUE...")
@database_option
@pass_settings
def tune(settings: Settings, database: str | None, limits: tuple[str, ...]) -> None:
    """Change limits of the purge at work.

    They are those of `minimize purge --limit`, and `profile`: `lag=32MB`, `duty-cycle=0.2`, `active-sessions=off`,
    `"window=22:00-05:00 America/New_York"`. In force within a second, also for a purge that waits.

    They last as long as the process: the next one brings limits of its own. Exit code 2 for a limit that does not
    exist, 3 when no process is at work.
    """
    with connected(settings, database) as (conn, policy):
        before, now = steering.tune(conn, limits, policy.id if policy else None)
    changed = {name: text for name, text in now.limits.items() if before.limits.get(name) != text}
    if settings.is_json:
        print_json({"run": now.run_id, "limits": dict(now.limits), "changed": changed})
        return
    for name, text in changed.items():
        click.echo(f"{name}: {before.limits.get(name)} -> {text}")
    click.echo(f"run {now.run_id}: {len(changed)} limit(s) changed")


def _steer(settings: Settings, database: str | None, ask: Callable[[Connection, str | None], RunRecord]) -> None:
    with connected(settings, database) as (conn, policy):
        run = ask(conn, policy.id if policy else None)
    if settings.is_json:
        print_json({"run": run.run_id, "state": run.status})
        return
    text = _DONE.get(run.status) or (
        "run {} was told, and is still busy (" + str(run.activity.get("phase")) + "); it obeys when that is done"
    )
    click.echo(text.format(run.run_id))
