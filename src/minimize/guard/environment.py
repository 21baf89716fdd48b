"""What stands around the triggers: the DDL watch, the muted server log, and the counters."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Presence, Survey
from minimize.guard.ddl_watch import earlier_watch_digests, watch_digest, watch_name
from minimize.guard.drift import guard_of
from minimize.policy import Policy


@dataclass(frozen=True, slots=True)
class GuardEnvironment:
    """What helps the guard and is not part of it."""

    ddl_watch: str
    """installed, or why it is not what the policy asks for"""
    is_watch_drifting: bool
    """Whether somebody with the right to it should mend the watch."""
    log_muting: str
    """on, or what is missing"""
    counts: dict[str, int]
    """Refused, stripped or reported writes by location; restarts with the mode. Counts nobody lost to a rollback."""


def read_environment(conn: Connection, survey: Survey) -> GuardEnvironment:
    """Read them from the catalog; a part the role may not see is named, not guessed."""
    with translate_errors("reading what surrounds the guard"):
        state, is_drifting = _watch_state(conn, survey.policy)
        return GuardEnvironment(state, is_drifting, _muting(conn), _counts(conn, survey))


def _watch_state(conn: Connection, policy: Policy) -> tuple[str, bool]:
    row = conn.execute(
        "SELECT evtenabled::text, coalesce(obj_description(e.oid, 'pg_event_trigger'), ''), md5(p.prosrc)"
        " FROM pg_event_trigger AS e JOIN pg_proc AS p ON p.oid = e.evtfoid WHERE evtname = %s",
        [watch_name(policy)],
    ).fetchone()
    if row is None:
        is_superuser = conn.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        needs = "" if is_superuser and is_superuser[0] else " (needs superuser)"
        return f"not installed{needs}", not needs
    enabled, comment, body = map(str, row)
    if enabled != "A":
        return "disabled" if enabled == "D" else "not enabled always", True
    made_from = next((part.removeprefix("policy=") for part in comment.split() if part.startswith("policy=")), "")
    if made_from not in (watch_digest(policy), *earlier_watch_digests(policy)):
        return "policy changed", True
    if not comment.endswith(f"definition={body}"):
        return "altered", True
    is_current = made_from == watch_digest(policy)
    return "installed" if is_current else "installed by an earlier release (op.guard_field renews it)", False


def _muting(conn: Connection) -> str:
    """Whether the guard functions' owners may keep a rejected statement out of the server log."""
    installed = conn.execute(
        "SELECT count(*) FROM pg_proc"
        " WHERE pronamespace = to_regnamespace('minimize') AND starts_with(proname, 'guard_')"
    ).fetchone()
    if installed == (0,):
        return "not installed"
    rows = conn.execute(
        "SELECT DISTINCT p.proowner::regrole::text, s.name FROM pg_proc AS p,"
        " unnest(ARRAY['log_min_error_statement', 'log_error_verbosity']) AS s (name)"
        " WHERE p.pronamespace = to_regnamespace('minimize') AND starts_with(p.proname, 'guard_')"
        " AND NOT has_parameter_privilege(p.proowner, s.name, 'SET') ORDER BY 1, 2"
    ).fetchall()
    if not rows:
        return "on"
    parameters = ", ".join(sorted({str(name) for _, name in rows}))
    owners = ", ".join(sorted({str(owner) for owner, _ in rows}))
    return f"off (needs GRANT SET ON PARAMETER {parameters} TO {owners})"


def _counts(conn: Connection, survey: Survey) -> dict[str, int]:
    names = {
        guard_of(survey, site).counter: site.name for _, site in survey.sites() if site.presence is Presence.PRESENT
    }
    rows = conn.execute(
        sql.SQL(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences"
            " WHERE schemaname = 'minimize' AND sequencename = ANY (%s)"
        ),
        [list(names)],
    )
    return {names[str(name)]: int(str(value)) for name, value in rows}
