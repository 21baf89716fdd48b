"""A whole table as a location: a copy whose rows are deleted, not edited."""

from __future__ import annotations

from typing import ClassVar, NoReturn

from psycopg import sql

from minimize.errors import RefusedError
from minimize.policy import Row, WholeTable, location_kind


@location_kind
class TableLocation(WholeTable):
    """A table whose every row is the retired field, such as a forgotten copy.

    The guard refuses every INSERT and UPDATE, except of rows that an exception keeps. A purge deletes rows, and the
    drop removes the table. Under `strip`, the guard skips a new row and leaves a changed row as it was.
    """

    kind: ClassVar[str] = "table"
    key: ClassVar[str | None] = "table"

    def carries(self, row: Row) -> sql.Composable:  # noqa: ARG002  any row
        """Every row."""
        return sql.SQL("true")

    def without(self, row: Row) -> NoReturn:  # noqa: ARG002  any row
        """Refuse: there is no value to write.

        Raises:
            RefusedError: Always. A caller checks `is_whole_table` first, and deletes the row.
        """
        raise RefusedError(
            f"{self.name} is retired as a whole: its rows cannot be written without the field",
            hint="Its rows are deleted, not rewritten.",
        )

    def carried(self, row: Row) -> sql.Composable:  # noqa: ARG002  any row
        """NULL, because the guard refuses a row that is sent again as well."""
        return sql.SQL("NULL")
