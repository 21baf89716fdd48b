"""Pause, resume, cancel and tune a run from another terminal; the process at work reads the request every second."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError
from minimize.purge.state.purge_lock import LOCK_HOLDERS
from minimize.purge.state.run_record import Request, RunRecord, read_controlled_run, reread_run
from minimize.purge.state.version import CURRENT_VERSION, column
from minimize.purge.throttle.limits import Limits, rename_former_limits

ACKNOWLEDGE_SECONDS = 5.0
"""How long a command waits until the process has read the request. A process that counts a table reads it later."""

_POLL_SECONDS = 0.1
_CLOSE = sql.SQL(
    "UPDATE minimize.purge_run SET state = 'cancelled', wanted = 'cancel', ended_at = now()"
    " WHERE run_id = %s AND state = 'running' AND {backend_pid} NOT IN ({lock_holders})"
)


def pause(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Request that the run at work pauses between two batches. Return the run as it is then.

    Raises:
        RefusedError: No process is at work, or the run is of another policy.
        MissingPrivilegeError: The role may not write the state tables.
    """
    run = _require_process(conn, policy_id, "pause")
    _request(conn, run, "pause")
    return _await_acknowledgement(conn, run)


def resume(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Request that a paused run continues. Return the run as it is then. A run that is not paused is not changed.

    Raises:
        RefusedError: No process is at work, or the run is of another policy.
        MissingPrivilegeError: The role may not write the state tables.
    """
    run = _require_process(conn, policy_id, "resume")
    if run.wanted != "pause":
        return run
    _request(conn, run, "run")
    return _await_acknowledgement(conn, run)


def cancel(conn: Connection, policy_id: str | None = None) -> RunRecord:
    """Close an unfinished run for good: what was erased stays erased, and the next purge begins a new run.

    A process at work stops after its current batch. If no process is at work, the run is closed at once.

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
        close = _CLOSE.format(backend_pid=column(run.state_version, "backend_pid"), lock_holders=LOCK_HOLDERS)
        with translate_errors("closing the run"):
            conn.execute(close, [run.run_id])
        run = reread_run(conn, run)
    return run


def tune(conn: Connection, settings: Sequence[str], policy_id: str | None = None) -> tuple[RunRecord, RunRecord]:
    """Change limits of the run at work, and return the run before and after the change.

    The limits apply until this process ends: the next process begins with its own limits.

    Raises:
        UsageError: A name is not known, or a value does not fit it.
        RefusedError: No process is at work, the run is of another policy, or the process is of an earlier release.
        MissingPrivilegeError: The role may not write the state tables.
    """
    Limits.parse(settings)
    before = _require_process(conn, policy_id, "tune")
    _require_same_release(before)
    with translate_errors("writing the limits of the run"), conn.transaction():
        row = conn.execute("SELECT limits FROM minimize.purge_run WHERE run_id = %s FOR UPDATE", [before.run_id])
        (stored,) = row.fetchone() or ({},)
        assert isinstance(stored, dict)
        conn.execute(
            "UPDATE minimize.purge_run SET limits = %s WHERE run_id = %s",
            [json.dumps(_change_limits(stored, settings)), before.run_id],
        )
    return before, reread_run(conn, before)


def _change_limits(stored: Mapping[str, str], settings: Sequence[str]) -> dict[str, str]:
    """Return stored limits with some changed. A limit that is not stored is added only if it changes.

    The process at work may be of an earlier release, which would fail at a name that it does not know.
    """
    limits = Limits.from_json(stored)
    old, new = limits.to_json(), limits.changed(settings).to_json()
    return {name: text for name, text in new.items() if name in rename_former_limits(stored) or text != old[name]}


def _require_process(conn: Connection, policy_id: str | None, action: str) -> RunRecord:
    run = read_controlled_run(conn, policy_id)
    if run.wanted == "cancel" or run.state != "running":
        raise _closed_run_error(run)
    if not run.is_at_work:
        raise RefusedError(
            f"there is nothing to {action}: no process is at work on run {run.run_id}",
            hint="`minimize purge` resumes the run, with the options and limits that you give it then.",
        )
    return run


def _require_same_release(run: RunRecord) -> None:
    """Refuse limits for a process that would end with an error at a name it does not know."""
    if run.state_version != CURRENT_VERSION:
        raise RefusedError(
            f"run {run.run_id} is at work under an earlier release of minimize, with other limits",
            hint="Tune it with that release, or stop it and run `minimize purge` with --limit: it resumes the run.",
        )


def _closed_run_error(run: RunRecord) -> RefusedError:
    return RefusedError(
        f"no run is unfinished: run {run.run_id} of policy {run.policy_id} is {run.status}",
        hint="`minimize purge` begins a new one.",
    )


def _request(conn: Connection, run: RunRecord, wanted: Request) -> None:
    with translate_errors("writing the request to the run"):
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
        time.sleep(_POLL_SECONDS)
