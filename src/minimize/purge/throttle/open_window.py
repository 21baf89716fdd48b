"""Whether it is the hour to work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from minimize.catalog.connection import Connection
from minimize.purge.throttle.reading import Reading
from minimize.purge.throttle.window import Window


def _now() -> datetime:
    return datetime.now(UTC)


class OpenHours:
    """Lets the purge work inside its window only, by the clock of the machine it runs on."""

    name: ClassVar[str] = "window"

    def __init__(self, window: Window, now: Callable[[], datetime] = _now) -> None:
        self.window = window
        self._now = now

    def read(self, conn: Connection) -> Reading:  # noqa: ARG002 - the server is not asked
        """Look at the clock."""
        now = self._now()
        if self.window.is_open(now):
            return Reading(self.name, f"inside {self.window}", is_clear=True)
        opens = self.window.opens_at(now)
        text = f"outside {self.window}; opens at {self.window.format_instant(opens)}"
        return Reading(self.name, text, is_clear=False, value={"seconds": (opens - now).total_seconds()})
