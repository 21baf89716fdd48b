"""The estimate of how long a purge takes."""

from __future__ import annotations

import pytest

from minimize.purge.preflight.duration import TableWork, estimate_seconds

COLUMN = TableWork(pages=83_000, rows=2_000_000, rows_to_erase=1_700_000)
"""The workload `column` of docs/performance.md."""


def test_the_measured_workload_takes_the_measured_time() -> None:
    """Within a quarter of what docs/performance.md has for `ours` and `ours-gentle`."""
    seconds = estimate_seconds([COLUMN])
    assert seconds["fast"] == pytest.approx(10.4, rel=0.25)
    assert seconds["gentle"] == pytest.approx(177, rel=0.25)


def test_a_table_with_little_to_erase_is_mostly_read() -> None:
    """Its time hardly depends on the profile."""
    seconds = estimate_seconds([TableWork(pages=1_000_000, rows=20_000_000, rows_to_erase=100)])
    assert seconds["gentle"] == pytest.approx(seconds["fast"], rel=0.05)


def test_tables_add_up() -> None:
    """Two tables take twice as long as one."""
    once, twice = estimate_seconds([COLUMN]), estimate_seconds([COLUMN, COLUMN])
    assert twice == pytest.approx({profile: 2 * seconds for profile, seconds in once.items()})


@pytest.mark.parametrize("rows", [-1, 0, 10])
def test_statistics_that_are_missing_or_old_are_no_error(rows: int) -> None:
    """A table that was never analysed has no estimate of its rows; the count is then used."""
    seconds = estimate_seconds([TableWork(pages=100, rows=rows, rows_to_erase=50)])
    assert seconds["fast"] == pytest.approx(100 / 40_000 + 100 / 8_000)


def test_nothing_takes_no_time() -> None:
    """An estate without tables, and a table without values."""
    assert estimate_seconds([]) == {"gentle": 0.0, "fast": 0.0}
    assert estimate_seconds([TableWork(pages=0, rows=0, rows_to_erase=0)]) == {"gentle": 0.0, "fast": 0.0}
