"""The hours in which a purge may work, on the wall clock of one place."""

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
"""Windows repeat daily, and a day on which the clock jumps over one is followed by a day on which it does not."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of every day, in minutes since midnight; one that ends at or before its start ends the next day."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_clock_text(self.start)}-{_clock_text(self.end)}"


@dataclass(frozen=True, slots=True)
class Window:
    """Stretches of every day in one time zone; without a zone, on the clock of the machine the purge runs on.

    A stretch includes its start and not its end. Where the clock is changed, a time that occurs twice means its first
    occurrence, and one that does not occur the moment at which the clock jumps over it. `str` gives the text that
    `parse` reads.
    """

    hours: tuple[Hours, ...]
    zone: str | None = None

    @classmethod
    def parse(cls, text: str) -> Window:
        """Read `22:00-05:00[,…] [Area/City]`.

        Raises:
            UsageError: It is written otherwise, or the zone is not known.
        """
        stretches, _, zone = text.strip().partition(" ")
        window = cls(tuple(_parse_hours(part) for part in stretches.split(",")), zone.strip() or None)
        _zone_of(window.zone)
        return window

    def __str__(self) -> str:
        return " ".join([",".join(map(str, self.hours)), *([self.zone] if self.zone else [])])

    def is_open(self, now: datetime) -> bool:
        """Whether the purge may work at this instant; `now` carries an offset from UTC."""
        now = now.astimezone(UTC)
        return any(start <= now < end for start, end in self._stretches(now))

    def closes_in(self, now: datetime) -> timedelta | None:
        """Return how long the purge may go on working: nothing where it is closed, None where it never closes."""
        now = now.astimezone(UTC)
        end = next((end for start, end in self._stretches(now) if start <= now < end), now)
        return None if end - now > timedelta(days=_HORIZON_DAYS - 2) else end - now

    def opens_at(self, now: datetime) -> datetime:
        """Return the instant from which the purge may work, in UTC: `now` where it is open already."""
        now = now.astimezone(UTC)
        return max(now, next(start for start, end in self._stretches(now) if now < end))

    def format_instant(self, instant: datetime) -> str:
        """Return an instant as the window's own clock shows it: `2026-06-10 22:00 EDT`."""
        return f"{instant.astimezone(_zone_of(self.zone)):%Y-%m-%d %H:%M %Z}"

    def _stretches(self, now: datetime) -> list[tuple[datetime, datetime]]:
        """Return the stretches around `now` and after it, in order; those that touch are joined.

        All in UTC: of two times in one zone, Python compares and subtracts what the clock shows.
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
    """Return the instant at which the clock shows a time, in UTC: its first occurrence, or that of the jump over it."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 - what the clock shows
    first, second = (_as_utc(wall.replace(fold=fold), zone) for fold in (0, 1))
    return first if first <= second else _jump(second, first, zone)


def _as_utc(wall: datetime, zone: tzinfo | None) -> datetime:
    # Without a tzinfo, datetime takes a time for one of the machine's own clock.
    return (wall.replace(tzinfo=zone) if zone else wall).astimezone(UTC)


def _jump(before: datetime, after: datetime, zone: tzinfo | None) -> datetime:
    """Return the first whole second in a stretch of UTC at which the zone's new offset is in force."""
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
    """Return a zone by its name in the time zone database; None is the machine's own.

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
