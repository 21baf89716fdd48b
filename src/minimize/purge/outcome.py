"""What goes into a purge and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from minimize.purge.preflight.side_effects import ConsumerChoice, TriggerChoice
from minimize.purge.throttle.limits import Limits

StrategyChoice = Literal["auto", "cascade", "sequential", "dispose"]


@dataclass(frozen=True, slots=True)
class PurgeOptions:
    """How to purge."""

    triggers: TriggerChoice = "refuse"
    strategy: StrategyChoice = "auto"
    jobs: int = 1
    """Workers, each with a connection of its own."""
    limits: Limits = field(default_factory=Limits)
    """How hard it may work and what makes it wait; these may be changed while it runs."""
    lock_timeout: str = "100ms"
    """How long a batch waits for a row that another session holds, while others may wait for what it holds itself."""
    count_first: bool = True
    """Count the rows that carry a value before the first batch of a table, so that the result can be checked by it."""
    vacuum: bool = True
    consumers: ConsumerChoice = "refuse"
    """Whether old values may be sent to subscribers, where replica identity has the server do so."""

    def as_record(self) -> dict[str, object]:
        """Return what the record of a run says of its options; the limits have a record of their own."""
        return {name: value for name, value in asdict(self).items() if name != "limits"}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the purge is, for those who watch it."""

    phase: str
    """begin, count, erase, vacuum or prove"""
    place: str
    run_pass: int = 1
    blocks_done: int = 0
    blocks_total: int = 0
    erased: int = 0
    """Values erased by this process."""
    hot_share: float | None = None
    """Share of the updated rows that needed no index entry; None before the first."""
    waiting_for: str | None = None
    """What a worker waits for; None while all are at work."""
    rows: int = 0
    """Rows updated by this process."""
    wal_bytes: int | None = None
    """WAL that the whole server has written since this process began, read every second; None before the first."""
    note: str | None = None
    """Something an operator should know, told once; the result has it, too."""


@dataclass(frozen=True, slots=True)
class LocationOutcome:
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
class ProcessOutcome:
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
    locations: tuple[LocationOutcome, ...]
    notes: tuple[str, ...]
    process: ProcessOutcome
    not_checked: Mapping[str, str] = field(default_factory=dict)
    """Tables that may still carry values, or their statistics, and why: one that left the policy's reach, say."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing that should be erased is left, nor may be."""
        return not self.not_checked and not any(outcome.left for outcome in self.locations)
