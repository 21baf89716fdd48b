"""A whole column as a location: any value in it is the retired field."""

from __future__ import annotations

from typing import ClassVar

from psycopg import sql

from minimize.policy import InColumn, Row, Scope, location_kind


@location_kind
class ColumnLocation(InColumn):
    """A column whose every value is the retired field. Any value is a sample."""

    kind: ClassVar[str] = "column"
    scope: ClassVar[Scope] = "column"

    def carries(self, row: Row) -> sql.Composable:
        """Any value except NULL.

        IS DISTINCT FROM NULL rather than IS NOT NULL: for a composite type, IS NOT NULL is true only if every
        attribute has a value.
        """
        return sql.SQL("({} IS DISTINCT FROM NULL)").format(row(self.column_name))

    def without(self, row: Row) -> sql.Composable:  # noqa: ARG002  nothing of the value stays
        """NULL."""
        return sql.SQL("NULL")

    def find_parts(self, value: object, column_type: str | None) -> tuple[object, ...]:  # noqa: ARG002  any type
        """The value itself, unless it is None."""
        return () if value is None else (value,)
