"""The purge: batch after batch, each with its checkpoint in one transaction, until nothing is left to erase."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict

from minimize.catalog.connection import Connection, translated
from minimize.catalog.rows import RowCounts
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.policy import TableName
from minimize.purge.checkpoint import Run, begin_run, erased_so_far, finish_run
from minimize.purge.control import Control
from minimize.purge.governor import Governor
from minimize.purge.outcome import LocationOutcome, Progress, PurgeOptions, PurgeResult
from minimize.purge.preflight import Preflight, preflight
from minimize.purge.session import Session
from minimize.purge.shared import Shared, Teller
from minimize.purge.stop import StopRequest
from minimize.purge.tables import TablePurge
from minimize.purge.tally import Tally
from minimize.purge.throttle.scope import Scope


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
        self.session = Session(conn, check=self.stop.check)
        self.tally = Tally()
        self.teller = Teller(on_progress, self.tally)
        self._control: Control | None = None
        self._notes: list[str] = []
        self._strategies: dict[TableName, set[str]] = {}

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
            RefusedError: A precondition is not met; nothing was changed.
            InterruptedRunError: It was asked to stop; the next run goes on from there.
            DatabaseError: The server failed; the next run goes on from there.
        """
        began = time.monotonic()
        with self.session:
            found = preflight(self.conn, self.survey, self.options.triggers, self.options.consumers)
            shared = self._begin(found)
            counts: dict[str, RowCounts] = {}
            for table in self.survey.tables:
                if table.present:
                    counts |= self._purge_table(table, shared)
            erased = shared.control.again(lambda: self._finish(shared.control.run))
        outcomes = tuple(self._outcomes(erased, counts))
        return PurgeResult(shared.control.run.run_id, time.monotonic() - began, outcomes, tuple(self._notes))

    def _begin(self, found: Preflight) -> Shared:
        run = begin_run(self.conn, self.survey.policy, self.options.as_record(), self.options.limits.to_json())
        self._notes.extend(found.notes)
        governor = Governor(self.options.limits, Scope(), check=self._check, on_wait=self.teller.tell_wait)
        self._control = Control(run, self.session, self.stop, lambda: asdict(self.teller.last), governor.retune)
        governor.scope.join(self.conn.info.backend_pid)
        with translated("reading the throttles"):
            governor.require_readable(self.conn)
        return Shared(self.options, self._control, governor, self.tally, self.teller)

    def _check(self) -> None:
        if self._control is not None:
            self._control.check()

    def _purge_table(self, table: SurveyedTable, shared: Shared) -> dict[str, RowCounts]:
        purge = TablePurge(table, self.session, shared)
        counts = purge.run()
        self._notes += purge.notes
        self._strategies[table.name] = purge.strategies
        return counts

    def _finish(self, run: Run) -> dict[str, int]:
        with translated("closing the run"):
            erased = erased_so_far(self.conn, run)
            finish_run(self.conn, run)
        return erased

    def _outcomes(self, erased: dict[str, int], counts: dict[str, RowCounts]) -> Iterator[LocationOutcome]:
        for table, site in self.survey.sites():
            rows = counts.get(site.name, RowCounts())
            strategy = ", ".join(sorted(self._strategies.get(table.name, ()))) or "none"
            yield LocationOutcome(
                site.field.id,
                site.name,
                strategy,
                erased.get(site.name, 0),
                rows.exempt,
                rows.held,
                rows.to_erase + rows.unread,
            )
