"""Ctrl-C that cannot get lost."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from minimize.demo.events import Event, Listener, StepEnded


@contextmanager
def heeded(listener: Listener) -> Iterator[Listener]:
    """Yield a listener that stops the story at its next event if an interrupt did not stop it at once.

    Python drops an exception that a signal handler raises inside a weak reference's callback or a finalizer, and
    SQLAlchemy has callbacks of that kind on everything that a migration leaves to the garbage collector.
    """
    is_requested = False

    def ask(*_: object) -> None:
        nonlocal is_requested
        is_requested = True
        raise KeyboardInterrupt

    def pass_on(event: Event) -> None:
        # A step that ends because of the interrupt must still be told.
        if is_requested and not isinstance(event, StepEnded):
            raise KeyboardInterrupt
        listener(event)

    if threading.current_thread() is not threading.main_thread():
        yield listener  # only the main thread may set handlers
        return
    handler, hook = signal.signal(signal.SIGINT, ask), sys.unraisablehook
    sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else hook(lost)
    try:
        yield pass_on
    finally:
        signal.signal(signal.SIGINT, handler)
        sys.unraisablehook = hook
