"""As much of JSON Schema as the policy's schema uses; any other keyword is an error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
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
        if keyword == "$ref":
            yield from _find(value, definitions[given.rpartition("/")[2]], place, definitions)
        elif keyword == "anyOf":
            yield from _any(value, given, place, definitions)
        elif keyword in _INNER:
            for inner_place, inner, inner_schema in _INNER[keyword](value, schema):
                yield from _find(inner, inner_schema, f"{place}{inner_place}", definitions)
        elif keyword not in _ANNOTATIONS and not _holds(keyword, given, value, schema):
            yield f"{place}: {keyword}"


def _any(value: Any, schemas: list[Any], place: str, definitions: Mapping[str, Any]) -> Iterator[str]:
    if all(list(_find(value, each, place, definitions)) for each in schemas):
        yield f"{place}: anyOf"


_Inner = Iterator[tuple[str, Any, Mapping[str, Any]]]


def _properties(value: Any, schema: Mapping[str, Any]) -> _Inner:
    for name in value if isinstance(value, dict) else ():
        if name in schema["properties"]:
            yield f".{name}", value[name], schema["properties"][name]


def _items(value: Any, schema: Mapping[str, Any]) -> _Inner:
    for index, each in enumerate(value if isinstance(value, list) else ()):
        yield f"[{index}]", each, schema["items"]


_INNER: Mapping[str, Callable[[Any, Mapping[str, Any]], _Inner]] = {"properties": _properties, "items": _items}


def _holds(keyword: str, given: Any, value: Any, schema: Mapping[str, Any]) -> bool:
    match keyword:
        case "type":
            holds = isinstance(value, _TYPES[given])
        case "const" | "enum":
            holds = value in (given if keyword == "enum" else [given])
        case "pattern":
            holds = not isinstance(value, str) or re.search(given, value) is not None
        case "minItems" | "minLength":
            holds = not isinstance(value, list | str) or len(value) >= given
        case "required":
            holds = not isinstance(value, dict) or set(given) <= set(value)
        case "additionalProperties":
            # A schema here is for names that the policy's author chooses; their values are text.
            holds = given is not False or set(value) <= set(schema["properties"])
        case _:
            raise AssertionError(f"keyword {keyword} is not known here")
    return holds
