"""How to purge: the options of one process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal

from minimize.errors import UsageError
from minimize.purge.throttle.limits import Limits
from minimize.purge.throttle.profiles import DEFAULT_PROFILE, JOBS, Profile
from minimize.purge.throttle.units import parse_milliseconds

StrategyChoice = Literal["auto", "cascade", "sequential", "truncate"]
TriggerChoice = Literal["refuse", "fire", "suppress"]
ConsumerChoice = Literal["refuse", "send"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeOptions:
    """How to purge."""

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
    strategy: StrategyChoice = "auto",
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
        jobs: Number of workers; None: that of the profile.
        limits: `name=value` settings, which take precedence over those of the profile.
        window: Hours in which the purge works, as of the limit `window`.

    Raises:
        UsageError: A limit is unknown, a value does not fit it, or the lock timeout is not a time.
    """
    settings = [f"profile={profile}", *limits, *([] if window is None else [f"window={window}"])]
    parsed = Limits.parse(settings)
    try:
        milliseconds = parse_milliseconds(lock_timeout)
    except ValueError as error:
        raise UsageError(f"lock timeout: {error}", hint="Write it as 100ms, 5s or 1min.") from None
    return PurgeOptions(
        triggers=triggers,
        consumers=consumers,
        strategy=strategy,
        jobs=JOBS[parsed.profile] if jobs is None else jobs,
        limits=parsed,
        lock_timeout=f"{milliseconds}ms",
        count_first=count_first,
        vacuum=vacuum,
    )
