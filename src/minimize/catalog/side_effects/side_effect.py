"""One thing that would see, copy or be hurt by what a purge writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SideEffect:
    """What was found before the first row; `object` and `what` read as one sentence."""

    object: str
    what: str
    hint: str
    """The way on."""
    refuses: bool
    """The purge does not start while this stands as it is."""

    def __str__(self) -> str:
        return f"{self.object} {self.what}. {self.hint}"


def listed(names: list[str], most: int = 3) -> str:
    """Return some names and how many more there are."""
    shown = names if len(names) <= most else [*names[:most], f"{len(names) - most} more"]
    return ", ".join(shown)
