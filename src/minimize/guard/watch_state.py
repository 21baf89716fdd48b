"""Whether the DDL watch in the database is the one that the policy needs."""

from __future__ import annotations

from minimize.catalog.connection import Connection
from minimize.guard.ddl_watch import earlier_watch_digests, watch_digest, watch_name
from minimize.policy import Policy


def read_watch_state(conn: Connection, policy: Policy) -> tuple[str, bool]:
    """Return the state of the watch, and whether it is drift that this role could repair."""
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
    sealed = dict(part.split("=", 1) for part in comment.split() if "=" in part)
    made_from = sealed.get("policy")
    if made_from not in (watch_digest(policy), *earlier_watch_digests(policy)):
        return "policy changed", True
    if sealed.get("definition") != body:
        return "altered", True
    is_current = made_from == watch_digest(policy)
    return "installed" if is_current else "installed by an earlier release (op.guard_field renews it)", False
