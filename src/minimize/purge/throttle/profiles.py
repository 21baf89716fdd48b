"""The profiles: how hard a purge works unless single limits are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

Profile = Literal["gentle", "fast"]

DEFAULT_PROFILE: Profile = "gentle"


class ProfileLimits(TypedDict):
    """The limits that a profile sets, by attribute of `Limits`, which documents them."""

    pages: int
    interleave: int
    duty_cycle: float
    target: float


PROFILES: Mapping[Profile, ProfileLimits] = {
    "gentle": {"pages": 64, "interleave": 16, "duty_cycle": 0.2, "target": 0.003},
    "fast": {"pages": 512, "interleave": 4, "duty_cycle": 1.0, "target": 0.05},
}
"""`gentle` has statements of a few milliseconds and rests four times as long as it works; `fast` does not rest. Both
have the same throttles."""

JOBS: Mapping[Profile, int] = {"gentle": 1, "fast": 2}
"""Workers of each profile, unless --jobs is given."""
