"""How much room is left on the server's disks."""

from __future__ import annotations

import re
from typing import ClassVar

from minimize.catalog.connection import Connection
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.units import format_size

# PostgreSQL has no function that tells it. A program runs in the data directory; WAL and tablespaces may be symbolic
# links to other disks. -P puts each file system on one line, and names from `ls` are OIDs.
_FILL = (
    "COPY pg_temp.minimize_disk FROM PROGRAM 'df -Pk ./ pg_wal/ $(ls -d pg_tblspc/*/ 2>/dev/null)' (DELIMITER E'\\x01')"
)

# Made once a session, since a table made for each reading would leave dead rows in the catalog.
_TABLE = "CREATE TEMP TABLE IF NOT EXISTS minimize_disk (line text) ON COMMIT DELETE ROWS"

_AVAILABLE = re.compile(r"\s(\d+)\s+\d+%\s+/")


class FreeDisk:
    """Bytes free on the fullest of the file systems with the server's data directory, WAL and tablespaces.

    Runs `df` on the server, which needs pg_execute_server_program (managed services grant it to nobody) and TEMP on
    the database; `DiskUsed` needs neither.
    """

    name: ClassVar[str] = "disk-free"

    def __init__(self, limit: int) -> None:
        self.limit = limit

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
            return unreadable(self.name, "df on the server answers in a form of its own")
        text = f"{format_size(min(free))} free on the server's fullest disk (limit {format_size(self.limit)})"
        return Reading(self.name, text, min(free) >= self.limit, {"bytes": min(free)}, {"bytes": self.limit})


_USED = "SELECT pg_database_size(current_database()) + (SELECT sum(size) FROM pg_ls_waldir())"


class DiskUsed:
    """Bytes that this database, in all tablespaces, and the server's WAL directory take: a bound on growth.

    What else is on the disks is not seen. Looks at each file of the database, some milliseconds for a few thousand.
    Needs pg_monitor, or EXECUTE on pg_ls_waldir().
    """

    name: ClassVar[str] = "disk-used"

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Add up the sizes of files."""
        row = conn.execute(_USED).fetchone()
        if row is None or row[0] is None:
            return unreadable(self.name, "the server does not tell the size")
        used = int(str(row[0]))
        text = f"database and WAL take {format_size(used)} (limit {format_size(self.limit)})"
        return Reading(self.name, text, used <= self.limit, {"bytes": used}, {"bytes": self.limit})
