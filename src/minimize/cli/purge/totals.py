"""One table for several databases."""

from __future__ import annotations

from collections.abc import Sequence

from minimize.cli.output.text_table import print_table


def print_totals(columns: Sequence[str], rows: Sequence[tuple[str, str, list[int]]]) -> None:
    """Print a line for each location of each database, and a line with the totals.

    Args:
        columns: Headings of the counts.
        rows: Database, location and counts.
    """
    if rows:
        totals = [sum(column) for column in zip(*(counts for *_, counts in rows), strict=True)]
        lines = [[database, location, *counts] for database, location, counts in rows]
        print_table(["database", "location", *columns], [*lines, ["total", "", *totals]], names=2)
