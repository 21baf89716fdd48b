"""What the policy refuses for certain, by column, and the error that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

import sqlalchemy as sa

from minimize.catalog.survey import citations
from minimize.errors import Rejection, RetiredFieldError
from minimize.guard.orm.values import Carried, carried
from minimize.policy import Field, Location, Policy

ColumnKey = tuple[str, str, str]


@dataclass(frozen=True)
class RetiredPlace:
    """One location, with what an error says of it."""

    policy: Policy
    field: Field
    location: Location

    @property
    def is_certain(self) -> bool:
        """Whether a value here is refused whatever the rest of the row says."""
        return self.field.on_write == "reject" and not self.location.keep_where

    @property
    def will_be_dropped(self) -> bool:
        """Whether the column goes altogether."""
        return self.location.is_dropped

    def carried(self, value: object, column: sa.ColumnElement[object]) -> Carried:
        """Return the retired part of a value."""
        return carried(self.location, value, column)

    def error(self) -> RetiredFieldError:
        """Return the error that refuses a write here, in the words of the guard in the database."""
        authority = citations(self.policy, self.field)
        table = self.location.table_name
        return RetiredFieldError(
            f"{self.location.name} is retired, and this write carries a value for it",
            hint=f"Field {self.field.id} is no longer collected ({authority}): leave it out of the statement.",
            rejection=Rejection(table.schema, table.table, self.location.column_name),
            field=self.field.id,
            location=self.location.name,
            authority=authority,
        )

    def refuse(self) -> NoReturn:
        """Refuse a write.

        Raises:
            RetiredFieldError: Always.
        """
        raise self.error() from None


class RetiredPlaces:
    """The locations of a policy by column."""

    def __init__(self, policy: Policy) -> None:
        self._places: dict[ColumnKey, tuple[RetiredPlace, ...]] = {}
        for place in self._read(policy):
            key = _key_of(place.location)
            if key is not None:
                self._places[key] = (*self._places.get(key, ()), place)
        self._tables = {table for _, table, _ in self._places}

    @staticmethod
    def _read(policy: Policy) -> Iterator[RetiredPlace]:
        for field in policy.fields:
            for location in field.locations:
                yield RetiredPlace(policy, field, location)

    def may_hold(self, table: object) -> bool:
        """Whether a table's columns may be retired, by its name alone; what is no plain table may."""
        return not isinstance(table, sa.Table) or table.name in self._tables

    def at(
        self,
        column: sa.ColumnElement[object],
        default_schema: str | None,
        schema_map: Mapping[str | None, str | None] | None = None,
    ) -> tuple[RetiredPlace, ...]:
        """Return the locations at a column; a table without a schema is in the connection's default schema."""
        table = getattr(column, "table", None)
        while isinstance(table, sa.Alias):
            table = table.element
        if not isinstance(column, sa.ColumnClause) or not isinstance(table, sa.TableClause):
            return ()
        schema = schema_map.get(table.schema, table.schema) if schema_map else table.schema
        return self._places.get((schema or default_schema or "public", table.name, column.name), ())

    def named(self, key: tuple[str | None, str | None, str | None], message: str) -> RetiredPlace | None:
        """Return the location that the server's error is about: several may share a column."""
        schema, table, column = key
        if schema is None or table is None or column is None:
            return None
        found = self._places.get((schema, table, column), ())
        for place in found:
            if message.startswith(f"{place.location.name} is retired"):
                return place
        return found[0] if len(found) == 1 else None


def _key_of(location: Location) -> ColumnKey | None:
    table, column = location.table_name, location.column_name
    return None if column is None else (table.schema, table.table, column)
