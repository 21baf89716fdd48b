"""What a path finds in a JSON document, as PostgreSQL's lax jsonpath does. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from minimize.locations.json_path import IN_STRING, PathStep

Steps = Sequence[PathStep]


def find_values(document: object, steps: Steps) -> Iterator[object]:
    """Yield what a path finds, in document order.

    A member step looks into the elements of an array, one level deep; `[*]` on what is no array is the thing itself.
    What JSON has no word for, such as an object with a serialiser of its own, holds nothing.
    """
    if not steps:
        yield document
        return
    step, rest = steps[0], steps[1:]
    if step is None:
        for element in document if isinstance(document, list | tuple) else (document,):
            yield from find_values(element, rest)
        return
    for each in document if isinstance(document, list | tuple) else (document,):
        if step is IN_STRING:
            yield from find_values(parse_text(each), rest)
        elif isinstance(each, Mapping):
            for member in _members(each, step):
                yield from find_values(member, rest)


def parse_text(text: object) -> object:
    """Return the document that a text holds, None for what is no text or no JSON."""
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads and PostgreSQL does not.

    Raises:
        ValueError: Always.
    """
    raise ValueError(name)


def _members(document: Mapping[object, object], name: str) -> Iterator[object]:
    """Yield the members that will bear a name once the document is text: a key of 1 is written "1"."""
    for key, member in document.items():
        if key == name or (not isinstance(key, str) and _written(key) == name):
            yield member


def _written(key: object) -> str | None:
    return json.dumps(key) if isinstance(key, int | float | None) else None


def is_value(found: object, *, is_text: bool) -> bool:
    """Whether what a path found counts as a value: JSON null never does.

    Args:
        is_text: The column is of type json, where whatever is not null counts. In jsonb the question is jsonpath's
            `? (@ != null)`, where in lax mode filter and comparison each look into one level of array.
    """
    if is_text:
        return found is not None
    return any(inner is not None for element in _elements(found) for inner in _elements(element))


def _elements(found: object) -> Sequence[object]:
    """Return the elements of an array, and anything else by itself."""
    return found if isinstance(found, list | tuple) else (found,)
