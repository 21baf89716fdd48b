"""How to purge: the options of one process."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from minimize.purge.throttle.limits import Limits

StrategyChoice = Literal["auto", "cascade", "sequential", "truncate"]
TriggerChoice = Literal["refuse", "fire", "suppress"]
ConsumerChoice = Literal["refuse", "send"]


@dataclass(frozen=True, slots=True)
class PurgeOptions:
    """How to purge."""

    triggers: TriggerChoice = "refuse"
    strategy: StrategyChoice = "auto"
    jobs: int = 1
    """Workers, each with a connection of its own."""
    limits: Limits = field(default_factory=Limits)
    """How hard it may work and what makes it wait; these may be changed while it runs."""
    lock_timeout: str = "100ms"
    """How long a batch waits for a row that another session holds, while others may wait for what it holds itself."""
    count_first: bool = True
    """Count the rows that carry a value before the first batch of a table, so that the result can be checked by it."""
    vacuum: bool = True
    consumers: ConsumerChoice = "refuse"
    """Whether old values may be sent to subscribers, where replica identity has the server do so."""

    @property
    def triggers_suppressed(self) -> bool:
        """Whether ordinary triggers do not fire for the purge. Decided here only."""
        return self.triggers == "suppress"

    def as_record(self) -> dict[str, object]:
        """Return what the record of a run says of its options; the limits have a record of their own."""
        return {name: value for name, value in asdict(self).items() if name != "limits"}
