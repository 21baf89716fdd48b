"""Who holds locks on a relation: the sessions a purge waits for, by name."""

from __future__ import annotations

from collections.abc import Sequence

from minimize.catalog.connection import Connection, translated
from minimize.catalog.tables import Leaf

_HOLDERS = """
SELECT format('pid %%s (%%s, %%s%%s)', pid, coalesce(nullif(application_name, ''), backend_type),
              coalesce(state, 'state not visible'),
              coalesce(', transaction open for ' || date_trunc('second', clock_timestamp() - xact_start), ''))
FROM pg_stat_activity
WHERE pid <> ALL (%s) AND EXISTS (
  SELECT FROM pg_locks AS l WHERE l.pid = pg_stat_activity.pid AND l.relation = %s AND l.granted
    AND (l.mode <> 'AccessShareLock' OR %s)
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
ORDER BY xact_start LIMIT 3
"""


def describe_blockers(conn: Connection, leaf: Leaf, own: Sequence[int], *, with_readers: bool = False) -> str:
    """Return `: pid 123 (app, idle in transaction, ...)` for who holds locks on a relation now; empty for nobody.

    Args:
        own: Backend pids of this purge, which are not in its own way.
        with_readers: Whether those count that only read.
    """
    with translated(f"asking who has locked {leaf.name}"):
        names = [str(name) for (name,) in conn.execute(_HOLDERS, [list(own), leaf.oid, with_readers])]
    return f": {', '.join(names)}" if names else ""
