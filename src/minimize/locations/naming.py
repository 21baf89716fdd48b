"""The names of what the toolkit installs for a location, the same on every server and in every release."""

from __future__ import annotations

import hashlib

from minimize.policy import Location

MODES = ("reject", "strip", "warn")


def object_name(prefix: str, location: Location) -> str:
    """Return a readable name, unique to the location, with room for a suffix within PostgreSQL's 63 bytes."""
    # PostgreSQL counts bytes and would cut off the digest, so that two objects could share a name.
    readable = prefix.encode()[:30].decode(errors="ignore")
    return f"{readable}_{hashlib.sha256(location.name.encode()).hexdigest()[:8]}"


def guard_name(field: str, location: Location) -> str:
    """Return the name that a location's guard objects share."""
    return object_name(field, location)


def counter_names(field: str, location: Location) -> tuple[str, ...]:
    """Return the sequences that count for a location, one for each mode.

    They outlive guard and column, and so show that a location once was where the policy says.
    """
    return tuple(f"{mode}_{guard_name(field, location)}" for mode in MODES)
