"""The example policy is complete and sound, and so is every piece of a policy that a page shows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minimize.policy import load_policy, policy_schema
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
    rest = "\n".join(part for name, part in sections(read(EXAMPLE)) if name not in given)
    assert set(given) <= set(example)
    path = tmp_path / "minimize.toml"
    # What stands before the first section comes first.
    path.write_text(f"{rest}\n{block}" if "schema_version" not in given else f"{block}\n{rest}", encoding="utf-8")
    assert load_policy(path).fields


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a TOML text with the top-level key that each is about."""
    name, lines = "schema_version", list[str]()
    for line in text.splitlines():
        if line.startswith("["):
            yield name, "\n".join(lines)
            name, lines = line.strip("[] ").split("]")[0].split(".")[0], []
        lines.append(line)
    yield name, "\n".join(lines)
