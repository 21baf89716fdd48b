"""Block after block, the rows of a batch in one UPDATE: for leaves in which no new version can stay on its page."""

from __future__ import annotations

from dataclasses import dataclass, field

from minimize.purge.pace import Pace
from minimize.purge.worker import Worker


class RowPace:
    """How many rows an UPDATE takes, so that it takes about the target time.

    Blocks alone do not say: after a long stretch in which nothing is found, the next batch has very many of them.
    """

    SMALLEST = 1
    FIRST = 1000

    def __init__(self, target_seconds: float) -> None:
        self.target_seconds = target_seconds
        self.rows = self.FIRST

    def learn(self, rows: int, seconds: float) -> None:
        """Take in how long an UPDATE of so many rows took: `rows`, or fewer where there were no more."""
        factor = min(2.0, self.target_seconds / max(seconds, 1e-6))
        if factor < 1:
            # A few rows that took long say little of many.
            self.rows = max(self.SMALLEST, int(max(rows, min(self.rows, self.FIRST)) * factor))
        else:
            self.rows = max(self.rows, int(rows * factor), min(self.rows * 2, self.FIRST))


@dataclass(slots=True)
class Sequential:
    """Erases as many blocks at a time as take about the target time, where they are dense in several UPDATEs."""

    pace: Pace
    row_pace: RowPace = field(init=False)

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
            worker.erase(batch, next_block=blocks.stop if batch is batches[-1] else None)
            self.row_pace.learn(batch.size, worker.statement_seconds)
            seconds += worker.statement_seconds
        self.pace.learn(seconds, len(blocks))
        if not batches:
            worker.advance(blocks.stop)
