"""Pausing, resuming, cancelling and tuning a run from another terminal; the process at work hears within a second."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError
from minimize.purge.state.purge_lock import LOCK_HOLDERS
from minimize.purge.state.run_record import RunRecord, read_controlled_run, reread_run
from minimize.purge.throttle.limits import Limits

ACKNOWLEDGE_SECONDS = 5.0
"""How long a command waits to see that the process has heard: it asks every second, though not while it counts."""

_PAUSE_SECONDS = 0.1
_CLOSE = sql.SQL(
    "UPDATE minimize.purge_run SET state = 'cancelled', wanted = 'cancel', ended_at = now()"
    " WHERE run_id = %s AND state = 'running' AND backend NOT IN ({})"
).format(LOCK_HOLDERS)


def pause(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Have the run at work pause between two batches, and return how it stands then.

    Raises:
        RefusedError: No process is at work, or one on a run of another policy.
        MissingPrivilegeError: The role may not write the state tables.
    """
    run = _require_process(conn, policy_id, "pause")
    _request(conn, run, "pause")
    return _await_acknowledgement(conn, run)


def resume(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Have a paused run go on, and return how it stands then; a run that is not paused is left alone.

    Raises:
        RefusedError: No process is at work, or one on a run of another policy.
        MissingPrivilegeError: The role may not write the state tables.
    """
    run = _require_process(conn, policy_id, "resume")
    if run.wanted != "pause":
        return run
    _request(conn, run, "run")
    return _await_acknowledgement(conn, run)


def cancel(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Close an unfinished run for good: what was erased stays erased, and the next purge begins a new run.

    Where a process is at work it stops after the batch it is in; where none is, the run is closed at once.

    Raises:
        RefusedError: No run is unfinished, or only one of another policy.
        MissingPrivilegeError: The role may not write the state tables.
    """
    run = read_controlled_run(conn, policy_id)
    if run.state != "running":
        raise _closed_run_error(run)
    _request(conn, run, "cancel")
    run = _await_acknowledgement(conn, run)
    if run.state == "running" and not run.is_at_work:
        with translate_errors("closing the run"):
            conn.execute(_CLOSE, [run.run_id])
        run = reread_run(conn, run)
    return run


def tune(conn: Connection, settings: Sequence[str], policy_id: str | None = None) -> tuple[RunRecord, RunRecord]:
    """Change limits of the run at work, and return how it stood before and stands now.

    The limits last for this process: whoever starts the next one gives it limits of its own.

    Raises:
        UsageError: A name is not known, or a value does not fit it.
        RefusedError: No process is at work, or one on a run of another policy.
        MissingPrivilegeError: The role may not write the state tables.
    """
    Limits.parse(settings)
    before = _require_process(conn, policy_id, "tune")
    with translate_errors("writing the limits of the run"), conn.transaction():
        row = conn.execute("SELECT limits FROM minimize.purge_run WHERE run_id = %s FOR UPDATE", [before.run_id])
        (stored,) = row.fetchone() or ({},)
        assert isinstance(stored, dict)
        limits = Limits.from_json(stored).changed(settings)
        conn.execute(
            "UPDATE minimize.purge_run SET limits = %s WHERE run_id = %s",
            [json.dumps(limits.to_json()), before.run_id],
        )
    return before, reread_run(conn, before)


def _require_process(conn: Connection, policy_id: str | None, action: str) -> RunRecord:
    run = read_controlled_run(conn, policy_id)
    if run.wanted == "cancel" or run.state != "running":
        raise _closed_run_error(run)
    if not run.is_at_work:
        raise RefusedError(
            f"there is nothing to {action}: no process is at work on run {run.run_id}",
            hint="`minimize purge` goes on with it, under the options and limits it is then given.",
        )
    return run


def _closed_run_error(run: RunRecord) -> RefusedError:
    return RefusedError(
        f"no run is unfinished: run {run.run_id} of policy {run.policy_id} is {run.status}",
        hint="`minimize purge` begins a new one.",
    )


def _request(conn: Connection, run: RunRecord, wanted: str) -> None:
    with translate_errors("writing what is wanted of the run"):
        conn.execute(
            "UPDATE minimize.purge_run SET wanted = %s WHERE run_id = %s AND state = 'running' AND wanted <> 'cancel'",
            [wanted, run.run_id],
        )


def _await_acknowledgement(conn: Connection, run: RunRecord) -> RunRecord:
    until = time.monotonic() + ACKNOWLEDGE_SECONDS
    while True:
        run = reread_run(conn, run)
        if run.state != "running" or not run.is_at_work or run.is_acknowledged or time.monotonic() > until:
            return run
        time.sleep(_PAUSE_SECONDS)
