"""How far the replicas are behind the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import SIZE, Setting, count, seconds
from minimize.purge.throttle.units import format_seconds, format_size

# One row for each walsender except base backups. Without any walsender there is one row without a pid, so that the WAL
# position is always read. A receiver that never replays (pg_receivewal) counts by what it has written.
_REPLICAS = """
SELECT (pg_current_wal_lsn() - '0/0')::bigint AS written, extract(epoch FROM clock_timestamp())::float8 AS at,
       r.pid, r.application_name AS name, r.state,
       (coalesce(r.replay_lsn, r.flush_lsn, r.write_lsn) - '0/0')::bigint AS replayed,
       extract(epoch FROM r.replay_lag)::float8 AS lag
FROM (VALUES (1)) AS one (row) LEFT JOIN pg_stat_replication r ON r.state IS DISTINCT FROM 'backup'
ORDER BY r.pid
"""

_CAUGHT_UP = 32 * 8192
"""Bytes that a replica may lack and still count as not behind in time.

WAL is written by the page. On a quiet server the end of the last record, which rarely has more than 32 pages, may stay
unwritten for long: no replica can replay it."""

_KEPT_SECONDS = 60.0
"""How much longer than the time limit the WAL positions are kept."""


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
    """One receiver; `seconds` is None if its lag in time is not known yet."""

    name: str
    bytes: int
    seconds: float | None


class ReplicaLag:
    """Bytes and seconds of the replica, physical or logical, that is furthest behind, and how many are connected.

    Seconds are the server's `replay_lag`, but at least the age of the WAL that the replica lacks, as far as this
    throttle saw it written: a replica that no longer answers keeps the lag that it reported last. If the server has no
    lag, they are the time since a reading whose position the replica has replayed; the first reading is not clear then.
    A replica that is not connected is seen only by the limit `replicas`. Without the privileges of pg_read_all_stats
    the state of a connected replica is hidden, and it is not clear.
    """

    name: ClassVar[str] = "lag"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="lag",
            kind=SIZE.or_off(),
            default=16 * 1024**2,
            meaning="Bytes of WAL that the replica furthest behind still has to replay.",
        ),
        Setting(
            name="lag-time",
            kind=seconds(0.0, 86400.0).or_off(),
            default=10.0,
            meaning="Seconds by which the replica furthest behind is behind.",
        ),
        Setting(
            name="replicas",
            kind=count(0, 1000),
            default=0,
            meaning="Receivers of WAL that must be connected.",
        ),
    )

    def __init__(self, limit_bytes: int | None, limit_seconds: float | None, replicas: int = 0) -> None:
        self.limit_bytes = limit_bytes
        self.limit_seconds = limit_seconds
        self.replicas = replicas
        self._seen: list[tuple[float, int]] = []

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], _own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless lag and lag-time are off and no replica is required."""
        if limits["lag"] is None and limits["lag-time"] is None and not limits["replicas"]:
            return None
        return cls(limits["lag"], limits["lag-time"], limits["replicas"])

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Read pg_stat_replication."""
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
            return unreadable(
                self.name, f"{silent.name} (pid {silent.pid}, {silent.state}) has reported no position yet"
            )
        return self._judge([self._replica(row) for row in senders])

    def _judge(self, replicas: Sequence[_Replica]) -> Reading:
        limit = self._limit()
        if len(replicas) < self.replicas:
            text = f"{len(replicas)} of {self.replicas} expected replica(s) connected"
            return Reading(name=self.name, text=text, is_clear=False, value={"replicas": len(replicas)}, limit=limit)
        if not replicas:
            return Reading(
                name=self.name, text="no replica is connected", is_clear=True, value={"replicas": 0}, limit=limit
            )
        unknown = next((replica for replica in replicas if replica.seconds is None), None)
        if unknown and self.limit_seconds is not None:
            return unreadable(self.name, f"{unknown.name} has reported no lag in time yet")
        worst = max(replicas, key=self._excess)
        value: dict[str, float] = {"bytes": worst.bytes, "replicas": len(replicas)}
        value |= {} if worst.seconds is None else {"seconds": worst.seconds}
        return Reading(
            name=self.name,
            text=self._describe(worst),
            is_clear=self._excess(worst) <= 1,
            value=value,
            limit=limit,
        )

    def _excess(self, replica: _Replica) -> float:
        """Return the lag of a replica as a multiple of its limit."""
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
        # After a replica has caught up, its lag keeps the old value until its next answer, up to ten seconds.
        return _Replica(str(row.name), behind, self._seconds(row, row.replayed) if behind > _CAUGHT_UP else 0.0)

    def _seconds(self, row: _Walsender, replayed: int) -> float | None:
        """Return the server's lag, but not less than what was seen here; without one, the most that it can be."""
        complete = replayed + _CAUGHT_UP
        if row.lag is not None:
            # The row of a later walsender may include WAL that was written after the first row.
            lacking = next((at for at, position in self._seen if position > complete), row.at)
            return max(row.lag, row.at - lacking)
        reached = [at for at, position in self._seen if position <= complete]
        return row.at - reached[-1] if reached else None
