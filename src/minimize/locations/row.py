"""How an expression names the columns of the row it looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from psycopg import sql


@dataclass(frozen=True, slots=True)
class TableRow:
    """The columns of one row, as SQL: bare, behind an alias such as NEW, or as an expression put in their place.

    `types` maps a column to its base type; a column that is not in it has an unknown type, as in Alembic's
    offline mode, where no database is there to ask. `lengths` has the limit of each column with one, as varchar(40).
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
        """Return the column's base type, None where it is not known."""
        return self.types.get(column)

    def is_stored(self, column: str) -> bool:
        """Whether the SQL that reads the column only names it, so that it may stand in an expression several times."""
        return column not in self.replaced

    def length_of(self, column: str) -> int | None:
        """Return the most characters that a value, or an element, of the column may have; None without a limit."""
        return self.lengths.get(column)

    def aliased(self, alias: sql.Composable) -> TableRow:
        """Return the same row seen behind an alias."""
        return replace(self, alias=alias)

    def with_value(self, column: str, value: sql.Composable) -> TableRow:
        """Return the row as it is once `column` holds `value`."""
        return replace(self, replaced={**self.replaced, column: value})


NEW = sql.SQL("NEW")
OLD = sql.SQL("OLD")
