"""What the state tables tell of a run, to whoever asks from another terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import errors as pg
from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError
from minimize.purge.state.purge_lock import LOCK_HOLDERS
from minimize.purge.state.relation_progress import RelationTotals
from minimize.purge.throttle.limits import Limits

_NOT_INSTALLED = (pg.UndefinedTable, pg.InvalidSchemaName)
_RUN = sql.SQL(
    "SELECT run_id, policy_id, policy_digest, options, limits, started_at, started_by, state, wanted, activity,"
    " seen_at, ended_at, extract(epoch FROM clock_timestamp() - seen_at)::float8 AS silent_seconds,"
    " state = 'running' AND backend IN ({}) AS is_at_work"
    " FROM minimize.purge_run "
).format(LOCK_HOLDERS)
_ONE = _RUN + sql.SQL("WHERE run_id = %s")
# The run at work; else that of the policy at hand; else one that waits to be resumed; else the latest.
_CHOSEN = _RUN + sql.SQL(
    "ORDER BY is_at_work DESC, policy_id IS NOT DISTINCT FROM %s DESC, state = 'running' DESC, run_id DESC LIMIT 1"
)
# To be steered is rather the unfinished run of the policy at hand, though another one is at work.
_STEERED = _RUN + sql.SQL(
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
    """A run as its row tells of it; what the process at work reported last is in `activity`."""

    run_id: int
    policy_id: str
    policy_digest: str
    options: Mapping[str, object]
    limits: Mapping[str, str]
    started_at: datetime
    started_by: str
    state: str
    """running, finished, superseded or cancelled: whether it is closed, not whether a process is at work"""
    wanted: str
    """run, pause or cancel"""
    activity: Mapping[str, object]
    seen_at: datetime
    ended_at: datetime | None
    silent_seconds: float
    """Since the process told of itself; while it counts a table or vacuums it does not."""
    is_at_work: bool
    """Whether a process has the purge lock for this run."""

    @property
    def status(self) -> str:
        """One word for all of it.

        finished, superseded, cancelled (also where the process ended before it heard: nothing resumes the run then);
        no_process where a run waits to be resumed; of one at work pausing, paused, cancelling, waiting or running.
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
        """Whether the process has heard what is wanted of it."""
        return self.activity.get("wanted") == self.wanted

    @property
    def changed_limits(self) -> dict[str, str]:
        """The limits that are not those of the run's profile."""
        preset = Limits.parse([f"profile={self.limits['profile']}"]).to_json() if "profile" in self.limits else {}
        return {name: value for name, value in self.limits.items() if preset.get(name) != value}


def read_run(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Return the run at work; if none is, the latest of a policy, rather one to be resumed than one that is closed.

    Args:
        conn: A connection.
        policy_id: Whose runs come first where none is at work.

    Raises:
        RefusedError: There is none, or the server is a standby.
        MissingPrivilegeError: The role may not read the state tables.
    """
    _require_primary(conn)
    return _read(conn, _CHOSEN, policy_id)


def read_controlled_run(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Return the unfinished run of a policy; without one, or without a policy, the run at work, else the latest.

    Raises:
        RefusedError: There is none, it is of another policy, or the server is a standby.
        MissingPrivilegeError: The role may not read the state tables.
    """
    _require_primary(conn)
    run = _read(conn, _STEERED, policy_id)
    if policy_id not in {None, run.policy_id}:
        raise RefusedError(
            f"no run of policy {policy_id} is unfinished: run {run.run_id} ({run.status}) is of policy {run.policy_id}",
            hint="Give the policy of the run that you mean with --policy.",
        )
    return run


def reread_run(conn: Connection, run: RunRecord) -> RunRecord:
    """Return how a run stands now.

    Raises:
        RefusedError: It is no longer there.
        MissingPrivilegeError: The role may not read the state tables.
    """
    return _read(conn, _ONE, run.run_id)


def _require_primary(conn: Connection) -> None:
    """Refuse a standby: it has the rows of the state tables, not the lock that says whether a process is at work."""
    with translate_errors("asking whether the server is a standby"):
        row = conn.execute("SELECT pg_is_in_recovery()").fetchone()
    if row and row[0]:
        raise RefusedError(
            "this server is a standby, which cannot tell whether a purge is at work",
            hint="Connect to the primary: the purge works there, and is told of and steered there.",
        )


def _read(conn: Connection, query: sql.Composed, value: str | int | None) -> RunRecord:
    try:
        with translate_errors("reading the state of the run", passing=_NOT_INSTALLED):
            found = conn.cursor(row_factory=class_row(RunRecord)).execute(query, [value]).fetchone()
    except _NOT_INSTALLED:
        found = None
    if found is None:
        raise RefusedError("no purge was ever begun in this database", hint="Begin one with `minimize purge`.")
    return found


def read_relations(conn: Connection, run_id: int) -> list[tuple[str, RelationTotals]]:
    """Return the relations that a run has begun, in the order in which it did, and how far it is in each."""
    with translate_errors("reading the state of the run"):
        rows = conn.execute(_RELATIONS, [run_id]).fetchall()
    return [(str(name), RelationTotals(*map(integer, numbers))) for name, *numbers in rows]
