"""What a finished run did, for the whole run and for this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LocationResult:
    """What became of one location; `left` is what a finished run could not erase."""

    field: str
    location: str
    strategy: str
    erased: int
    exempt: int
    held: int
    left: int
    carrying: int | None = None
    """Rows that carried a value before the run's first batch; None where that was not counted."""

    @property
    def by_others(self) -> int | None:
        """Values that others wrote during the run, less those that they took out or deleted; None if not known.

        It is what `erased` + `exempt` + `held` + `left` exceed `carrying` by; each of the five is counted for itself.
        """
        if self.carrying is None:
            return None
        return self.erased + self.exempt + self.held + self.left - self.carrying


@dataclass(frozen=True, slots=True)
class ProcessResult:
    """What one process did of a run, and what held it back."""

    rows: int
    hot_share: float | None
    """Share of the rows that needed no index entry; None without any."""
    batches: int
    slowest_seconds: float
    """Of one batch."""
    conflicts: Mapping[str, int]
    """Batches that PostgreSQL undid, by kind."""
    connections_lost: int
    throttled_seconds: Mapping[str, float]
    """By throttle; where several held it back at a time, each counts in full."""
    rested_seconds: float
    """Of all workers together, to keep to the duty share."""
    wal_bytes: int | None
    """Written by the whole server meanwhile."""


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """What a finished run did; exempt, held and left are counted in the database at its end."""

    run: int
    seconds: float
    locations: tuple[LocationResult, ...]
    notes: tuple[str, ...]
    process: ProcessResult
    not_checked: Mapping[str, str] = field(default_factory=dict)
    """Tables that may still carry values, or their statistics, and why: one that left the policy's reach, say."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing that should be erased is left, nor may be."""
        return not self.not_checked and not any(outcome.left for outcome in self.locations)
