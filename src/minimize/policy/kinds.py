"""The register of location kinds. The package `minimize.locations` fills it when it is imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from minimize.errors import PolicyError
from minimize.policy.location import Location
from minimize.policy.section import invalid_value

_LocationT = TypeVar("_LocationT", bound=Location)

_kinds: dict[str, type[Location]] = {}


def location_kind(kind: type[_LocationT]) -> type[_LocationT]:
    """Register a location kind; a class decorator.

    Raises:
        TypeError: The class is incomplete, or another kind has the same name or key.
    """
    if missing := sorted(kind.__abstractmethods__):
        raise TypeError(f"location kind {kind.kind} lacks {', '.join(missing)}")
    if kind.key is not None and kind.key not in kind.model_fields:
        raise TypeError(f"location kind {kind.kind} has no field for its key {kind.key}")
    for other in _kinds.values():
        # A module that is loaded again defines the same kind again.
        is_same = (other.__module__, other.__qualname__) == (kind.__module__, kind.__qualname__)
        if not is_same and (other.kind == kind.kind or other.key == kind.key):
            raise TypeError(f"location kinds {other.kind} and {kind.kind} have the same name or key")
    _kinds[kind.kind] = kind
    return kind


def location_kinds() -> tuple[type[Location], ...]:
    """Return the registered kinds: the plain column first, then by policy key."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.key or ""))


@contextmanager
def isolated_kinds() -> Iterator[None]:
    """Start with no kinds and restore the present ones at the end; for tests."""
    present = dict(_kinds)
    _kinds.clear()
    try:
        yield
    finally:
        _kinds.clear()
        _kinds.update(present)


def kind_for(keys: Mapping[str, object]) -> type[Location]:
    """Return the kind of a location with these policy keys.

    Raises:
        PydanticCustomError: The keys select two kinds, or no registered kind.
    """
    chosen = [kind for kind in location_kinds() if kind.key in keys]
    if len(chosen) > 1:
        names = " and ".join(str(kind.key) for kind in chosen)
        raise invalid_value(f"{names} exclude each other", hint="Write one [[field.location]] table for each of them.")
    chosen = chosen or [kind for kind in location_kinds() if kind.key is None]
    if not chosen:
        selecting = ", ".join(str(kind.key) for kind in location_kinds())
        raise invalid_value(
            "no kind of location has these keys",
            hint=f"Add one of these keys: {selecting}."
            if selecting
            else "No kind is registered: in Python, import minimize.locations before you read a policy.",
        )
    return chosen[0]


def read_location(value: object) -> Location:
    """Return the location that a table of the policy describes. A Location is returned unchanged.

    Raises:
        PydanticCustomError: The value is no table, or has the keys of no kind.
        ValidationError: The value does not fit its kind.
    """
    if isinstance(value, Location):
        return value
    if not isinstance(value, Mapping):
        raise invalid_value("expected a table", hint="Write each location as a [[field.location]] table.")
    try:
        return kind_for(value).model_validate(value, by_alias=True, by_name=False)
    except PolicyError as error:
        raise invalid_value(error.message, hint=error.hint) from None
