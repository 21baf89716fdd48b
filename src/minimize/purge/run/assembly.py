"""Assemble the parts that purge one table."""

from __future__ import annotations

from dataclasses import dataclass, field

from minimize.catalog.survey import Survey, SurveyedTable
from minimize.purge.batch.batch_session import BatchSession
from minimize.purge.batch.conflict_budget import ConflictRules
from minimize.purge.batch.vacuum import Vacuum
from minimize.purge.batch.vacuum_at_end import VacuumAtEnd
from minimize.purge.batch.waits import Waits
from minimize.purge.batch.worker import WorkerTools
from minimize.purge.connection.control import Control
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.counters import Counters
from minimize.purge.progress.reporter import Reporter
from minimize.purge.run.leaf_purge import LeafPurge
from minimize.purge.run.long_statements import LongStatements
from minimize.purge.run.partitions import Partitions
from minimize.purge.run.table_count import TableCount
from minimize.purge.run.table_proof import TableProof
from minimize.purge.run.table_purge import TablePurge
from minimize.purge.run.table_vacuum import TableVacuum
from minimize.purge.strategy.truncate import Truncation
from minimize.purge.throttle.governor import Governor
from minimize.purge.tuning import Tuning


@dataclass(slots=True, kw_only=True)
class TableAssembly:
    """Builds a `TablePurge` for each table of one run. Each part receives only what it needs."""

    survey: Survey
    options: PurgeOptions
    tuning: Tuning
    control: Control
    governor: Governor
    counters: Counters
    reporter: Reporter
    _tools: WorkerTools = field(init=False)
    _vacuum: Vacuum = field(init=False)
    _long_statements: LongStatements = field(init=False)

    def __post_init__(self) -> None:
        """Create the parts that all tables share."""
        self._tools = WorkerTools(
            batch_session=BatchSession(self.options.lock_timeout, self.options.triggers_suppressed),
            waits=Waits(
                governor=self.governor,
                check=self.control.check,
                report_waiting=self.reporter.report_waiting,
                stuck_seconds=self.tuning.stuck_seconds,
            ),
            conflicts=ConflictRules(
                lock_timeout=self.options.lock_timeout,
                own_activity=self.governor.own_activity,
                count_conflict=self.counters.count_conflict,
                tuning=self.tuning,
            ),
            counters=self.counters,
        )
        self._vacuum = Vacuum(
            stop=self.control.stop, governor=self.governor, gentle_delay=self.tuning.gentle_vacuum_delay
        )
        self._long_statements = LongStatements(control=self.control, governor=self.governor, reporter=self.reporter)

    def table_purge(self, table: SurveyedTable) -> TablePurge:
        """Return the purge of one table."""
        partitions = Partitions(
            survey=self.survey, table=table, options=self.options, control=self.control, reporter=self.reporter
        )
        return TablePurge(
            partitions=partitions,
            leaf_purge=self._leaf_purge(partitions),
            table_count=TableCount(
                control=self.control,
                governor=self.governor,
                long_statements=self._long_statements,
                counters=self.counters,
            ),
            table_vacuum=self._table_vacuum() if self.options.vacuum else None,
            table_proof=TableProof(control=self.control, long_statements=self._long_statements, tuning=self.tuning),
            control=self.control,
            counters=self.counters,
            reporter=self.reporter,
            own_activity=self.governor.own_activity,
            tuning=self.tuning,
            count_first=self.options.count_first,
        )

    def _leaf_purge(self, partitions: Partitions) -> LeafPurge:
        def note(text: str) -> None:
            partitions.notes.append(text)
            self.reporter.report_note(text)

        truncation = Truncation(
            control=self.control,
            counters=self.counters,
            reporter=self.reporter,
            own_activity=self.governor.own_activity,
            triggers_suppressed=self.options.triggers_suppressed,
            tuning=self.tuning,
        )
        return LeafPurge(
            options=self.options,
            tuning=self.tuning,
            tools=self._tools,
            truncation=truncation,
            vacuum=self._vacuum,
            control=self.control,
            governor=self.governor,
            counters=self.counters,
            reporter=self.reporter,
            note=note,
        )

    def _table_vacuum(self) -> TableVacuum:
        at_end = VacuumAtEnd(
            vacuum=self._vacuum, session=self.control.lock_session, max_attempts=self.tuning.max_vacuum_attempts
        )
        return TableVacuum(control=self.control, long_statements=self._long_statements, vacuum_at_end=at_end)
