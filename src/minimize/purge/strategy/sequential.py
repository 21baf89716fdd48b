"""Block after block, the rows of a batch in one UPDATE: for leaves in which no new version can stay on its page."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from minimize.purge.batch.pace import Pace, RowPace
from minimize.purge.batch.worker import Worker

AHEAD = 100
"""How many batches an old snapshot may be behind: while it lasts, none of the versions that they leave can go, nor
those of the cursor, each of which makes the next batch a little slower."""


@dataclass(slots=True)
class Sequential:
    """Erases as many blocks at a time as take about the target time, where they are dense in several UPDATEs."""

    pace: Pace
    row_pace: RowPace = field(init=False)
    _sent: deque[int] = field(default_factory=lambda: deque([0] * AHEAD, AHEAD))
    """The transactions of the last batches."""

    def __post_init__(self) -> None:
        """Have both paces keep to the same target."""
        self.row_pace = RowPace(self.pace.target_seconds)

    @property
    def stride(self) -> int:
        """Blocks that the next call of `erase` should be given."""
        return self.pace.blocks

    def erase(self, worker: Worker, blocks: range) -> None:
        """Erase the blocks, and move the cursor past them in the transaction of the last batch.

        Interrupted in between, what is done is found done: the next call over the same blocks erases the rest.
        """
        batches = worker.find(blocks, rows=self.row_pace.rows)
        seconds = worker.statement_seconds
        for batch in batches:
            worker.await_horizon(self._sent[0])
            self._sent.append(worker.erase(batch, next_block=blocks.stop if batch is batches[-1] else None))
            self.row_pace.learn(batch.size, worker.statement_seconds)
            seconds += worker.statement_seconds
        self.pace.learn(len(blocks), seconds)
        if not batches:
            worker.advance(blocks.stop)
