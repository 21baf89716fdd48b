"""How much WAL waits for the archive."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable

_ARCHIVER = """
SELECT current_setting('archive_mode') <> 'off' AS is_on, last_archived_wal AS archived,
       pg_walfile_name(pg_current_wal_lsn()) AS current,
       pg_size_bytes(current_setting('wal_segment_size')) AS segment_size,
       coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS is_failing,
       has_function_privilege('pg_ls_archive_statusdir()', 'EXECUTE') AS has_status
FROM pg_stat_archiver
"""

_READY = "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name ~ '^[0-9A-F]{24}[.]ready$'"

# The history file of a backup stands after the segment it is named after, and that one's predecessors are archived.
_SEGMENT = re.compile(r"([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(?:\.[0-9A-F]{8}\.backup)?")


class _Archiver(NamedTuple):
    is_on: bool
    archived: str | None
    current: str
    segment_size: int
    is_failing: bool
    has_status: bool


class UnarchivedWal:
    """Whole WAL segments that wait for the archive; clear where archive_mode is off, and the text says so.

    Counts the segments marked ready where the role may list them (pg_monitor); otherwise takes the distance from the
    last archived segment to the current one, which is never less. That distance is not known after the statistics
    were reset or the timeline changed, until the next segment is archived: until then it says stop.
    """

    name: ClassVar[str] = "archive-backlog"

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Ask pg_stat_archiver, and the archive's status directory where that is allowed."""
        with conn.cursor(row_factory=class_row(_Archiver)) as cursor:
            found = cursor.execute(_ARCHIVER).fetchone()
        if found is None:
            return unreadable(self.name, "pg_stat_archiver has no row")
        if not found.is_on:
            return Reading(self.name, "archive_mode is off", is_clear=True)
        waiting = self._ready(conn) if found.has_status else _distance(found)
        if waiting is None:
            return unreadable(
                self.name, "the last archived file says nothing of the current timeline; grant pg_monitor to list them"
            )
        failing = ", and the last attempt failed" if found.is_failing else ""
        text = f"{waiting} WAL segment(s) wait for the archive{failing} (limit {self.limit})"
        return Reading(self.name, text, waiting <= self.limit, {"segments": waiting}, {"segments": self.limit})

    def _ready(self, conn: Connection) -> int:
        row = conn.execute(_READY).fetchone()
        assert row is not None
        return int(str(row[0]))


def _distance(found: _Archiver) -> int | None:
    """Return how many whole segments stand between the last archived one and the current one."""
    archived, current = _SEGMENT.fullmatch(found.archived or ""), _SEGMENT.fullmatch(found.current)
    if archived is None or current is None or archived[1] != current[1]:
        return None
    per_log = 2**32 // found.segment_size
    first, last = (int(match[2], 16) * per_log + int(match[3], 16) for match in (archived, current))
    return max(0, last - first - 1)
