"""Begin, resume and finish a run in the state tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.policy import Policy, digest
from minimize.purge.state.upgrade import upgrade_state
from minimize.purge.state.version import CURRENT_VERSION, NO_STATE

_OPEN = """
WITH resumed AS (
  UPDATE minimize.purge_run SET options = %(options)s, limits = %(limits)s, wanted = 'run', activity = '{}',
    seen_at = now(), backend_pid = pg_backend_pid()
  WHERE state = 'running' AND wanted <> 'cancel' AND policy_id = %(policy)s
  RETURNING run_id, true, started_by, started_at),
begun AS (
  INSERT INTO minimize.purge_run (policy_id, policy_digest, options, limits)
  SELECT %(policy)s, %(digest)s, %(options)s, %(limits)s WHERE NOT EXISTS (SELECT FROM resumed)
  RETURNING run_id, false, started_by, started_at)
SELECT * FROM resumed UNION ALL SELECT * FROM begun
"""


@dataclass(frozen=True, slots=True)
class Superseded:
    """An unfinished run of an earlier version of the policy."""

    run_id: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One purge of one policy, over as many processes as it takes."""

    run_id: int
    is_resumed: bool
    started_by: str
    started_at: datetime
    superseded: tuple[Superseded, ...] = ()
    """Runs that this one closed because their policy has changed."""
    cancelled: tuple[int, ...] = ()
    """Runs that this one closed because a cancel was requested and their process ended before it read the request."""
    upgraded_from: int | None = None
    """Version of the state before this process upgraded it; None if it did not."""


def begin_run(
    conn: Connection, policy: Policy, options: Mapping[str, object], limits: Mapping[str, object] | None = None
) -> Run:
    """Begin a run, or resume the unfinished run of the same policy. Call it with the database's purge lock.

    Creates or upgrades the state tables first. A new run begins if a cancel of the unfinished run was requested: that
    run is closed as cancelled. A new run also begins if the policy has changed: the unfinished run is closed as
    superseded. A resumed run gets the options and limits of this process and is no longer paused.

    Raises:
        RefusedError: The state is newer than this program. Nothing was changed.
        MissingPrivilegeError: The role may not create schema `minimize` or upgrade the state.
    """
    version_before = upgrade_state(conn)
    with translate_errors("opening the run"), conn.transaction():
        cancelled = _cancel(conn, policy)
        superseded = _supersede(conn, policy)
        row = conn.execute(
            _OPEN,
            {
                "policy": policy.id,
                "digest": digest(policy),
                "options": json.dumps(dict(options)),
                "limits": json.dumps(dict(limits or {})),
            },
        ).fetchone()
    assert row is not None
    run_id, is_resumed, started_by, started_at = row
    assert isinstance(started_at, datetime)
    return Run(
        run_id=integer(run_id),
        is_resumed=bool(is_resumed),
        started_by=str(started_by),
        started_at=started_at,
        superseded=superseded,
        cancelled=cancelled,
        upgraded_from=None if version_before in {NO_STATE, CURRENT_VERSION} else version_before,
    )


def _cancel(conn: Connection, policy: Policy) -> tuple[int, ...]:
    rows = conn.execute(
        "UPDATE minimize.purge_run SET state = 'cancelled', ended_at = now()"
        " WHERE state = 'running' AND policy_id = %s AND wanted = 'cancel' RETURNING run_id",
        [policy.id],
    )
    return tuple(sorted(integer(run_id) for (run_id,) in rows))


def _supersede(conn: Connection, policy: Policy) -> tuple[Superseded, ...]:
    rows = conn.execute(
        "UPDATE minimize.purge_run SET state = 'superseded', ended_at = now()"
        " WHERE state = 'running' AND policy_id = %s AND policy_digest <> %s RETURNING run_id, policy_digest",
        [policy.id, digest(policy)],
    )
    return tuple(sorted((Superseded(integer(run_id), str(was)) for run_id, was in rows), key=lambda s: s.run_id))


def finish_run(conn: Connection, run: Run) -> None:
    """Close the run. The next purge begins a new run."""
    conn.execute(
        "UPDATE minimize.purge_run SET state = 'finished', ended_at = now() WHERE run_id = %s AND state = 'running'",
        [run.run_id],
    )
