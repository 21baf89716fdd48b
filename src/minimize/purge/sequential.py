"""Block after block, every row of a batch in one UPDATE: for leaves in which no new version can stay on its page."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.purge.pace import Pace
from minimize.purge.worker import Worker


@dataclass(frozen=True, slots=True)
class Sequential:
    """Erases as many blocks at a time as take about the target time."""

    pace: Pace

    @property
    def stride(self) -> int:
        """Blocks that the next call of `erase` should be given."""
        return self.pace.blocks

    def erase(self, worker: Worker, blocks: range) -> None:
        """Erase the blocks, and move the cursor past them in the same transaction."""
        batches = worker.find(blocks)
        seconds = worker.statement_seconds
        for batch in batches:
            worker.erase(batch, next_block=blocks.stop)
            seconds += worker.statement_seconds
        self.pace.learn(seconds)
        if not batches:
            worker.advance(blocks.stop)
