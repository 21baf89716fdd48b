"""Whether the cascade keeps rows on their pages, which is what it is for: where it does not, that is said early."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from minimize.purge.progress.counters import Counters
from minimize.purge.state.relation_progress import RelationTotals
from minimize.purge.strategy.choice import MIN_ROWS_PER_PAGE

LOWEST_SHARE = 0.1
"""Of HOT updates; with several rows a page to erase, it should be three in four and more."""


@dataclass(slots=True)
class HotShareMonitor:
    """Looks at one leaf from now on; any worker may call `look`, at any time."""

    relation: str
    counters: Counters
    note: Callable[[str], None]
    _begun: RelationTotals = field(init=False)
    _is_reported: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Leave out what was done before."""
        self._begun = self._totals()

    def check(self, pages: int) -> None:
        """Note, once, that hardly a row has stayed on its page.

        Args:
            pages: How many there are at most on which rows were erased by now. One row may have to leave each of them,
                so a few rows a page say nothing.
        """
        now = self._totals()
        rows, hot = now.rows - self._begun.rows, now.hot_rows - self._begun.hot_rows
        with self._lock:
            if self._is_reported or rows < MIN_ROWS_PER_PAGE * pages or hot >= LOWEST_SHARE * rows:
                return
            self._is_reported = True
        self.note(
            f"{self.relation}: {hot / rows:.0%} of {rows:,} rows stayed on their pages, so table and indexes grow:"
            " something unseen keeps pages from being pruned, such as a replication slot that is being created, or a"
            " trigger changes an indexed column; stop the run, see to that, and run it again: it goes on"
        )

    def _totals(self) -> RelationTotals:
        return self.counters.relations.get(self.relation, RelationTotals())
