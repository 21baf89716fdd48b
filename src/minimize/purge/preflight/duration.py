"""Estimate how long a purge will take, from measured rates of each profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

READ_PAGES_PER_SECOND: Final = 40_000
"""Pages that counts, VACUUM and the proof get through together: docs/performance.md, workload `column`: 83,000 pages in
the 1.9 s in which `ours` did not erase."""

ERASE_PAGES_PER_SECOND: Final = {"gentle": 400.0, "fast": 8_000.0}
"""Pages full of values that one server gets through, by profile and with the workers of that profile. The same
workload: 85 % of 83,000 pages in 8.5 s by `ours` (two workers, no rests) and in some 173 s by `ours-gentle` (one
worker, duty cycle 0.2, statements of 3 ms). The workloads with documents were faster by the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWork:
    """What a purge has to read and to erase in one table."""

    pages: int
    """Pages of the table and of its TOAST."""
    rows: int
    """Estimated number of rows, from the statistics of the server."""
    rows_to_erase: int
    """Rows that carry a value to erase, at the location with the most of them."""


def estimate_seconds(tables: Iterable[TableWork]) -> dict[str, float]:
    """Return the least seconds that a purge of one database takes, by profile.

    A lower bound on the machine of the rates: waits for a throttle, a window or a lock, statements for each table and
    location, and index entries are not part of it. Many small tables take several times as long.
    """
    known = list(tables)
    reading = sum(table.pages for table in known) / READ_PAGES_PER_SECOND
    full = sum(_pages_to_erase(table) for table in known)
    return {profile: reading + full / rate for profile, rate in ERASE_PAGES_PER_SECOND.items()}


def _pages_to_erase(table: TableWork) -> float:
    """Return the pages that the rows to erase would fill."""
    if not table.rows_to_erase:
        return 0.0
    return table.pages * min(1.0, table.rows_to_erase / max(table.rows, table.rows_to_erase))
