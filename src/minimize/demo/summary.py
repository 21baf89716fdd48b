"""How the story ended: one line per location, and whether everything went as told. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from minimize.catalog.row_counts import RowCounts
from minimize.demo.writes import Answer
from minimize.purge.result import LocationResult
from minimize.verify.location_state import LocationState


@dataclass(frozen=True, slots=True)
class LocationEnding:
    """Rows of one location: carrying a value before the purge, what became of them, and what is left."""

    field: str
    location: str
    kind: str
    before: int
    erased: int
    exempt: int
    held: int
    left: int
    state: str
    level: str | None

    @property
    def is_balanced(self) -> bool:
        """Whether every value that was there is accounted for."""
        return self.before == self.erased + self.exempt + self.held + self.left


@dataclass(frozen=True, slots=True)
class Ending:
    """The whole story, told."""

    policy: str
    applications: int
    seed: int
    level: str | None
    locations: tuple[LocationEnding, ...]
    refused_rows: Mapping[str, Answer]
    """By step; the answer to `alembic upgrade head` has SQLSTATE MZ002."""
    seconds: Mapping[str, float]
    deviations: tuple[str, ...]
    url: str
    stop_command: str

    @property
    def is_as_told(self) -> bool:
        """Whether every step ended as the story says."""
        return not self.deviations


def end_locations(
    before: Mapping[str, RowCounts], purged: Sequence[LocationResult], states: Sequence[LocationState]
) -> tuple[LocationEnding, ...]:
    """Join the count before the purge, its outcome and the state observed at the end, location by location."""
    outcomes = {outcome.location: outcome for outcome in purged}
    return tuple(
        LocationEnding(
            field=state.field,
            location=state.location,
            kind=state.kind,
            before=before.get(state.location, RowCounts()).carrying,
            erased=outcomes[state.location].erased,
            exempt=state.rows.exempt,
            held=state.rows.held,
            left=state.rows.to_erase,
            state=state.state,
            level=state.level,
        )
        for state in states
    )


def find_deviations(endings: Sequence[LocationEnding], dropped: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the locations at the end, `dropped` being those whose column had to go."""
    for ending in endings:
        expected = "dropped" if ending.location in dropped else "purged"
        if ending.state != expected:
            yield f"{ending.location} is {ending.state}, not {expected}"
        if not ending.is_balanced:
            yield f"{ending.location}: {ending.before:,} value(s) before, but the parts do not add up to that"


def count_states(endings: Sequence[LocationEnding]) -> str:
    """Return how many locations are in which state, in words."""
    return ", ".join(f"{count} {state}" for state, count in Counter(e.state for e in endings).items())
