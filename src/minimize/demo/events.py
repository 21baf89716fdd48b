"""How the story reaches whoever listens: events while it goes on, times and deviations when it is over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepBegun:
    """A step begins."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Said:
    """One line of what happened in the step."""

    text: str


@dataclass(frozen=True, slots=True)
class Activity:
    """How far the step is; `total` is 0 where nobody knows."""

    what: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step is over."""

    name: str
    seconds: float


Event = StepBegun | Said | Activity | StepEnded
Listener = Callable[[Event], None]


class Telling:
    """One telling of the story: passes events on, takes the times, and notes what did not go as told."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.seconds: dict[str, float] = {}
        self.deviations: list[str] = []

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[None]:
        """Announce a step, and take its time."""
        self.listener(StepBegun(name, title))
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = time.monotonic() - began
            self.listener(StepEnded(name, self.seconds[name]))

    def say(self, *lines: str) -> None:
        """Tell what happened."""
        for line in lines:
            self.listener(Said(line))

    def show(self, what: str, done: int = 0, total: int = 0) -> None:
        """Tell how far it is."""
        self.listener(Activity(what, done, total))

    def expect(self, is_so: bool, deviation: str) -> None:  # noqa: FBT001 - reads as an assertion
        """Note a deviation, in words, unless it is so; the story goes on."""
        if not is_so:
            self.deviations.append(deviation)
            self.say(f"NOT AS TOLD: {deviation}")
