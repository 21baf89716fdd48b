"""Number of blocks of the next batch."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

import pytest

from minimize.purge.batch.pace import Pace
from minimize.purge.tuning import DEFAULT_TUNING


@pytest.mark.parametrize(
    ("seconds", "blocks"),
    [(0.2, 64), (0.1, 128), (0.001, 128), (0.0, 128), (0.4, 32), (2.0, 6), (1e9, 1)],
)
def test_the_next_batch_takes_about_the_target_time(seconds: float, blocks: int) -> None:
    """It grows at most twofold, shrinks at once, and never to nothing."""
    pace = Pace(0.2)
    pace.learn(64, seconds)
    assert pace.pages == blocks


def test_a_batch_has_an_upper_limit() -> None:
    """A run of empty pages does not lead to a batch that never ends."""
    pace = Pace(0.2)
    for _ in range(50):
        pace.learn(pace.pages, 0.0)
    assert pace.pages == DEFAULT_TUNING.max_pages


def test_a_pace_recovers_from_one_slow_batch() -> None:
    """One batch that waited for a lock does not slow down the rest for good."""
    pace = Pace(0.2)
    pace.learn(64, 60)
    assert pace.pages == DEFAULT_TUNING.min_pages
    for _ in range(6):
        pace.learn(pace.pages, 0.01)
    assert pace.pages == 64


def test_a_short_batch_that_was_quick_says_nothing_of_long_ones() -> None:
    """A batch is short at the end of a range or before a VACUUM; the next one does not grow because of it."""
    pace = Pace(0.2)
    pace.learn(3, 0.001)
    assert pace.pages == 64
    pace.learn(3, 0.4)
    assert pace.pages == 1


def seconds_of(pace: Pace, of_page: float, fixed: Iterable[float]) -> list[float]:
    """Return the durations of batches sized by the pace, from a cost per page and a fixed cost per batch."""
    taken = []
    for besides in fixed:
        taken.append(besides + of_page * pace.pages)
        pace.learn(pace.pages, taken[-1])
    return taken


@pytest.mark.parametrize(
    ("fixed", "seconds"), [(0.0, 0.003), (0.001, 0.003), (0.002, 0.003), (0.01, 0.015), (0.1, 0.15)]
)
def test_what_every_batch_takes_does_not_shrink_it_to_nothing(fixed: float, seconds: float) -> None:
    """A round trip of 10 ms does not get shorter with fewer pages, so a batch may take one and a half times as long."""
    assert median(seconds_of(Pace(0.003), 0.00005, [fixed] * 2000)[20:]) == pytest.approx(seconds, rel=0.25)


def test_batches_are_short_again_once_the_fixed_cost_is_gone() -> None:
    """For example, after a hold was released."""
    taken = seconds_of(Pace(0.003), 0.00005, [0.01] * 40 + [0.0] * 1000)
    assert median(taken[800:]) == pytest.approx(0.003, rel=0.2)


def test_what_slows_down_one_batch_in_ten_is_not_a_fixed_cost() -> None:
    """The other batches keep to the target."""
    taken = seconds_of(Pace(0.003), 0.00005, [0.05, *[0.0] * 9] * 20)
    assert sorted(taken)[179] < 0.0045


def test_a_page_that_takes_longer_than_the_target_is_taken_alone() -> None:
    """Or with one other: large documents are not a fixed cost, although a batch of one page looks like it."""
    assert max(seconds_of(Pace(0.003), 0.02, [0.0] * 400)[20:]) == pytest.approx(0.04)
