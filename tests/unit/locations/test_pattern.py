"""Patterns: which mistakes are found without a server, and the SQL for them."""

from __future__ import annotations

import pytest

from minimize.errors import PolicyError
from minimize.locations import TableRow
from minimize.policy import parse_policy, read_location
from tests.integration.purge.scenario import policy_text


def location_text(keys: str) -> str:
    """Return a policy with one pattern, its keys as TOML."""
    return policy_text(f'[[field.location]]\ncolumn = "lab.person.note"\n{keys}')


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("pattern = ''", "pattern: must not be empty"),
        (r'pattern = "a\nb"', r"pattern: write a line break as \n"),
        ("pattern = 'a'\nreplacement = '[\\&]'", r"replacement: \& would put back the match"),
        ('pattern = "a"\nreplacement = "\\u0000"', "replacement: PostgreSQL cannot store a NUL character"),
        ("pattern = 'a'\ncolumn_type = 'json'", "column_type: expected text or text[]"),
        ("pattern = 'a'\njson_path = '$.a'", "json_path and pattern exclude each other"),
        ("pattern = 'a'\nreplacment = 'b'", "unknown key"),
    ],
)
def test_what_can_be_seen_without_a_server_is_refused_at_once(keys: str, message: str) -> None:
    """The error names the key."""
    with pytest.raises(PolicyError) as caught:
        parse_policy(location_text(keys), "minimize.toml")
    assert message in caught.value.message


@pytest.mark.parametrize("replacement", ["", "x", r"\\&", r"\1 [removed]", r"a\\"])
def test_a_replacement_may_hold_groups_and_backslashes(replacement: str) -> None:
    """After a doubled backslash, a digit or & is no reference."""
    policy = parse_policy(location_text(f"pattern = '(a)b'\nreplacement = '{replacement}'"), "minimize.toml")
    assert getattr(policy.fields[0].locations[0], "replacement", None) == replacement


def test_asking_a_text_takes_no_function_of_ours() -> None:
    """`verify` and `policy check` work before the guard is installed, and a clean write calls no function."""
    place = read_location({"column": "lab.person.note", "pattern": "a"})
    assert "minimize." not in place.carries(TableRow(types={"note": "varchar"})).as_string(None)
    assert "minimize.pattern_taken_v1" in place.carries(TableRow(types={"note": "_text"})).as_string(None)


def test_the_type_can_be_said_in_the_policy() -> None:
    """Without a database `column_type` decides; with a database, its type decides."""
    place = read_location({"column": "lab.person.note", "pattern": "a", "column_type": "text[]"})
    assert "text[]" in place.carries(TableRow()).as_string(None)
    assert "text[]" not in place.carries(TableRow(types={"note": "text"})).as_string(None)
