"""What a finished run did: the whole run, and this process's part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minimize.errors import ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationResult:
    """The result at one location."""

    field: str
    location: str
    strategy: str
    erased: int
    exempt: int
    held: int
    left: int
    """Values that the run could not erase."""
    carrying: int | None = None
    """Rows that carried a value before the run's first batch, unreadable rows included; None if not counted."""

    @property
    def by_others(self) -> int | None:
        """Values that others wrote during the run, less those that they removed or deleted; None if not known.

        It is `erased` + `exempt` + `held` + `left` - `carrying`. Each of the five is counted independently.
        """
        if self.carrying is None:
            return None
        return self.erased + self.exempt + self.held + self.left - self.carrying


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessResult:
    """What one process did of a run, and how long it waited."""

    rows: int
    """Rows updated."""
    hot_share: float | None
    """Share of the rows that needed no index entry (heap-only tuples); None if there were no rows."""
    batches: int
    slowest_seconds: float
    """Duration of the slowest batch."""
    conflicts: Mapping[str, int]
    """Statements that PostgreSQL rolled back, by kind: conflicts with other sessions, and refused rows."""
    connections_lost: int
    throttled_seconds: Mapping[str, float]
    """Time waited, by throttle. Where several made it wait at the same time, each counts in full.

    `snapshot` is not a throttle: it is the time in which workers waited for old snapshots of other sessions."""
    rested_seconds: float
    """Rests of all workers together, for the duty cycle."""
    wal_bytes: int | None
    """WAL that the whole server wrote while the process ran."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeResult:
    """What a finished run did; exempt, held and left were counted in the database at its end."""

    run: int
    """The number of the run."""
    seconds: float
    locations: tuple[LocationResult, ...]
    notes: tuple[str, ...]
    process: ProcessResult
    not_checked: Mapping[str, str] = field(default_factory=dict)
    """Tables that may still carry values, or whose statistics may, and why: a detached partition, for example."""

    @property
    def is_complete(self) -> bool:
        """Whether everything was checked, and no value is left that should be erased."""
        return not self.not_checked and not any(location.left for location in self.locations)

    @property
    def exit_code(self) -> ExitCode:
        """FINDINGS if a value is left or may be left, else DONE."""
        return ExitCode.DONE if self.is_complete else ExitCode.FINDINGS
