"""The documentation names every key of the policy file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import minimize.locations  # noqa: F401  registers the kinds
from minimize.policy import location_kinds, policy_schema

DOCS = Path(__file__).parents[3] / "docs"


def keys(schema: object) -> Iterator[str]:
    """Yield each key of each table that a schema describes."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield from schema.get("properties", {})
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from keys(each)


def test_every_key_is_documented() -> None:
    """Each key of the JSON Schema is in docs/policy.md or in a page of docs/locations, as code."""
    pages = [DOCS / "policy.md", *(DOCS / "locations").glob("*.md")]
    code = " ".join(
        re.findall(r"`[^`\n]+`|^```.*?^```", "\n".join(map(Path.read_text, pages)), re.MULTILINE | re.DOTALL)
    )
    schema: dict[str, Any] = policy_schema()
    found = set(keys(schema))
    assert {"schema_version", "json_path", "url_env"} <= found
    assert sorted(key for key in found if not re.search(rf"\b{key}\b", code)) == []


def test_the_policy_page_links_to_every_kind() -> None:
    """docs/policy.md links to the page of each kind."""
    text = (DOCS / "policy.md").read_text()
    assert [kind.kind for kind in location_kinds() if f"(locations/{kind.kind}.md)" not in text] == []
