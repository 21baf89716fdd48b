"""How the story reaches whoever listens."""

from __future__ import annotations

import pytest

from minimize.demo.events import Activity, Event, Said, StepBegun, StepEnded, Telling


def test_a_step_is_announced_and_timed() -> None:
    """A step begins, tells and ends, in this order, and its time is kept."""
    heard: list[Event] = []
    telling = Telling(heard.append)
    with telling.step("load", "load it"):
        telling.show("rows", 1, 2)
        telling.say("done")
    assert heard[:3] == [StepBegun("load", "load it"), Activity("rows", 1, 2), Said("done")]
    assert isinstance(heard[3], StepEnded)
    assert telling.seconds["load"] == heard[3].seconds


def test_a_step_that_fails_ends_too() -> None:
    """A failure passes through, and the listener can still clear up."""
    heard: list[Event] = []
    with pytest.raises(ZeroDivisionError), Telling(heard.append).step("load", "load it"):
        raise ZeroDivisionError
    assert isinstance(heard[-1], StepEnded)


def test_what_is_not_as_told_is_kept_and_said() -> None:
    """A deviation does not stop the story and is not forgotten; an expectation that is met says nothing."""
    heard: list[Event] = []
    telling = Telling(heard.append)
    telling.expect(is_so=True, deviation="never")
    telling.expect(is_so=False, deviation="the write was accepted")
    assert telling.deviations == ["the write was accepted"]
    assert heard == [Said("NOT AS TOLD: the write was accepted")]
