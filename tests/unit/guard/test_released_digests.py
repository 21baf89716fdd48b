"""The digests of the first release: a guard that it installed is recognised by them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minimize.guard.check_constraint import GuardConstraint
from minimize.guard.ddl_watch import earlier_watch_digests
from minimize.guard.definition import guard_of_location
from minimize.guard.triggers import GuardTrigger
from minimize.locations import TableRow
from minimize.policy import Location, parse_policy

from .released_policy import POLICY, TYPES

RELEASED: dict[str, list[str]] = json.loads(Path(__file__).with_name("released_digests.json").read_text("utf-8"))
"""By mode and location: of each trigger, then of the CHECK. They were computed by the first release itself."""

POLICY_OF_RELEASE = parse_policy(POLICY, "policy.toml")
CASES = [
    pytest.param(mode, location, id=f"{mode} {location.name}")
    for mode in ("reject", "strip", "warn")
    for location in POLICY_OF_RELEASE.fields[0].locations
]


@pytest.mark.parametrize(("mode", "location"), CASES)
def test_the_digest_of_the_first_release_is_known(mode: str, location: Location) -> None:
    """A change of the SQL of any kind of location needs the earlier SQL, or installed guards become drift."""
    field = POLICY_OF_RELEASE.fields[0].model_copy(update={"on_write": mode})
    guard = guard_of_location(field, location, TableRow(types=TYPES), "WSR 18-10-030")
    released = RELEASED[f"{mode} {location.name}"]
    parts: list[GuardTrigger | GuardConstraint] = [*guard.triggers, guard.constraint]
    known = [(part.policy_digest, *part.earlier_digests) for part in parts]
    assert len(known) == len(released)
    assert [digest for digest, accepted in zip(released, known, strict=True) if digest not in accepted] == []


def test_the_digest_of_the_first_ddl_watch_is_known() -> None:
    """The watch that the first release installed is recognised as well."""
    assert RELEASED["ddl watch"][0] in earlier_watch_digests(POLICY_OF_RELEASE)
