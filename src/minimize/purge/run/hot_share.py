"""Report early if the cascade does not keep rows on their pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from minimize.purge.progress.counters import Counters
from minimize.purge.state.relation_progress import RelationProgress
from minimize.purge.tuning import DEFAULT_TUNING, Tuning


@dataclass(slots=True, kw_only=True)
class HotShareMonitor:
    """Monitors the share of HOT updates in one leaf from its creation on. Thread-safe."""

    relation: str
    counters: Counters
    note: Callable[[str], None]
    tuning: Tuning = DEFAULT_TUNING
    _before: RelationProgress = field(init=False)
    _is_reported: bool = field(default=False, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        """Leave out what was done before."""
        self._before = self._totals()

    def check(self, pages: int) -> None:
        """Add a note, once, if almost no updates were HOT.

        Args:
            pages: Maximum number of pages on which rows were erased so far. One row may have to leave each page, so a
                few rows per page prove nothing.
        """
        now = self._totals()
        rows, hot = now.rows - self._before.rows, now.hot_rows - self._before.hot_rows
        is_expected = hot >= self.tuning.min_hot_share * rows
        with self._lock:
            if self._is_reported or rows < self.tuning.min_rows_per_page * pages or is_expected:
                return
            self._is_reported = True
        self.note(
            f"{self.relation}: {hot / rows:.0%} of {rows:,} rows stayed on their pages, so table and indexes grow:"
            " something that cannot be seen prevents pruning, such as a replication slot that is being created, or a"
            " trigger changes an indexed column; stop the run, remove the cause, and run it again: it continues"
        )

    def _totals(self) -> RelationProgress:
        return self.counters.relations.get(self.relation, RelationProgress())
