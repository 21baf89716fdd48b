"""Limits are parsed from settings and written as settings; a setting that does not fit is refused."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minimize.errors import UsageError
from minimize.purge.throttle.limits import Limits
from minimize.purge.throttle.profiles import PROFILES
from minimize.purge.throttle.units import write_seconds, write_size


def test_the_defaults_are_the_gentle_profile() -> None:
    """Without settings a purge has short statements and rests four times as long as it works."""
    limits = Limits.parse()
    assert (limits.profile, limits.pages, limits.interleave, limits.duty_cycle, limits.target) == (
        "gentle",
        64,
        16,
        0.2,
        0.003,
    )
    assert Limits().changed(["profile=gentle"]) == limits


def test_a_profile_does_not_change_the_throttles() -> None:
    """The fast profile has the same limits for replicas and sessions."""
    before = Limits.parse(["lag=1GB"])
    after = before.changed(["profile=fast"])
    assert (after.pages, after.interleave, after.duty_cycle, after.target) == (512, 4, 1.0, 0.05)
    assert {name for name, text in after.to_json().items() if text != before.to_json()[name]} == {
        "profile",
        *(name.replace("_", "-") for name in PROFILES["fast"]),
    }


def test_a_setting_beside_a_profile_wins() -> None:
    """The order of the two makes no difference."""
    assert Limits.parse(["duty-cycle=0.7", "profile=fast"]) == Limits.parse(["profile=fast", "duty-cycle=0.7"])
    assert Limits.parse(["duty-cycle=0.7", "profile=fast"]).duty_cycle == 0.7


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        ("lag=16MB", "lag", 16 * 1024**2),
        ("lag = 1.5 gb", "lag", 1536 * 1024**2),
        ("lag-time=90s", "lag-time", 90.0),
        ("lag-time=off", "lag-time", None),
        ("target=15ms", "target", 0.015),
        ("vacuum-share=1", "vacuum-share", 1.0),
        ("vacuum-share=off", "vacuum-share", None),
        ("interval=1min", "interval", 60.0),
        ("wal-rate=20MB/s", "wal-rate", 20 * 1024**2),
        ("vacuum=any", "vacuum", "any"),
        ("query=SELECT count(*) = 0 FROM ops.alarm", "query", "SELECT count(*) = 0 FROM ops.alarm"),
    ],
)
def test_a_setting_is_read_in_its_unit(setting: str, name: str, value: object) -> None:
    """Sizes are in bytes, times in seconds, and SQL is unchanged."""
    assert Limits.parse([setting]).value(name) == value


@pytest.mark.parametrize(
    "setting",
    [
        *("lag=16", "lag=-1MB", "lag=", "lag=0.1B", "lag=1e9MB", "lag=9999999999TB", "lag-time=10", "wal-rate=1s"),
        *(
            "duty-cycle=0",
            "duty-cycle=1.1",
            "duty-cycle=nan",
            "target=0ms",
            "pages=0",
            "pages=off",
            "replicas=off",
            "archive-backlog=1.5",
        ),
        *("profile=rude", "vacuum=yes", "vacuum-share=0", "vacuum-share=1.1", "query="),
    ],
)
def test_a_value_that_does_not_fit_is_refused(setting: str) -> None:
    """The message repeats the setting, and the hint describes the values."""
    with pytest.raises(UsageError) as caught:
        Limits.parse([setting])
    assert setting in caught.value.message
    assert caught.value.hint.startswith(f"Write {setting.partition('=')[0]} as ")


@pytest.mark.parametrize("setting", ["lagg=16MB", "lag_time=10s", "=1", "lag"])
def test_a_name_that_is_not_known_is_refused(setting: str) -> None:
    """The hint lists all names."""
    with pytest.raises(UsageError) as caught:
        Limits.parse([setting])
    assert all(name in caught.value.hint for name in Limits().to_json())


SIZES = st.integers(0, 10**15).map(write_size)
TIMES = st.integers(0, 86_400_000).map(lambda ms: write_seconds(ms / 1000))
COUNTS = st.integers(0, 1000).map(str)


def _or_off(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just("off"), values)


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "profile": st.sampled_from(sorted(PROFILES)),
        "duty-cycle": st.floats(0, 1, exclude_min=True).map(repr),
        "vacuum-share": _or_off(st.floats(0, 1, exclude_min=True).map(repr)),
        "interval": st.integers(100, 60_000).map(lambda ms: f"{ms}ms"),
        "lag": _or_off(SIZES),
        "lag-time": _or_off(TIMES),
        "wal-rate": _or_off(SIZES.map(lambda size: f"{size}/s")),
        "replicas": COUNTS,
        "lock-waiters": _or_off(COUNTS),
        "window": _or_off(st.just("22:00-05:00,12:00-13:00 America/New_York")),
        "query": _or_off(st.text(min_size=1).map(str.strip).filter(bool)),
    },
)


# Slow only where the machine is: what is drawn is a handful of words.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SETTINGS)
def test_limits_are_read_back_as_they_were_written(words: dict[str, str]) -> None:
    """Another process reads the same limits from the state of the run."""
    limits = Limits.from_json(words)
    assert Limits.from_json(limits.to_json()) == limits


@pytest.mark.parametrize(
    ("former", "name"),
    [
        ("archive=3", "archive-backlog=3"),
        ("batches=3", "interleave=3"),
        ("clients=3", "active-sessions=3"),
        ("duty=0.3", "duty-cycle=0.3"),
        ("waiters=3", "lock-waiters=3"),
    ],
)
def test_names_of_earlier_releases_are_accepted(former: str, name: str) -> None:
    """A cron job or a stored run may use a former name of a limit."""
    assert Limits.parse([former]) == Limits.parse([name]) != Limits()
