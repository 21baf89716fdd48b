"""Who holds locks on a relation: the sessions a purge waits for, by name."""

from __future__ import annotations

from minimize.catalog.connection import Connection, translated
from minimize.catalog.tables import Leaf

_HOLDERS = """
SELECT format('pid %%s (%%s, %%s%%s)', pid, coalesce(nullif(application_name, ''), backend_type),
              coalesce(state, 'state not visible'),
              coalesce(', transaction open for ' || date_trunc('second', clock_timestamp() - xact_start), ''))
FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND application_name <> 'minimize' AND EXISTS (
  SELECT FROM pg_locks AS l WHERE l.pid = pg_stat_activity.pid AND l.relation = %s AND l.granted
    AND l.mode <> 'AccessShareLock')
ORDER BY xact_start LIMIT 3
"""


def describe_blockers(conn: Connection, leaf: Leaf) -> str:
    """Return `: pid 123 (app, idle in transaction, ...)` for who holds locks on a relation now; empty for nobody."""
    with translated(f"asking who has locked {leaf.name}"):
        names = [str(name) for (name,) in conn.execute(_HOLDERS, [leaf.oid])]
    return f": {', '.join(names)}" if names else ""
