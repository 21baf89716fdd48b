"""The example policy is complete and sound, and so is every piece of a policy that a page shows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minimize.locations import load_policy
from minimize.policy import policy_schema
from tests.markdown import DOCS, fenced_blocks, pages, read
from tests.unit.docs.json_schema import find_violations, keys_of_schema

EXAMPLE = DOCS / "example-policy.toml"
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in pages()
    for number, block in enumerate(fenced_blocks(read(page), "toml"))
    if not block.startswith(("[tool.", "--8<--"))
]


@pytest.fixture
def example() -> dict[str, Any]:
    """Give the example policy as TOML reads it."""
    return tomllib.loads(read(EXAMPLE))


def keys_of(value: Any) -> Iterator[str]:
    """Yield every key in a document, in sections and inline tables."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            for key, inner in each.items():
                yield key
                yield from keys_of(inner)


def test_the_example_is_read_by_the_tool() -> None:
    """A user can copy it and begin."""
    policy = load_policy(EXAMPLE)
    assert policy.is_disposition_given
    assert {location.kind for field in policy.fields for location in field.locations} >= {
        "column",
        "json_path",
        "table",
    }


def test_the_example_fits_the_json_schema(example: dict[str, Any]) -> None:
    """What an editor says of the example is what the tool says: it is sound."""
    assert list(find_violations(example, policy_schema())) == []


def test_a_mistake_does_not_fit_the_json_schema(example: dict[str, Any]) -> None:
    """The check above finds an unknown key and a missing one."""
    example["policy"]["tittle"] = example["policy"].pop("title")
    assert len(list(find_violations(example, policy_schema()))) == 2


def test_the_example_has_every_key(example: dict[str, Any]) -> None:
    """A key that is added to the policy has to be added to the example, with a comment."""
    assert set(keys_of_schema(policy_schema())) - set(keys_of(example)) == set()


@pytest.mark.parametrize("block", BLOCKS)
def test_a_piece_of_a_policy_is_sound(block: str, example: dict[str, Any], tmp_path: Path) -> None:
    """A TOML block of a page, completed by the sections of the example that it leaves out, is a policy."""
    given = tomllib.loads(block)
    assert set(given) <= set(example)
    path = tmp_path / "minimize.toml"
    path.write_text(complete(block, given), encoding="utf-8")
    assert load_policy(path).fields


def complete(block: str, given: dict[str, Any]) -> str:
    """Return a whole policy: a block of a page, and the sections of the example that it leaves out."""
    parts = [(headings_of(part), part) for part in re.split(r"^(?=\[)", read(EXAMPLE), flags=re.MULTILINE)]
    is_location = isinstance(given.get("field"), dict)
    completed: list[str] = []
    for (top, heading), part in parts:
        if is_location and heading == "field.location":
            # It stands where the locations of the example do, the first of which it replaces.
            completed += [block] if block not in completed else []
        elif top not in given or (is_location and top == "field"):
            completed.append(part)
    if block in completed:
        return "\n".join(completed)
    # What stands before the first section comes first.
    return "\n".join([block, *completed] if "schema_version" in given else [*completed, block])


def headings_of(part: str) -> tuple[str, str]:
    """Return the top-level key and the whole heading of a part of a TOML text."""
    match = re.match(r"\[+([\w.]+)", part)
    heading = match[1] if match else "schema_version"
    return heading.partition(".")[0], heading
