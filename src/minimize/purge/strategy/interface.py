"""The interface of a strategy: the order in which the rows of a leaf are erased."""

from __future__ import annotations

from typing import Protocol

from minimize.purge.batch.worker import Worker


class Strategy(Protocol):
    """Erases blocks of one leaf through a worker; one instance serves one worker."""

    @property
    def stride(self) -> int:
        """Number of pages for the next call of `erase`."""

    def erase(self, worker: Worker, blocks: range) -> None:
        """Erase what some blocks carry, and move the cursor past them.

        Safe to call again over the same blocks after any interruption.
        """
