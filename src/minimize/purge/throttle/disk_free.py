"""How much space is free on the server's disks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import SIZE, Setting
from minimize.purge.throttle.units import format_size

# PostgreSQL has no function for it. The program runs in the data directory; WAL and tablespaces may be symbolic links
# to other disks. -P prints each file system on one line, and the names from `ls` are OIDs.
_FILL = (
    "COPY pg_temp.minimize_disk FROM PROGRAM 'df -Pk ./ pg_wal/ $(ls -d pg_tblspc/*/ 2>/dev/null)' (DELIMITER E'\\x01')"
)

# Created once in a session: a table for each reading would leave dead rows in the catalog.
_TABLE = "CREATE TEMP TABLE IF NOT EXISTS minimize_disk (line text) ON COMMIT DELETE ROWS"

_AVAILABLE = re.compile(r"\s(\d+)\s+\d+%\s+/")


class DiskFree:
    """Bytes free on the fullest of the file systems with the server's data directory, WAL and tablespaces.

    Runs `df` on the server, which needs pg_execute_server_program and TEMPORARY on the database. Managed services do
    not grant the former; `DiskUsed` needs neither.
    """

    name: ClassVar[str] = "disk-free"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="disk-free",
            kind=SIZE.or_off(),
            default=None,
            meaning="Bytes that must be free on the server's fullest file system.",
        ),
    )

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], _own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        limit = limits["disk-free"]
        return None if limit is None else cls(limit)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Run df."""
        with conn.transaction():
            conn.execute("SET LOCAL statement_timeout = '5s'")
            conn.execute(_TABLE)
            conn.execute(_FILL)
            lines = [str(line) for (line,) in conn.execute("SELECT line FROM pg_temp.minimize_disk")][1:]
        matches = [_AVAILABLE.search(line) for line in lines]
        free = [int(match[1]) * 1024 for match in matches if match]
        if not free or len(free) < len(lines):
            return unreadable(self.name, "df on the server prints another format")
        return Reading(
            name=self.name,
            text=f"{format_size(min(free))} free on the server's fullest disk (limit {format_size(self.limit)})",
            is_clear=min(free) >= self.limit,
            value={"bytes": min(free)},
            limit={"bytes": self.limit},
        )
