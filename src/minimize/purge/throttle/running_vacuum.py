"""Whether another session vacuums a table being purged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, NamedTuple, Self

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import Setting, one_of

# Every role sees who vacuums which table: the pid in pg_stat_progress_vacuum, the relation in pg_locks. The reason of a
# VACUUM is only in the text of its query, which is not open to every role. With track_activities off,
# pg_stat_progress_vacuum has no row; then there is only the lock, which may be that of a VACUUM.
_VACUUMS = """
SELECT l.pid, l.relation::regclass::text AS relation,
       a.query LIKE 'autovacuum: VACUUM %% (to prevent wraparound)' AS is_wraparound,
       a.backend_type IS NULL AS is_hidden, l.pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum) AS is_unreported
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
    is_unreported: bool


class RunningVacuum:
    """Waits for a VACUUM of a table being purged or of its TOAST table, in any session but the purge's own.

    `wraparound`: only for autovacuum's run to prevent wraparound, which must not be delayed; `any`: for each VACUUM.
    Without the privileges of pg_read_all_stats the reason of a VACUUM is hidden, and then any VACUUM is not clear. With
    track_activities off, a lock like that of a VACUUM is not clear, either.
    """

    name: ClassVar[str] = "vacuum"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="vacuum",
            kind=one_of("wraparound", "any").or_off(),
            default="wraparound",
            meaning="The VACUUM of a table being purged that the purge waits for: wraparound or any.",
        ),
    )

    def __init__(self, which: Literal["wraparound", "any"], own_activity: OwnActivity) -> None:
        self.which = which
        self.own_activity = own_activity

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        which = limits["vacuum"]
        return None if which is None else cls(which, own_activity)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Find the locks of running VACUUMs on the tables."""
        parameters = {"relations": self.own_activity.relations, "sessions": self.own_activity.sessions}
        with conn.cursor(row_factory=class_row(_Vacuum)) as cursor:
            found = cursor.execute(_VACUUMS, parameters).fetchall()
        if why := self._find_unreadable(found):
            return unreadable(self.name, why)
        if self.which == "wraparound":
            found = [row for row in found if row.is_wraparound]
        if not found:
            kind = "VACUUM to prevent wraparound" if self.which == "wraparound" else "VACUUM"
            text = f"no {kind} is at work"
        else:
            reason = " to prevent wraparound" if found[0].is_wraparound else ""
            text = f"pid {found[0].pid} vacuums {found[0].relation}{reason}"
        return Reading(
            name=self.name,
            text=text,
            is_clear=not found,
            value={"vacuums": len(found)},
            limit={"vacuums": 0},
        )

    def _find_unreadable(self, found: Sequence[_Vacuum]) -> str | None:
        """Return what this role cannot see of a VACUUM and must see; None if it sees enough."""
        for row in found:
            if row.is_unreported:
                return (
                    f"pid {row.pid} may be vacuuming {row.relation}: track_activities is off, so that is not reported"
                )
        for row in found:
            if row.is_hidden and self.which == "wraparound":
                hidden = f"pid {row.pid} vacuums {row.relation}, and its reason is hidden from this role"
                return f"{hidden}; grant it pg_monitor"
        return None
