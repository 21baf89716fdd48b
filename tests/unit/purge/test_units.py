"""Sizes and times are parsed in their unit, written exactly, and rounded for people."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimize.purge.throttle.units import (
    MAX_MILLISECONDS,
    format_duration,
    format_seconds,
    format_size,
    parse_milliseconds,
    parse_seconds,
    parse_size,
    write_seconds,
    write_size,
)


@given(st.integers(0, 2**62))
def test_a_size_is_written_exactly(size: int) -> None:
    """`parse_size` returns the number of bytes that `write_size` was given, however large."""
    assert parse_size(write_size(size)) == size


@given(st.decimals(0, 10**7, places=6).map(float))
def test_a_time_is_written_exactly(seconds: float) -> None:
    """`parse_seconds` returns the time that `write_seconds` was given, to the microsecond."""
    assert parse_seconds(write_seconds(seconds)) == seconds


def test_a_size_for_people_is_rounded() -> None:
    """People see about two digits, not bytes."""
    assert [format_size(size) for size in (0, 900, 1536, 34.4 * 1024**2, 16 * 1024**2, 5 * 1024**4)] == [
        "0 B",
        "900 B",
        "1.5 kB",
        "34 MB",
        "16 MB",
        "5 TB",
    ]


def test_a_time_for_people_is_rounded() -> None:
    """Short times have one decimal, long times the largest unit that is at least 2."""
    assert [format_seconds(seconds) for seconds in (0, 0.44, 10.0, 12.3)] == ["0 s", "0.4 s", "10 s", "12 s"]
    assert [format_duration(seconds) for seconds in (40.2, 720, 10_800, 172_800)] == ["40 s", "12 min", "3 h", "2 days"]


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("100ms", 100), ("00500ms", 500), ("5s", 5000), ("1.5 S", 1500), ("2min", 120_000), ("1h", 3_600_000)],
)
def test_a_time_for_postgresql_is_in_whole_milliseconds(text: str, milliseconds: int) -> None:
    """The units are those of `parse_seconds`."""
    assert parse_milliseconds(text) == milliseconds


@pytest.mark.parametrize("text", ["", "0", "0s", "5", "-1s", "0.5ms", "1d", "soon"])
def test_a_time_that_postgresql_cannot_wait_is_refused(text: str) -> None:
    """PostgreSQL takes 0 for no limit, and rounds a part of a millisecond."""
    with pytest.raises(ValueError, match=re.escape(f"{text!r} is not a time such as 500ms")):
        parse_milliseconds(text)


def test_a_time_above_the_maximum_is_refused() -> None:
    """The default maximum is the largest value of a PostgreSQL setting; a caller may pass a smaller one."""
    assert parse_milliseconds(f"{MAX_MILLISECONDS}ms") == MAX_MILLISECONDS
    with pytest.raises(ValueError, match=r"longer than PostgreSQL can wait, which is 2147483647ms"):
        parse_milliseconds(f"{MAX_MILLISECONDS + 1}ms")
    with pytest.raises(ValueError, match="which is 1000ms"):
        parse_milliseconds("2s", maximum=1000)
