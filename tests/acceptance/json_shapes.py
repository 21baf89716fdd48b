"""The shapes of JSON documents as docs/json.md writes them: `{"run", "locations": [{"field", ...}], "notes": [..]}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r'\s*("[a-z_]+"|\.\.\.?|[{}\[\]:,])')


@dataclass(slots=True)
class Shape:
    """The keys of an object, or of the objects in a list; any keys where `is_open`."""

    keys: dict[str, Shape | None] = field(default_factory=dict)
    is_open: bool = False


def parse_shape(text: str) -> Shape:
    """Return the shape that a block of the page describes."""
    tokens = _TOKEN.findall(text)
    assert "".join(tokens) == re.sub(r"\s", "", text)
    shape = _value(iter(tokens))
    assert shape is not None
    return shape


def _value(tokens: Iterator[str]) -> Shape | None:
    opening = next(tokens)
    if opening == "[":
        inner = next(tokens)
        shape = Shape(is_open=True) if inner == ".." else _object(tokens)
        assert next(tokens) == "]"
        return shape
    assert opening == "{"
    return _object(tokens)


def _object(tokens: Iterator[str]) -> Shape:
    shape = Shape()
    name = ""
    for token in tokens:
        if token == "}":
            return shape
        if token.startswith("."):
            shape.is_open = True
        elif token == ":":
            shape.keys[name] = _value(tokens)
        elif token != ",":
            name = token.strip('"')
            shape.keys[name] = None
    raise AssertionError("the block ends inside an object")


def differences(value: Any, shape: Shape | None, place: str = "$") -> Iterator[str]:
    """Yield the keys that a document has and the page has not, and the other way round."""
    if shape is None or value is None:
        return
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            missing = set(shape.keys) - set(each)
            extra = set() if shape.is_open else set(each) - set(shape.keys)
            yield from (f"{place}.{key}: not in the document" for key in sorted(missing))
            yield from (f"{place}.{key}: not in the page" for key in sorted(extra))
            for key in set(each) & set(shape.keys):
                yield from differences(each[key], shape.keys[key], f"{place}.{key}")
