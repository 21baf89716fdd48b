"""The strategy of one worker, replaced when the limits change during the run."""

from __future__ import annotations

from minimize.purge.strategy.choice import ChosenStrategy, make_strategy
from minimize.purge.strategy.interface import Strategy
from minimize.purge.throttle.governor import Governor
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
