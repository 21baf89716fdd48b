"""The events that a demo run sends to its listener, and the times and deviations that it collects."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step starts."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class StepMessage:
    """One line about what happened in the step."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """How far the step is; `total` is 0 if it is not known."""

    what: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class StepFinished:
    """A step is over, with or without an error."""

    name: str
    seconds: float


Event = StepStarted | StepMessage | StepProgress | StepFinished
Listener = Callable[[Event], None]


class EventReporter:
    """Sends the events of one demo run to a listener, and collects durations and deviations."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.seconds: dict[str, float] = {}
        self.deviations: list[str] = []

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[None]:
        """Send the start and the end of a step, and measure its duration."""
        self.listener(StepStarted(name, title))
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = time.monotonic() - started
            self.listener(StepFinished(name, self.seconds[name]))

    def message(self, *lines: str) -> None:
        """Send each line as a message."""
        for line in lines:
            self.listener(StepMessage(line))

    def progress(self, what: str, done: int = 0, total: int = 0) -> None:
        """Send how far the step is."""
        self.listener(StepProgress(what=what, done=done, total=total))

    def expect(self, is_met: bool, deviation: str) -> None:  # noqa: FBT001 - reads as an assertion
        """Record a deviation and send it as a message, unless the expectation is met. The run continues."""
        if not is_met:
            self.deviations.append(deviation)
            self.message(f"DEVIATION: {deviation}")
