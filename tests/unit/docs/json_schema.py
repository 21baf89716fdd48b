"""As much of JSON Schema as the policy's schema uses; any other keyword is an error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": (str, dt.date),
    "integer": int,
    "boolean": bool,
}
_ANNOTATIONS = {"$defs", "$schema", "title", "description", "default", "format", "examples"}


def find_violations(value: Any, schema: Mapping[str, Any], place: str = "$") -> Iterator[str]:
    """Yield what is wrong with a value: where, and by which keyword of the schema."""
    yield from _find(value, schema, place, schema.get("$defs", {}))


def keys_of_schema(schema: Any) -> Iterator[str]:
    """Yield the name of every property anywhere in a schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from keys_of_schema(each)


def _find(value: Any, schema: Mapping[str, Any], place: str, definitions: Mapping[str, Any]) -> Iterator[str]:
    for keyword, given in schema.items():
        if keyword in _ANNOTATIONS:
            continue
        if keyword == "$ref":
            yield from _find(value, definitions[given.rpartition("/")[2]], place, definitions)
        elif keyword == "anyOf":
            if all(list(_find(value, each, place, definitions)) for each in given):
                yield f"{place}: anyOf"
        elif keyword == "properties":
            for name in given if isinstance(value, dict) else ():
                if name in value:
                    yield from _find(value[name], given[name], f"{place}.{name}", definitions)
        elif keyword == "items":
            for index, each in enumerate(value if isinstance(value, list) else ()):
                yield from _find(each, given, f"{place}[{index}]", definitions)
        elif keyword == "additionalProperties":
            yield from _additional(value, schema, place, definitions)
        elif not _holds(keyword, given, value):
            yield f"{place}: {keyword}"


def _additional(value: Any, schema: Mapping[str, Any], place: str, definitions: Mapping[str, Any]) -> Iterator[str]:
    rest = set(value) - set(schema.get("properties", {})) if isinstance(value, dict) else set()
    for name in sorted(rest):
        if schema["additionalProperties"] is False:
            yield f"{place}.{name}: additionalProperties"
        elif isinstance(schema["additionalProperties"], dict):
            yield from _find(value[name], schema["additionalProperties"], f"{place}.{name}", definitions)


def _holds(keyword: str, given: Any, value: Any) -> bool:
    match keyword:
        case "type":
            return isinstance(value, _TYPES[given])
        case "const":
            return bool(value == given)
        case "enum":
            return value in given
        case "pattern":
            return not isinstance(value, str) or re.search(given, value) is not None
        case "minItems" | "minLength":
            return not isinstance(value, list | str) or len(value) >= given
        case "required":
            return not isinstance(value, dict) or set(given) <= set(value)
    raise AssertionError(f"keyword {keyword} is not known here")
