"""Tests of the JSON Schema of the policy file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from minimize.policy import policy_schema

if TYPE_CHECKING:
    from collections.abc import Iterator


def _tables(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from _tables(each)


def test_the_schema_speaks_of_toml_keys() -> None:
    """Keys are those of the file, not of the Python attributes."""
    schema = policy_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == {
        "schema_version",
        "policy",
        "disposition",
        "authority",
        "field",
        "hold",
        "watch",
        "database",
    }
    assert {"exception", "location"} <= set(schema["$defs"]["Field"]["properties"])
    assert schema["required"] == ["schema_version", "policy", "authority", "field"]
    assert schema["$defs"]["Field"]["properties"]["location"]["minItems"] == 1


def test_every_table_is_closed_and_every_key_described() -> None:
    """An editor can complete each key with its meaning and flag unknown ones."""
    tables = list(_tables(policy_schema()))
    assert len(tables) >= 9
    for table in tables:
        assert table["additionalProperties"] is False
        for key, value in table["properties"].items():
            assert value.get("description"), key


def test_every_registered_kind_is_in_the_schema() -> None:
    """A location may be of any kind there is."""
    kinds = policy_schema()["$defs"]["Field"]["properties"]["location"]["items"]["anyOf"]
    assert [set(kind["properties"]) for kind in kinds] == [
        {"column", "keep_where"},
        {"column", "keep_where", "member"},
        {"table", "keep_where"},
    ]


def test_the_schema_is_plain_json_without_null() -> None:
    """TOML has no null, so neither has the schema."""
    assert "null" not in json.dumps(policy_schema())
