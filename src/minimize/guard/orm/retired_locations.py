"""The locations of a policy by column, and the error that refuses a write to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

import sqlalchemy as sa

from minimize.catalog.survey import citations
from minimize.errors import RetiredFieldError
from minimize.guard.orm.values import Carried, carried
from minimize.policy import Field, Location, Policy

ColumnKey = tuple[str, str, str]


@dataclass(frozen=True)
class RetiredLocation:
    """One location, with its field and policy for the error."""

    policy: Policy
    field: Field
    location: Location

    @property
    def is_certain(self) -> bool:
        """Whether a value here is refused whatever the other columns of the row contain."""
        return self.field.on_write == "reject" and not self.location.keep_where

    @property
    def will_be_dropped(self) -> bool:
        """Whether op.drop_field drops the whole column."""
        return self.location.is_dropped

    def carried(self, value: object, column: sa.ColumnElement[object]) -> Carried:
        """Return the retired part of a value."""
        return carried(self.location, value, column)

    def error(self) -> RetiredFieldError:
        """Return the error that refuses a write here, with the message of the guard in the database."""
        authority = citations(self.policy, self.field)
        table = self.location.table_name
        return RetiredFieldError(
            f"{self.location.name} is retired, and this write carries a value for it",
            hint=f"Field {self.field.id} is no longer collected ({authority}): leave it out of the statement.",
            field=self.field.id,
            location=self.location.name,
            schema=table.schema,
            table=table.table,
            column=self.location.column_name,
            authority=authority,
        )

    def refuse(self) -> NoReturn:
        """Refuse a write.

        Raises:
            RetiredFieldError: Always.
        """
        raise self.error() from None


class RetiredLocations:
    """The locations of a policy by column."""

    def __init__(self, policy: Policy) -> None:
        self._by_column: dict[ColumnKey, tuple[RetiredLocation, ...]] = {}
        self._by_name: dict[tuple[str | None, str | None], RetiredLocation] = {}
        for retired in self._read(policy):
            self._by_name[retired.field.id, retired.location.name] = retired
            key = _key_of(retired.location)
            if key is not None:
                self._by_column[key] = (*self._by_column.get(key, ()), retired)
        self._tables = {table for _, table, _ in self._by_column}

    @staticmethod
    def _read(policy: Policy) -> Iterator[RetiredLocation]:
        for field in policy.fields:
            for location in field.locations:
                yield RetiredLocation(policy, field, location)

    def may_hold(self, table: object) -> bool:
        """Whether a table of this name has a location; always true for what is not a plain table."""
        return not isinstance(table, sa.Table) or table.name in self._tables

    def at(
        self,
        column: sa.ColumnElement[object],
        default_schema: str | None,
        schema_map: Mapping[str | None, str | None] | None = None,
    ) -> tuple[RetiredLocation, ...]:
        """Return the locations at a column; a table without a schema is in the connection's default schema."""
        table = getattr(column, "table", None)
        while isinstance(table, sa.Alias):
            table = table.element
        if not isinstance(column, sa.ColumnClause) or not isinstance(table, sa.TableClause):
            return ()
        schema = schema_map.get(table.schema, table.schema) if schema_map else table.schema
        return self._by_column.get((schema or default_schema or "public", table.name, column.name), ())

    def of_refusal(self, refusal: RetiredFieldError) -> RetiredLocation | None:
        """Return the location that the server refused, or None if this policy has no such location."""
        return self._by_name.get((refusal.field, refusal.location))


def _key_of(location: Location) -> ColumnKey | None:
    table, column = location.table_name, location.column_name
    return None if column is None else (table.schema, table.table, column)
