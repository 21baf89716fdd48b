"""How far back the oldest snapshot reaches: a row version newer than that cannot be pruned yet."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors

# What holds back pruning of ordinary tables in this database (src/backend/storage/ipc/procarray.c): snapshots of its
# own sessions, VACUUM excepted; walsenders, for standbys with hot_standby_feedback; slots; and, in any database, every
# transaction that has written, prepared ones too: GetSnapshotData takes what came after they began for needed.
_OLDEST = """
WITH holder AS (
  SELECT x.xid, format('pid %s (%s%s)', pid, coalesce(usename || ', ', ''),
                       coalesce(nullif(application_name, ''), backend_type)) AS who
  FROM pg_stat_activity, LATERAL (VALUES
    (CASE WHEN datname = current_database() OR backend_type = 'walsender' THEN backend_xmin END),
    (backend_xid)) AS x (xid)
  WHERE pid <> pg_backend_pid() AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)
  UNION ALL SELECT xmin, format('replication slot %s', slot_name) FROM pg_replication_slots
  UNION ALL SELECT transaction, format('prepared transaction %s', gid) FROM pg_prepared_xacts)
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, xid::text::bigint, who
FROM (SELECT) AS always
LEFT JOIN (SELECT * FROM holder WHERE xid IS NOT NULL ORDER BY age(xid) DESC LIMIT 1) AS oldest ON true
"""
_CYCLE = 2**32


@dataclass(frozen=True, slots=True)
class Horizon:
    """Transactions before `xid` (64 bits) are past for everybody; `holder` is what keeps it from going on."""

    xid: int
    holder: str


def read_horizon(conn: Connection) -> Horizon:
    """Ask where the horizon is. Seeing other users' snapshots needs pg_read_all_stats."""
    with translate_errors("reading the oldest snapshot"):
        row = conn.execute(_OLDEST).fetchone()
    assert row is not None
    upper, oldest, who = row
    assert isinstance(upper, int)
    if not isinstance(oldest, int):
        return Horizon(upper, "nobody")
    return Horizon(min(upper, widen(oldest, upper)), str(who))


def widen(xid: int, near: int) -> int:
    """Return the 64-bit id of a 32-bit transaction id that is less than 2^31 away from `near`."""
    behind = (near - xid) % _CYCLE
    return near - (behind if behind < _CYCLE // 2 else behind - _CYCLE)


class KnownHorizon:
    """The furthest horizon any worker has seen; it never goes back, so few ask again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen = Horizon(0, "nobody")

    def forget(self) -> None:
        """Ask again: a server that crashed, or another one in its place, may give out the same ids once more."""
        with self._lock:
            self._seen = Horizon(0, "nobody")

    def is_past(self, xid: int, conn: Connection) -> Horizon | None:
        """Return None if the transaction is past for everybody, else the horizon that is not past it."""
        if self._seen.xid > xid:
            return None
        found = read_horizon(conn)
        with self._lock:
            if found.xid > self._seen.xid:
                self._seen = found
        return None if found.xid > xid else found
