"""What the workers of one process share: options, counters, the horizon, and what holds them back."""

from __future__ import annotations

from dataclasses import dataclass, field

from minimize.purge.connection.control import Control
from minimize.purge.connection.horizon import KnownHorizon
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.counters import Counters
from minimize.purge.progress.reporter import Reporter
from minimize.purge.throttle.governor import Governor
from minimize.purge.throttle.limits import Limits


@dataclass(frozen=True, slots=True)
class RunContext:
    """One for each process; everything in it may be used by any worker."""

    options: PurgeOptions
    control: Control
    governor: Governor
    counters: Counters
    reporter: Reporter
    horizon: KnownHorizon = field(default_factory=KnownHorizon)

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return self.governor.limits
