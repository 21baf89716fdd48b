"""How fast the server writes WAL."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.units import format_size

# The position that commits do not wait for, on the server's own clock, so that a slow network does not count.
_WRITTEN = """
SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint AS position, extract(epoch FROM clock_timestamp())::float8 AS at
"""


class _Written(NamedTuple):
    position: int
    at: float


class WalRate:
    """Bytes of WAL a second, of the whole server and so of the purge too, between one reading and the next.

    The first reading has nothing to compare with and says stop.
    """

    name: ClassVar[str] = "wal-rate"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._last: _Written | None = None

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Compare with the reading before."""
        last, self._last = self._last, None
        with conn.cursor(row_factory=class_row(_Written)) as cursor:
            now = self._last = cursor.execute(_WRITTEN).fetchone()
        if now is None or last is None or now.at <= last.at:
            return unreadable(self.name, "a rate takes two readings")
        rate = (now.position - last.position) / (now.at - last.at)
        return Reading(
            self.name,
            f"the server writes {format_size(rate)}/s of WAL (limit {format_size(self.limit)}/s)",
            rate <= self.limit,
            {"bytes_per_second": rate},
            {"bytes_per_second": self.limit},
        )
