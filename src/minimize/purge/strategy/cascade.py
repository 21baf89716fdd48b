"""The HOT cascade: one row of each page per round, so that nearly every new version stays on its page.

A full page has no room for a new row version. The first new version goes to another page and needs an entry in every
index. Once the old version is pruned, its space is free for the next new version from the same page. That update is
heap-only (HOT, src/backend/access/heap/README.HOT): it needs no index entry, and the table does not grow. So one round
erases one row of each page. Before the next round every page is pruned. PostgreSQL prunes a page when it reads it, if
no snapshot is older than the round.
"""

from __future__ import annotations

from dataclasses import dataclass

from minimize.purge.batch.batch import Batch
from minimize.purge.batch.pace import Pace
from minimize.purge.batch.worker import Worker


@dataclass(slots=True, kw_only=True)
class _PageGroup:
    """Some pages. The k-th batch has the k-th row of each page; `xid` is the last transaction that wrote to them."""

    blocks: range
    batches: list[Batch]
    xid: int = 0


@dataclass(frozen=True, slots=True)
class Cascade:
    """Erases `interleave` groups of pages together: each round sends one batch for each group.

    A group has as many pages as keep one batch within the target time. While a round works on the other groups, the
    horizon passes the transaction in the first one, so that a worker rarely has to wait for it. All groups together
    should be much smaller than shared_buffers, because every round reads all of them.
    """

    pace: Pace
    interleave: int

    @property
    def stride(self) -> int:
        """Number of pages for the next call of `erase`."""
        return self.pace.pages * self.interleave

    def erase(self, worker: Worker, blocks: range) -> None:
        """Erase the blocks, and move the cursor past them.

        After an interruption, the next call over the same blocks erases the rest.
        """
        pages = self.pace.pages
        firsts = range(blocks.start, blocks.stop, pages)
        groups = [_find(worker, range(first, min(first + pages, blocks.stop))) for first in firsts]
        slowest = 0.0
        for round_number in range(max(len(group.batches) for group in groups)):
            for group in groups:
                if round_number < len(group.batches):
                    worker.await_horizon(group.xid)
                    pruning = group.blocks if round_number else range(0)
                    group.xid = worker.erase(group.batches[round_number], pruning=pruning)
                    slowest = max(slowest, worker.statement_seconds)
        worker.advance(blocks.stop)
        self.pace.learn(min(pages, len(blocks)), slowest)


def _find(worker: Worker, blocks: range) -> _PageGroup:
    return _PageGroup(blocks=blocks, batches=worker.find(blocks))
