"""A whole column as a location: any value in it is the retired field."""

from __future__ import annotations

from typing import ClassVar

from psycopg import sql

from minimize.policy import InColumn, Row


class ColumnLocation(InColumn):
    """A column of which every value is the retired field."""

    kind: ClassVar[str] = "column"
    key: ClassVar[str | None] = None
    is_part: ClassVar[bool] = False

    def carries(self, row: Row) -> sql.Composable:
        """Any value but NULL.

        IS DISTINCT FROM NULL rather than IS NOT NULL: for a composite type the latter asks whether every one of
        its attributes is filled.
        """
        return sql.SQL("({} IS DISTINCT FROM NULL)").format(row(self.column_name))

    def without(self, row: Row) -> sql.Composable:  # noqa: ARG002  a column goes whole, whatever is in it
        """NULL."""
        return sql.SQL("NULL")
