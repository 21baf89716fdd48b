"""A key of an hstore as a location."""

from __future__ import annotations

from typing import ClassVar

from psycopg import sql
from pydantic import Field

from minimize.policy import InColumn, Row, Text


class HstoreKeyLocation(InColumn):
    """The value under one key of an hstore column.

    Written with the extension's casts only, which PostgreSQL finds in whatever schema the extension is: guard, CHECK
    and purge look names up in pg_catalog, where its operators are not.
    """

    kind: ClassVar[str] = "hstore_key"
    key: ClassVar[str | None] = "hstore_key"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"hstore"})

    hstore_key: Text = Field(description="The key of the hstore column whose value is retired.")

    def carries(self, row: Row) -> sql.Composable:
        """The key is there and its value is not NULL."""
        return sql.SQL("({} IS NOT NULL)").format(self.carried(row))

    def without(self, row: Row) -> sql.Composable:
        """The pairs without that of the key."""
        return sql.SQL("minimize.hstore_without_v1({}, {})").format(row(self.column_name), sql.Literal(self.hstore_key))

    def carried(self, row: Row) -> sql.Composable:
        """The value under the key."""
        return sql.SQL("(({})::jsonb ->> {})").format(row(self.column_name), sql.Literal(self.hstore_key))
