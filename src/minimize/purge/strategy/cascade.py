"""The HOT cascade: one row of each page per pass, so that nearly every new version stays on its page.

A full page has no room for a new row version. The first one goes elsewhere and needs an entry in every index. Once the
old version is pruned, its room takes the next new version of the same page, which is then heap-only (HOT,
src/backend/access/heap/README.HOT): no index entry, no growth. So a pass erases one row of each page, and before the
next pass every page is pruned, which PostgreSQL does when it reads it, as soon as no snapshot is older than the pass.
"""

from __future__ import annotations

from dataclasses import dataclass

from minimize.purge.batch.candidates import Batch
from minimize.purge.batch.pace import Pace
from minimize.purge.batch.worker import Worker


@dataclass(slots=True)
class _Stretch:
    """Some pages, their rows to erase in ranks, and the last transaction that wrote to them."""

    blocks: range
    batches: list[Batch]
    xid: int = 0


@dataclass(frozen=True, slots=True)
class Cascade:
    """Erases `breadth` stretches of pages at a time: pass after pass, each over all the stretches.

    A batch is one row of each page of a stretch, and as many pages make a stretch as keep it within the target time.

    While a pass goes over the other stretches, the horizon goes past what it did to the first, so that waiting for it
    is rare. Together they should be well below shared_buffers, since every pass reads all of them.
    """

    pace: Pace
    breadth: int

    @property
    def stride(self) -> int:
        """Blocks that one call of `erase` should be given."""
        return self.pace.blocks * self.breadth

    def erase(self, worker: Worker, blocks: range) -> None:
        """Erase the blocks and move the cursor past them.

        Interrupted in between, what is done is found done: the next call over the same blocks erases the rest.
        """
        pages = self.pace.blocks
        firsts = range(blocks.start, blocks.stop, pages)
        stretches = [_find(worker, range(first, min(first + pages, blocks.stop))) for first in firsts]
        slowest = 0.0
        for rank in range(max(len(stretch.batches) for stretch in stretches)):
            for stretch in stretches:
                if rank < len(stretch.batches):
                    worker.await_horizon(stretch.xid)
                    pruning = stretch.blocks if rank else range(0)
                    stretch.xid = worker.erase(stretch.batches[rank], pruning=pruning)
                    slowest = max(slowest, worker.statement_seconds)
        worker.advance(blocks.stop)
        self.pace.learn(min(pages, len(blocks)), slowest)


def _find(worker: Worker, blocks: range) -> _Stretch:
    return _Stretch(blocks, worker.find(blocks))
