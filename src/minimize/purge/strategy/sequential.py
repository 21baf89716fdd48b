"""The sequential strategy: one group of blocks after the other. For leaves in which updates cannot be HOT."""

from __future__ import annotations

from collections import deque

from minimize.purge.batch.pace import Pace, RowPace
from minimize.purge.batch.worker import Worker
from minimize.purge.tuning import DEFAULT_TUNING, Tuning


class Sequential:
    """Erases as many blocks per call as take about the target time; dense blocks take several UPDATEs."""

    def __init__(self, target_seconds: float, tuning: Tuning = DEFAULT_TUNING) -> None:
        self._pace = Pace(target_seconds, tuning=tuning)
        self._row_pace = RowPace(target_seconds, first_rows=tuning.first_rows)
        ahead = tuning.max_batches_ahead
        self._xids = deque([0] * ahead, ahead)
        """Transactions of the last batches, the oldest first."""

    @property
    def stride(self) -> int:
        """Number of pages for the next call of `erase`."""
        return self._pace.pages

    def erase(self, worker: Worker, blocks: range) -> None:
        """Erase the blocks, and move the cursor past them in the transaction of the last batch.

        After an interruption, the next call over the same blocks erases the rest.
        """
        batches = worker.find(blocks, rows=self._row_pace.rows)
        seconds = worker.statement_seconds
        for batch in batches:
            worker.await_horizon(self._xids[0])
            self._xids.append(worker.erase(batch, next_block=blocks.stop if batch is batches[-1] else None))
            self._row_pace.learn(batch.size, worker.statement_seconds)
            seconds += worker.statement_seconds
        self._pace.learn(len(blocks), seconds)
        if not batches:
            worker.advance(blocks.stop)
