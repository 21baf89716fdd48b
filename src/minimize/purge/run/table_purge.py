"""Purging one table: passes over its leaves until nothing is left, then VACUUM and proof."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts, count_rows
from minimize.catalog.side_effects.triggers import fires_triggers
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.errors import DatabaseError, LockNotAvailableError
from minimize.locations.object_names import literal
from minimize.plan.proof import add_proofs, validate_proofs
from minimize.purge.batch.blocking_sessions import note_locked
from minimize.purge.batch.context import RunContext
from minimize.purge.batch.refused_rows import RefusedRows
from minimize.purge.batch.vacuum import analyze_at_end, vacuum_at_end
from minimize.purge.batch.worker import LeafWork
from minimize.purge.run.hot_share import HotShareMonitor
from minimize.purge.run.leaf_pass import LeafPass, blocks_per_range
from minimize.purge.run.partitions import Partitions
from minimize.purge.state.location_progress import describe_remaining, needs_first_count, record_count
from minimize.purge.state.ranges import Range, last_pass, open_ranges, split_ranges
from minimize.purge.strategy.choice import ChosenStrategy, choose_strategy
from minimize.purge.strategy.truncate import LOCK, truncate_leaf
from minimize.sql import lock_tables

MAX_PASSES = 20
"""A sweep that still finds rows after this many passes is not racing writers any more; it reports what is left."""

MAX_SWEEPS = 5
"""A table to which others attach partitions after each count is reported as not checked in those."""

LOCKED_SECONDS = 3.0
"""How long passes in a row may find values and erase none, before it is somebody who keeps the rows locked.

