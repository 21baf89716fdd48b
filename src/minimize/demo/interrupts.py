"""Handles Ctrl-C so that no interrupt is lost."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from minimize.demo.events import Event, Listener, StepFinished


@contextmanager
def interruptible(listener: Listener) -> Iterator[Listener]:
    """Yield a listener that raises a lost interrupt again at the next event.

    Python discards an exception that a signal handler raises inside the callback of a weak reference or inside a
    finalizer. SQLAlchemy registers such callbacks on objects that a migration leaves to the garbage collector.
    """
    is_requested = False

    def request(*_: object) -> None:
        nonlocal is_requested
        is_requested = True
        raise KeyboardInterrupt

    def deliver(event: Event) -> None:
        # The listener still receives the end of the step that the interrupt stopped.
        if is_requested and not isinstance(event, StepFinished):
            raise KeyboardInterrupt
        listener(event)

    if threading.current_thread() is not threading.main_thread():
        yield listener  # only the main thread may set handlers
        return
    handler, hook = signal.signal(signal.SIGINT, request), sys.unraisablehook
    sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else hook(lost)
    try:
        yield deliver
    finally:
        signal.signal(signal.SIGINT, handler)
        sys.unraisablehook = hook
