"""How many blocks the next batch takes, learnt from how long the last ones took."""

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

    def learn(self, seconds: float, blocks: int) -> None:
        """Take in how long a batch of so many blocks took; a short one that was quick says nothing of long ones."""
        factor = min(2.0, self.target_seconds / max(seconds, 1e-6))
        if factor < 1 or blocks >= self.blocks:
            self.blocks = max(self.SMALLEST, min(self.largest, int(min(blocks, self.blocks) * factor)))
