"""Finds the members at a path in a JSON document in Python, like PostgreSQL's lax jsonpath."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from minimize.locations.json_path_syntax import IN_STRING, PathStep

Steps = Sequence[PathStep]


def find_values(document: object, steps: Steps) -> Iterator[object]:
    """Yield what a path finds, in document order.

    A member step applies to the elements of an array as well, one level deep. `[*]` on a value that is no array is the
    value itself. An object that JSON cannot express, such as one with its own serialiser, contains nothing.
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
    """Return the document in a text; None if the value is no text or no JSON."""
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python accepts and PostgreSQL does not.

    Raises:
        ValueError: Always.
    """
    raise ValueError(name)


def _members(document: Mapping[object, object], name: str) -> Iterator[object]:
    """Yield the members with this name in the document's JSON text, where a key of 1 becomes "1"."""
    for key, member in document.items():
        if key == name or (not isinstance(key, str) and _written(key) == name):
            yield member


def _written(key: object) -> str | None:
    return json.dumps(key) if isinstance(key, int | float | None) else None


def is_value(found: object, *, is_text: bool) -> bool:
    """Whether what a path found counts as a value. JSON null does not.

    Args:
        is_text: The column is of type json or text, where everything except null counts. For jsonb the condition is
            jsonpath's `? (@ != null)`, in which lax mode unwraps one level of array in the filter and one in the
            comparison.
    """
    if is_text:
        return found is not None
    return any(inner is not None for element in _elements(found) for inner in _elements(element))


def _elements(found: object) -> Sequence[object]:
    """Return the elements of an array, and anything else by itself."""
    return found if isinstance(found, list | tuple) else (found,)
