"""Ctrl-C stops the demo, also where Python discards the exception."""

from __future__ import annotations

import signal
import weakref

import pytest

from minimize.demo.events import Event, StepFinished, StepMessage
from minimize.demo.interrupts import interruptible


class Anything:
    """An object that supports weak references."""


def test_a_dropped_interrupt_stops_the_next_event() -> None:
    """Python discards an interrupt inside the callback of a weak reference; the next event raises it again."""
    received: list[Event] = []
    with interruptible(received.append) as listener:
        thing = Anything()
        reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
        del thing
        assert reference() is None
        listener(StepFinished("load", 1.0))
        with pytest.raises(KeyboardInterrupt):
            listener(StepMessage("next message"))
    assert received == [StepFinished("load", 1.0)]


def test_an_interrupt_is_raised_at_once() -> None:
    """Otherwise an interrupt is raised without waiting for an event."""
    before = signal.getsignal(signal.SIGINT)
    with interruptible(lambda _: None), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
