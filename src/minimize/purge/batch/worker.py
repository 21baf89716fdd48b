"""One worker: sends the batches of one leaf over a connection of its own, and says how each went."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import psycopg
from psycopg import errors as pg

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate, translate_errors
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.purge.batch.candidates import Batch
from minimize.purge.batch.context import RunContext
from minimize.purge.batch.lock_conflicts import CONFLICTS, RetryBudget
from minimize.purge.batch.refused_rows import RefusedRows, is_refusal
from minimize.purge.batch.statements import Statements, statements
from minimize.purge.connection.session import Session
from minimize.purge.state.ranges import Range, advance, reopen_range

_T = TypeVar("_T")
_STUCK_SECONDS = 2.0
_FIRST_PAUSE = 0.001
# A batch that a crash undoes is found again by its cursor, which is undone with it: so no batch waits for the disk. The
# end of the run does, and with it everything before. The join of a list to the table by tid has only one good plan.
_SETTINGS = {
    "synchronous_commit": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
}
# As text: whatever the elements are, their array is spelled alike.
_HALVES = "SELECT (%s::text[])[:%s]::text, (%s::text[])[%s + 1:]::text"
_COUNTERS = "SELECT pg_stat_get_xact_tuples_updated(%s), pg_stat_get_xact_tuples_hot_updated(%s)"


@dataclass(frozen=True, slots=True)
class LeafWork:
    """What is to be done in one leaf, by however many workers."""

    table: SurveyedTable
    leaf: Leaf
    statements: Statements
    refused_rows: RefusedRows

    @classmethod
    def of(cls, table: SurveyedTable, leaf: Leaf, refused_rows: RefusedRows, *, fires_triggers: bool) -> LeafWork:
        """Return the work in a leaf of a table whose refused rows are collected."""
        return cls(table, leaf, statements(table, leaf, fires_triggers=fires_triggers), refused_rows)


class Worker:
    """Erases one range of a leaf; a strategy tells it in which order."""

    def __init__(self, session: Session, work: LeafWork, at: Range, context: RunContext) -> None:
        self.session = session
        self.work = work
        self.range = at
        self.context = context
        self._hot_rows = 0
        self._counted = (0, 0)
        self._resumed = time.monotonic()
        self.statement_seconds = 0.0
        """How long the last statement took, without what came before it."""

    @property
    def conn(self) -> Connection:
        """The present connection."""
        return self.session.conn

    def prepare(self) -> int:
        """Set up the session, and return the block from which the state tables say to go on.

        To be called first, and again whenever the session has connected again.
        """
        self._prepare_session()
        with translate_errors("reading the state of the run"):
            self.range = reopen_range(self.conn, self.range.range_id)
        self._counted = self._read_counters()
        return self.range.next_block

    def pause_between_batches(self) -> None:
        """Between two transactions: rest, wait for the throttles, pause, or stop."""
        self.context.governor.wait(self.conn, time.monotonic() - self._resumed)
        self.restart_work_timer()

    def restart_work_timer(self) -> None:
        """Count no time until now as work to rest from: it was waited, or what was done rested by itself."""
        self._resumed = time.monotonic()

    def find(self, blocks: range, *, rows: int | None = None) -> list[Batch]:
        """Return the rows to erase in some blocks: in lists of so many, or the first of each page, the second, ...

        It only reads. Rows under a hold are not among them.
        """
        statement = self.work.statements.find_ranked if rows is None else self.work.statements.find
        parameters = [*_bounds(blocks), *([] if rows is None else [rows])]
        doing = f"looking for values in {self.work.leaf.name}"
        found = self._retry_while_locked(doing, lambda: self._execute(statement, parameters).fetchall())
        return [Batch(integer(size), tuple(map(str, lists))) for size, *lists in found]

    def erase(self, batch: Batch, *, pruning: range = range(0), next_block: int | None = None) -> int:
        """Erase a batch, in one transaction with its counters; return the transaction's id.

        Where another session is in the way, rows that it has locked are passed over; so is the whole batch where
        that does not help. What was passed over is found by the next pass. A row that the server refuses is left.

        Args:
            batch: The rows, as `find` returned them.
            pruning: Blocks to prune first.
            next_block: Where the cursor goes in the same transaction.

        Raises:
            LockNotAvailableError: A lock on the whole table is kept for longer than anybody should wait.
            MisfitError: Too many rows are refused.
        """
        retry_budget, attempts = RetryBudget(self.context, self.work.leaf), self.work.statements.erase
        is_worth_it, xid = True, 0
        while is_worth_it:
            self.pause_between_batches()
            sent = self._send(attempts[min(retry_budget.attempts, len(attempts) - 1)], batch, pruning, next_block)
            if isinstance(sent, int):
                return sent
            self._counted = self._read_counters()
            if is_refusal(sent):
                xid, is_worth_it = self._erase_apart(batch, sent), False
            else:
                is_worth_it = retry_budget.record_and_wait(self.conn, sent, self.statement_seconds)
        if next_block is not None:
            self.advance(next_block)
        return xid

    def _erase_apart(self, batch: Batch, refusal: psycopg.Error) -> int:
        """Erase each half of a batch for itself, down to the row that is refused; return the last transaction's id."""
        if batch.size == 1:
            # A hold or an exception that fails is no fault of the row: asked by itself, it stops the run.
            self.find(batch.first_page)
            self.context.counters.count_conflict(refusal)
            self.work.refused_rows.add(self.work.leaf, batch.first_tid, refusal)
            return 0
        # A pace is learnt from what the whole batch took, not from its last row.
        seconds = self.statement_seconds
        xid = max([self.erase(half) for half in self._halves(batch)])
        self.statement_seconds = seconds
        return xid

    def _halves(self, batch: Batch) -> tuple[Batch, Batch]:
        file, *lists = batch.lists
        middle = batch.size // 2
        with translate_errors("halving a batch"):
            rows = [self.conn.execute(_HALVES, [each, middle, each, middle]).fetchone() or () for each in lists]
        first, second = zip(*[map(str, row) for row in rows], strict=True)
        return Batch(middle, (file, *first)), Batch(batch.size - middle, (file, *second))

    def _retry_while_locked(self, doing: str, action: Callable[[], _T]) -> _T:
        """Do what a lock on the whole leaf may keep us from, again until it is gone or our patience is."""
        retry_budget = RetryBudget(self.context, self.work.leaf)
        while True:
            self.context.control.check()
            try:
                with translate_errors(doing, passing=(pg.LockNotAvailable,)):
                    return action()
            except pg.LockNotAvailable as conflict:
                retry_budget.record_and_wait(self.conn, conflict, self.statement_seconds)

    def advance(self, next_block: int) -> None:
        """Move the cursor past blocks in which nothing is left to do."""
        self.pause_between_batches()
        with translate_errors(f"moving the cursor of {self.work.leaf.name}"):
            advance(self.conn, self.range.range_id, next_block, self._hot_rows)
        self._hot_rows = 0

    def flush_counters(self) -> None:
        """Book what the last batch has left to book, at the end of the range."""
        if self._hot_rows:
            self.advance(self.range.end_block)

    def await_horizon(self, xid: int) -> None:
        """Wait until a transaction is past for every session, and say who holds it back if that takes long."""
        began, pause, is_reported = time.monotonic(), _FIRST_PAUSE, False
        while held := self.context.horizon.is_past(xid, self.conn):
            if time.monotonic() - began > _STUCK_SECONDS:
                is_reported = True
                self.context.reporter.report_waiting(
                    f"an old snapshot of {held.holder}, so that pages cannot be pruned"
                )
            self.context.control.check()
            time.sleep(pause)
            pause = min(pause * 2, 0.5)
        if is_reported:
            self.context.reporter.report_waiting(None)
            self.context.governor.count("snapshot", time.monotonic() - began)
        if pause > _FIRST_PAUSE:
            self.restart_work_timer()

    def _send(self, statement: bytes, batch: Batch, pruning: range, next_block: int | None) -> int | psycopg.Error:
        """Send a batch; return the transaction's id, or what another session or a row has made of it.

        Returned, not raised: what is raised later must not have it in its trace, where its DETAIL quotes a row.
        """
        parameters = [self.range.range_id, next_block, self._hot_rows, *_bounds(pruning), *batch.lists]
        try:
            done = self._execute(statement, parameters).fetchone() or ()
        except psycopg.Error as error:
            if isinstance(error, CONFLICTS) or is_refusal(error):
                return error
            raise translate(error, f"erasing {self.work.leaf.name}") from None
        rows, *values, xid, updated, hot = map(integer, done)
        hot_rows = self._count_hot(rows, updated, hot)
        self.context.counters.add(rows, sum(values), hot_rows, self.statement_seconds)
        erased = dict(zip(self.work.statements.locations, values, strict=True))
        self.context.counters.add_to_location(str(self.work.leaf.name), rows, hot_rows, erased)
        return xid

    def _count_hot(self, rows: int, updated: int, hot: int) -> int:
        """Return the HOT updates of this batch, from counters that go back to 0 whenever PostgreSQL reports them."""
        was_reset = updated < self._counted[0] + rows
        hot_rows = hot - (0 if was_reset else self._counted[1])
        self._counted = (updated, hot)
        self._hot_rows = hot_rows
        return hot_rows

    def _read_counters(self) -> tuple[int, int]:
        """Return how many updates, and HOT updates, this session has counted: other ranges' and failed ones, too."""
        with translate_errors("reading the session's counters"):
            row = self.conn.execute(_COUNTERS, [self.work.leaf.oid] * 2).fetchone()
        assert row is not None
        return integer(row[0]), integer(row[1])

    def _prepare_session(self) -> None:
        """Set for the whole session what holds for every batch: each then is one statement, one round trip."""
        settings = {**_SETTINGS, "lock_timeout": self.context.options.lock_timeout}
        if self.context.options.triggers == "suppress":
            settings["session_replication_role"] = "replica"
        with translate_errors("preparing the session"):
            self.conn.execute(
                "SELECT set_config(name, value, false) FROM unnest(%s::text[], %s::text[]) AS s (name, value)",
                [list(settings), list(settings.values())],
            )

    def _execute(self, statement: bytes, parameters: Sequence[object]) -> psycopg.Cursor[tuple[object, ...]]:
        began = time.monotonic()
        try:
            return psycopg.RawCursor(self.conn).execute(statement, parameters, prepare=True)
        finally:
            self.statement_seconds = time.monotonic() - began


def _bounds(blocks: range) -> list[object]:
    return [f"({blocks.start},0)", f"({blocks.stop},0)"]
