"""Sizes of the next batch, in pages and in rows, derived from the duration of the previous ones."""

from __future__ import annotations

from collections import deque
from statistics import median

from minimize.purge.tuning import DEFAULT_TUNING, Tuning


class _FixedCost:
    """Estimates what every batch costs regardless of its size.

    A round trip, or a subquery of a hold that PostgreSQL runs once per statement, does not get shorter with fewer
    rows. The estimate is the median of some batches of size one. It decays slowly and is then measured again, because
    the cost may disappear, for example when a hold is released.
    """

    SAMPLES = 3
    DECAY = 0.995

    def __init__(self, target_seconds: float) -> None:
        self.target_seconds = target_seconds
        self.fixed_seconds = 0.0
        self._of_size_one: deque[float] = deque(maxlen=self.SAMPLES)

    def learn(self, size: int, seconds: float) -> float:
        """Take in the duration of a batch; return the factor, at most 2, for the size of the next one.

        If the fixed cost uses most of the target, a batch may take one and a half times the fixed cost. That is longer
        than the target, but smaller batches would make almost no progress.
        """
        if size == 1:
            self._of_size_one.append(seconds)
            if len(self._of_size_one) == self.SAMPLES:
                self.fixed_seconds = median(self._of_size_one)
        self.fixed_seconds *= self.DECAY
        if seconds < self.fixed_seconds:
            self.fixed_seconds = (self.fixed_seconds + seconds) / 2
        allowed = max(self.target_seconds - self.fixed_seconds, self.fixed_seconds / 2)
        return min(2.0, allowed / max(seconds - self.fixed_seconds, 1e-6))


class Pace:
    """Pages of the next batch, so that it takes about the target time.

    Grows at most twofold per step, so that empty pages do not lead to a batch that never ends, and shrinks at once.
    """

    def __init__(self, target_seconds: float, *, max_pages: int | None = None, tuning: Tuning = DEFAULT_TUNING) -> None:
        self.target_seconds = target_seconds
        self._cost = _FixedCost(target_seconds)
        self.min_pages = tuning.min_pages
        self.max_pages = tuning.max_pages if max_pages is None else max_pages
        self.pages = min(tuning.first_pages, self.max_pages)

    def learn(self, pages: int, seconds: float) -> None:
        """Take in the duration of a batch. A short batch that was fast does not make the next one larger."""
        factor = self._cost.learn(pages, seconds)
        if factor < 1 or pages >= self.pages:
            self.pages = max(self.min_pages, min(self.max_pages, int(min(pages, self.pages) * factor)))


class RowPace:
    """Rows of the next UPDATE, so that it takes about the target time.

    The number of pages alone does not limit it: after many pages without any value, the next batch has many pages, and
    these may be full of rows to erase.
    """

    MIN_ROWS = 1

    def __init__(self, target_seconds: float, *, first_rows: int = DEFAULT_TUNING.first_rows) -> None:
        self._cost = _FixedCost(target_seconds)
        self._first_rows = first_rows
        self.rows = first_rows

    def learn(self, rows: int, seconds: float) -> None:
        """Take in the duration of an UPDATE of at most `self.rows` rows."""
        factor = self._cost.learn(rows, seconds)
        if factor < 1:
            # The duration of a few slow rows does not predict that of many.
            self.rows = max(self.MIN_ROWS, int(max(rows, min(self.rows, self._first_rows)) * factor))
        else:
            self.rows = max(self.rows, int(rows * factor), min(self.rows * 2, self._first_rows))
