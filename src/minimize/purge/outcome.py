"""What goes into a purge and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.purge.preflight import TriggerChoice

STRATEGY = "sequential"


@dataclass(frozen=True, slots=True)
class PurgeOptions:
    """How to purge."""

    triggers: TriggerChoice = "refuse"
    target_seconds: float = 0.2
    """How long one batch, and so one transaction, may take."""
    lock_timeout: str = "5s"
    """How long a batch waits for a row that another session holds."""
    vacuum: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the purge is, for those who watch it."""

    phase: str
    """erase, count, vacuum or prove"""
    place: str
    run_pass: int
    blocks_done: int
    blocks_total: int
    erased: int
    """Values erased by this process."""


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


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """What a finished run did; exempt, held and left are counted in the database at its end."""

    run: int
    seconds: float
    locations: tuple[LocationOutcome, ...]
    notes: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing that should be erased is left."""
        return not any(outcome.left for outcome in self.locations)
