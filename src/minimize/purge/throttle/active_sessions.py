"""How busy the clients keep the server."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable

# A hidden session has no backend_type; it may be a background process, and it may be a client at work.
_CLIENTS = """
SELECT count(*) FILTER (WHERE state IN ('active', 'fastpath function call')) AS active,
       count(*) FILTER (WHERE state = 'disabled') AS unknown,
       count(*) FILTER (WHERE backend_type IS NULL) AS hidden
FROM pg_stat_activity
WHERE pid <> ALL (%s) AND pid <> pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
"""


class _Clients(NamedTuple):
    active: int
    unknown: int
    hidden: int


class ActiveClients:
    """Client sessions of the whole server that run a statement at this moment, the purge's own left out.

    Needs the rights of pg_read_all_stats and track_activities, without which it says stop.
    """

    name: ClassVar[str] = "active-sessions"

    def __init__(self, limit: int, own_activity: OwnActivity) -> None:
        self.limit = limit
        self.own_activity = own_activity

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Count in pg_stat_activity."""
        with conn.cursor(row_factory=class_row(_Clients)) as cursor:
            found = cursor.execute(_CLIENTS, [self.own_activity.sessions]).fetchone()
        if found is None or found.hidden:
            return unreadable(self.name, "other sessions are hidden from this role; grant it pg_monitor")
        if found.unknown:
            return unreadable(self.name, f"{found.unknown} session(s) tell no state; is track_activities off?")
        text = f"{found.active} active client(s) (limit {self.limit})"
        return Reading(
            self.name, text, found.active <= self.limit, {"sessions": found.active}, {"sessions": self.limit}
        )
