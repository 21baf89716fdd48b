"""A side effect: an object that sees, copies or is affected by the writes of a purge."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEffect:
    """One side effect, found before the first row is erased; `object` and `what` form one sentence."""

    object: str
    what: str
    hint: str
    """The next action."""
    refuses: bool
    """Whether the purge refuses to start because of it."""

    def __str__(self) -> str:
        return f"{self.object} {self.what}. {self.hint}"


def listed(names: list[str], most: int = 3) -> str:
    """Return the first names, and the number of the others."""
    shown = names if len(names) <= most else [*names[:most], f"{len(names) - most} more"]
    return ", ".join(shown)
