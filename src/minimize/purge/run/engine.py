"""The purge of one database: every table of the policy, from the preflight to the result."""

from __future__ import annotations

import time
from collections.abc import Callable

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.errors import LockNotAvailableError, MinimizeError, RowRefusedError
from minimize.policy import TableName
from minimize.purge.connection.control import Control
from minimize.purge.connection.reconnecting_session import Session
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.preconditions import PreflightResult, check_preconditions
from minimize.purge.progress.counters import Counters
from minimize.purge.progress.metrics import Snapshot
from minimize.purge.progress.reporter import Progress, Reporter, describe
from minimize.purge.result import PurgeResult
from minimize.purge.run.assembly import TableAssembly
from minimize.purge.run.results import location_results, process_result
from minimize.purge.run.resumed_counters import describe_run, resume_counters
from minimize.purge.state.location_progress import LocationProgress, read_location_progress
from minimize.purge.state.purge_lock import take_lock
from minimize.purge.state.runs import begin_run, finish_run
from minimize.purge.throttle.governor import Governor, Wait
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.tuning import DEFAULT_TUNING, Tuning


class Purge:
    """This process's part of a run: create it, then call `run` once."""

    def __init__(
        self,
        conn: Connection,
        survey: Survey,
        options: PurgeOptions | None = None,
        *,
        stop: StopRequest | None = None,
        on_progress: Callable[[Progress], None] = lambda _: None,
        tuning: Tuning = DEFAULT_TUNING,
    ) -> None:
        self.survey = survey
        self.options = options or PurgeOptions()
        self.stop = stop or StopRequest()
        self.counters = Counters()
        self.own_activity = OwnActivity()
        self.reporter = Reporter(on_progress, self.counters)
        self.session = Session(
            conn,
            check=self.stop.check,
            on_loss=self.counters.count_lost_connection,
            on_end=self.own_activity.remove_session,
            on_outage=self.reporter.report_waiting,
            reconnect_seconds=tuning.reconnect_seconds,
        )
        self._tuning = tuning
        self._control: Control | None = None
        self._notes: list[str] = []
        self._not_checked: dict[str, str] = {}
        self._strategies: dict[TableName, set[str]] = {}
        self._governor: Governor | None = None

    @property
    def conn(self) -> Connection:
        """The current connection: another one after the first was lost."""
        return self.session.conn

    def run(self) -> PurgeResult:
        """Erase every location of the policy; resume where an earlier process stopped.

        Each batch is one transaction of about the target time that erases, counts and moves the cursor. A process
        killed at any instant loses nothing and counts nothing twice. Passes are repeated until a count of the whole
        table finds nothing to erase.

        Raises:
            PolicyError: The policy does not fit this database.
            RefusedError: A precondition is not met; nothing was changed. If it is about a partition that was attached
                during the run, none of its rows was changed.
            InterruptedRunError: A stop was requested; the next run resumes this one.
            LockNotAvailableError: A lock on a whole table was not granted. Every other table was purged; the next run
                resumes this one.
            RowRefusedError: Too many rows of a table were refused, or its proof was. Every other table was purged; the
                next run resumes this one.
            DatabaseError: The server failed; the next run resumes this one.
        """
        began = time.monotonic()
        with self.session:
            with self.stop.cancelling(self.conn):
                preflight = check_preconditions(self.conn, self.survey, self.options)
            control, governor = self._begin(preflight)
            self._purge_tables(
                TableAssembly(
                    survey=self.survey,
                    options=self.options,
                    tuning=self._tuning,
                    control=control,
                    governor=governor,
                    counters=self.counters,
                    reporter=self.reporter,
                )
            )
            progress = control.retry_on_loss(lambda: self._finish(control))
        return PurgeResult(
            run=control.run.run_id,
            seconds=time.monotonic() - began,
            locations=tuple(location_results(self.survey, progress, self._strategies)),
            notes=tuple(self._notes),
            process=process_result(self.counters.totals, governor),
            not_checked=self._not_checked,
        )

    def snapshot(self) -> Snapshot:
        """Return the counters as they are now; any thread may call it at any time."""
        governor = self._governor
        return Snapshot(
            run_id=self._control.run.run_id if self._control else None,
            totals=self.counters.totals,
            locations=self.counters.locations,
            latest=self.counters.latest,
            relations=self.counters.relations,
            throttled_seconds=governor.throttled_seconds if governor else {},
            rested_seconds=governor.rested_seconds if governor else 0.0,
            is_waiting=self.reporter.last.waiting_for is not None,
        )

    def _begin(self, preflight: PreflightResult) -> tuple[Control, Governor]:
        """Take the purge lock, check the throttles, and begin or resume the run."""
        self.stop.check()
        take_lock(self.conn)
        governor = self._read_throttles()
        run = begin_run(self.conn, self.survey.policy, self.options.as_record(), self.options.limits.to_json())
        for note in describe_run(run):
            self._note(note)
        resume_counters(self.conn, self.survey, run, self.counters)
        self._notes.extend(preflight.notes)
        control = self._control = Control(
            run=run,
            lock_session=self.session,
            stop=self.stop,
            describe=lambda: describe(self.reporter, governor),
            retune=governor.retune,
            report_waiting=self.reporter.report_waiting,
            record_wal_position=self.counters.record_wal_position,
            poll_seconds=self._tuning.poll_seconds,
            max_losses=self._tuning.max_losses,
        )
        self._governor = governor
        control.check(exchange_now=True)
        return control, governor

    def _read_throttles(self) -> Governor:
        """Return the governor; if a throttle cannot be read, refuse before a run is recorded."""
        governor = Governor(self.options.limits, self.own_activity, check=self._check, on_wait=self._report_throttles)
        self.own_activity.add_session(self.conn.info.backend_pid)
        with translate_errors("reading the throttles"):
            governor.require_readable(self.conn)
        return governor

    def _report_throttles(self, wait: Wait) -> None:
        # The first readings are only a check: no worker waits for them.
        if self._governor is not None:
            self.reporter.report_throttles(wait)

    def _check(self) -> None:
        if self._control is not None:
            self._control.check()

    def _purge_tables(self, assembly: TableAssembly) -> None:
        """Purge every table; a failure of one is reported at once, and raised after the others are purged."""
        failures: list[MinimizeError] = []
        for table in self.survey.tables:
            try:
                if table.present:
                    self._purge_table(table, assembly)
            except (LockNotAvailableError, RowRefusedError) as failure:
                self._note(f"{table.name} is not done: {failure.message}")
                failures.append(failure)
        if failures:
            worst = max(failures, key=lambda failure: failure.exit_code)
            hints = dict.fromkeys(failure.hint for failure in failures)
            raise type(worst)(
                "\n".join(failure.message for failure in failures),
                hint=" ".join(["Every other table is purged.", *hints]),
            ) from worst

    def _purge_table(self, table: SurveyedTable, assembly: TableAssembly) -> None:
        purge = assembly.table_purge(table)
        purge.run()
        # Every refresh finds the side effects of a whole table again, so its notes repeat.
        self._notes += (note for note in dict.fromkeys(purge.notes) if note not in self._notes)
        self._not_checked |= purge.partitions.not_checked
        self._strategies[table.name] = purge.leaf_purge.strategies

    def _finish(self, control: Control) -> dict[str, LocationProgress]:
        control.check(exchange_now=True)
        progress = read_location_progress(self.conn, control.run.run_id)
        with translate_errors("closing the run"):
            finish_run(self.conn, control.run)
        return progress

    def _note(self, text: str) -> None:
        """Report a note at once, and again in the result."""
        self._notes.append(text)
        self.reporter.report_note(text)
