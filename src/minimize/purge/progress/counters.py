"""Counters of a process, added up over its workers."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import psycopg

from minimize.catalog.row_counts import RowCounts
from minimize.purge.state.location_progress import LatestCount, LocationProgress
from minimize.purge.state.relation_progress import RelationTotals, share_of


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums since the process began."""

    erased: int = 0
    """Values."""
    rows: int = 0
    hot_rows: int = 0
    """Rows whose new version needed no new index entry."""
    batches: int = 0
    slowest_seconds: float = 0.0
    conflicts: Counter[str] = field(default_factory=Counter)
    """By kind: batches that were rolled back (deadlock_detected, serialization_failure, lock_not_available), and rows
    that a constraint or trigger refused."""
    losses: int = 0
    """Connections lost and opened again."""
    wal_bytes: int | None = None
    """WAL that the whole server wrote since the first reading; None before the first reading."""

    @property
    def hot_share(self) -> float | None:
        """Share of the updated rows that needed no new index entry; None before the first row."""
        return share_of(self.hot_rows, self.rows)


class Counters:
    """Adds up what several threads report. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._totals = Totals()
        self._wal_position: int | None = None
        self._locations: Counter[str] = Counter()
        self._latest: dict[str, LatestCount] = {}
        self._relations: dict[str, RelationTotals] = {}

    @property
    def totals(self) -> Totals:
        """The sums so far."""
        with self._lock:
            return replace(self._totals, conflicts=self._totals.conflicts.copy())

    @property
    def locations(self) -> dict[str, int]:
        """Values erased by the whole run, by location name."""
        with self._lock:
            return dict(self._locations)

    @property
    def latest(self) -> dict[str, LatestCount]:
        """The latest counts of the whole run, by location name."""
        with self._lock:
            return dict(self._latest)

    @property
    def relations(self) -> dict[str, RelationTotals]:
        """Progress of the whole run in each relation that it has begun."""
        with self._lock:
            return dict(self._relations)

    def resume_from(self, locations: Mapping[str, LocationProgress], relations: Mapping[str, RelationTotals]) -> None:
        """Begin with the counters of the run's earlier processes."""
        with self._lock:
            self._locations.update({name: progress.erased for name, progress in locations.items()})
            self._latest.update({name: progress.latest for name, progress in locations.items() if progress.latest})
            self._relations.update(relations)

    def record_count(self, counts: Mapping[str, RowCounts]) -> None:
        """Store the counts of a whole table."""
        with self._lock:
            self._latest.update({name: LatestCount.of(rows) for name, rows in counts.items()})

    def record_position(self, relation: str, run_pass: int, blocks_done: int, blocks_total: int) -> None:
        """Store the progress of a pass."""
        with self._lock:
            now = self._relations.get(relation, RelationTotals())
            self._relations[relation] = replace(
                now, run_pass=run_pass, blocks_done=blocks_done, blocks_total=blocks_total
            )

    def add_to_location(self, relation: str, rows: int, hot_rows: int, values: Mapping[str, int]) -> None:
        """Add the rows and values of a committed batch to its relation and locations."""
        with self._lock:
            now = self._relations.get(relation, RelationTotals())
            self._relations[relation] = replace(now, rows=now.rows + rows, hot_rows=now.hot_rows + hot_rows)
            self._locations.update(values)

    def add(self, rows: int, erased: int, hot_rows: int, seconds: float) -> None:
        """Add one committed batch to the totals."""
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

    def record_wal_position(self, position: int) -> None:
        """Store the server's WAL position, in bytes. After a failover it may be lower than the last one."""
        with self._lock:
            grown = 0 if self._wal_position is None else max(0, position - self._wal_position)
            self._wal_position = position
            self._totals = replace(self._totals, wal_bytes=(self._totals.wal_bytes or 0) + grown)

    def count_lost_connection(self) -> None:
        """Count a connection that was lost."""
        with self._lock:
            self._totals = replace(self._totals, losses=self._totals.losses + 1)

    def count_conflict(self, error: psycopg.Error) -> None:
        """Count a batch that PostgreSQL rolled back."""
        with self._lock:
            self._totals.conflicts[re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()] += 1
