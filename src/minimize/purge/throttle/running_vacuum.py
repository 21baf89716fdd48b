"""Whether a VACUUM is at work on a table being purged."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable

# Who vacuums what is for everybody to see: in pg_stat_progress_vacuum the pid, in pg_locks the relation. Why it does so
# is in the text of its query, which is not. With track_activities off it is not in the former: then the lock is all
# there is, and it may be that of a VACUUM.
_VACUUMS = """
SELECT l.pid, l.relation::regclass::text AS relation,
       a.query LIKE 'autovacuum: VACUUM %% (to prevent wraparound)' AS is_wraparound,
       a.backend_type IS NULL AS is_hidden, l.pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum) AS is_untold
FROM pg_locks l
JOIN pg_class c ON c.oid = ANY (%(relations)s) AND l.relation IN (c.oid, c.reltoastrelid)
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> ALL (%(sessions)s)
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (l.pid IN (SELECT pid FROM pg_stat_progress_vacuum) OR a.state = 'disabled'
       OR a.backend_type IS NULL AND current_setting('track_activities') = 'off')
ORDER BY l.pid
"""


class _Vacuum(NamedTuple):
    pid: int
    relation: str
    is_wraparound: bool | None
    is_hidden: bool
    is_untold: bool


class VacuumAtWork:
    """Makes way for a VACUUM of a table being purged or of its TOAST table, by anyone but the purge itself.

    `wraparound`: for autovacuum's run to prevent wraparound alone, which nobody should hold up; `any`: for each.
    Without the rights of pg_read_all_stats the reason of a run is hidden, and then any run says stop. So does a lock
    like that of a VACUUM where track_activities is off.
    """

    name: ClassVar[str] = "vacuum"

    def __init__(self, which: str, own_activity: OwnActivity) -> None:
        self.which = which
        self.own_activity = own_activity

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Ask who holds the lock of a VACUUM on the tables."""
        parameters = {"relations": self.own_activity.relations, "sessions": self.own_activity.sessions}
        with conn.cursor(row_factory=class_row(_Vacuum)) as cursor:
            found = cursor.execute(_VACUUMS, parameters).fetchall()
        if untold := next((row for row in found if row.is_untold), None):
            why = f"pid {untold.pid} may be vacuuming {untold.relation}, and does not tell, as track_activities is off"
            return unreadable(self.name, why)
        if self.which == "wraparound":
            hidden = next((row for row in found if row.is_hidden), None)
            if hidden:
                why = f"pid {hidden.pid} vacuums {hidden.relation}, and its reason is hidden from this role"
                return unreadable(self.name, f"{why}; grant it pg_monitor")
            found = [row for row in found if row.is_wraparound]
        if not found:
            kind = "VACUUM to prevent wraparound" if self.which == "wraparound" else "VACUUM"
            return Reading(
                self.name, f"no {kind} is at work", is_clear=True, value={"vacuums": 0}, limit={"vacuums": 0}
            )
        first = found[0]
        reason = " to prevent wraparound" if first.is_wraparound else ""
        text = f"pid {first.pid} vacuums {first.relation}{reason}"
        return Reading(self.name, text, is_clear=False, value={"vacuums": len(found)}, limit={"vacuums": 0})
