"""`minimize purge status`: how far a run is, what it waits for, and how it was asked to work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

import click

from minimize.cli.output.text_table import print_table
from minimize.cli.purge.database import connected, database_option
from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.policy import Policy, digest
from minimize.purge.connection.control import PAUSED
from minimize.purge.state.location_progress import LatestCount, LocationProgress, read_location_progress
from minimize.purge.state.relation_progress import RelationTotals
from minimize.purge.state.run_record import RunRecord, read_relations, read_run
from minimize.purge.throttle.units import format_duration

Relations = list[tuple[str, RelationTotals]]
Standings = Mapping[str, LocationProgress]


@click.command()
@database_option
@pass_settings
def status(settings: Settings, database: str | None) -> None:
    """Show the run at work, or else the latest one.

    Its state, who began it and when, under which options and limits, how far it is in each relation it has begun
    (blocks of the latest pass, rows of all), what it has erased at each location, what the latest count of the
    table found there (exempt, held, left), and the last readings of the throttles.

    Reads minimize.purge_run and its companions only, so it costs the server nothing. The policy file is asked whether
    the run is of the same version; without one that is left open. Exit code 3 when no purge was ever begun, and on
    a standby, which cannot tell whether a process is at work.
    """
    with connected(settings, database) as (conn, policy):
        run = read_run(conn, policy.id if policy else None)
        relations = read_relations(conn, run.run_id)
        standings = read_location_progress(conn, run.run_id, run.state_version)
    if settings.is_json:
        print_json(_document(run, policy, relations, standings))
        return
    _print_run(run, _compared(run, policy))
    _print_progress(run, relations, standings)


def _document(run: RunRecord, policy: Policy | None, relations: Relations, standings: Standings) -> dict[str, object]:
    activity = run.activity if run.is_at_work and run.activity else None
    return {
        "run": run.run_id,
        "policy": run.policy_id,
        "digest": run.policy_digest,
        "is_policy_given": _is_given(run, policy),
        "state": run.status,
        "started_at": run.started_at.astimezone(UTC).isoformat(),
        "started_by": run.started_by,
        "seen_at": run.seen_at.astimezone(UTC).isoformat(),
        "ended_at": run.ended_at and run.ended_at.astimezone(UTC).isoformat(),
        "options": dict(run.options),
        "limits": dict(run.limits),
        "changed_limits": run.changed_limits,
        "phase": activity and activity["phase"],
        "place": activity and activity["place"],
        "waiting_for": activity and activity["waiting_for"],
        "throttles": activity["throttles"] if activity else [],
        "throttled_seconds": activity["throttled_seconds"] if activity else {},
        "relations": [
            {
                "relation": name,
                "pass": relation.run_pass,
                "blocks_done": relation.blocks_done,
                "blocks_total": relation.blocks_total,
                "rows": relation.rows,
                "hot_share": relation.hot_share,
            }
            for name, relation in relations
        ],
        "locations": [
            {
                "location": location,
                "carrying": standing.carrying,
                "at_start": standing.carrying,  # the name of earlier releases
                "erased": standing.erased,
                **_found(standing),
                "counted_at": standing.counted_at and standing.counted_at.astimezone(UTC).isoformat(),
            }
            for location, standing in standings.items()
        ],
    }


def _found(standing: LocationProgress) -> dict[str, int | None]:
    return asdict(standing.latest) if standing.latest else {each.name: None for each in fields(LatestCount)}


def _is_given(run: RunRecord, policy: Policy | None) -> bool | None:
    """Return whether the run is of the policy at hand, in this version; None without one."""
    return None if policy is None else digest(policy) == run.policy_digest


def _compared(run: RunRecord, policy: Policy | None) -> str:
    if policy is None:
        return "not compared: there is no policy file here"
    if policy.id != run.policy_id:
        return f"not the policy given, which is {policy.id}"
    return "the policy given" if _is_given(run, policy) else "another version of the policy given"


def _print_run(run: RunRecord, compared: str) -> None:
    click.echo(f"run {run.run_id} of policy {run.policy_id}, digest {run.policy_digest[:12]} ({compared})")
    click.echo(f"begun {_moment(run.started_at)} by {run.started_by}")
    click.echo(f"options: {_settings(run.options)}")
    changed = run.changed_limits
    click.echo(f"limits: profile {run.limits.get('profile')}{', ' if changed else ''}{_settings(changed)}")
    click.echo(f"state: {_standing(run)}")


def _standing(run: RunRecord) -> str:
    seen = f"last seen {format_duration(run.silent_seconds)} ago"
    activity: Mapping[str, Any] = run.activity
    at = f"{activity.get('phase', 'begin')} {activity.get('place', '')}".strip()
    if run.ended_at is not None:
        return f"{run.status} {_moment(run.ended_at)}"
    return {
        "cancelled": f"cancelled, {seen}; the next purge begins a new run",
        "no_process": f"no process at work, {seen}; resume it with `minimize purge`",
        "pausing": f"asked to pause; {at}, {seen}",
        "paused": PAUSED,
        "cancelling": f"asked to stop for good; {at}, {seen}",
        "waiting": f"waiting for {activity.get('waiting_for')}",
        "running": f"running: {at}, {seen}",
    }[run.status]


def _print_progress(run: RunRecord, relations: Relations, standings: Standings) -> None:
    print_table(
        ["relation", "pass", "blocks done", "blocks", "done", "rows", "HOT"],
        [
            [name, r.run_pass, r.blocks_done, r.blocks_total, _share(r), r.rows, _percent(r.hot_share)]
            for name, r in relations
        ],
    )
    print_table(
        ["location", "carrying", "erased", "exempt", "held", "left", "counted"],
        [
            [name, s.carrying, s.erased, *_found(s).values(), s.counted_at and _moment(s.counted_at)]
            for name, s in standings.items()
        ],
    )
    activity: Mapping[str, Any] = run.activity if run.is_at_work else {}
    for throttle in activity.get("throttles", ()):
        click.echo(f"throttle {throttle['name']}: {throttle['text']}{'' if throttle['clear'] else ' (waiting)'}")
    for name, seconds in activity.get("throttled_seconds", {}).items():
        click.echo(f"throttle {name} has held this process back for {format_duration(seconds)}")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _share(relation: RelationTotals) -> str:
    return _percent(relation.blocks_done / relation.blocks_total if relation.blocks_total else 1.0)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _settings(settings: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in settings.items())
