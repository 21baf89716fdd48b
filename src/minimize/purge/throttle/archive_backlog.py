"""How many WAL segments are not archived yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, Self

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import Setting, count

_ARCHIVER = """
SELECT current_setting('archive_mode') <> 'off' AS is_on, last_archived_wal AS archived,
       pg_walfile_name(pg_current_wal_lsn()) AS current,
       pg_size_bytes(current_setting('wal_segment_size')) AS segment_size,
       coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS is_failing,
       has_function_privilege('pg_ls_archive_statusdir()', 'EXECUTE') AS has_status
FROM pg_stat_archiver
"""

_READY = "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name ~ '^[0-9A-F]{24}[.]ready$'"

# A backup history file is archived after the segment in its name, and all segments before that one are archived.
_SEGMENT = re.compile(r"([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(?:\.[0-9A-F]{8}\.backup)?")


class _Archiver(NamedTuple):
    is_on: bool
    archived: str | None
    current: str
    segment_size: int
    is_failing: bool
    has_status: bool


class ArchiveBacklog:
    """Whole WAL segments that are not archived yet; clear if archive_mode is off, and the text says so.

    A role with pg_monitor counts the segments that are marked ready. Another role takes the distance between the last
    archived segment and the current one, which is never less. That distance is unknown after the statistics were reset
    or the timeline changed, until the next segment is archived: until then it is not clear.
    """

    name: ClassVar[str] = "archive-backlog"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="archive-backlog",
            kind=count(0, 1_000_000).or_off(),
            default=64,
            meaning="Whole WAL segments that are not archived yet.",
        ),
    )

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], _own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        limit = limits["archive-backlog"]
        return None if limit is None else cls(limit)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Read pg_stat_archiver, and the archive status directory if the role may."""
        with conn.cursor(row_factory=class_row(_Archiver)) as cursor:
            found = cursor.execute(_ARCHIVER).fetchone()
        if found is None:
            return unreadable(self.name, "pg_stat_archiver has no row")
        if not found.is_on:
            return Reading(name=self.name, text="archive_mode is off", is_clear=True)
        waiting = _count_ready(conn) if found.has_status else _distance(found)
        if waiting is None:
            return unreadable(
                self.name,
                "no segment of the current timeline is archived yet; grant pg_monitor to count the waiting segments",
            )
        failing = ", and the last attempt failed" if found.is_failing else ""
        return Reading(
            name=self.name,
            text=f"{waiting} WAL segment(s) wait for the archive{failing} (limit {self.limit})",
            is_clear=waiting <= self.limit,
            value={"segments": waiting},
            limit={"segments": self.limit},
        )


def _count_ready(conn: Connection) -> int:
    row = conn.execute(_READY).fetchone()
    assert row is not None
    return int(str(row[0]))


def _distance(found: _Archiver) -> int | None:
    """Return the number of whole segments between the last archived one and the current one; None if unknown."""
    archived, current = _SEGMENT.fullmatch(found.archived or ""), _SEGMENT.fullmatch(found.current)
    if archived is None or current is None or archived[1] != current[1]:
        return None
    per_log = 2**32 // found.segment_size
    first, last = (int(match[2], 16) * per_log + int(match[3], 16) for match in (archived, current))
    return max(0, last - first - 1)
