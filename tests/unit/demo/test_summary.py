"""The summary of a demo run and its deviations."""

from __future__ import annotations

import dataclasses

from minimize.catalog.row_counts import RowCounts
from minimize.demo.summary import LocationSummary, count_states, find_deviations, summarize_locations
from minimize.purge.result import LocationResult
from minimize.verify.location_state import LocationState

GOOD = LocationSummary(
    field="f",
    location="s.t.c",
    kind="column",
    before=10,
    erased=6,
    exempt=3,
    held=1,
    left=0,
    state="purged",
    level="E1",
)


def test_the_three_results_are_joined_by_location() -> None:
    """`before` is from the first count, `erased` from the purge, and the rest from the final state."""
    rows = RowCounts(carrying=4, exempt=3, held=1, to_erase=0)
    state = LocationState(
        field="f",
        location="s.t.c",
        kind="column",
        state="purged",
        level="E1",
        proven=False,
        rows=rows,
        not_checked=(),
    )
    outcome = LocationResult(field="f", location="s.t.c", strategy="sequential", erased=6, exempt=3, held=1, left=0)
    assert summarize_locations({"s.t.c": RowCounts(carrying=10, exempt=3, held=1, to_erase=6)}, [outcome], [state]) == (
        GOOD,
    )


def test_expected_results_are_no_deviation() -> None:
    """A purged location whose values add up, and a dropped one that must be dropped, are expected."""
    gone = dataclasses.replace(GOOD, location="s.t.d", erased=10, exempt=0, held=0, state="dropped")
    assert list(find_deviations([GOOD, gone], ["s.t.d"])) == []


def test_values_that_do_not_add_up_are_a_deviation() -> None:
    """Lost and duplicated values are deviations."""
    for erased in (5, 7):
        (found,) = find_deviations([dataclasses.replace(GOOD, erased=erased)], [])
        assert "do not add up" in found


def test_a_wrong_state_is_a_deviation() -> None:
    """A location whose final state is not the expected one is a deviation."""
    assert list(find_deviations([GOOD], ["s.t.c"])) == ["s.t.c is purged, not dropped"]
    guarded = dataclasses.replace(GOOD, state="guarded")
    assert list(find_deviations([guarded], [])) == ["s.t.c is guarded, not purged"]


def test_states_are_counted() -> None:
    """The last line of the table shows how many locations are in each state."""
    gone = dataclasses.replace(GOOD, state="dropped")
    assert count_states([GOOD, GOOD, gone]) == "2 purged, 1 dropped"
