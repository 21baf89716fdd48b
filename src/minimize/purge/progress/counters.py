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
from minimize.purge.state.relation_progress import RelationProgress, share_of


@dataclass(frozen=True, slots=True)
class ProcessTotals:
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
        self._totals = ProcessTotals()
        self._wal_position: int | None = None
        self._locations: Counter[str] = Counter()
        self._latest: dict[str, LatestCount] = {}
        self._relations: dict[str, RelationProgress] = {}

    @property
    def totals(self) -> ProcessTotals:
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
    def relations(self) -> dict[str, RelationProgress]:
        """Progress of the whole run in each relation that it has begun."""
        with self._lock:
            return dict(self._relations)

    def resume_from(self, locations: Mapping[str, LocationProgress], relations: Mapping[str, RelationProgress]) -> None:
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
            now = self._relations.get(relation, RelationProgress())
            self._relations[relation] = replace(
                now, run_pass=run_pass, blocks_done=blocks_done, blocks_total=blocks_total
            )

    def add_batch(
        self, relation: str, erased: Mapping[str, int], *, rows: int, hot_rows: int = 0, seconds: float = 0.0
    ) -> None:
        """Add one committed batch.

        Args:
            relation: The leaf.
            erased: Values by location name.
            rows: Rows that were updated or deleted.
            hot_rows: Those of them whose new version needed no new index entry.
            seconds: Duration of the statement.
        """
        with self._lock:
            progress, totals = self._relations.get(relation, RelationProgress()), self._totals
            self._relations[relation] = replace(
                progress, rows=progress.rows + rows, hot_rows=progress.hot_rows + hot_rows
            )
            self._locations.update(erased)
            self._totals = replace(
                totals,
                erased=totals.erased + sum(erased.values()),
                rows=totals.rows + rows,
                hot_rows=totals.hot_rows + hot_rows,
                batches=totals.batches + 1,
                slowest_seconds=max(totals.slowest_seconds, seconds),
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
