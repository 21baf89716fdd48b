"""The purge: batch after batch, each with its checkpoint in one transaction, until nothing is left to erase."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.errors import LockNotAvailableError, MinimizeError, RowRefusedError
from minimize.policy import TableName
from minimize.purge.batch.context import RunContext
from minimize.purge.connection.control import Control
from minimize.purge.connection.session import Session
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.preconditions import PreflightResult, check_preconditions
from minimize.purge.progress.counters import Counters
from minimize.purge.progress.metrics import Snapshot
from minimize.purge.progress.reporter import Progress, Reporter, describe
from minimize.purge.result import LocationResult, ProcessResult, PurgeResult
from minimize.purge.run.partitions import Partitions
from minimize.purge.run.table_purge import TablePurge
from minimize.purge.state.location_progress import LatestCount, LocationProgress, read_location_progress
from minimize.purge.state.purge_lock import take_lock
from minimize.purge.state.run_record import read_relations
from minimize.purge.state.runs import Run, begin_run, finish_run
from minimize.purge.throttle.governor import Governor, Wait
from minimize.purge.throttle.own_activity import OwnActivity


class Purge:
    """One process's part in a run: create it, then call `run` once."""

    def __init__(
        self,
        conn: Connection,
        survey: Survey,
        options: PurgeOptions | None = None,
        *,
        stop: StopRequest | None = None,
        on_progress: Callable[[Progress], None] = lambda _: None,
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
        )
        self._control: Control | None = None
        self._notes: list[str] = []
        self._not_checked: dict[str, str] = {}
        self._strategies: dict[TableName, set[str]] = {}
        self._governor: Governor | None = None

    @property
    def conn(self) -> Connection:
        """The present connection: another one after the first was lost."""
        return self.session.conn

    def run(self) -> PurgeResult:
        """Erase every location of the policy; go on where an earlier process stopped.

        Each batch is one transaction of at most the target time that erases, counts and moves the cursor, so a
        process killed at any instant loses nothing and counts nothing twice. Passes go on until a count of the
        whole table finds nothing left to erase.

        Raises:
            PolicyError: The policy does not fit this database.
            RefusedError: A precondition is not met: nothing was changed, or nothing of what was attached meanwhile.
            InterruptedRunError: It was asked to stop; the next run goes on from there.
            LockNotAvailableError: A lock on a whole table was not to be had. Every other table was purged; the next run
                goes on with this one.
            MisfitError: As many rows of a table are refused as stand for all, or its proof. Likewise.
            DatabaseError: The server failed; the next run goes on from there.
        """
        began = time.monotonic()
        with self.session:
            with self.stop.cancelling(self.conn):
                found = check_preconditions(self.conn, self.survey, self.options)
            context = self._begin(found)
            self._purge_tables(context)
            ending = context.control.retry_on_loss(lambda: self._finish(context.control))
        outcomes = tuple(self._outcomes(ending))
        seconds = time.monotonic() - began
        return PurgeResult(
            context.control.run.run_id,
            seconds,
            outcomes,
            tuple(self._notes),
            self._process(context),
            self._not_checked,
        )

    def _begin(self, found: PreflightResult) -> RunContext:
        self.stop.check()
        take_lock(self.conn)
        governor = self._read_throttles()
        run = begin_run(self.conn, self.survey.policy, self.options.as_record(), self.options.limits.to_json())
        self._note_run(run)
        self._take_up(run)
        self._notes.extend(found.notes)
        self._control = Control(
            run,
            self.session,
            self.stop,
            lambda: describe(self.reporter, governor),
            governor.retune,
            self.reporter.report_waiting,
            self.counters.record_wal_position,
        )
        self._governor = governor
        self._control.check(is_due=True)
        return RunContext(self.options, self._control, governor, self.counters, self.reporter)

    def _read_throttles(self) -> Governor:
        """Return what holds the purge back, before there is a run that a refusal would leave behind."""
        governor = Governor(self.options.limits, self.own_activity, check=self._check, on_wait=self._report_throttles)
        self.own_activity.add_session(self.conn.info.backend_pid)
        with translate_errors("reading the throttles"):
            governor.require_readable(self.conn)
        return governor

    def _report_throttles(self, wait: Wait) -> None:
        # The first readings are a check; nobody waits for them yet.
        if self._governor is not None:
            self.reporter.report_throttles(wait)

    def _take_up(self, run: Run) -> None:
        """Have the counters of the whole run begin with what its earlier processes did."""
        relations = dict(read_relations(self.conn, run.run_id))
        nothing = {site.name: LocationProgress() for table in self.survey.tables for site in table.present}
        self.counters.resume_from(nothing | read_location_progress(self.conn, run.run_id), relations)

    def snapshot(self) -> Snapshot:
        """Return the counters as they are now; any thread may ask, at any time."""
        governor = self._governor
        return Snapshot(
            self._control.run.run_id if self._control else None,
            self.counters.totals,
            self.counters.locations,
            self.counters.found,
            self.counters.relations,
            governor.throttled_seconds if governor else {},
            governor.rested_seconds if governor else 0.0,
            is_waiting=self.reporter.last.waiting_for is not None,
        )

    def _check(self) -> None:
        if self._control is not None:
            self._control.check()

    def _purge_tables(self, context: RunContext) -> None:
        """Purge table after table, also those after one that cannot be purged just now; that is told at once."""
        failures: list[MinimizeError] = []
        for table in self.survey.tables:
            try:
                if table.present:
                    self._purge_table(table, context)
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

    def _purge_table(self, table: SurveyedTable, context: RunContext) -> None:
        purge = TablePurge(Partitions(self.survey, table, context), context)
        purge.run()
        # What is so of a whole table is found again by a later look.
        self._notes += (note for note in dict.fromkeys(purge.notes) if note not in self._notes)
        self._not_checked |= purge.partitions.not_checked
        self._strategies[table.name] = purge.strategies

    def _finish(self, control: Control) -> dict[str, LocationProgress]:
        control.check(is_due=True)
        ending = read_location_progress(self.conn, control.run.run_id)
        with translate_errors("closing the run"):
            finish_run(self.conn, control.run)
        return ending

    def _process(self, context: RunContext) -> ProcessResult:
        totals, governor = self.counters.totals, context.governor
        return ProcessResult(
            totals.rows,
            totals.hot_share,
            totals.batches,
            totals.slowest_seconds,
            totals.conflicts,
            totals.losses,
            governor.throttled_seconds,
            governor.rested_seconds,
            totals.wal_bytes,
        )

    def _note(self, text: str) -> None:
        """Say something at once, and again in the result."""
        self._notes.append(text)
        self.reporter.report_note(text)

    def _note_run(self, run: Run) -> None:
        for cancelled in run.cancelled:
            self._note(f"run {cancelled} was cancelled; run {run.run_id} begins")
        for earlier in run.superseded:
            self._note(
                f"run {earlier.run_id} was of another version of the policy (digest {earlier.digest[:12]});"
                f" run {run.run_id} begins"
            )
        if run.is_resumed:
            began = f"{run.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            self._note(f"run {run.run_id} is resumed: {run.started_by} began it at {began}")

    def _outcomes(self, ending: Mapping[str, LocationProgress]) -> Iterator[LocationResult]:
        for table, site in self.survey.sites():
            standing = ending.get(site.name, LocationProgress())
            found = standing.found or LatestCount()
            yield LocationResult(
                site.field.id,
                site.name,
                ", ".join(sorted(self._strategies.get(table.name, ()))) or "none",
                standing.erased,
                found.exempt,
                found.held,
                found.left,
                standing.at_start,
            )
