"""Whether the clock is inside the hours in which a purge may work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from minimize.catalog.connection import Connection
from minimize.purge.throttle.daily_hours import Window
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading
from minimize.purge.throttle.setting import Setting, ValueKind

_HOURS = ValueKind(form="hours such as 22:00-05:00 America/New_York", parse=Window.parse)


def _now() -> datetime:
    return datetime.now(UTC)


class MaintenanceWindow:
    """Lets the purge work inside its window only, by the clock of the machine that runs the purge."""

    name: ClassVar[str] = "window"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="window",
            kind=_HOURS.or_off(),
            default=None,
            meaning="Hours in which the purge works; at other times it waits.",
        ),
    )

    def __init__(self, window: Window, now: Callable[[], datetime] = _now) -> None:
        self.window = window
        self._now = now

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], _own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        window = limits["window"]
        return None if window is None else cls(window)

    def read(self, conn: Connection) -> Reading:  # noqa: ARG002 - the server is not asked
        """Compare the clock with the window."""
        now = self._now()
        if self.window.is_open(now):
            return Reading(name=self.name, text=f"inside {self.window}", is_clear=True)
        opens = self.window.opens_at(now)
        return Reading(
            name=self.name,
            text=f"outside {self.window}; opens at {self.window.format_instant(opens)}",
            is_clear=False,
            value={"seconds": (opens - now).total_seconds()},
        )
