"""The expressions of a whole table."""

from __future__ import annotations

import pytest

from minimize.errors import RefusedError
from minimize.locations import TableRow, carries_unexempt, exempt, proof
from minimize.locations.conditions import resends_own_value
from minimize.policy import Location, read_location
from tests.integration.purge.scenario import policy_of, whole

COPY = read_location({"table": "stg.copy"})


def text(location: Location) -> str:
    """Return the proof of a location as SQL."""
    return proof(location, TableRow()).as_string(None)


def test_every_row_carries() -> None:
    """Every row carries, and the proof is that there is none."""
    assert carries_unexempt(COPY, TableRow()).as_string(None) == "true"
    assert text(COPY) == "NOT true"
    assert resends_own_value(COPY, TableRow()).as_string(None) == "false"


def test_there_is_nothing_to_write_instead() -> None:
    """A value without the field does not exist, so a caller cannot write a row that it should delete."""
    with pytest.raises(RefusedError, match=r"stg\.copy is retired as a whole"):
        COPY.without(TableRow())


def test_an_exception_keeps_its_rows_and_the_table() -> None:
    """Rows may be kept, and then the table is not dropped."""
    kept = policy_of(whole("stg.copy", keep="kind = 'EDL'")).fields[0].locations[0]
    assert exempt(kept, TableRow()).as_string(None) in text(kept)
    assert (COPY.is_dropped, kept.is_dropped) == (True, False)
