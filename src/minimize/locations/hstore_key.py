"""A key of an hstore as a location."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from psycopg import sql
from pydantic import Field

from minimize.policy import InColumn, Row, Text, location_kind


@location_kind
class HstoreKeyLocation(InColumn):
    """The value under one key of an hstore column.

    The expressions use only the casts of the extension, because PostgreSQL finds a cast in any schema. Guard, CHECK
    and purge look up names in pg_catalog, which does not contain the operators of the extension.
    """

    kind: ClassVar[str] = "hstore_key"
    key: ClassVar[str | None] = "hstore_key"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"hstore"})

    hstore_key: Text = Field(description="The key of the hstore column whose value is retired.")

    def carries(self, row: Row) -> sql.Composable:
        """The key is present and its value is not NULL."""
        return sql.SQL("({} IS NOT NULL)").format(self.carried(row))

    def without(self, row: Row) -> sql.Composable:
        """The other pairs."""
        return sql.SQL("minimize.hstore_without_v1({}, {})").format(row(self.column_name), sql.Literal(self.hstore_key))

    def carried(self, row: Row) -> sql.Composable:
        """The value under the key."""
        return sql.SQL("(({})::jsonb ->> {})").format(row(self.column_name), sql.Literal(self.hstore_key))

    @property
    def document_keys(self) -> tuple[str, ...]:
        """The key."""
        return (self.hstore_key,)

    def sample(self, column_type: str | None) -> str:  # noqa: ARG002  hstore is the only type
        """One pair with the key."""
        name = re.sub(r'(["\\])', r"\\\1", self.hstore_key)
        return f'"{name}"=>minimize'

    def find_parts(self, value: object, column_type: str | None) -> tuple[object, ...] | None:  # noqa: ARG002
        """The value under the key of a mapping. Text is left to the server."""
        if not isinstance(value, Mapping):
            return () if value is None else None
        found = value.get(self.hstore_key)
        return () if found is None else (found,)
