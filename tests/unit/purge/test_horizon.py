"""Widen 32-bit transaction ids to 64 bits with the help of a near 64-bit id."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minimize.purge.connection.horizon import widen

CYCLE = 2**32


@given(near=st.integers(CYCLE // 2, 2**63), away=st.integers(-(CYCLE // 2) + 1, CYCLE // 2 - 1))
def test_an_id_is_found_again_on_either_side_of_a_wraparound(near: int, away: int) -> None:
    """An id less than 2^31 away is restored from its lower 32 bits."""
    assert widen((near + away) % CYCLE, near) == near + away


def test_an_id_before_the_wraparound_is_older_than_one_after_it() -> None:
    """The cases at the limits."""
    assert widen(CYCLE - 1, CYCLE) == CYCLE - 1
    assert widen(0, CYCLE - 1) == CYCLE
    assert widen(3, 5 * CYCLE + 3) == 5 * CYCLE + 3
