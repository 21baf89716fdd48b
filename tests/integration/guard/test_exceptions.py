"""Rows for which the field is still mandated: what `keep_where` accepts, and what it does not."""

from __future__ import annotations

from typing import LiteralString

import pytest

from tests.integration.guard.writes import KINDS, Connection, Kind, refuse

pytestmark = [pytest.mark.majors, pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)]

PASSING: dict[str, LiteralString] = {
    "insert-exempt": "INSERT INTO {t} (id, kind, value) VALUES (10, 'EDL', {new})",
    "insert-exempt-by-the-second-exception": "INSERT INTO {t} (id, kind, value) VALUES (10, 'HME', {new})",
    "row-enters-the-exception-with-a-value": "UPDATE {t} SET kind = 'EID', value = {new} WHERE id = 2",
    "unpurged-row-enters-the-exception": "UPDATE {t} SET kind = 'EID' WHERE id = 1",
    "unpurged-row-changes-another-column": "UPDATE {t} SET note = 'x', value = {old} WHERE id = 1",
    "clean-row-leaves-nothing": "UPDATE {t} SET kind = 'ID' WHERE id = 2",
}

REFUSED: dict[str, LiteralString] = {
    "insert-other": "INSERT INTO {t} (id, kind, value) VALUES (10, 'DL', {new})",
    "insert-unknown": "INSERT INTO {t} (id, kind, value) VALUES (10, NULL, {new})",
    "update-other": "UPDATE {t} SET value = {new} WHERE id = 2",
    "update-unknown": "UPDATE {t} SET kind = NULL, value = {new} WHERE id = 2",
}

LEAVING: dict[str, LiteralString] = {
    "with-its-value": "UPDATE {t} SET kind = 'DL' WHERE id = 10",
    "resending-its-value": "UPDATE {t} SET kind = 'DL', value = {new} WHERE id = 10",
    "for-the-unknown": "UPDATE {t} SET kind = NULL WHERE id = 10",
}


@pytest.mark.parametrize("statement", PASSING.values(), ids=PASSING.keys())
def test_an_exempt_row_may_carry_the_field(keeping: Connection, kind: Kind, statement: LiteralString) -> None:
    """Rows of an exception are accepted, and so are clean rows."""
    assert keeping.execute(kind.write(statement)).rowcount == 1


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_any_other_row_may_not(keeping: Connection, kind: Kind, statement: LiteralString) -> None:
    """A row that no exception certainly covers is refused; a predicate that is NULL is not certain."""
    refuse(keeping, kind.write(statement))


@pytest.mark.parametrize("statement", LEAVING.values(), ids=LEAVING.keys())
def test_a_row_leaves_its_exception_without_the_value(
    keeping: Connection, kind: Kind, statement: LiteralString
) -> None:
    """An UPDATE that takes a row out of its exception may not keep the value."""
    keeping.execute(kind.write("INSERT INTO {t} (id, kind, value) VALUES (10, 'EDL', {new})"))
    refuse(keeping, kind.write(statement))
    keeping.execute(kind.write("UPDATE {t} SET kind = 'DL', value = {clean} WHERE id = 10"))


def test_a_row_may_change_from_one_exception_to_another(keeping: Connection, kind: Kind) -> None:
    """A row that changes from one exception to another keeps its value."""
    keeping.execute(kind.write("INSERT INTO {t} (id, kind, value) VALUES (10, 'EDL', {new})"))
    assert keeping.execute(kind.write("UPDATE {t} SET kind = 'HME' WHERE id = 10")).rowcount == 1
