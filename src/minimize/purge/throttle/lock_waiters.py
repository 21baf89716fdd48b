"""Who waits behind the purge."""

from __future__ import annotations

from typing import ClassVar

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed

# pg_blocking_pids stops the lock manager for a moment, so it is asked of those who wait alone.
_WAITERS = """
SELECT DISTINCT l.pid FROM pg_locks l
WHERE NOT l.granted AND l.pid <> ALL (%(sessions)s)
  AND (l.locktype = 'relation' AND l.relation = ANY (%(relations)s)
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       OR pg_blocking_pids(l.pid) && %(sessions)s::int[])
ORDER BY l.pid
"""


class LockWaiters:
    """Sessions that wait for a lock on a table being purged, whoever holds it, or for any lock the purge holds.

    A session that waits for the table (a migration, say) waits behind whoever wrote to it last; without another batch
    in between it gets there sooner. What the purge's sessions wait for does not count. Needs no privilege.
    """

    name: ClassVar[str] = "lock-waiters"

    def __init__(self, limit: int, own_activity: OwnActivity) -> None:
        self.limit = limit
        self.own_activity = own_activity

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Ask pg_locks for those who wait."""
        parameters = {"relations": self.own_activity.relations, "sessions": self.own_activity.sessions}
        pids = [str(pid) for (pid,) in conn.execute(_WAITERS, parameters)]
        who = f" (pid {', '.join(pids)})" if pids else ""
        text = f"{len(pids)} session(s) wait for a lock{who} (limit {self.limit})"
        value = {"sessions": float(len(pids))}
        return Reading(self.name, text, len(pids) <= self.limit, value, {"sessions": self.limit})
