"""How far the replicas are behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.units import format_seconds, format_size

# One row for each walsender that is no base backup, and one without a pid where there is none, so that the position
# is read in any case. A receiver that never replays (pg_receivewal) counts by what it has written.
_REPLICAS = """
SELECT (pg_current_wal_lsn() - '0/0')::bigint AS written, extract(epoch FROM clock_timestamp())::float8 AS at,
       r.pid, r.application_name AS name, r.state,
       (coalesce(r.replay_lsn, r.flush_lsn, r.write_lsn) - '0/0')::bigint AS replayed,
       extract(epoch FROM r.replay_lag)::float8 AS lag
FROM (VALUES (1)) AS one (row) LEFT JOIN pg_stat_replication r ON r.state IS DISTINCT FROM 'backup'
ORDER BY r.pid
"""

_CAUGHT_UP = 32 * 8192
"""Bytes that a replica may lack while it is no time behind: WAL is written by the page, and on a quiet server the end
of the last record, of 32 pages at most but for rare ones, may stay unwritten for long, so that nobody can replay it."""

_KEPT_SECONDS = 60.0
"""How much longer than the limit the positions of WAL are remembered."""


class _Walsender(NamedTuple):
    written: int
    at: float
    pid: int | None
    name: str | None
    state: str | None
    replayed: int | None
    lag: float | None


@dataclass(frozen=True, slots=True)
class _Replica:
    """One receiver; `seconds` is None where nobody knows yet."""

    name: str
    bytes: int
    seconds: float | None


class ReplicaLag:
    """Bytes and seconds of the replica, physical or logical, that is furthest behind, and how many are connected.

    Seconds are the server's `replay_lag`, but at least the age of the WAL that the replica lacks, as far as this
    throttle saw it being written: a replica that no longer answers keeps the lag it reported last. Where the server
    has no lag, they are the time since a reading that the replica has replayed; the first reading then says stop.
    A replica that is not connected is not seen, unless `replicas` asks for it. Without the rights of
    pg_read_all_stats a connected replica is seen and its state is not, which says stop.
    """

    name: ClassVar[str] = "lag"

    def __init__(self, limit_bytes: int | None, limit_seconds: float | None, replicas: int = 0) -> None:
        self.limit_bytes = limit_bytes
        self.limit_seconds = limit_seconds
        self.replicas = replicas
        self._seen: list[tuple[float, int]] = []

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Ask pg_stat_replication."""
        with conn.cursor(row_factory=class_row(_Walsender)) as cursor:
            return self._judge_rows(cursor.execute(_REPLICAS).fetchall())

    def _judge_rows(self, rows: Sequence[_Walsender]) -> Reading:
        self._remember(rows[0])
        senders = [row for row in rows if row.pid is not None]
        if any(row.state is None for row in senders):
            return unreadable(
                self.name, f"the state of {len(senders)} replica(s) is hidden from this role; grant it pg_monitor"
            )
        silent = next((row for row in senders if row.replayed is None), None)
        if silent:
            return unreadable(self.name, f"{silent.name} (pid {silent.pid}, {silent.state}) has told no position yet")
        return self._judge([self._replica(row) for row in senders])

    def _judge(self, replicas: Sequence[_Replica]) -> Reading:
        limit = self._limit()
        if len(replicas) < self.replicas:
            text = f"{len(replicas)} of {self.replicas} expected replica(s) connected"
            return Reading(self.name, text, is_clear=False, value={"replicas": len(replicas)}, limit=limit)
        if not replicas:
            return Reading(self.name, "no replica is connected", is_clear=True, value={"replicas": 0}, limit=limit)
        unknown = next((replica for replica in replicas if replica.seconds is None), None)
        if unknown and self.limit_seconds is not None:
            return unreadable(self.name, f"{unknown.name} has told no lag in time yet")
        worst = max(replicas, key=self._excess)
        value: dict[str, float] = {"bytes": worst.bytes, "replicas": len(replicas)}
        value |= {} if worst.seconds is None else {"seconds": worst.seconds}
        return Reading(self.name, self._describe(worst), self._excess(worst) <= 1, value, limit)

    def _excess(self, replica: _Replica) -> float:
        """Return how many times over its limit a replica is."""
        measured = ((replica.bytes, self.limit_bytes), (replica.seconds or 0.0, self.limit_seconds))
        return max((value / max(limit, 1e-9) for value, limit in measured if limit is not None), default=0.0)

    def _describe(self, replica: _Replica) -> str:
        behind, limits = format_size(replica.bytes), []
        if self.limit_bytes is not None:
            limits.append(format_size(self.limit_bytes))
        if replica.seconds is not None:
            behind += f" / {format_seconds(replica.seconds)}"
        if self.limit_seconds is not None:
            limits.append(format_seconds(self.limit_seconds))
        return f"{replica.name} is {behind} behind (limit {' / '.join(limits) or 'none'})"

    def _limit(self) -> dict[str, float]:
        limits = {"bytes": self.limit_bytes, "seconds": self.limit_seconds, "replicas": self.replicas}
        return {unit: limit for unit, limit in limits.items() if limit is not None}

    def _remember(self, row: _Walsender) -> None:
        oldest = row.at - (self.limit_seconds or 0.0) - _KEPT_SECONDS
        self._seen = [(at, position) for at, position in self._seen if oldest < at < row.at]
        self._seen.append((row.at, row.written))

    def _replica(self, row: _Walsender) -> _Replica:
        assert row.replayed is not None
        behind = max(0, row.written - row.replayed)
        # The lag of one that has caught up stays what it was until its next answer, perhaps for ten seconds.
        return _Replica(str(row.name), behind, self._seconds(row, row.replayed) if behind > _CAUGHT_UP else 0.0)

    def _seconds(self, row: _Walsender, replayed: int) -> float | None:
        """Return the server's lag, but not less than what was seen here; where it has none, the most it can be."""
        complete = replayed + _CAUGHT_UP
        if row.lag is not None:
            # Of several walsenders, a later row may know of WAL that was written since the first.
            lacking = next((at for at, position in self._seen if position > complete), row.at)
            return max(row.lag, row.at - lacking)
        reached = [at for at, position in self._seen if position <= complete]
        return row.at - reached[-1] if reached else None
