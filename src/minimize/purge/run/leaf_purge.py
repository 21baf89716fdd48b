"""Purge one leaf in one pass with the strategy that is chosen for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.triggers import fires_triggers
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.purge.batch.leaf_work import LeafWork
from minimize.purge.batch.refused_rows import RefusedRows
from minimize.purge.batch.vacuum import Vacuum
from minimize.purge.batch.vacuum_schedule import VacuumSchedule
from minimize.purge.batch.worker import WorkerTools
from minimize.purge.connection.control import Control
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.counters import Counters
from minimize.purge.progress.reporter import Reporter
from minimize.purge.run.hot_share import HotShareMonitor
from minimize.purge.run.leaf_workers import LeafPass, pages_of_pass
from minimize.purge.run.strategy_in_force import StrategyInForce
from minimize.purge.state.range_cursors import Range, open_ranges, split_ranges
from minimize.purge.strategy.choice import ChosenStrategy, choose_strategy
from minimize.purge.strategy.truncate import Truncation
from minimize.purge.throttle.governor import Governor
from minimize.purge.tuning import Tuning


@dataclass(slots=True, kw_only=True)
class LeafPurge:
    """Purges the leaves of one table; afterwards, `strategies` names the strategies that it used."""

    options: PurgeOptions
    tuning: Tuning
    tools: WorkerTools
    truncation: Truncation
    vacuum: Vacuum
    control: Control
    governor: Governor
    counters: Counters
    reporter: Reporter
    note: Callable[[str], None]
    strategies: set[str] = field(default_factory=set)
    _monitored: set[int] = field(default_factory=set, init=False)

    def run(self, table: SurveyedTable, leaf: Leaf, run_pass: int, refused_rows: RefusedRows) -> None:
        """Purge a leaf; refused rows are added to `refused_rows`."""
        choice = self.control.retry_on_loss(lambda: self._choose(table, leaf))
        self.strategies.add(choice.name)
        self.governor.own_activity.set_relations([leaf.oid])
        if choice.name == "truncate":
            self.control.retry_on_loss(lambda: self._truncate(table, leaf, run_pass))
            return
        ranges = self.control.retry_on_loss(lambda: self._open_ranges(leaf, run_pass))
        fires = self.control.retry_on_loss(
            lambda: fires_triggers(self.control.conn, table, is_suppressing=self.options.triggers_suppressed)
        )
        LeafPass(
            work=LeafWork.of(table, leaf, refused_rows, fires_triggers=fires),
            ranges=ranges,
            run_pass=run_pass,
            jobs=self.options.jobs,
            tools=self.tools,
            control=self.control,
            governor=self.governor,
            reporter=self.reporter,
            vacuums=self._schedule_vacuums(table, leaf, pages_of_pass(ranges)),
            new_strategy=lambda: StrategyInForce(choice, self.governor, self.tuning),
            monitor=self._monitor(leaf, choice),
        ).run()

    def _choose(self, table: SurveyedTable, leaf: Leaf) -> ChosenStrategy:
        return choose_strategy(
            self.control.conn,
            table,
            leaf,
            self.options.strategy,
            triggers_suppressed=self.options.triggers_suppressed,
            tuning=self.tuning,
        )

    def _truncate(self, table: SurveyedTable, leaf: Leaf, run_pass: int) -> None:
        self.governor.wait(self.control.conn, 0)
        self.truncation.empty_leaf(table, leaf, run_pass)

    def _open_ranges(self, leaf: Leaf, run_pass: int) -> list[Range]:
        conn, run, jobs = self.control.conn, self.control.run, self.options.jobs
        with translate_errors(f"opening the ranges of {leaf.name}"):
            ranges = open_ranges(conn, run, leaf, run_pass, pages_per_range(leaf.pages, jobs, self.tuning))
            if not 0 < len(ranges) < jobs:
                return ranges
            # The pass was begun with fewer workers, or is almost done.
            left = sum(each.end_block - each.next_block for each in ranges)
            return split_ranges(conn, run, leaf, run_pass, pages_per_range(left, jobs, self.tuning))

    def _schedule_vacuums(self, table: SurveyedTable, leaf: Leaf, pages: int) -> VacuumSchedule:
        return VacuumSchedule(
            leaf=leaf,
            pages=pages,
            rewrites_documents=any(site.location.is_part for site in table.present),
            jobs=self.options.jobs,
            is_enabled=self.options.vacuum,
            vacuum=self.vacuum,
            control=self.control,
            reporter=self.reporter,
            tuning=self.tuning,
        )

    def _monitor(self, leaf: Leaf, choice: ChosenStrategy) -> HotShareMonitor | None:
        """Return a monitor for the first pass of the cascade over a leaf."""
        if choice.name != "cascade" or leaf.oid in self._monitored:
            return None
        self._monitored.add(leaf.oid)
        return HotShareMonitor(relation=str(leaf.name), counters=self.counters, note=self.note, tuning=self.tuning)


def pages_per_range(pages: int, jobs: int, tuning: Tuning) -> int:
    """Return how many of the pages one worker gets at a time."""
    ranges = jobs * tuning.ranges_per_worker if jobs > 1 else 1
    return max(tuning.min_range_pages, -(-pages // ranges))
