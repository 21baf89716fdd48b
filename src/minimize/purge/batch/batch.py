"""A batch: the rows that one statement erases, as they were found."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors

# As text: then the same statement serves arrays of every type.
_HALVES = "SELECT (%s::text[])[:%s]::text, (%s::text[])[%s + 1:]::text"


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to erase: the filenode in which they were found, then one array, as text, per column of `batch_columns`."""

    size: int
    lists: tuple[str, ...]

    @property
    def first_tid(self) -> str:
        """The tid of the first row."""
        return self.lists[1].split('"')[1]

    @property
    def first_page(self) -> range:
        """The page of the first row, as blocks."""
        block = int(self.first_tid[1:].partition(",")[0])
        return range(block, block + 1)

    def halve(self, conn: Connection) -> tuple[Batch, Batch]:
        """Return the two halves of a batch of more than one row; the server splits the arrays."""
        file, *lists = self.lists
        middle = self.size // 2
        with translate_errors("halving a batch"):
            rows = [conn.execute(_HALVES, [each, middle, each, middle]).fetchone() or () for each in lists]
        first, second = zip(*[map(str, row) for row in rows], strict=True)
        return Batch(middle, (file, *first)), Batch(self.size - middle, (file, *second))
