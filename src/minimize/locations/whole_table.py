"""A whole table as a location: a copy that is disposed of row by row or at once, not cleaned."""

from __future__ import annotations

from typing import ClassVar, NoReturn

from psycopg import sql

from minimize.errors import RefusedError
from minimize.policy import Row, WholeTable


class TableLocation(WholeTable):
    """A table of which every row is the retired field, such as a forgotten copy.

    The guard refuses every INSERT and UPDATE but those of rows that an exception keeps. A purge takes rows away, and
    the drop takes the table. Under `strip` a new row is left out as a whole, and a changed one stays as it was.
    """

    kind: ClassVar[str] = "table"
    key: ClassVar[str | None] = "table"
    is_part: ClassVar[bool] = False

    def carries(self, row: Row) -> sql.Composable:  # noqa: ARG002  whatever is in it
        """Every row."""
        return sql.SQL("true")

    def without(self, row: Row) -> NoReturn:  # noqa: ARG002  the same
        """Nothing: no value of a row would be left to write.

        Raises:
            RefusedError: Always. Whoever erases asks `column_name` first, and takes rows instead of values.
        """
        raise RefusedError(
            f"{self.name} is retired as a whole: its rows cannot be written without the field",
            hint="Its rows are disposed of, not rewritten.",
        )

    def carried(self, row: Row) -> sql.Composable:  # noqa: ARG002  the same
        """Nothing to compare: a row that is sent again is refused as well."""
        return sql.SQL("NULL")
