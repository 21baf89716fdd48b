"""Tests of the policy model as Python code uses it."""

from __future__ import annotations

import datetime as dt

import pydantic
import pytest

from minimize.errors import PolicyError
from minimize.policy import Authority, Disposition, Policy, TableName, parse_policy


def test_a_good_policy_reads_as_attributes(good: str) -> None:
    """Every section of the file is found under its name."""
    policy = parse_policy(good, "x.toml")
    (field,) = policy.fields
    assert (policy.id, policy.jurisdiction) == ("place-of-birth", "US-WA")
    assert policy.title.startswith("Place of birth")
    assert policy.authorities[0].effective == dt.date(2018, 5, 19)
    assert (field.on_write, field.category, field.aliases) == ("reject", None, ("birthplace", "pob"))
    assert field.exceptions[0].status == "needs-legal-confirmation"
    assert [location.name for location in field.locations] == [
        "core.application.place_of_birth",
        "core.application.form placeOfBirth",
    ]
    assert field.locations[0].keep_where == {"enhanced": "app_type = 'EDL'"}


def test_a_field_is_found_by_id(good: str) -> None:
    """A field is found by its id, and the error for an unknown id suggests one."""
    policy = parse_policy(good, "x.toml")
    assert policy.find_field("place_of_birth") is policy.fields[0]
    with pytest.raises(PolicyError, match="retires no field place_of_brith") as caught:
        policy.find_field("place_of_brith")
    assert 'Did you mean "place_of_birth"?' in caught.value.hint


def test_holds_are_found_by_table(good: str) -> None:
    """A hold applies to its own table only."""
    policy = parse_policy(good, "x.toml")
    assert [hold.id for hold in policy.holds_on(TableName("core", "application"))] == ["request"]
    assert policy.holds_on(TableName("core", "applicant")) == ()


@pytest.mark.parametrize(
    ("disposition", "is_given"),
    [
        (None, False),
        (Disposition(), False),
        (Disposition(authority="schedule"), False),
        (Disposition(authority="schedule", approved_by=" "), False),
        (Disposition(authority="schedule", approved_by="officer, 2018-05-21"), True),
    ],
)
def test_a_disposition_counts_when_both_keys_are_filled(
    good: str, *, disposition: Disposition | None, is_given: bool
) -> None:
    """An empty disposition is a valid policy that allows no destruction."""
    policy = parse_policy(good, "x.toml").model_copy(update={"disposition": disposition})
    assert policy.is_disposition_given is is_given


def test_a_policy_cannot_be_changed(good: str) -> None:
    """A validated policy cannot be changed."""
    policy = parse_policy(good, "x.toml")
    with pytest.raises(pydantic.ValidationError):
        policy.fields[0].id = "other"  # type: ignore[misc]


def test_a_policy_survives_json(good: str) -> None:
    """A policy that is dumped by TOML keys is read back as an equal policy."""
    policy = parse_policy(good, "x.toml")
    assert Policy.model_validate_json(policy.model_dump_json(by_alias=True)) == policy
    assert hash(policy) == hash(parse_policy(good, "y.toml"))


def test_contradictions_are_refused_in_python_too(good: str) -> None:
    """Building a policy in Python applies the rules between sections."""
    policy = parse_policy(good, "x.toml")
    with pytest.raises(pydantic.ValidationError, match="already at authority"):
        Policy(
            schema_version=1,
            about=policy.about,
            authorities=policy.authorities * 2,
            fields=policy.fields,
        )


def test_python_uses_attribute_names() -> None:
    """A section is built from keyword arguments."""
    authority = Authority(id="a", citation="b", title="c", effective=dt.date(2018, 5, 19))
    assert authority.citation == "b"
