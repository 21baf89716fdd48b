"""The events that a listener receives."""

from __future__ import annotations

import pytest

from minimize.demo.events import Event, EventReporter, StepFinished, StepMessage, StepProgress, StepStarted


def test_a_step_is_announced_and_timed() -> None:
    """The listener receives start, progress, message and end in this order, and the duration is recorded."""
    received: list[Event] = []
    reporter = EventReporter(received.append)
    with reporter.step("load", "load it"):
        reporter.progress("rows", 1, 2)
        reporter.message("done")
    assert received[:3] == [
        StepStarted("load", "load it"),
        StepProgress(what="rows", done=1, total=2),
        StepMessage("done"),
    ]
    assert isinstance(received[3], StepFinished)
    assert reporter.seconds["load"] == received[3].seconds


def test_a_failing_step_sends_its_end() -> None:
    """The exception propagates, and the listener still receives the end of the step."""
    received: list[Event] = []
    with pytest.raises(ZeroDivisionError), EventReporter(received.append).step("load", "load it"):
        raise ZeroDivisionError
    assert isinstance(received[-1], StepFinished)


def test_a_deviation_is_recorded_and_reported() -> None:
    """A deviation does not stop the run; an expectation that is met sends no event."""
    received: list[Event] = []
    reporter = EventReporter(received.append)
    reporter.expect(is_met=True, deviation="never")
    reporter.expect(is_met=False, deviation="the write was accepted")
    assert reporter.deviations == ["the write was accepted"]
    assert received == [StepMessage("DEVIATION: the write was accepted")]
