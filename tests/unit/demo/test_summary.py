"""How the demo judges its own ending."""

from __future__ import annotations

import dataclasses

from minimize.catalog.row_counts import RowCounts
from minimize.demo.summary import LocationEnding, count_states, end_locations, find_deviations
from minimize.purge.result import LocationResult
from minimize.verify.location_state import LocationState

GOOD = LocationEnding("f", "s.t.c", "column", 10, 6, 3, 1, 0, "purged", "E1")


def test_the_three_looks_are_joined_by_location() -> None:
    """Before comes from the first count, erased from the purge, and the rest from what is observed at the end."""
    rows = RowCounts(4, 3, 1, 0)
    state = LocationState("f", "s.t.c", "column", "purged", "E1", proven=False, rows=rows, not_checked=())
    outcome = LocationResult("f", "s.t.c", "sequential", 6, 3, 1, 0)
    assert end_locations({"s.t.c": RowCounts(10, 3, 1, 6)}, [outcome], [state]) == (GOOD,)


def test_a_good_ending_has_no_deviation() -> None:
    """A purged location that balances, and a dropped one that had to go, are as told."""
    gone = dataclasses.replace(GOOD, location="s.t.d", erased=10, exempt=0, held=0, state="dropped")
    assert list(find_deviations([GOOD, gone], ["s.t.d"])) == []


def test_a_value_that_is_not_accounted_for_is_found() -> None:
    """Lost and multiplied values are deviations."""
    for erased in (5, 7):
        (found,) = find_deviations([dataclasses.replace(GOOD, erased=erased)], [])
        assert "do not add up" in found


def test_a_wrong_state_is_found() -> None:
    """A location that is not where the story leaves it is a deviation, either way round."""
    assert list(find_deviations([GOOD], ["s.t.c"])) == ["s.t.c is purged, not dropped"]
    guarded = dataclasses.replace(GOOD, state="guarded")
    assert list(find_deviations([guarded], [])) == ["s.t.c is guarded, not purged"]


def test_states_are_counted_in_words() -> None:
    """The last line of the table says how many locations ended where."""
    gone = dataclasses.replace(GOOD, state="dropped")
    assert count_states([GOOD, GOOD, gone]) == "2 purged, 1 dropped"
