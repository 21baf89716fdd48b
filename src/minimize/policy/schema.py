"""The JSON Schema of the policy file, so that editors can complete and check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from minimize.policy.keep_where import KeepWhere
from minimize.policy.model import Policy

if TYPE_CHECKING:
    from pydantic import JsonValue
    from pydantic.json_schema import JsonSchemaMode, JsonSchemaValue
    from pydantic_core import core_schema


class _TomlSchema(GenerateJsonSchema):
    """Omits titles that only repeat the key, and null, which TOML does not have."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        has_value = schema.get("default") is not None
        return super().default_schema(schema) if has_value else self.generate_inner(schema["schema"])

    def encode_default(self, dft: object) -> JsonValue:
        return dict(dft) if isinstance(dft, KeepWhere) else super().encode_default(dft)

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        return {"$schema": self.schema_dialect, **super().generate(schema, mode)}


def policy_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a policy file, in terms of its TOML keys.

    A location may be of any kind that is registered at the time of the call. The schema omits the references between
    sections, which are checked only when a policy is read.
    """
    return Policy.model_json_schema(by_alias=True, schema_generator=_TomlSchema)
