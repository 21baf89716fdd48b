"""Number of rows of the next UPDATE."""

from __future__ import annotations

import pytest

from minimize.purge.batch.pace import RowPace
from minimize.purge.tuning import DEFAULT_TUNING


@pytest.mark.parametrize(
    ("rows", "seconds", "learnt"),
    [(1000, 0.2, 1000), (1000, 0.1, 2000), (1000, 0.0, 2000), (1000, 0.4, 500), (1000, 1e9, 1), (3000, 0.3, 2000)],
)
def test_the_next_update_takes_about_the_target_time(rows: int, seconds: float, learnt: int) -> None:
    """It grows at most twofold, shrinks at once, and never to nothing."""
    pace = RowPace(0.2)
    pace.learn(rows, seconds)
    assert pace.rows == learnt


def test_few_rows_say_little_of_many() -> None:
    """Fast updates of single rows do not make the next update larger than the first one."""
    pace = RowPace(0.2)
    for _ in range(50):
        pace.learn(1, 0.0)
    assert pace.rows == DEFAULT_TUNING.first_rows


def test_a_pace_of_rows_recovers_from_slow_updates() -> None:
    """Some rows that waited for a lock do not slow down the others permanently."""
    pace = RowPace(0.2)
    for _ in range(2):
        pace.learn(1, 60)
    assert pace.rows == RowPace.MIN_ROWS
    for _ in range(10):
        pace.learn(1, 0.01)
    assert pace.rows == DEFAULT_TUNING.first_rows
