"""The hours in which a purge may work, in one time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from minimize.errors import UsageError

_HINT = "Write it as 22:00-05:00, or several as 22:00-05:00,12:00-13:00, followed by a zone such as America/New_York."
_DAY = 24 * 60
_HORIZON_DAYS = 8
"""Windows repeat daily. On a day on which the clock jumps over a window there is none, but on the next day there is."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One period of every day, in minutes since midnight. An end at or before the start is on the next day."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_clock_text(self.start)}-{_clock_text(self.end)}"


@dataclass(frozen=True, slots=True)
class Window:
    """Periods of every day in one time zone; without a zone, in that of the machine that runs the purge.

    A period includes its start and not its end. When the clock is changed, a time that occurs twice means its first
    occurrence, and a time that is skipped means the moment of the change. `str` returns the text that `parse` reads.
    """

    hours: tuple[Hours, ...]
    zone: str | None = None

    @classmethod
    def parse(cls, text: str) -> Window:
        """Read `22:00-05:00[,…] [Area/City]`.

        Raises:
            UsageError: It is written otherwise, or the zone is not known.
        """
        periods, _, zone = text.strip().partition(" ")
        window = cls(tuple(_parse_hours(part) for part in periods.split(",")), zone.strip() or None)
        _zone_of(window.zone)
        return window

    def __str__(self) -> str:
        return " ".join([",".join(map(str, self.hours)), *([self.zone] if self.zone else [])])

    def is_open(self, now: datetime) -> bool:
        """Whether the purge may work at this instant; `now` carries an offset from UTC."""
        now = now.astimezone(UTC)
        return any(start <= now < end for start, end in self._periods(now))

    def opens_at(self, now: datetime) -> datetime:
        """Return when the window opens, in UTC: `now` if it is open already."""
        now = now.astimezone(UTC)
        return max(now, next(start for start, end in self._periods(now) if now < end))

    def format_instant(self, instant: datetime) -> str:
        """Return an instant in the window's time zone: `2026-06-10 22:00 EDT`."""
        return f"{instant.astimezone(_zone_of(self.zone)):%Y-%m-%d %H:%M %Z}"

    def _periods(self, now: datetime) -> list[tuple[datetime, datetime]]:
        """Return the periods around `now` and after it, in order. Periods that touch are joined.

        They are in UTC, because Python compares and subtracts two times in one zone without their offsets.
        """
        joined: list[tuple[datetime, datetime]] = []
        for start, end in sorted(self._each_day(now)):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def _each_day(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        zone = _zone_of(self.zone)
        today = now.astimezone(zone).date()
        for day in (today + timedelta(days=number) for number in range(-2, _HORIZON_DAYS)):
            for hours in self.hours:
                until = hours.end if hours.end > hours.start else hours.end + _DAY
                start, end = _instant(day, hours.start, zone), _instant(day, until, zone)
                if start < end:
                    yield start, end


def _instant(day: date, minutes: int, zone: tzinfo | None) -> datetime:
    """Return the instant of a local time, in UTC: its first occurrence, or the change of the clock that skips it."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 - a local time
    first, second = (_as_utc(wall.replace(fold=fold), zone) for fold in (0, 1))
    return first if first <= second else _jump(second, first, zone)


def _as_utc(wall: datetime, zone: tzinfo | None) -> datetime:
    # Without a tzinfo, datetime assumes the time zone of the machine.
    return (wall.replace(tzinfo=zone) if zone else wall).astimezone(UTC)


def _jump(before: datetime, after: datetime, zone: tzinfo | None) -> datetime:
    """Return the first whole second between two instants at which the zone's new offset applies."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _parse_hours(text: str) -> Hours:
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", text.strip(), re.ASCII)
    if match is None:
        raise UsageError(f"{text!r} is no window", hint=_HINT)
    start, end = (_minutes(text, *map(int, pair)) for pair in (match.groups()[:2], match.groups()[2:]))
    if start == end:
        raise UsageError(f"window {text} is empty", hint="For the whole day write 00:00-24:00.")
    if start == _DAY:
        raise UsageError(f"window {text} starts at 24:00", hint="Write a start at midnight as 00:00.")
    return Hours(start, end)


def _minutes(text: str, hour: int, minute: int) -> int:
    minutes = hour * 60 + minute
    if minute > 59 or minutes > _DAY:  # noqa: PLR2004 - minutes of an hour
        raise UsageError(f"window {text} names a time no clock shows", hint=_HINT)
    return minutes


def _clock_text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _zone_of(name: str | None) -> tzinfo | None:
    """Return a zone by its name in the time zone database; None is that of the machine.

    Raises:
        UsageError: This machine does not know the name.
    """
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        raise UsageError(
            f"time zone {name!r} is not known here",
            hint="Write it as in the time zone database, such as America/New_York or UTC; package tzdata has it.",
        ) from None
