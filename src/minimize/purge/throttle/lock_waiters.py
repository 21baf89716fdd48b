"""How many sessions wait for a lock on a table being purged, or for a lock of the purge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed
from minimize.purge.throttle.setting import Setting, count

# pg_blocking_pids stops the lock manager for a moment, so it is called only for waiting sessions.
_WAITERS = """
SELECT DISTINCT l.pid FROM pg_locks l
WHERE NOT l.granted AND l.pid <> ALL (%(sessions)s)
  AND (l.locktype = 'relation' AND l.relation = ANY (%(relations)s)
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       OR pg_blocking_pids(l.pid) && %(sessions)s::int[])
ORDER BY l.pid
"""


class LockWaiters:
    """Sessions that wait for a lock on a table being purged, held by any session, or for any lock that the purge holds.

    A session that waits for the table, such as a migration, waits behind the last writer; without another batch in
    between it gets the lock sooner. The purge's own waiting sessions do not count. Needs no privilege.
    """

    name: ClassVar[str] = "lock-waiters"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="lock-waiters",
            kind=count(0, 100_000).or_off(),
            default=0,
            meaning="Sessions that wait for a lock on a table being purged, or for a lock that the purge holds.",
        ),
    )

    def __init__(self, limit: int, own_activity: OwnActivity) -> None:
        self.limit = limit
        self.own_activity = own_activity

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        limit = limits["lock-waiters"]
        return None if limit is None else cls(limit, own_activity)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Find the waiting sessions in pg_locks."""
        parameters = {"relations": self.own_activity.relations, "sessions": self.own_activity.sessions}
        pids = [str(pid) for (pid,) in conn.execute(_WAITERS, parameters)]
        who = f" (pid {', '.join(pids)})" if pids else ""
        return Reading(
            name=self.name,
            text=f"{len(pids)} session(s) wait for a lock{who} (limit {self.limit})",
            is_clear=len(pids) <= self.limit,
            value={"sessions": float(len(pids))},
            limit={"sessions": self.limit},
        )
