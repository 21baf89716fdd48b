"""The xmin horizon: dead tuples of transactions that it has not passed cannot be pruned yet."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors

# What holds back pruning of ordinary tables in this database (src/backend/storage/ipc/procarray.c): snapshots of its
# own sessions, except those of VACUUM; walsenders, for standbys with hot_standby_feedback; slots; and, in any database,
# every transaction that has written, including prepared ones: GetSnapshotData keeps what was written after they began.
_OLDEST = """
WITH holder AS (
  SELECT x.xid, format('pid %s (%s%s)', pid, coalesce(usename || ', ', ''),
                       coalesce(nullif(application_name, ''), backend_type)) AS name
  FROM pg_stat_activity, LATERAL (VALUES
    (CASE WHEN datname = current_database() OR backend_type = 'walsender' THEN backend_xmin END),
    (backend_xid)) AS x (xid)
  WHERE pid <> pg_backend_pid() AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)
  UNION ALL SELECT xmin, format('replication slot %s', slot_name) FROM pg_replication_slots
  UNION ALL SELECT transaction, format('prepared transaction %s', gid) FROM pg_prepared_xacts)
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, xid::text::bigint, name
FROM (SELECT) AS always
LEFT JOIN (SELECT * FROM holder WHERE xid IS NOT NULL ORDER BY age(xid) DESC LIMIT 1) AS oldest ON true
"""
_CYCLE = 2**32
_NO_HOLDER = "no session"


@dataclass(frozen=True, slots=True)
class Horizon:
    """Transactions before `xid` (64 bits) are past for every session; `holder` names what keeps it from advancing."""

    xid: int
    holder: str


def read_horizon(conn: Connection) -> Horizon:
    """Return the current horizon. Seeing other users' snapshots needs pg_read_all_stats."""
    with translate_errors("reading the oldest snapshot"):
        row = conn.execute(_OLDEST).fetchone()
    assert row is not None
    upper, oldest, holder = row
    assert isinstance(upper, int)
    if not isinstance(oldest, int):
        return Horizon(upper, _NO_HOLDER)
    return Horizon(min(upper, widen(oldest, upper)), str(holder))


def widen(xid: int, near: int) -> int:
    """Return the 64-bit id of a 32-bit transaction id that is less than 2^31 away from `near`."""
    behind = (near - xid) % _CYCLE
    return near - (behind if behind < _CYCLE // 2 else behind - _CYCLE)


class KnownHorizon:
    """The latest horizon that any worker has read. It never goes back, so most checks need no query. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest = Horizon(0, _NO_HOLDER)

    def reset(self) -> None:
        """Discard the known horizon: a server that crashed, or its replacement, may assign the same ids again."""
        with self._lock:
            self._latest = Horizon(0, _NO_HOLDER)

    def find_blocking(self, xid: int, conn: Connection) -> Horizon | None:
        """Return the horizon if it has not passed a transaction yet; None if it has."""
        if self._latest.xid > xid:
            return None
        found = read_horizon(conn)
        with self._lock:
            if found.xid > self._latest.xid:
                self._latest = found
        return None if found.xid > xid else found
