"""How many client sessions are active on the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, Self

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import Setting, count

# A hidden session has no backend_type: it may be a background process or an active client.
_SESSIONS = """
SELECT count(*) FILTER (WHERE state IN ('active', 'fastpath function call')) AS active,
       count(*) FILTER (WHERE state = 'disabled') AS unknown,
       count(*) FILTER (WHERE backend_type IS NULL) AS hidden
FROM pg_stat_activity
WHERE pid <> ALL (%s) AND pid <> pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
"""


class _Sessions(NamedTuple):
    active: int
    unknown: int
    hidden: int


class ActiveSessions:
    """Client sessions of the whole server that execute a statement now, without the purge's own sessions.

    Needs the privileges of pg_read_all_stats, and track_activities; without them it is not clear.
    """

    name: ClassVar[str] = "active-sessions"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="active-sessions",
            kind=count(0, 100_000).or_off(),
            default=None,
            meaning="Active client sessions other than the purge's own.",
        ),
    )

    def __init__(self, limit: int, own_activity: OwnActivity) -> None:
        self.limit = limit
        self.own_activity = own_activity

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        limit = limits["active-sessions"]
        return None if limit is None else cls(limit, own_activity)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Count in pg_stat_activity."""
        with conn.cursor(row_factory=class_row(_Sessions)) as cursor:
            found = cursor.execute(_SESSIONS, [self.own_activity.sessions]).fetchone()
        if found is None or found.hidden:
            return unreadable(self.name, "other sessions are hidden from this role; grant it pg_monitor")
        if found.unknown:
            return unreadable(self.name, f"{found.unknown} session(s) show no state; is track_activities off?")
        return Reading(
            name=self.name,
            text=f"{found.active} active session(s) (limit {self.limit})",
            is_clear=found.active <= self.limit,
            value={"sessions": found.active},
            limit={"sessions": self.limit},
        )
