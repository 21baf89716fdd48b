"""The list of throttles. To add one: write its file, and add its class here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minimize.purge.throttle.active_sessions import ActiveSessions
from minimize.purge.throttle.archive_backlog import ArchiveBacklog
from minimize.purge.throttle.disk_free import DiskFree
from minimize.purge.throttle.disk_used import DiskUsed
from minimize.purge.throttle.lock_waiters import LockWaiters
from minimize.purge.throttle.maintenance_window import MaintenanceWindow
from minimize.purge.throttle.operator_query import OperatorQuery
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Throttle, ThrottleType
from minimize.purge.throttle.replica_lag import ReplicaLag
from minimize.purge.throttle.running_vacuum import RunningVacuum
from minimize.purge.throttle.wal_rate import WalRate

THROTTLES: tuple[type[ThrottleType], ...] = (
    MaintenanceWindow,
    ReplicaLag,
    ArchiveBacklog,
    WalRate,
    RunningVacuum,
    LockWaiters,
    ActiveSessions,
    DiskUsed,
    DiskFree,
    OperatorQuery,
)
"""In the order in which they are read: the cheapest first."""


def make_throttles(limits: Mapping[str, Any], own_activity: OwnActivity) -> tuple[Throttle, ...]:
    """Return a new throttle of each type that the limits do not turn off."""
    made = (each.from_limits(limits, own_activity) for each in THROTTLES)
    return tuple(throttle for throttle in made if throttle is not None)
