"""Whether the guard may keep the text of a refused statement out of the server log."""

from __future__ import annotations

from minimize.catalog.connection import Connection


def read_log_muting(conn: Connection) -> str:
    """Return "on", "not installed", or what the owners of the guard functions lack."""
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
