"""Purge one table: passes over its leaves until a count finds nothing left, then VACUUM and proof."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial

from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts
from minimize.purge.batch.blocking_sessions import describe_locked_leaves
from minimize.purge.batch.refused_rows import RefusedRows
from minimize.purge.connection.control import Control
from minimize.purge.progress.counters import Counters
from minimize.purge.progress.reporter import Reporter
from minimize.purge.run.leaf_purge import LeafPurge
from minimize.purge.run.partitions import Partitions
from minimize.purge.run.table_count import TableCount
from minimize.purge.run.table_proof import TableProof
from minimize.purge.run.table_vacuum import TableVacuum
from minimize.purge.state.range_cursors import last_pass
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.tuning import Tuning

_FIRST_IDLE_PAUSE_SECONDS = 0.1


@dataclass(slots=True, kw_only=True)
class TablePurge:
    """The purge of one table in a run; afterwards, `partitions` has the notes and what was not checked."""

    partitions: Partitions
    leaf_purge: LeafPurge
    table_count: TableCount
    table_vacuum: TableVacuum | None
    """None if the purge does not vacuum."""
    table_proof: TableProof
    control: Control
    counters: Counters
    reporter: Reporter
    own_activity: OwnActivity
    tuning: Tuning
    count_first: bool
    _refused_rows: RefusedRows = field(default_factory=RefusedRows, init=False)
    """Those of the last pass."""

    @property
    def notes(self) -> list[str]:
        """What the operator should know about the table."""
        return self.partitions.notes

    def run(self) -> None:
        """Erase what the table carries."""
        retry_on_loss, partitions = self.control.retry_on_loss, self.partitions
        if self.count_first:
            retry_on_loss(lambda: self.table_count.count_before_first_batch(partitions.table))
        counts: dict[str, RowCounts] = {}
        not_vacuumed: dict[str, str] = {}
        for _ in range(self.tuning.max_rescans):
            counts = self._run_passes()
            if self.table_vacuum:
                not_vacuumed = self.table_vacuum.run(partitions)
            # The last count does not include what was attached or detached since, so the proof must not rely on it.
            retry_on_loss(partitions.refresh)
            if not partitions.missed_by_last_pass:
                break
        for note in self._refused_rows.notes:
            self.notes.append(note)
            self.reporter.report_note(note)
        partitions.report_missed()
        partitions.not_checked |= not_vacuumed
        self.notes.extend(retry_on_loss(lambda: self.table_proof.add(partitions.table, counts)))

    def _run_passes(self) -> dict[str, RowCounts]:
        """Run passes until a count of the whole table finds nothing to erase; return that count.

        Ends earlier if consecutive passes erase nothing: then other sessions keep the remaining rows locked.
        """
        counts: dict[str, RowCounts] = {}
        idle_since, pause = None, _FIRST_IDLE_PAUSE_SECONDS
        first = self.control.retry_on_loss(self._last_pass)
        for run_pass in range(first, first + self.tuning.max_passes):
            began, erased_before = time.monotonic(), self._erased
            self._run_pass(run_pass)
            counts = self.control.retry_on_loss(partial(self._count, run_pass))
            if not any(count.removable for count in counts.values()):
                break
            if self._erased > erased_before:
                idle_since, pause = None, _FIRST_IDLE_PAUSE_SECONDS
                continue
            idle_since = idle_since or began
            if run_pass > first and time.monotonic() - idle_since > self.tuning.locked_seconds:
                self.notes.extend(self.control.retry_on_loss(self._describe_locked))
                break
            self.control.stop.wait(pause)
            pause *= 2
        return counts

    def _run_pass(self, run_pass: int) -> None:
        self._refused_rows = RefusedRows(self.tuning.max_refused_rows)
        for leaf in self.control.retry_on_loss(self.partitions.start_pass):
            with self.partitions.unless_detached(leaf):
                self.leaf_purge.run(self.partitions.table, leaf, run_pass, self._refused_rows)

    def _count(self, run_pass: int) -> dict[str, RowCounts]:
        return self.table_count.count(self.partitions.table, run_pass)

    @property
    def _erased(self) -> int:
        """Values erased by this process so far."""
        return self.counters.totals.erased

    def _last_pass(self) -> int:
        with translate_errors("reading the state of the run"):
            return last_pass(self.control.conn, self.control.run, [leaf.oid for leaf in self.partitions.leaves])

    def _describe_locked(self) -> list[str]:
        # If rows were refused, those are probably what is left, and other sessions on the table are not the reason.
        if self._refused_rows.notes:
            return []
        return describe_locked_leaves(self.control.conn, self.partitions.leaves, self.own_activity.sessions)
