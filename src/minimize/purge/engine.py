"""The purge: batch after batch, each with its checkpoint in one transaction, until nothing is left to erase."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from typing import TypeVar

from minimize.catalog.connection import Connection, translated
from minimize.catalog.rows import RowCounts, count_rows
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.catalog.triggers import fires_triggers
from minimize.errors import DatabaseError
from minimize.plan.proof import add_proofs, table_literal, validate_proofs
from minimize.policy import TableName
from minimize.purge.blockers import describe_blockers
from minimize.purge.checkpoint import Range, Run, begin_run, erased_so_far, finish_run, open_ranges
from minimize.purge.control import Control
from minimize.purge.governor import Governor
from minimize.purge.leaf import MAX_LOSSES, LeafPass, blocks_per_range, vacuum
from minimize.purge.outcome import LocationOutcome, Progress, PurgeOptions, PurgeResult
from minimize.purge.planner import choose
from minimize.purge.preflight import Preflight, preflight
from minimize.purge.session import Session
from minimize.purge.shared import Shared, Teller
from minimize.purge.stop import StopRequest
from minimize.purge.tally import Tally
from minimize.purge.throttle.scope import Scope
from minimize.purge.worker import LeafWork
from minimize.sql import lock_tables

MAX_PASSES = 20
"""A sweep that still finds rows after this many passes is not racing writers any more; it reports what is left."""

MAX_IDLE_PASSES = 5
"""Passes in a row that find values and can erase none: somebody keeps the rows locked."""

_T = TypeVar("_T")


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
            found = preflight(self.conn, self.survey, self.options.triggers)
            shared = self._begin(found)
            counts: dict[str, RowCounts] = {}
            for table in self.survey.tables:
                if table.present:
                    counts |= self._purge_table(shared, table)
            erased = self._again(shared, partial(self._finish, shared.control.run))
        outcomes = tuple(self._outcomes(erased, counts))
        return PurgeResult(shared.control.run.run_id, time.monotonic() - began, outcomes, tuple(self._notes))

    def _begin(self, found: Preflight) -> Shared:
        run = begin_run(self.conn, self.survey.policy, self.options.as_record(), self.options.limits.to_json())
        self._note_fired(found)
        governor = Governor(self.options.limits, Scope(), check=self._check, on_wait=self.teller.tell_wait)
        self._control = Control(run, self.session, self.stop, lambda: asdict(self.teller.last), governor.retune)
        governor.scope.join(self.conn.info.backend_pid)
        with translated("reading the throttles"):
            governor.require_readable(self.conn)
        return Shared(self.options, self._control, governor, self.tally, self.teller)

    def _check(self) -> None:
        if self._control is not None:
            self._control.check()

    def _finish(self, run: Run) -> dict[str, int]:
        with translated("closing the run"):
            erased = erased_so_far(self.conn, run)
            finish_run(self.conn, run)
        return erased

    def _purge_table(self, shared: Shared, table: SurveyedTable) -> dict[str, RowCounts]:
        counts: dict[str, RowCounts] = {}
        idle = 0
        for run_pass in range(1, MAX_PASSES + 1):
            before = self.tally.totals.rows
            for leaf in _leaves(table):
                self._purge_leaf(shared, table, leaf, run_pass)
            counts = self._again(shared, partial(self._count, table, run_pass))
            if not any(count.erasable for count in counts.values()):
                break
            idle = idle + 1 if self.tally.totals.rows == before else 0
            if idle == MAX_IDLE_PASSES:
                self._note_locked(table)
                break
            self.stop.wait(0.1 * 2**idle if idle else 0)
        for leaf in _leaves(table) if self.options.vacuum else ():
            self._again(shared, partial(self._vacuum, leaf))
        self._again(shared, lambda: self._prove(table, counts))
        return counts

    def _purge_leaf(self, shared: Shared, table: SurveyedTable, leaf: Leaf, run_pass: int) -> None:
        choice = self._again(shared, lambda: choose(self.conn, table, leaf, self.options.strategy))
        self._strategies.setdefault(table.name, set()).add(choice.name)
        size = blocks_per_range(leaf, self.options.jobs)
        ranges = self._again(shared, lambda: self._open(shared.control.run, leaf, run_pass, size))
        fires = self.options.triggers != "suppress" and fires_triggers(self.conn, table)
        work = LeafWork.of(table, leaf, fires_triggers=fires)
        shared.governor.scope.focus([leaf.oid])
        LeafPass(work, choice, run_pass, shared).run(self.session, ranges)

    def _open(self, run: Run, leaf: Leaf, run_pass: int, size: int) -> list[Range]:
        with translated(f"opening the ranges of {leaf.name}"):
            return open_ranges(self.conn, run, leaf, run_pass, size)

    def _again(self, shared: Shared, action: Callable[[], _T]) -> _T:
        """Do something that can be done twice; do it again on a new connection where the old one is lost."""
        for _ in range(MAX_LOSSES):
            try:
                return action()
            except DatabaseError:
                if not self.session.is_lost:
                    raise
                shared.control.reanchor()
        return action()

    def _count(self, table: SurveyedTable, run_pass: int) -> dict[str, RowCounts]:
        self.teller.tell("count", str(table.name), run_pass)
        with self.stop.cancelling(self.conn):
            check = count_rows(self.conn, table)
        for name, why in check.not_checked.items():
            raise DatabaseError(f"{name} cannot be counted: {why}", hint="Grant what is missing, then run it again.")
        return check.counts

    def _vacuum(self, leaf: Leaf) -> None:
        self.teller.tell("vacuum", str(leaf.name))
        with self.stop.cancelling(self.conn):
            vacuum(self.conn, leaf, analyze=True)

    def _prove(self, table: SurveyedTable, counts: dict[str, RowCounts]) -> None:
        """Leave a validated CHECK behind for every site of the table against which no row stands."""
        # Under `warn` a value may still be written, and a CHECK would refuse it.
        sites = [site for site in table.present if site.field.on_write != "warn"]
        for site in sites:
            if stuck := counts[site.name].stuck:
                self._notes.append(
                    f"{site.name}: {stuck:,} value(s) cannot be read and taken out: correct or clear them"
                )
            staying = counts[site.name].to_erase + counts[site.name].held
            if staying:
                self._notes.append(f"{site.name}: no proof constraint while {staying:,} held or unerased values stay")
        if not sites:
            return
        self.teller.tell("prove", str(table.name))
        lock = lock_tables([table_literal(sites[0].location)])
        with self.stop.cancelling(self.conn), translated(f"proving {table.name}"):
            self.conn.execute(add_proofs(sites, lock))
            self.conn.execute(validate_proofs(sites))

    def _note_fired(self, found: Preflight) -> None:
        if self.options.triggers == "fire":
            for trigger in found.copying_triggers:
                self._notes.append(
                    f"trigger {trigger.name} on {trigger.relation} fired and may have copied what was erased: "
                    "purge what it wrote as well"
                )

    def _note_locked(self, table: SurveyedTable) -> None:
        for leaf in _leaves(table):
            if blockers := describe_blockers(self.conn, leaf):
                self._notes.append(f"{leaf.name}: rows were locked all the time{blockers}")

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
                rows.to_erase,
            )


def _leaves(table: SurveyedTable) -> tuple[Leaf, ...]:
    """Return the relations with heap storage of their own; a foreign partition is its own server's."""
    return tuple(leaf for leaf in table.facts.leaves if leaf.kind == "r") if table.facts else ()
