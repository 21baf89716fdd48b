"""Tests of the base class of location kinds and of their register."""

from __future__ import annotations

import pickle

import pydantic
import pytest
from psycopg import sql

from minimize.policy import (
    ColumnName,
    InColumn,
    KeepWhere,
    Location,
    TableName,
    isolated_kinds,
    location_kind,
    location_kinds,
    read_location,
)


class _Row:
    """A row whose columns are bare identifiers."""

    def __call__(self, column: str) -> sql.Composable:
        """Return the quoted name."""
        return sql.Identifier(column)

    def type_of(self, column: str) -> str | None:
        """Return None: no type is known."""

    def is_stored(self, column: str) -> bool:  # noqa: ARG002  whichever
        """Return True: a bare identifier."""
        return True

    def length_of(self, column: str) -> int | None:
        """Return None: no limit is known."""


def _define(**attributes: object) -> type[Location]:
    methods = {name: lambda *_: sql.SQL("true") for name in ("carries", "without")}
    return location_kind(type("Made", (InColumn,), {"__module__": __name__, **methods, **attributes}))


def test_kinds_are_listed_column_first() -> None:
    """The order of kinds does not depend on the order of imports."""
    assert [kind.kind for kind in location_kinds()] == ["column", "member", "table"]


def test_the_key_that_is_present_selects_the_kind() -> None:
    """A location without a selecting key is a plain column."""
    plain = read_location({"column": "a.b.c"})
    member = read_location({"column": "a.b.c", "member": "x"})
    table = read_location({"table": "a.b"})
    assert [each.kind for each in (plain, member, table)] == ["column", "member", "table"]


def test_names_are_written_as_in_the_policy() -> None:
    """A part of a column is named by the column and the key's value."""
    assert read_location({"column": 'a."B".c'}).name == 'a."B".c'
    assert read_location({"column": "a.b.c", "member": "x"}).name == "a.b.c x"
    assert read_location({"table": "a.b"}).name == "a.b"


def test_places_of_a_column_and_of_a_table() -> None:
    """A location in a column has a column name; a whole table has none."""
    column, table = read_location({"column": 'a.b."C"'}), read_location({"table": "a.b"})
    assert (column.table_name, column.column_name) == (TableName("a", "b"), "C")
    assert (table.table_name, table.column_name) == (TableName("a", "b"), None)


def test_carried_is_the_column_by_default() -> None:
    """A kind that retires the whole value compares the whole value."""
    with isolated_kinds():
        kind = _define(kind="made")
        location = kind.model_validate({"column": ColumnName("a", "b", "c")})
        assert location.carried(_Row()) == sql.Identifier("c")


def test_two_kinds_cannot_claim_the_same_key() -> None:
    """A conflict between kinds shows when the class is registered."""
    with isolated_kinds():
        _define(kind="made")
        with pytest.raises(TypeError, match="have the same name or key"):
            _define(kind="other", __qualname__="Other")


def test_a_kind_defined_again_replaces_itself() -> None:
    """A module that is loaded again does not conflict with itself."""
    with isolated_kinds():
        _define(kind="made")
        again = _define(kind="made")
        assert location_kinds() == (again,)


def test_a_kind_needs_its_expressions() -> None:
    """A kind without an expression is refused when the class is registered, not when a policy is read."""
    with isolated_kinds(), pytest.raises(TypeError, match="lacks carries, without"):
        location_kind(type("Made", (InColumn,), {"__module__": __name__, "kind": "made"}))


def test_a_kind_needs_a_field_for_its_key() -> None:
    """The key that selects a kind is one of its fields."""
    with isolated_kinds(), pytest.raises(TypeError, match="no field for its key"):
        _define(kind="made", key="made")


def test_isolation_ends_also_after_a_failure() -> None:
    """The registered kinds are restored, also after an error."""
    before = location_kinds()
    with pytest.raises(IndexError), isolated_kinds():
        location_kinds()[0]
    assert location_kinds() == before


def test_locations_cannot_be_changed() -> None:
    """Neither the column nor the predicates of a location change after it is read."""
    location = read_location({"column": "a.b.c", "keep_where": {"enhanced": "x = 1"}})
    with pytest.raises(pydantic.ValidationError):
        location.column = ColumnName("a", "b", "d")  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        location.keep_where["enhanced"] = "true"  # type: ignore[index]


def test_locations_are_equal_and_hash_by_content() -> None:
    """Locations can be members of sets."""
    one, other = (read_location({"column": "a.b.c", "keep_where": {"e": "x = 1"}}) for _ in range(2))
    assert {one} == {other}


def test_keep_where_is_a_mapping_that_pickles_and_hides_predicates() -> None:
    """The predicates can be pickled, and `repr` does not show them."""
    keep = KeepWhere({"enhanced": "x = 1"})
    assert pickle.loads(pickle.dumps(keep)) == keep == {"enhanced": "x = 1"}  # noqa: S301  our own bytes
    assert repr(keep) == "KeepWhere(enhanced)"
    assert len(keep) == 1
