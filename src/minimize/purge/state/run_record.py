"""Read a run from the state tables, also from another terminal and in the state of an earlier release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError
from minimize.purge.state.purge_lock import LOCK_HOLDERS
from minimize.purge.state.relation_progress import RelationProgress
from minimize.purge.state.version import NO_STATE, column, require_known_version
from minimize.purge.throttle.limits import Limits, rename_former_limits

RunState = Literal["running", "finished", "superseded", "cancelled"]
"""Whether a run is closed; `running` says only that it is not, even if no process is at work."""

Request = Literal["run", "pause", "cancel"]
"""What an operator requested of the process at work."""

RunStatus = Literal[
    "finished", "superseded", "cancelled", "no_process", "pausing", "paused", "cancelling", "waiting", "running"
]
"""State, request and process in one word; see `RunRecord.status`."""

_RUN = sql.SQL(
    "SELECT run_id, policy_id, policy_digest, options, limits, started_at, started_by, state, wanted, activity,"
    " seen_at, ended_at, extract(epoch FROM clock_timestamp() - seen_at)::float8 AS silent_seconds,"
    " state = 'running' AND {backend_pid} IN ({lock_holders}) AS is_at_work, {version}::int AS state_version"
    " FROM minimize.purge_run "
)
_BY_ID = sql.SQL("WHERE run_id = %s")
# First the run at work, then the runs of the given policy, then a run that can be resumed, then the latest.
_TO_SHOW = sql.SQL(
    "ORDER BY is_at_work DESC, policy_id IS NOT DISTINCT FROM %s DESC, state = 'running' DESC, run_id DESC LIMIT 1"
)
# A command is meant for the unfinished run of the given policy, even if a run of another policy is at work.
_TO_CONTROL = sql.SQL(
    "ORDER BY (state = 'running' AND policy_id IS NOT DISTINCT FROM %s) DESC, is_at_work DESC, run_id DESC LIMIT 1"
)
_RELATIONS = """
SELECT relation_name, pass, sum(next_block - first_block)::bigint AS blocks_done,
  sum(end_block - first_block)::bigint AS blocks_total,
  max(all_rows)::bigint AS rows, max(all_hot_rows)::bigint AS hot_rows
FROM (SELECT *, max(pass) OVER of_relation AS last_pass, sum(rows) OVER of_relation AS all_rows,
        sum(hot_rows) OVER of_relation AS all_hot_rows, min(range_id) OVER of_relation AS first_range
      FROM minimize.purge_range WHERE run_id = %s WINDOW of_relation AS (PARTITION BY relation)) AS ranges
WHERE pass = last_pass GROUP BY relation_name, relation, pass, first_range ORDER BY first_range
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run, as its row in `minimize.purge_run` describes it."""

    run_id: int
    policy_id: str
    policy_digest: str
    options: Mapping[str, object]
    limits: Mapping[str, str]
    started_at: datetime
    started_by: str
    state: RunState
    wanted: Request
    activity: Mapping[str, object]
    """What the process at work reported last."""
    seen_at: datetime
    ended_at: datetime | None
    silent_seconds: float
    """Since the last report. A process does not report while it counts or vacuums a table."""
    is_at_work: bool
    """Whether a process holds the purge lock for this run."""
    state_version: int
    """Version of the state tables that the run is in."""

    @property
    def status(self) -> RunStatus:
        """State, request and process in one word.

        A closed run is finished, superseded or cancelled. An unfinished run without a process is no_process, or
        cancelled if a cancel was requested: no purge resumes it then. A run at work is pausing, paused, cancelling,
        waiting or running.
        """
        if self.state != "running":
            return self.state
        if not self.is_at_work:
            return "cancelled" if self.wanted == "cancel" else "no_process"
        if self.wanted == "cancel":
            return "cancelling"
        if self.wanted == "pause":
            return "paused" if self.is_acknowledged else "pausing"
        return "waiting" if self.activity.get("waiting_for") else "running"

    @property
    def is_acknowledged(self) -> bool:
        """Whether the process has received the request."""
        return self.activity.get("wanted") == self.wanted

    @property
    def changed_limits(self) -> dict[str, str]:
        """The limits that differ from the run's profile."""
        preset = Limits.parse([f"profile={self.limits['profile']}"]).to_json() if "profile" in self.limits else {}
        return {name: value for name, value in self.limits.items() if preset.get(name) != value}


def read_run(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Return the run at work. If none is, return a run of the policy: an unfinished one first, else the latest.

    Args:
        conn: A connection.
        policy_id: Runs of this policy come first.

    Raises:
        RefusedError: There is no run, the server is a standby, or the state is newer than this program.
        MissingPrivilegeError: The role may not read the state tables.
    """
    _require_primary(conn)
    return _read(conn, _TO_SHOW, policy_id)


def read_controlled_run(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Return the unfinished run of a policy. Without one, or without a policy, return the run at work, else the latest.

    Raises:
        RefusedError: There is no run, the run is of another policy, the server is a standby, or the state is newer than
            this program.
        MissingPrivilegeError: The role may not read the state tables.
    """
    _require_primary(conn)
    run = _read(conn, _TO_CONTROL, policy_id)
    if policy_id not in {None, run.policy_id}:
        raise RefusedError(
            f"no run of policy {policy_id} is unfinished: run {run.run_id} ({run.status}) is of policy {run.policy_id}",
            hint="Give the policy of the run that you mean with --policy.",
        )
    return run


def reread_run(conn: Connection, run: RunRecord) -> RunRecord:
    """Return the same run with its present values.

    Raises:
        RefusedError: The run has been deleted, or the state is newer than this program.
        MissingPrivilegeError: The role may not read the state tables.
    """
    return _read(conn, _BY_ID, run.run_id)


def _require_primary(conn: Connection) -> None:
    """Refuse a standby: it has the state tables, but not the lock that shows whether a process is at work."""
    with translate_errors("asking whether the server is a standby"):
        row = conn.execute("SELECT pg_is_in_recovery()").fetchone()
    if row and row[0]:
        raise RefusedError(
            "this server is a standby, which does not show whether a purge is at work",
            hint="Connect to the primary: the purge works there, and its status and its commands are there.",
        )


def _read(conn: Connection, which: sql.SQL, value: str | int | None) -> RunRecord:
    version = require_known_version(conn)
    run = None
    if version != NO_STATE:
        query = _RUN.format(
            backend_pid=column(version, "backend_pid"), lock_holders=LOCK_HOLDERS, version=sql.Literal(version)
        )
        with translate_errors("reading the state of the run"):
            run = conn.cursor(row_factory=class_row(RunRecord)).execute(query + which, [value]).fetchone()
    if run is None:
        raise RefusedError("no purge was ever begun in this database", hint="Begin one with `minimize purge`.")
    return replace(run, limits=rename_former_limits(run.limits))


def read_relations(conn: Connection, run_id: int) -> list[tuple[str, RelationProgress]]:
    """Return the progress in each relation that a run has begun, in the order in which it began them."""
    with translate_errors("reading the state of the run"):
        rows = conn.execute(_RELATIONS, [run_id]).fetchall()
    return [(str(name), RelationProgress(*map(integer, numbers))) for name, *numbers in rows]