A large table takes longer for one pass: then there is one such pass after the first, and no more.
"""

_NOT_DONE = "its statistics may keep values until you run {} on it, which was not done: {}"


@dataclass(slots=True)
class TablePurge:
    """One table's part in a run; `strategies`, `notes` and `partitions` say afterwards how it went."""

    partitions: Partitions
    context: RunContext
    strategies: set[str] = field(default_factory=set)
    _refused_rows: RefusedRows = field(default_factory=RefusedRows)
    _watched: set[int] = field(default_factory=set)
    _not_vacuumed: dict[str, str] = field(default_factory=dict)

    @property
    def conn(self) -> Connection:
        """The present connection: another one after the first was lost."""
        return self.partitions.conn

    @property
    def table(self) -> SurveyedTable:
        """The table as of the last look."""
        return self.partitions.table

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """What there is to purge of it, as of the last look."""
        return self.partitions.leaves

    @property
    def notes(self) -> list[str]:
        """What is to be told of it."""
        return self.partitions.notes

    def run(self) -> None:
        """Erase what the table carries."""
        if self.context.options.count_first:
            self.context.control.retry_on_loss(self._count_first)
        counts: dict[str, RowCounts] = {}
        for _ in range(MAX_SWEEPS):
            counts = self._sweep()
            if self.context.options.vacuum:
                self._vacuum_all()
            # Neither the count nor what is left to prove by it has seen what was attached or detached since.
            self.context.control.retry_on_loss(self.partitions.refresh)
            if not self.partitions.unswept:
                break
        for note in self._refused_rows.notes:
            self._note(note)
        self.partitions.mark_unswept()
        self.partitions.not_checked |= self._not_vacuumed
        self.context.control.retry_on_loss(partial(self._prove, counts))

    def _sweep(self) -> dict[str, RowCounts]:
        """Pass after pass over all leaves, until a count of the whole table finds nothing that can be erased."""
        counts: dict[str, RowCounts] = {}
        idle_since, pause = None, 0.1
        first = self.context.control.retry_on_loss(self._last_pass)
        for run_pass in range(first, first + MAX_PASSES):
            began, before = time.monotonic(), self.context.counters.totals.erased
            self._refused_rows = RefusedRows()
            for leaf in self.context.control.retry_on_loss(self.partitions.begin_pass):
                with self._unless_gone(leaf):
                    self._purge_leaf(leaf, run_pass)
            counts = self.context.control.retry_on_loss(partial(self._count, run_pass))
            if not any(count.removable for count in counts.values()):
                break
            if self.context.counters.totals.erased > before:
                idle_since, pause = None, 0.1
                continue
            idle_since = idle_since or began
            if run_pass > first and time.monotonic() - idle_since > LOCKED_SECONDS:
                self.notes.extend(self.context.control.retry_on_loss(self._locked))
                break
            self.context.control.stop.wait(pause)
            pause *= 2
        return counts

    def _vacuum_all(self) -> None:
        self._not_vacuumed.clear()
        for leaf in self.leaves:
            with self._unless_gone(leaf):
                self.context.control.retry_on_loss(partial(self._vacuum, leaf))
        if self.table.facts and self.table.facts.kind == "p":
            self.context.control.retry_on_loss(self._analyze)

    def _last_pass(self) -> int:
        with translate_errors("reading the state of the run"):
            return last_pass(self.conn, self.context.control.run, [leaf.oid for leaf in self.leaves])

    def _purge_leaf(self, leaf: Leaf, run_pass: int) -> None:
        options = self.context.options
        choice = self.context.control.retry_on_loss(
            lambda: choose_strategy(self.conn, self.table, leaf, options.strategy, options.triggers)
        )
        self.strategies.add(choice.name)
        self.context.governor.own_activity.set_relations([leaf.oid])
        if choice.name == "truncate":
            self.context.control.retry_on_loss(lambda: self._truncate(leaf, run_pass))
            return
        ranges = self.context.control.retry_on_loss(lambda: self._open(leaf, run_pass))
        fires = self.context.control.retry_on_loss(
            lambda: fires_triggers(self.conn, self.table, is_suppressing=options.triggers == "suppress")
        )
        work = LeafWork.of(self.table, leaf, self._refused_rows, fires_triggers=fires)
        LeafPass(work, choice, run_pass, self.context, self._monitor(leaf, choice)).run(ranges)

    def _truncate(self, leaf: Leaf, run_pass: int) -> None:
        self.context.governor.wait(self.conn, 0)
        truncate_leaf(self.context, self.table, leaf, run_pass)

    @contextmanager
    def _unless_gone(self, leaf: Leaf) -> Iterator[None]:
        """Go on after an error of the block if the leaf is no longer part of the table; that is noted instead."""
        try:
            yield
        except (DatabaseError, LockNotAvailableError):
            if self.context.control.lock_session.is_lost:
                raise
            # The lock that was in the way may be in the way of this, too; who has it is known already.
            with suppress(LockNotAvailableError):
                self.context.control.retry_on_loss(self.partitions.refresh)
            if self.partitions.has(leaf):
                raise

    def _monitor(self, leaf: Leaf, choice: ChosenStrategy) -> HotShareMonitor | None:
        """Return what looks at the first pass of a cascade over a leaf."""
        if choice.name != "cascade" or leaf.oid in self._watched:
            return None
        self._watched.add(leaf.oid)
        return HotShareMonitor(str(leaf.name), self.context.counters, self._note)

    def _note(self, text: str) -> None:
        """Say something at once, and again in the result."""
        self.notes.append(text)
        self.context.reporter.report_note(text)

    def _open(self, leaf: Leaf, run_pass: int) -> list[Range]:
        run, jobs = self.context.control.run, self.context.options.jobs
        with translate_errors(f"opening the ranges of {leaf.name}"):
            ranges = open_ranges(self.conn, run, leaf, run_pass, blocks_per_range(leaf.pages, jobs))
            if not 0 < len(ranges) < jobs:
                return ranges
            # The pass was begun with fewer workers, or there is little left of it.
            left = sum(each.end_block - each.next_block for each in ranges)
            return split_ranges(self.conn, run, leaf, run_pass, blocks_per_range(left, jobs))

    def _count(self, run_pass: int) -> dict[str, RowCounts]:
        self._report_long_step("count", str(self.table.name), run_pass)
        with self.context.control.stop.cancelling(self.conn):
            if self.context.limits.rests:
                with translate_errors(f"counting {self.table.name}"):
                    self.conn.execute("SET max_parallel_workers_per_gather = 0")
            check = count_rows(self.conn, self.table)
        for name, why in check.not_checked.items():
            raise DatabaseError(f"{name} cannot be counted: {why}", hint="Grant what is missing, then run it again.")
        record_count(self.conn, self.context.control.run.run_id, check.counts, is_start=run_pass == 0)
        self.context.counters.record_count(check.counts)
        return check.counts

    def _count_first(self) -> None:
        """Count what the table carries, once in a run: what was erased before cannot be counted any more."""
        run_id = self.context.control.run.run_id
        names, relations = [site.name for site in self.table.present], [leaf.oid for leaf in self.leaves]
        if needs_first_count(self.conn, run_id, names, relations):
            self._count(0)

    def _report_long_step(self, phase: str, place: str, run_pass: int = 1) -> None:
        """Say what begins, also in the state tables: over this very connection nothing is heard until it is done."""
        self.context.reporter.report_phase(phase, place, run_pass)
        self.context.control.check(is_due=True)
        self.context.governor.wait(self.conn, 0)

    def _vacuum(self, leaf: Leaf) -> None:
        self._report_long_step("vacuum", str(leaf.name))
        if why := vacuum_at_end(self.context, leaf):
            self._not_vacuumed[str(leaf.name)] = _NOT_DONE.format("VACUUM (ANALYZE)", why)

    def _analyze(self) -> None:
        self._report_long_step("vacuum", str(self.table.name))
        if why := analyze_at_end(self.context, self.table.name):
            self._not_vacuumed[str(self.table.name)] = _NOT_DONE.format("ANALYZE", why)

    def _prove(self, counts: dict[str, RowCounts]) -> None:
        """Leave a validated CHECK behind for every location against which no row stands."""
        # Under `warn` a value may still be written, and a CHECK would refuse it.
        sites = [site for site in self.table.present if site.field.on_write != "warn"]
        violated = [counts[site.name].to_erase + counts[site.name].held > 0 for site in sites]
        for site in sites:
            self.notes.extend(describe_remaining(site, counts[site.name]))
        if not sites:
            return
        self._report_long_step("prove", str(self.table.name))
        lock = lock_tables([literal(self.table.name)], *LOCK)
        with self.context.control.stop.cancelling(self.conn), translate_errors(f"proving {self.table.name}"):
            self.conn.execute(add_proofs(sites, lock, violated))
            self.conn.execute(validate_proofs(sites))

    def _locked(self) -> list[str]:
        if self._refused_rows.notes:
            return []  # what is left may be that, and whoever else is at work on the table has nothing to do with it
        return note_locked(self.conn, self.leaves, self.context.governor.own_activity.sessions)
