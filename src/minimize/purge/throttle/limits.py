"""Every setting that may be changed while a purge runs, as `name=value` for people and as JSON for the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from minimize.errors import UsageError
from minimize.purge.throttle.units import parse_seconds, parse_size, write_seconds, write_size
from minimize.purge.throttle.window import Window

MB = 1024**2

PROFILES: Mapping[str, Mapping[str, float]] = {
    "gentle": {"pages": 64, "interleave": 16, "duty_cycle": 0.2, "target": 0.003},
    "fast": {"pages": 512, "interleave": 4, "duty_cycle": 1.0, "target": 0.05},
}
"""`gentle` has statements of a few milliseconds and rests four times as long as it works; `fast` leaves the server no
rest. Both obey the same throttles."""

JOBS: Mapping[str, int] = {"gentle": 1, "fast": 2}
"""Workers of each profile, unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How hard a purge may work, and what makes it wait; None takes a throttle out.

    A throttle lets the purge go on while its reading is at or below the limit (`disk_free`: at or above it).
    """

    profile: str = "gentle"
    pages: int = 64
    """Pages of one sub-batch, and so of one transaction."""
    interleave: int = 16
    """Sub-batches of one super-range, each of whose passes goes over all of them."""
    duty_cycle: float = 0.2
    """The share of time in which a worker works; it rests the other part."""
    target: float = 0.003
    """Seconds that one statement should take."""
    vacuum_share: float | None = 0.2
    """VACUUM after each such share of a leaf, so that what the purge frees is used again within the run; None: at the
    leaf's end only."""
    interval: float = 1.0
    """Seconds between two readings of the throttles while all are clear."""
    window: Window | None = None
    lag: int | None = 16 * MB
    """Bytes of WAL that the furthest replica still has to replay."""
    lag_time: float | None = 10.0
    """Seconds by which the furthest replica is behind."""
    replicas: int = 0
    """Receivers of WAL that must be connected."""
    archive_backlog: int | None = 64
    """Whole WAL segments not archived yet."""
    wal_rate: int | None = None
    """Bytes of WAL that the whole server writes in a second."""
    vacuum: str | None = "wraparound"
    """The VACUUM of a table being purged that the purge makes way for: `wraparound` or `any`."""
    lock_waiters: int | None = 0
    """Sessions that wait for a lock on a table being purged, or for one that the purge holds."""
    active_sessions: int | None = None
    """Active client sessions other than the purge's own."""
    disk_free: int | None = None
    """Bytes free on the fullest file system of the server's data, WAL and tablespaces."""
    disk_used: int | None = None
    """Bytes that the database and the WAL directory take."""
    query: str | None = None
    """SQL of the operator's own whose one boolean says whether to go on."""

    @property
    def rests(self) -> bool:
        """Whether the purge leaves time to others, and what it has the server do besides should, too."""
        return self.duty_cycle < 1

    @classmethod
    def parse(cls, settings: Iterable[str] = ()) -> Limits:
        """Return the defaults changed by `name=value` settings.

        Raises:
            UsageError: A name is not known, or a value does not fit it.
        """
        return cls().changed(settings)

    def changed(self, settings: Iterable[str]) -> Limits:
        """Return these limits with some set anew; a profile sets what it presets, before all that is named beside it.

        Raises:
            UsageError: A name is not known, or a value does not fit it.
        """
        pairs = [_pair(setting) for setting in settings]
        changes: dict[str, Any] = {}
        for name, text in sorted(pairs, key=lambda pair: pair[0] != "profile"):
            value = _SETTINGS[name].read(name, text)
            changes |= PROFILES[value] if name == "profile" else {}
            changes[_attribute(name)] = value
        return replace(self, **changes)

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> Limits:
        """Return what `to_json` wrote; a setting that is not in it, because a later release added it, has its default.

        Raises:
            UsageError: A name is not known, or a value does not fit it.
        """
        return cls.parse(f"{name}={text}" for name, text in stored.items())

    def to_json(self) -> dict[str, str]:
        """Return every setting by name, its value as the command line takes it."""
        return {name: _SETTINGS[name].write(getattr(self, _attribute(name))) for name in _SETTINGS}

    def __str__(self) -> str:
        return "\n".join(f"{name}={text}" for name, text in self.to_json().items())


