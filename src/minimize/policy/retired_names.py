"""Decides whether a name is the name of a retired field, for the DDL watch, the linter and the pytest plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minimize.policy.model import Field, Policy


def normal_form(name: str) -> str:
    """Return the common form of all spellings of a name, such as placeOfBirth, PLACE_OF_BIRTH and "place-of-birth"."""
    return "".join(character for character in name.casefold() if character not in "_- ")


def retired_names(policy: Policy) -> Mapping[str, Field]:
    """Return the retired fields by the normal form of their id and of each alias."""
    return {normal_form(name): field for field in policy.fields for name in names_of(field)}


def names_of(field: Field) -> Iterator[str]:
    """Yield the names under which a field may return."""
    yield field.id
    yield from field.aliases


def staying_columns(policy: Policy) -> frozenset[tuple[str, str, str]]:
    """Return the columns (schema, table, column) that keep the name of a retired field for rows that still need it.

    They are the locations of the policy with an exception. Their guard decides for each row.
    """
    return frozenset(
        (location.table_name.schema, location.table_name.table, location.column_name)
        for field in policy.fields
        for location in field.locations
        if location.keep_where and location.column_name is not None
    )
