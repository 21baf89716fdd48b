"""How fast the server writes WAL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, Self

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import RATE, Setting
from minimize.purge.throttle.units import format_size

# The insert position, because commits do not wait for it; the server's clock, because it excludes network delays.
_WRITTEN = """
SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint AS position, extract(epoch FROM clock_timestamp())::float8 AS at
"""


class _Written(NamedTuple):
    position: int
    at: float


class WalRate:
    """Bytes of WAL that the whole server, the purge included, writes in a second, between two readings.

    The first reading has none before it to compare with and is not clear.
    """

    name: ClassVar[str] = "wal-rate"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="wal-rate",
            kind=RATE.or_off(),
            default=None,
            meaning="Bytes of WAL that the whole server writes in a second.",
        ),
    )

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._last: _Written | None = None

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], _own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        limit = limits["wal-rate"]
        return None if limit is None else cls(limit)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Compare the WAL position with that of the reading before."""
        last, self._last = self._last, None
        with conn.cursor(row_factory=class_row(_Written)) as cursor:
            now = self._last = cursor.execute(_WRITTEN).fetchone()
        if now is None or last is None or now.at <= last.at:
            return unreadable(self.name, "a rate takes two readings")
        rate = (now.position - last.position) / (now.at - last.at)
        return Reading(
            name=self.name,
            text=f"the server writes {format_size(rate)}/s of WAL (limit {format_size(self.limit)}/s)",
            is_clear=rate <= self.limit,
            value={"bytes_per_second": rate},
            limit={"bytes_per_second": self.limit},
        )
