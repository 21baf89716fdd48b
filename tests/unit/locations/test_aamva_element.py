"""The id of an element: which ids are accepted, and the SQL for them."""

from __future__ import annotations

import pytest

from fixtures.aamva import Subfile, build_payload
from minimize.errors import PolicyError
from minimize.locations import TableRow, carries_removable, carries_unexempt, unremovable
from minimize.locations.aamva_element import AamvaElementLocation
from minimize.policy import read_location
from tests.integration.purge.scenario import at, policy_of


def location(element: str = "DCI") -> AamvaElementLocation:
    """Return the location of an element of app.card.code."""
    return AamvaElementLocation.model_validate({"column": "app.card.code", "aamva_element": element})


def test_the_key_selects_the_kind() -> None:
    """`aamva_element` makes a location of this kind, named by column and element."""
    found = read_location({"column": "app.card.code", "aamva_element": "DCI"})
    assert (found.kind, found.name) == ("aamva_element", "app.card.code DCI")


@pytest.mark.parametrize("element", ["", "DC", "DCIX", "dci", "D1I", "ÄCI", "D.I"])
def test_an_id_is_three_capital_letters(element: str) -> None:
    """Anything else is refused when the policy is read."""
    with pytest.raises(PolicyError, match="does not have the form"):
        policy_of(at("app.card.code").replace("column", f"aamva_element = {element!r}\ncolumn"))


def test_the_sql_does_not_depend_on_the_column_type() -> None:
    """A revision without a database has the same SQL, because the server chooses the function by type."""
    asked = location().carries(TableRow(types={"code": "bytea"})).as_string(None)
    assert asked == location().carries(TableRow()).as_string(None)


def test_only_what_can_be_read_may_be_written() -> None:
    """A purge writes only removable rows; for a kind that can always remove its part, there is no condition."""
    card = location()
    assert ".kept IS DISTINCT FROM" in carries_removable(card, TableRow()).as_string(None)
    assert ".kept IS DISTINCT FROM" in unremovable(card, TableRow()).as_string(None)
    plain = read_location({"column": "app.card.city"})
    assert carries_removable(plain, TableRow()) == carries_unexempt(plain, TableRow())
    assert unremovable(plain, TableRow()).as_string(None) == "false"


@pytest.mark.parametrize("element", ["DCI", "DAQ"])
def test_the_sample_is_a_payload(element: str) -> None:
    """The sample is a regular payload with the element and a correct directory."""
    regular = build_payload((Subfile("DL", ((element, "NOWHERE"), ("DCG", "USA"))),), iin="000000")
    assert location(element).sample(None).encode() == regular
