"""A window is open while its time zone has one of its hours, also on a day on which the clock is changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimize.errors import UsageError
from minimize.purge.throttle.daily_hours import Window

NEW_YORK = "America/New_York"


def at(text: str, fold: int = 0) -> datetime:
    """Return the instant of a local time in New York; with fold 1 its second occurrence."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(NEW_YORK), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("04:59", True), ("05:00", False)],
)
def test_a_window_may_cross_midnight(now: str, is_open: bool) -> None:  # noqa: FBT001 - the expectation
    """It includes its start and not its end."""
    assert Window.parse(f"22:00-05:00 {NEW_YORK}").is_open(at(f"2026-06-10 {now}")) is is_open


def test_a_window_is_in_its_own_zone() -> None:
    """The same instant is inside in one time zone and outside in another."""
    now = datetime(2026, 6, 10, 3, tzinfo=UTC)
    assert Window.parse(f"22:00-05:00 {NEW_YORK}").is_open(now)
    assert not Window.parse("22:00-05:00 Asia/Tokyo").is_open(now)


@pytest.fixture
def machine_in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the time zone of this machine to Tokyo."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("machine_in_tokyo")
def test_without_a_zone_the_machines_clock_counts() -> None:
    """The time zone of the machine applies, as in cron."""
    window = Window.parse("22:00-05:00")
    assert window.is_open(datetime(2026, 6, 10, 13, tzinfo=UTC))
    assert not window.is_open(datetime(2026, 6, 10, 12, 59, tzinfo=UTC))
    opens = window.opens_at(datetime(2026, 6, 10, 12, tzinfo=UTC))
    assert window.format_instant(opens) == "2026-06-10 22:00 JST"


def test_a_closed_window_has_an_opening_time() -> None:
    """It is in the time zone of the window; an open window opens now."""
    window = Window.parse(f"22:00-05:00,12:00-13:00 {NEW_YORK}")
    assert window.opens_at(at("2026-06-10 05:00")) == at("2026-06-10 12:00")
    assert window.opens_at(at("2026-06-10 13:00")) == at("2026-06-10 22:00")
    assert window.opens_at(at("2026-06-10 12:30")) == at("2026-06-10 12:30")
    assert window.format_instant(window.opens_at(at("2026-06-10 05:00"))) == "2026-06-10 12:00 EDT"


def test_a_time_the_clock_jumps_over_is_the_jump() -> None:
    """On 2026-03-08 New York's clock goes from 02:00 to 03:00."""
    assert Window.parse(f"02:30-05:00 {NEW_YORK}").opens_at(at("2026-03-08 01:00")) == at("2026-03-08 03:00")
    closing = Window.parse(f"01:00-02:30 {NEW_YORK}")
    assert closing.is_open(at("2026-03-08 01:59"))
    assert not closing.is_open(at("2026-03-08 03:00"))
    whole = Window.parse(f"02:10-02:50 {NEW_YORK}")
    assert whole.opens_at(at("2026-03-08 00:00")) == at("2026-03-09 02:10")


def test_a_time_that_occurs_twice_is_its_first_occurrence() -> None:
    """On 2026-11-01 New York's clock goes from 02:00 back to 01:00."""
    closing = Window.parse(f"22:00-01:30 {NEW_YORK}")
    assert closing.is_open(at("2026-11-01 01:29"))
    assert not closing.is_open(at("2026-11-01 01:30"))
    assert not closing.is_open(at("2026-11-01 01:15", fold=1))
    opening = Window.parse(f"01:30-05:00 {NEW_YORK}")
    assert opening.opens_at(at("2026-11-01 01:00")) == at("2026-11-01 01:30")


MINUTES = st.integers(0, 1439)


@st.composite
def windows(draw: st.DrawFn) -> str:
    """Draw the text of a window."""
    stretches = []
    for start, end in draw(st.lists(st.tuples(MINUTES, st.integers(0, 1440)), min_size=1, max_size=4)):
        if start != end:
            stretches.append(f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}")
    zones = ["", " UTC", f" {NEW_YORK}", " Europe/Berlin", " Asia/Kolkata", " Australia/Lord_Howe"]
    return ",".join(stretches or ["22:00-05:00"]) + draw(st.sampled_from(zones))


@given(windows())
def test_a_window_is_read_back_as_it_was_written(text: str) -> None:
    """`str` returns a text that `parse` accepts."""
    assert str(Window.parse(text)) == text


# Three days around each change of a clock in 2026, so that hypothesis looks there.
INSTANTS = st.sampled_from([(3, 8), (11, 1), (3, 29), (10, 25), (4, 5), (10, 4), (6, 10)]).flatmap(
    lambda day: st.integers(-2160, 2160).map(
        lambda minutes: datetime(2026, *day, 12, tzinfo=UTC) + timedelta(minutes=minutes)
    )
)


@given(windows(), INSTANTS)
def test_a_window_changes_at_its_opening_time(text: str, now: datetime) -> None:
    """It is closed up to the time it opens, and open from then on."""
    window, moment = Window.parse(text), timedelta(seconds=1)
    opens = window.opens_at(now)
    if window.is_open(now):
        assert opens == now
    else:
        assert opens > now
        assert window.is_open(opens)
        assert not window.is_open(opens - moment)


@given(windows(), INSTANTS)
def test_a_window_is_open_at_the_hours_the_clock_shows(text: str, now: datetime) -> None:
    """On a day without a change of the clock, the local time alone decides."""
    window = Window.parse(text)
    zone = ZoneInfo(window.zone) if window.zone else None
    local = now.astimezone(zone)
    nearby = [(now + timedelta(days=days)).astimezone(zone).utcoffset() for days in (-2, -1, 0, 1, 2)]
    if any(before != after for before, after in pairwise(nearby)):
        return
    minute = local.hour * 60 + local.minute
    shown = any(
        hours.start <= minute < hours.end if hours.start < hours.end else minute >= hours.start or minute < hours.end
        for hours in window.hours
    )
    assert window.is_open(now) is shown


@pytest.mark.parametrize(
    "text",
    [
        *("", "22-5", "22:00", "22:00-25:00", "22:00-24:01", "22:60-23:00", "22:00-22:00", "24:00-05:00"),
        *("22:00-05:00,", "22:00_05:00", "22:00-05:00 Nowhere/City", "22:00-05:00 ../etc/passwd"),
        "22:00-05:00 America",
    ],
)
def test_a_text_that_is_not_a_window_is_refused(text: str) -> None:
    """The hint shows an example, or the message names the error."""
    with pytest.raises(UsageError) as caught:
        Window.parse(text)
    assert caught.value.hint
