"""Every limit that may be changed while a purge runs, as `name=value` for people and as JSON for the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from minimize.errors import UsageError
from minimize.purge.throttle.profiles import DEFAULT_PROFILE, PROFILES, Profile
from minimize.purge.throttle.registry import THROTTLES
from minimize.purge.throttle.setting import SHARE, Setting, count, one_of, seconds

_DEFAULTS = PROFILES[DEFAULT_PROFILE]

_PACE_SETTINGS = (
    Setting(
        name="profile",
        kind=one_of(*get_args(Profile)),
        default=DEFAULT_PROFILE,
        meaning="Sets pages, interleave, duty-cycle and target together.",
    ),
    Setting(name="pages", kind=count(1, 8192), default=_DEFAULTS["pages"], meaning="Pages of one transaction."),
    Setting(
        name="interleave",
        kind=count(1, 8192),
        default=_DEFAULTS["interleave"],
        meaning="Transactions' worth of pages that the cascade processes together.",
    ),
    Setting(
        name="duty-cycle", kind=SHARE, default=_DEFAULTS["duty_cycle"], meaning="Share of time in which a worker works."
    ),
    Setting(
        name="target",
        kind=seconds(0.001, 60.0),
        default=_DEFAULTS["target"],
        meaning="Seconds that one statement should take; batches grow and shrink towards it.",
    ),
    Setting(
        name="vacuum-share",
        kind=SHARE.or_off(),
        default=0.2,
        meaning="Share of a table after which it is vacuumed within the run.",
    ),
    Setting(
        name="interval",
        kind=seconds(0.1, 60.0),
        default=1.0,
        meaning="Seconds between two readings of the throttles while all are clear.",
    ),
)

SETTINGS: Mapping[str, Setting] = {
    setting.name: setting
    for setting in (*_PACE_SETTINGS, *(setting for throttle in THROTTLES for setting in throttle.settings))
}
"""Every limit by name: first those of the pace, then those of each throttle."""

_FORMER_NAMES: Mapping[str, str] = {
    "archive": "archive-backlog",
    "batches": "interleave",
    "clients": "active-sessions",
    "duty": "duty-cycle",
    "waiters": "lock-waiters",
}
"""Names of earlier releases, still accepted on the command line and in the state of a run."""


def _default_throttles() -> dict[str, Any]:
    return {setting.name: setting.default for throttle in THROTTLES for setting in throttle.settings}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How fast a purge may work, and what makes it wait."""

    profile: Profile = DEFAULT_PROFILE
    pages: int = _DEFAULTS["pages"]
    """Maximum pages of one batch of the cascade, which is one transaction."""
    interleave: int = _DEFAULTS["interleave"]
    """Groups of `pages` that the cascade works on together: each of its rounds sends one batch for each group."""
    duty_cycle: float = _DEFAULTS["duty_cycle"]
    """Share of time, above 0 and up to 1, in which a worker works. It rests the remaining time."""
    target: float = _DEFAULTS["target"]
    """Seconds that one statement should take."""
    vacuum_share: float | None = 0.2
    """VACUUM each time this share of a leaf is done, so that the run reuses the space it frees. None: only at the end
    of the leaf."""
    interval: float = 1.0
    """Seconds between two readings of the throttles while all are clear."""
    throttles: Mapping[str, Any] = field(default_factory=_default_throttles)
    """The limits of the throttles, by name, in the units that each throttle documents; None turns a throttle off."""

    @property
    def rests(self) -> bool:
        """Whether the workers rest. Other work of the purge on the server, such as VACUUM, is slowed down then, too."""
        return self.duty_cycle < 1

    @classmethod
    def parse(cls, settings: Iterable[str] = ()) -> Limits:
        """Return the defaults changed by `name=value` settings.

        Raises:
            UsageError: A name is not known, or a value does not fit it.
        """
        return cls().changed(settings)

    def changed(self, settings: Iterable[str]) -> Limits:
        """Return these limits with some of them changed.

        A profile sets its limits first, so that a limit given beside it applies, in whichever order they are given.

        Raises:
            UsageError: A name is not known, or a value does not fit it.
        """
        pairs = [_split(setting) for setting in settings]
        pace: dict[str, Any] = {}
        throttles = dict(self.throttles)
        for name, text in sorted(pairs, key=lambda pair: pair[0] != "profile"):
            value = SETTINGS[name].read(text)
            if name in throttles:
                throttles[name] = value
                continue
            if name == "profile":
                pace |= PROFILES[value]
            pace[_attribute(name)] = value
        return replace(self, **pace, throttles=throttles)

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> Limits:
        """Return what `to_json` wrote. A limit that is missing, because a later release added it, has its default.

        Raises:
            UsageError: A name is not known, or a value does not fit it.
        """
        return cls.parse(f"{name}={text}" for name, text in stored.items())

    def to_json(self) -> dict[str, str]:
        """Return every limit by name, its value as the command line takes it."""
        return {name: setting.write(self.value(name)) for name, setting in SETTINGS.items()}

    def value(self, name: str) -> Any:  # noqa: ANN401 - the setting decides
        """Return a limit by the name that it has on the command line."""
        return self.throttles[name] if name in self.throttles else getattr(self, _attribute(name))

    def __str__(self) -> str:
        return "\n".join(f"{name}={text}" for name, text in self.to_json().items())


def rename_former_limits(stored: Mapping[str, str]) -> dict[str, str]:
    """Return stored limits with the names of this release."""
    return {_FORMER_NAMES.get(name, name): text for name, text in stored.items()}


def _split(setting: str) -> tuple[str, str]:
    name, equals, text = setting.partition("=")
    name = _FORMER_NAMES.get(name.strip(), name.strip())
    if not equals or name not in SETTINGS:
        what = f"{name!r} is no limit" if equals else f"{setting!r} is not written as NAME=VALUE"
        raise UsageError(what, hint=f"The limits are {', '.join(SETTINGS)}.")
    return name, text


def _attribute(name: str) -> str:
    return name.replace("-", "_")
