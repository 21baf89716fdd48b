"""What a location kind reads from a row: the SQL of its columns, and their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from psycopg.sql import Composable


class Row(Protocol):
    """A row in SQL: NEW or OLD in a trigger, or a table alias in a query."""

    def __call__(self, column: str) -> Composable:
        """Return the SQL that reads the column named `column` of this row."""
        ...

    def type_of(self, column: str) -> str | None:
        """Return the column's base type; None if it is not known."""
        ...

    def is_stored(self, column: str) -> bool:
        """Whether the SQL that reads the column is only its name, so that using it several times costs nothing."""
        ...

    def length_of(self, column: str) -> int | None:
        """Return the maximum number of characters of a value, or of an array's element; None without a limit."""
        ...
