"""How many blocks, and how many rows, the next batch takes, learnt from how long the last ones took."""

from __future__ import annotations

from collections import deque
from statistics import median


class _Cost:
    """What a batch takes however small it is, and so how much larger or smaller the next should be.

    A round trip, or a subquery of a hold that PostgreSQL runs once a statement, takes no less time for fewer rows. It
    shows where nothing smaller is left to try: in the median of some batches of one. It is forgotten little by little,
    and so found out anew from time to time: a hold may be released.
    """

    SAMPLES = 3
    KEPT = 0.995

    def __init__(self, target_seconds: float) -> None:
        self.target_seconds = target_seconds
        self.fixed_seconds = 0.0
        self._of_one: deque[float] = deque(maxlen=self.SAMPLES)

    def factor(self, size: int, seconds: float) -> float:
        """Take in what a batch took; return by what to multiply its size, at most 2, for the next to be on target.

        Where the fixed part leaves little of the target, a batch takes half as long again as that part: longer than
        asked for, but the purge gets on.
        """
        if size == 1:
            self._of_one.append(seconds)
            if len(self._of_one) == self.SAMPLES:
                self.fixed_seconds = median(self._of_one)
        self.fixed_seconds *= self.KEPT
        if seconds < self.fixed_seconds:
            self.fixed_seconds = (self.fixed_seconds + seconds) / 2
        allowed = max(self.target_seconds - self.fixed_seconds, self.fixed_seconds / 2)
        return min(2.0, allowed / max(seconds - self.fixed_seconds, 1e-6))


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
        self._cost = _Cost(target_seconds)
        self.largest = self.LARGEST if largest is None else largest
        self.blocks = min(self.FIRST, self.largest)

    def learn(self, blocks: int, seconds: float) -> None:
        """Take in how long a batch of so many blocks took; a short one that was quick says nothing of long ones."""
        factor = self._cost.factor(blocks, seconds)
        if factor < 1 or blocks >= self.blocks:
            self.blocks = max(self.SMALLEST, min(self.largest, int(min(blocks, self.blocks) * factor)))


class RowPace:
    """How many rows an UPDATE takes, so that it takes about the target time.

    Blocks alone do not say: after a long stretch in which nothing is found, the next batch has very many of them.
    """

    SMALLEST = 1
    FIRST = 1000

    def __init__(self, target_seconds: float) -> None:
        self._cost = _Cost(target_seconds)
        self.rows = self.FIRST

    def learn(self, rows: int, seconds: float) -> None:
        """Take in how long an UPDATE of so many rows took: `rows`, or fewer where there were no more."""
        factor = self._cost.factor(rows, seconds)
        if factor < 1:
            # A few rows that took long say little of many.
            self.rows = max(self.SMALLEST, int(max(rows, min(self.rows, self.FIRST)) * factor))
        else:
            self.rows = max(self.rows, int(rows * factor), min(self.rows * 2, self.FIRST))
