"""The strategy of one worker, replaced when the limits change during the run."""

from __future__ import annotations

from minimize.purge.batch.pace import Pace
from minimize.purge.strategy.cascade import Cascade
from minimize.purge.strategy.choice import ChosenStrategy
from minimize.purge.strategy.interface import Strategy
from minimize.purge.strategy.sequential import Sequential
from minimize.purge.throttle.governor import Governor
from minimize.purge.throttle.limits import Limits
from minimize.purge.tuning import Tuning


class StrategyInForce:
    """Keeps one strategy while the limits stay the same, so that its pace carries over from range to range."""

    def __init__(self, choice: ChosenStrategy, governor: Governor, tuning: Tuning) -> None:
        self._choice = choice
        self._governor = governor
        self._tuning = tuning
        self._limits = governor.limits
        self._strategy = make_strategy(choice, self._limits, tuning)

    @property
    def current(self) -> Strategy:
        """The strategy for the current limits."""
        if self._limits != self._governor.limits:
            self._limits = self._governor.limits
            self._strategy = make_strategy(self._choice, self._limits, self._tuning)
        return self._strategy


def make_strategy(choice: ChosenStrategy, limits: Limits, tuning: Tuning) -> Strategy:
    """Return a new instance of the chosen strategy, for one worker.

    Raises:
        ValueError: The strategy is `truncate`, which has no workers and no batches: see `Truncation`.
    """
    match choice.name:
        case "cascade":
            return Cascade(Pace(limits.target, max_pages=limits.pages, tuning=tuning), limits.interleave)
        case "sequential":
            return Sequential(limits.target, tuning)
        case "truncate":
            raise ValueError("truncate is not a strategy of a worker")
