"""Progress of a run in each relation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelationProgress:
    """Progress of a run in one relation: blocks of the latest pass, rows of all passes and processes."""

    run_pass: int = 1
    blocks_done: int = 0
    blocks_total: int = 0
    rows: int = 0
    hot_rows: int = 0

    @property
    def hot_share(self) -> float | None:
        """Share of the updated rows that needed no new index entry; None before the first row."""
        return share_of(self.hot_rows, self.rows)


def share_of(part: int, whole: int) -> float | None:
    """Return part / whole; None if `whole` is 0."""
    return part / whole if whole else None
