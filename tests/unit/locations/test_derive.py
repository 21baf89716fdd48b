"""What follows from the two expressions of a location."""

from __future__ import annotations

from minimize.locations import TableRow, carries_unexempt, exempt, held, proof
from minimize.locations.column import ColumnLocation
from minimize.policy import Hold


def location(**keep_where: str) -> ColumnLocation:
    """Return a plain column with exceptions."""
    return ColumnLocation.model_validate({"column": "lab.person.birthplace", "keep_where": keep_where})


def hold(rows: str) -> Hold:
    """Return a hold on the person table."""
    return Hold.model_validate({"id": "h", "kind": "audit", "authority": "RCW", "table": "lab.person", "rows": rows})


ROW = TableRow()


def test_without_exception_nothing_is_exempt() -> None:
    """The exemption is a constant, and every row that carries is unexempt."""
    assert exempt(location(), ROW).as_string(None) == "false"
    assert carries_unexempt(location(), ROW).as_string(None) == location().carries(ROW).as_string(None)


def test_several_exceptions_are_joined_by_or() -> None:
    """One of them is enough, and an unknown one is none."""
    text = exempt(location(a="x = 1", b="y = 2"), ROW).as_string(None)
    assert text == '(("x" = 1\n) OR ("y" = 2\n)) IS TRUE'


def test_a_comment_at_the_end_of_a_predicate_ends_there() -> None:
    """A predicate that ends in a comment does not comment out the SQL after it."""
    assert exempt(location(a="x = 1 -- why"), ROW).as_string(None) == '(("x" = 1 -- why\n)) IS TRUE'


def test_no_hold_holds_nothing() -> None:
    """Without a hold the condition is a constant."""
    assert held([]).as_string(None) == "false"


def test_an_unknown_hold_holds() -> None:
    """A predicate that yields NULL counts as held."""
    assert held([hold("x = 1"), hold("y = 2")]).as_string(None) == "(((x = 1\n) OR (y = 2\n))) IS NOT FALSE"


def test_the_proof_is_the_residue_denied() -> None:
    """The CHECK is true for a row that does not carry the field or is exempt."""
    assert proof(location(), ROW).as_string(None) == 'NOT ("birthplace" IS DISTINCT FROM NULL)'
    assert proof(location(a="x"), ROW).as_string(None).endswith('OR ((("x"\n)) IS TRUE)')
