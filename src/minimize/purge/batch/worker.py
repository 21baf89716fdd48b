"""One worker: sends the batches of one range over its own session, and handles what goes wrong with a batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import psycopg
from psycopg import errors as pg

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate, translate_errors
from minimize.purge.batch.batch import Batch
from minimize.purge.batch.batch_session import BatchSession
from minimize.purge.batch.conflict_budget import CONFLICTS, ConflictBudget, ConflictRules
from minimize.purge.batch.hot_counter import HotCounter
from minimize.purge.batch.leaf_work import LeafWork
from minimize.purge.batch.refused_rows import is_refusal
from minimize.purge.batch.waits import Waits
from minimize.purge.connection.reconnecting_session import Session
from minimize.purge.progress.counters import Counters
from minimize.purge.state.range_cursors import Range, advance, reopen_range

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerTools:
    """What every worker of one process uses. Thread-safe."""

    batch_session: BatchSession
    waits: Waits
    conflicts: ConflictRules
    counters: Counters


class Worker:
    """Erases one range of a leaf; the strategy decides the order of the rows."""

    def __init__(self, session: Session, work: LeafWork, at: Range, tools: WorkerTools) -> None:
        self.session = session
        self.work = work
        self.range = at
        self._tools = tools
        self._hot_counter = HotCounter(work.leaf.oid)
        self._hot_rows = 0
        self._work_began = time.monotonic()
        self.statement_seconds = 0.0
        """Duration of the last statement, without the rests and waits before it."""

    @property
    def conn(self) -> Connection:
        """The current connection."""
        return self.session.conn

    def prepare(self) -> int:
        """Prepare the session, and return the next block according to the state tables.

        Call it first, and again after the session has reconnected.
        """
        self._tools.batch_session.prepare(self.conn)
        with translate_errors("reading the state of the run"):
            self.range = reopen_range(self.conn, self.range.range_id)
        self._hot_counter.set_baseline(self.conn)
        return self.range.next_block

    def rest_between_batches(self) -> None:
        """Rest, wait for the throttles, pause, or stop; call it between two transactions."""
        self._tools.waits.rest_between_batches(self.conn, time.monotonic() - self._work_began)
        self.restart_work_timer()

    def restart_work_timer(self) -> None:
        """Do not count the time until now as work after which to rest."""
        self._work_began = time.monotonic()

    def await_horizon(self, xid: int) -> None:
        """Wait until a transaction is past for every session."""
        if self._tools.waits.wait_for_horizon(self.conn, xid):
            self.restart_work_timer()

    def find(self, blocks: range, *, rows: int | None = None) -> list[Batch]:
        """Return the rows to erase in some blocks, without those under a hold. Only reads.

        Args:
            blocks: Where to look.
            rows: Rows per batch. None: the k-th batch has the k-th row to erase of every page.
        """
        statement = self.work.statements.find_per_page if rows is None else self.work.statements.find
        parameters = [*_bounds(blocks), *([] if rows is None else [rows])]
        doing = f"looking for values in {self.work.leaf.name}"
        found = self._retry_while_locked(doing, lambda: self._execute(statement, parameters).fetchall())
        return [Batch(integer(size), tuple(map(str, lists))) for size, *lists in found]

    def erase(self, batch: Batch, *, pruning: range = range(0), next_block: int | None = None) -> int:
        """Erase a batch in one transaction with its counters and its cursor; return the transaction's id.

        If another session is in the way, the next attempt skips the rows that it has locked. After too many attempts
        the whole batch is skipped. The next pass finds what was skipped. A row that the server refuses is left.

        Args:
            batch: The rows, as `find` returned them.
            pruning: Blocks to prune first.
            next_block: New position of the cursor.

        Raises:
            LockNotAvailableError: Another session has kept a lock on the whole table for too long.
            RowRefusedError: Too many rows are refused.
        """
        budget, attempts = self._budget(), self.work.statements.erase
        is_retrying, xid = True, 0
        while is_retrying:
            self.rest_between_batches()
            sent = self._send(attempts[min(budget.attempts, len(attempts) - 1)], batch, pruning, next_block)
            if isinstance(sent, int):
                return sent
            self._hot_counter.set_baseline(self.conn)
            if is_refusal(sent):
                xid, is_retrying = self._erase_halves(batch, sent), False
            else:
                is_retrying = budget.record_and_wait(self.conn, sent, self.statement_seconds)
        if next_block is not None:
            self.advance(next_block)
        return xid

    def _erase_halves(self, batch: Batch, refusal: psycopg.Error) -> int:
        """Erase each half of a batch, down to the refused row; return the id of the last transaction."""
        if batch.size == 1:
            # If a hold or an exception fails on this row, this query fails too, and that error stops the run.
            self.find(batch.first_page)
            self._tools.counters.count_conflict(refusal)
            self.work.refused_rows.add(self.work.leaf, batch.first_tid, refusal)
            return 0
        # The pace is learnt from the whole batch, not from its last row.
        seconds = self.statement_seconds
        xid = max([self.erase(half) for half in batch.halve(self.conn)])
        self.statement_seconds = seconds
        return xid

    def _retry_while_locked(self, doing: str, action: Callable[[], _T]) -> _T:
        """Repeat an action while a lock on the whole leaf prevents it, until the budget is used up."""
        budget = self._budget()
        while True:
            self._tools.waits.check()
            try:
                with translate_errors(doing, passing=(pg.LockNotAvailable,)):
                    return action()
            except pg.LockNotAvailable as conflict:
                budget.record_and_wait(self.conn, conflict, self.statement_seconds)

    def _budget(self) -> ConflictBudget:
        return ConflictBudget(rules=self._tools.conflicts, leaf=self.work.leaf)

    def advance(self, next_block: int) -> None:
        """Move the cursor past blocks in which nothing is left to do."""
        self.rest_between_batches()
        with translate_errors(f"moving the cursor of {self.work.leaf.name}"):
            advance(self.conn, self.range.range_id, next_block, self._hot_rows)
        self._hot_rows = 0

    def record_last_hot_rows(self) -> None:
        """Record the HOT updates of the last batch of the range: each batch records those of the batch before."""
        if self._hot_rows:
            self.advance(self.range.end_block)

    def _send(self, statement: bytes, batch: Batch, pruning: range, next_block: int | None) -> int | psycopg.Error:
        """Send a batch; return the transaction's id, or the error if it is a conflict or a refused row.

        The error is returned, not raised: its DETAIL quotes a row, so no later exception may have it in its trace.
        """
        parameters = [self.range.range_id, next_block, self._hot_rows, *_bounds(pruning), *batch.lists]
        try:
            done = self._execute(statement, parameters).fetchone() or ()
        except psycopg.Error as error:
            if isinstance(error, CONFLICTS) or is_refusal(error):
                return error
            raise translate(error, f"erasing {self.work.leaf.name}") from None
        rows, *values, xid, updated, hot = map(integer, done)
        hot_rows = self._hot_rows = self._hot_counter.count(rows=rows, updated=updated, hot=hot)
        erased = dict(zip(self.work.statements.locations, values, strict=True))
        self._tools.counters.add_batch(
            str(self.work.leaf.name), erased, rows=rows, hot_rows=hot_rows, seconds=self.statement_seconds
        )
        return xid

    def _execute(self, statement: bytes, parameters: Sequence[object]) -> psycopg.Cursor[tuple[object, ...]]:
        began = time.monotonic()
        try:
            return psycopg.RawCursor(self.conn).execute(statement, parameters, prepare=True)
        finally:
            self.statement_seconds = time.monotonic() - began


def _bounds(blocks: range) -> list[object]:
    return [f"({blocks.start},0)", f"({blocks.stop},0)"]