class _Kind(NamedTuple):
    """What values a setting takes; `form` says so in a message, `parse` raises ValueError on anything else."""

    form: str
    parse: Callable[[str], Any]
    format: Callable[[Any], str] = str

    def read(self, name: str, text: str) -> Any:  # noqa: ANN401 - the kind decides
        try:
            return self.parse(text.strip())
        except ValueError:
            raise UsageError(f"{name}={text} is no limit", hint=f"Write {name} as {self.form}.") from None

    def write(self, value: object) -> str:
        return "off" if value is None else self.format(value)

    def or_off(self) -> _Kind:
        parse = self.parse
        return _Kind(f"{self.form}, or off", lambda text: None if text == "off" else parse(text), self.format)


def _within(low: float, high: float, parse: Callable[[str], float]) -> Callable[[str], Any]:
    def bounded(text: str) -> float:
        value = parse(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return bounded


def _count(low: int, high: int) -> _Kind:
    return _Kind(f"a whole number from {low:,} to {high:,}", _within(low, high, int))


def _seconds(low: float, high: float) -> _Kind:
    form = f"a time such as 500ms, 10s or 5min, from {write_seconds(low)} to {write_seconds(high)}"
    return _Kind(form, _within(low, high, parse_seconds), write_seconds)


def _one_of(*words: str) -> _Kind:
    def parse(text: str) -> str:
        return words[words.index(text)]

    return _Kind(" or ".join(words), parse)


def _share(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1:
        raise ValueError(text)
    return value


def _text(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


_SHARE = _Kind("a share above 0 and up to 1, such as 0.5", _share)
_SIZE = _Kind("a size such as 512kB, 16MB or 2GB", parse_size, write_size)
_RATE = _Kind(
    "a size a second such as 20MB/s", lambda text: parse_size(text.removesuffix("/s")), lambda n: f"{write_size(n)}/s"
)

_SETTINGS: Mapping[str, _Kind] = {
    "profile": _one_of(*PROFILES),
    "pages": _count(1, 8192),
    "interleave": _count(1, 8192),
    "duty-cycle": _SHARE,
    "target": _seconds(0.001, 60.0),
    "vacuum-share": _SHARE.or_off(),
    "interval": _seconds(0.1, 60.0),
    "window": _Kind("hours such as 22:00-05:00 America/New_York", Window.parse).or_off(),
    "lag": _SIZE.or_off(),
    "lag-time": _seconds(0.0, 86400.0).or_off(),
    "replicas": _count(0, 1000),
    "archive-backlog": _count(0, 1_000_000).or_off(),
    "wal-rate": _RATE.or_off(),
    "vacuum": _one_of("wraparound", "any").or_off(),
    "lock-waiters": _count(0, 100_000).or_off(),
    "active-sessions": _count(0, 100_000).or_off(),
    "disk-free": _SIZE.or_off(),
    "disk-used": _SIZE.or_off(),
    "query": _Kind("an SQL query that returns one boolean", _text).or_off(),
}


_FORMER_NAMES: Mapping[str, str] = {
    "archive": "archive-backlog",
    "batches": "interleave",
    "clients": "active-sessions",
    "duty": "duty-cycle",
    "waiters": "lock-waiters",
}
"""Names of earlier releases, still accepted on the command line and in the state of a run."""


def rename_former_limits(stored: Mapping[str, str]) -> dict[str, str]:
    """Return stored limits with the names of this release."""
    return {_FORMER_NAMES.get(name, name): text for name, text in stored.items()}


def _pair(setting: str) -> tuple[str, str]:
    name, equals, text = setting.partition("=")
    name = _FORMER_NAMES.get(name.strip(), name.strip())
    if not equals or name not in _SETTINGS:
        what = f"{name!r} is no limit" if equals else f"{setting!r} is not written as NAME=VALUE"
        raise UsageError(what, hint=f"The limits are {', '.join(_SETTINGS)}.")
    return name, text


def _attribute(name: str) -> str:
    return name.replace("-", "_")


assert {_attribute(name) for name in _SETTINGS} == {field.name for field in fields(Limits)}
