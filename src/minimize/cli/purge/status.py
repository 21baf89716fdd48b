"""`minimize purge status`: how far a run is, what it waits for, and its options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

import click

from minimize.cli.database_option import choose_database, database_option
from minimize.cli.global_options import GlobalOptions, command, pass_options
from minimize.cli.output.documents import print_json
from minimize.cli.output.text_table import print_table
from minimize.policy import Policy, digest
from minimize.purge.connection.control import PAUSED
from minimize.purge.state.location_progress import LatestCount, LocationProgress, read_location_progress
from minimize.purge.state.relation_progress import RelationProgress
from minimize.purge.state.run_record import RunRecord, read_relations, read_run
from minimize.purge.throttle.units import format_duration

_Relations = list[tuple[str, RelationProgress]]
_Locations = Mapping[str, LocationProgress]


@command()
@database_option
@pass_options
def status(options: GlobalOptions, *, database: str | None) -> None:
    """Show the running purge, or the latest run if none is running.

    Shows the state, the options, the limits, and who started the run and when. For each started relation: the position
    (blocks of the latest pass, rows of all passes). For each location: the erased values, and the exempt, held and left
    values of the latest count. Also shows the latest reading of each throttle.

    Does not read your tables. If there is a policy file, compares its version with that of the run. Exit code 3 if no
    purge was ever started. Exit code 3 also on a standby, because it cannot show whether the purge is running.
    """
    target, policy = choose_database(options, database)
    with target.connected() as conn:
        run = read_run(conn, policy.id if policy else None)
        relations = read_relations(conn, run.run_id)
        locations = read_location_progress(conn, run.run_id, run.state_version)
    if options.is_json:
        print_json(_document(run, policy, relations, locations))
        return
    _print_run(run, _compare(run, policy))
    _print_progress(run, relations, locations)


def _document(run: RunRecord, policy: Policy | None, relations: _Relations, locations: _Locations) -> dict[str, object]:
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
                "carrying": progress.carrying_at_start,
                "at_start": progress.carrying_at_start,  # the name of earlier releases
                "erased": progress.erased,
                **_latest_count(progress),
                "counted_at": progress.counted_at and progress.counted_at.astimezone(UTC).isoformat(),
            }
            for location, progress in locations.items()
        ],
    }


def _latest_count(progress: LocationProgress) -> dict[str, int | None]:
    return asdict(progress.latest) if progress.latest else {each.name: None for each in fields(LatestCount)}


def _is_given(run: RunRecord, policy: Policy | None) -> bool | None:
    """Return whether the run is of this version of the policy; None without a policy."""
    return None if policy is None else digest(policy) == run.policy_digest


def _compare(run: RunRecord, policy: Policy | None) -> str:
    if policy is None:
        return "not compared: there is no policy file here"
    if policy.id != run.policy_id:
        return f"not the policy given, which is {policy.id}"
    return "the policy given" if _is_given(run, policy) else "another version of the policy given"


def _print_run(run: RunRecord, compared: str) -> None:
    click.echo(f"run {run.run_id} of policy {run.policy_id}, digest {run.policy_digest[:12]} ({compared})")
    click.echo(f"started {_moment(run.started_at)} by {run.started_by}")
    click.echo(f"options: {_settings(run.options)}")
    changed = run.changed_limits
    click.echo(f"limits: profile {run.limits.get('profile')}{', ' if changed else ''}{_settings(changed)}")
    click.echo(f"state: {_state(run)}")


def _state(run: RunRecord) -> str:
    seen = f"last seen {format_duration(run.silent_seconds)} ago"
    activity: Mapping[str, Any] = run.activity
    at = f"{activity.get('phase', 'begin')} {activity.get('place', '')}".strip()
    if run.ended_at is not None:
        return f"{run.status} {_moment(run.ended_at)}"
    return {
        "cancelled": f"cancelled, {seen}; the next purge begins a new run",
        "no_process": f"no process at work, {seen}; resume it with `minimize purge`",
        "pausing": f"pause requested; {at}, {seen}",
        "paused": PAUSED,
        "cancelling": f"cancel requested; {at}, {seen}",
        "waiting": f"waiting for {activity.get('waiting_for')}",
        "running": f"running: {at}, {seen}",
    }[run.status]


def _print_progress(run: RunRecord, relations: _Relations, locations: _Locations) -> None:
    print_table(
        ["relation", "pass", "blocks done", "blocks", "done", "rows", "HOT"],
        [
            [
                name,
                each.run_pass,
                each.blocks_done,
                each.blocks_total,
                _share(each),
                each.rows,
                _percent(each.hot_share),
            ]
            for name, each in relations
        ],
    )
    print_table(
        ["location", "carrying", "erased", "exempt", "held", "left", "counted"],
        [
            [name, each.carrying_at_start, each.erased, *_latest_count(each).values(), _moment(each.counted_at)]
            for name, each in locations.items()
        ],
    )
    activity: Mapping[str, Any] = run.activity if run.is_at_work else {}
    for throttle in activity.get("throttles", ()):
        click.echo(f"throttle {throttle['name']}: {throttle['text']}{'' if throttle['clear'] else ' (waiting)'}")
    for name, seconds in activity.get("throttled_seconds", {}).items():
        click.echo(f"throttle {name}: this process has waited {format_duration(seconds)}")


def _moment(at: datetime | None) -> str:
    return "-" if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _share(relation: RelationProgress) -> str:
    return _percent(relation.blocks_done / relation.blocks_total if relation.blocks_total else 1.0)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _settings(settings: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in settings.items())
