"""How an expression refers to the columns of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from psycopg import sql


@dataclass(frozen=True, slots=True)
class TableRow:
    """The columns of one row, as SQL: unqualified, qualified with an alias such as NEW, or replaced by an expression.

    `types` maps a column to its base type. The type of other columns is unknown, as in Alembic's offline mode, which
    has no database. `lengths` has the maximum length of each column that has one, such as varchar(40).
    """

    alias: sql.Composable | None = None
    types: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, sql.Composable] = field(default_factory=dict)
    lengths: Mapping[str, int] = field(default_factory=dict)

    def __call__(self, column: str) -> sql.Composable:
        """Return the SQL that yields the column's value."""
        if column in self.replaced:
            return self.replaced[column]
        name = sql.Identifier(column)
        return name if self.alias is None else sql.SQL("{}.{}").format(self.alias, name)

    def type_of(self, column: str) -> str | None:
        """Return the column's base type; None if it is not known."""
        return self.types.get(column)

    def is_stored(self, column: str) -> bool:
        """Whether the SQL that reads the column is only its name, so that using it several times costs nothing."""
        return column not in self.replaced

    def length_of(self, column: str) -> int | None:
        """Return the maximum number of characters of a value, or of an array's element; None without a limit."""
        return self.lengths.get(column)

    def aliased(self, alias: sql.Composable) -> TableRow:
        """Return the same row, qualified with an alias."""
        return replace(self, alias=alias)

    def with_value(self, column: str, value: sql.Composable) -> TableRow:
        """Return the row after `column` is set to `value`."""
        return replace(self, replaced={**self.replaced, column: value})


NEW = sql.SQL("NEW")
OLD = sql.SQL("OLD")
