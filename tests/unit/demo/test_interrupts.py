"""Ctrl-C stops the story, even one that Python drops."""

from __future__ import annotations

import signal
import weakref

import pytest

from minimize.demo.events import Event, Said, StepEnded
from minimize.demo.interrupts import heeded


class Anything:
    """Something that can be referred to weakly."""


def test_a_dropped_interrupt_stops_the_next_event() -> None:
    """An interrupt inside a weak reference's callback is lost to Python, but not to the story."""
    heard: list[Event] = []
    with heeded(heard.append) as listener:
        thing = Anything()
        reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
        del thing
        assert reference() is None
        listener(StepEnded("load", 1.0))
        with pytest.raises(KeyboardInterrupt):
            listener(Said("on we go"))
    assert heard == [StepEnded("load", 1.0)]


def test_an_interrupt_is_raised_at_once() -> None:
    """Where nothing is in its way, an interrupt does not wait for an event."""
    before = signal.getsignal(signal.SIGINT)
    with heeded(lambda _: None), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
