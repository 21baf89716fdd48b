"""How to purge: the options of one process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from minimize.errors import UsageError
from minimize.purge.throttle.limits import Limits
from minimize.purge.throttle.profiles import DEFAULT_PROFILE, JOBS, Profile
from minimize.purge.throttle.units import parse_milliseconds

StrategyChoice = Literal["auto", "cascade", "sequential", "truncate"]
TriggerChoice = Literal["refuse", "fire", "suppress"]
ConsumerChoice = Literal["refuse", "send"]

MAX_JOBS = 32
"""The most workers of one purge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeOptions:
    """How to purge.

    Raises:
        UsageError: A value is not one of those that the field allows.
    """

    triggers: TriggerChoice = "refuse"
    """A trigger that would copy the old row: refuse to start, let it fire, or suppress it in the purge's sessions."""
    strategy: StrategyChoice = "auto"
    jobs: int = 1
    """Number of workers; each has a connection of its own."""
    limits: Limits = field(default_factory=Limits)
    """How hard the purge may work, and what makes it wait. They can be changed while it runs."""
    lock_timeout: str = "100ms"
    """How long a batch waits for a row that another session holds."""
    count_first: bool = True
    """Count the rows that carry a value before the first batch of a table, so that the result can be checked."""
    vacuum: bool = True
    """VACUUM each table during the run and at its end."""
    consumers: ConsumerChoice = "refuse"
    """Whether old values may be sent to subscribers, where REPLICA IDENTITY makes the server send them."""

    def __post_init__(self) -> None:
        """Refuse what no purge can follow, before anything is erased."""
        _require_choice("triggers", self.triggers, TriggerChoice)
        _require_choice("consumers", self.consumers, ConsumerChoice)
        _require_choice("strategy", self.strategy, StrategyChoice)
        _require_jobs(self.jobs)
        _require_bool("count_first", self.count_first)
        _require_bool("vacuum", self.vacuum)

    @property
    def triggers_suppressed(self) -> bool:
        """Whether ordinary triggers do not fire for the purge. Decided here only."""
        return self.triggers == "suppress"

    def as_record(self) -> dict[str, object]:
        """Return what is stored with the run; its limits are stored separately."""
        return {name: value for name, value in asdict(self).items() if name != "limits"}


def parse_options(
    *,
    triggers: TriggerChoice = "refuse",
    consumers: ConsumerChoice = "refuse",
    strategy: StrategyChoice | Literal["dispose"] = "auto",
    jobs: int | None = None,
    profile: Profile = DEFAULT_PROFILE,
    limits: Iterable[str] = (),
    window: str | None = None,
    lock_timeout: str = "100ms",
    count_first: bool = True,
    vacuum: bool = True,
) -> PurgeOptions:
    """Return options from the form in which the command line and the Python API take them.

    Args:
        strategy: `dispose` is the name of `truncate` in earlier releases.
        jobs: Number of workers; None: that of the profile.
        limits: `name=value` settings, which take precedence over those of the profile.
        window: Hours in which the purge works, as of the limit `window`.

    Raises:
        UsageError: An argument has a value that is not allowed, a limit is unknown, or a value does not fit it.
    """
    _require_choice("profile", profile, Profile)
    limits = _require_texts("limits", limits)
    if window is not None:
        _require_text("window", window, "22:00-05:00")
    _require_text("lock_timeout", lock_timeout, "100ms")
    settings = [f"profile={profile}", *limits, *([] if window is None else [f"window={window}"])]
    parsed = Limits.parse(settings)
    try:
        milliseconds = parse_milliseconds(lock_timeout)
    except ValueError as error:
        raise UsageError(f"lock_timeout: {error}", hint="Write it as 100ms, 5s or 1min.") from None
    return PurgeOptions(
        triggers=triggers,
        consumers=consumers,
        strategy="truncate" if strategy == "dispose" else strategy,
        jobs=JOBS[parsed.profile] if jobs is None else jobs,
        limits=parsed,
        lock_timeout=f"{milliseconds}ms",
        count_first=count_first,
        vacuum=vacuum,
    )


def _require_choice(name: str, value: object, choices: Any) -> None:  # noqa: ANN401  a Literal has no type of its own
    allowed = get_args(choices)
    if not isinstance(value, str) or value not in allowed:
        raise UsageError(
            f"{name} is {_show(value)}, which is not one of its values", hint=f"Write one of {', '.join(allowed)}."
        )


def _require_jobs(jobs: object) -> None:
    if type(jobs) is not int or not 1 <= jobs <= MAX_JOBS:
        raise UsageError(f"jobs is {_show(jobs)}", hint=f"Write a whole number from 1 to {MAX_JOBS}.")


def _require_bool(name: str, value: object) -> None:
    if not isinstance(value, bool):
        raise UsageError(f"{name} is {_show(value)}", hint="Write True or False.")


def _require_text(name: str, value: object, example: str) -> None:
    if not isinstance(value, str):
        raise UsageError(f"{name} is {_show(value)}, which is not a text", hint=f"Write it as {example!r}.")


def _require_texts(name: str, values: object) -> list[str]:
    listed = list(values) if isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping) else None
    if listed is None or not all(isinstance(each, str) for each in listed):
        raise UsageError(f"{name} is {_show(values)}, which is not a list of texts", hint="Write it as ['lag=32MB'].")
    return listed


def _show(value: object) -> str:
    """Return a value for a message; of an object that is not simple only its type."""
    return repr(value) if value is None or isinstance(value, str | int | float) else f"of type {type(value).__name__}"
