"""How many blocks, and how many rows, the next batch takes, learnt from how long the last ones took."""

from __future__ import annotations


class Pace:
    """Sizes batches so that each takes about the target time.

    Grows at most twofold a step, so that a run of empty pages does not lead to a batch that never ends, and shrinks
    at once.
    """

    SMALLEST = 1
    LARGEST = 8192
    FIRST = 64

    def __init__(self, target_seconds: float, largest: int | None = None) -> None:
        self.target_seconds = target_seconds
        self.largest = self.LARGEST if largest is None else largest
        self.blocks = min(self.FIRST, self.largest)

    def learn(self, blocks: int, seconds: float) -> None:
        """Take in how long a batch of so many blocks took; a short one that was quick says nothing of long ones."""
        factor = min(2.0, self.target_seconds / max(seconds, 1e-6))
        if factor < 1 or blocks >= self.blocks:
            self.blocks = max(self.SMALLEST, min(self.largest, int(min(blocks, self.blocks) * factor)))


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
