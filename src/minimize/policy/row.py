"""What a location kind needs to know of a row: the SQL of its columns and their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from psycopg.sql import Composable


class Row(Protocol):
    """A row as SQL sees it: NEW or OLD in a trigger, a table alias in a query."""

    def __call__(self, column: str) -> Composable:
        """Return the SQL that reads the column named `column` of this row."""
        ...

    def type_of(self, column: str) -> str | None:
        """Return the type of the column as PostgreSQL prints it, or None where it is not known."""
        ...

    def is_stored(self, column: str) -> bool:
        """Whether the SQL that reads the column only names it, so that it may stand in an expression several times."""
        ...

    def length_of(self, column: str) -> int | None:
        """Return the most characters that a value, or an element, of the column may have; None without a limit."""
        ...
