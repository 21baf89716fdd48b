"""What a process has done so far, added up over its workers."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field, replace

import psycopg


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums since the process began."""

    erased: int = 0
    """Values."""
    rows: int = 0
    hot_rows: int = 0
    """Rows whose new version needed no index entry."""
    left: int = 0
    """Rows found but not erased: changed meanwhile, locked, or put under a hold. The next pass looks at them again."""
    batches: int = 0
    slowest_seconds: float = 0.0
    conflicts: Counter[str] = field(default_factory=Counter)
    """By kind: deadlock detected, serialization failure, lock not available."""

    @property
    def hot_share(self) -> float | None:
        """Share of the rows that were updated in place of their page; None before the first."""
        return self.hot_rows / self.rows if self.rows else None


class Tally:
    """Adds up what several threads report."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._totals = Totals()

    @property
    def totals(self) -> Totals:
        """The sums so far."""
        with self._lock:
            return replace(self._totals, conflicts=self._totals.conflicts.copy())

    def add(self, rows: int, erased: int, hot_rows: int, seconds: float) -> None:
        """Count one committed batch."""
        with self._lock:
            now = self._totals
            self._totals = replace(
                now,
                erased=now.erased + erased,
                rows=now.rows + rows,
                hot_rows=now.hot_rows + hot_rows,
                batches=now.batches + 1,
                slowest_seconds=max(now.slowest_seconds, seconds),
            )

    def leave(self, rows: int) -> None:
        """Count rows that are left to the next pass."""
        with self._lock:
            self._totals = replace(self._totals, left=self._totals.left + rows)

    def conflict(self, error: psycopg.Error) -> None:
        """Count a batch that PostgreSQL undid."""
        with self._lock:
            self._totals.conflicts[type(error).__name__] += 1
