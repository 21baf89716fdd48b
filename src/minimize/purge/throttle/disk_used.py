"""How much space the database and the WAL take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import SIZE, Setting
from minimize.purge.throttle.units import format_size

_USED = "SELECT pg_database_size(current_database()) + (SELECT sum(size) FROM pg_ls_waldir())"


class DiskUsed:
    """Bytes that this database, in all tablespaces, and the server's WAL directory take: a bound on growth.

    Other files on the disks are not counted. It reads the size of each file of the database, which takes some
    milliseconds for a few thousand files. Needs pg_monitor, or EXECUTE on pg_ls_waldir().
    """

    name: ClassVar[str] = "disk-used"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="disk-used",
            kind=SIZE.or_off(),
            default=None,
            meaning="Bytes that the database and the WAL directory may take.",
        ),
    )

    def __init__(self, limit: int) -> None:
        self.limit = limit

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], _own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        limit = limits["disk-used"]
        return None if limit is None else cls(limit)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Add up the sizes of files."""
        row = conn.execute(_USED).fetchone()
        if row is None or row[0] is None:
            return unreadable(self.name, "the server returns no size")
        used = int(str(row[0]))
        return Reading(
            name=self.name,
            text=f"database and WAL take {format_size(used)} (limit {format_size(self.limit)})",
            is_clear=used <= self.limit,
            value={"bytes": used},
            limit={"bytes": self.limit},
        )
