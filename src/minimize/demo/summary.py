"""The result of a demo run: one line per location, and every deviation from the expected result. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from minimize.catalog.row_counts import RowCounts
from minimize.demo.writes import Answer
from minimize.purge.result import LocationResult
from minimize.verify.location_state import LocationState


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationSummary:
    """The rows of one location: how many carried a value before the purge, and how many were erased or remain."""

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
        """Whether the erased and remaining values add up to those before the purge."""
        return self.before == self.erased + self.exempt + self.held + self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSummary:
    """The result of a demo run."""

    policy: str
    applications: int
    seed: int
    level: str | None
    locations: tuple[LocationSummary, ...]
    refusals: Mapping[str, Answer]
    """By step; the refused `alembic upgrade head` has SQLSTATE MZ002."""
    seconds: Mapping[str, float]
    deviations: tuple[str, ...]
    url: str
    stop_command: str

    @property
    def is_as_expected(self) -> bool:
        """Whether every step had the expected result."""
        return not self.deviations


def summarize_locations(
    before: Mapping[str, RowCounts], purged: Sequence[LocationResult], states: Sequence[LocationState]
) -> tuple[LocationSummary, ...]:
    """Join, by location, the count before the purge, the result of the purge and the final state."""
    outcomes = {outcome.location: outcome for outcome in purged}
    return tuple(
        LocationSummary(
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


def find_deviations(locations: Sequence[LocationSummary], dropped: Sequence[str]) -> Iterator[str]:
    """Yield each location with an unexpected result; `dropped` names the locations that must be dropped."""
    for each in locations:
        expected = "dropped" if each.location in dropped else "purged"
        if each.state != expected:
            yield f"{each.location} is {each.state}, not {expected}"
        if not each.is_balanced:
            yield f"{each.location}: the erased and remaining values do not add up to {each.before:,}"


def count_states(locations: Sequence[LocationSummary]) -> str:
    """Return the number of locations in each state, such as "27 purged, 6 dropped"."""
    return ", ".join(f"{count} {state}" for state, count in Counter(each.state for each in locations).items())
