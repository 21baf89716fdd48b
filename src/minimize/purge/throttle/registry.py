"""The throttles that some limits ask for."""

from __future__ import annotations

from minimize.purge.throttle.active_sessions import ActiveClients
from minimize.purge.throttle.archive_backlog import UnarchivedWal
from minimize.purge.throttle.disk import DiskUsed, FreeDisk
from minimize.purge.throttle.lag import ReplicaLag
from minimize.purge.throttle.limits import Limits
from minimize.purge.throttle.lock_waiters import LockWaiters
from minimize.purge.throttle.open_window import OpenHours
from minimize.purge.throttle.operator_query import OperatorsQuery
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Throttle
from minimize.purge.throttle.running_vacuum import VacuumAtWork
from minimize.purge.throttle.wal_rate import WalRate


def choose_throttles(limits: Limits, own_activity: OwnActivity) -> tuple[Throttle, ...]:
    """Return a new throttle for each limit that is not off, the cheapest questions first."""
    wanted: list[Throttle | None] = [
        OpenHours(limits.window) if limits.window is not None else None,
        _lag(limits),
        UnarchivedWal(limits.archive_backlog) if limits.archive_backlog is not None else None,
        WalRate(limits.wal_rate) if limits.wal_rate is not None else None,
        VacuumAtWork(limits.vacuum, own_activity) if limits.vacuum is not None else None,
        LockWaiters(limits.lock_waiters, own_activity) if limits.lock_waiters is not None else None,
        ActiveClients(limits.active_sessions, own_activity) if limits.active_sessions is not None else None,
        DiskUsed(limits.disk_used) if limits.disk_used is not None else None,
        FreeDisk(limits.disk_free) if limits.disk_free is not None else None,
        OperatorsQuery(limits.query) if limits.query is not None else None,
    ]
    return tuple(throttle for throttle in wanted if throttle is not None)


def _lag(limits: Limits) -> ReplicaLag | None:
    if limits.lag is None and limits.lag_time is None and not limits.replicas:
        return None
    return ReplicaLag(limits.lag, limits.lag_time, limits.replicas)
