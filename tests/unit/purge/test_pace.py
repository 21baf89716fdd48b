"""How many blocks the next batch takes."""

from __future__ import annotations

import pytest

from minimize.purge.pace import Pace


@pytest.mark.parametrize(
    ("seconds", "blocks"),
    [(0.2, 64), (0.1, 128), (0.001, 128), (0.0, 128), (0.4, 32), (2.0, 6), (1e9, 1)],
)
def test_the_next_batch_takes_about_the_target_time(seconds: float, blocks: int) -> None:
    """It grows at most twofold, shrinks at once, and never to nothing."""
    pace = Pace(0.2)
    pace.learn(64, seconds)
    assert pace.blocks == blocks


def test_a_batch_has_an_upper_limit() -> None:
    """A run of empty pages does not lead to a batch that never ends."""
    pace = Pace(0.2)
    for _ in range(50):
        pace.learn(pace.blocks, 0.0)
    assert pace.blocks == Pace.LARGEST


def test_a_pace_recovers_from_one_slow_batch() -> None:
    """One batch that waited for a lock does not slow down the rest for good."""
    pace = Pace(0.2)
    pace.learn(64, 60)
    assert pace.blocks == Pace.SMALLEST
    for _ in range(6):
        pace.learn(pace.blocks, 0.01)
    assert pace.blocks == 64


def test_a_short_batch_that_was_quick_says_nothing_of_long_ones() -> None:
    """Where a range or the room before a VACUUM ends, a batch is short; the next one is no longer for it."""
    pace = Pace(0.2)
    pace.learn(3, 0.001)
    assert pace.blocks == 64
    pace.learn(3, 0.4)
    assert pace.blocks == 1
