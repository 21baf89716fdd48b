"""Converts the errors that pydantic finds in a policy document into plain messages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

import pydantic

from minimize.policy.kinds import kind_for, location_kinds
from minimize.policy.location import Location
from minimize.policy.mistakes import KeyPath, Mistake, closest, did_you_mean
from minimize.policy.model import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

_FOUND = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (str, "text"),
    (dt.datetime, "a date with a time"),
    (dt.date, "a date"),
    (dt.time, "a time"),
    (Mapping, "a table"),
    (list, "an array"),
)
_EXPECTED = {
    "string": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date without quotes, such as 2018-05-19",
    "tuple": "an array",
    "list": "an array",
    "dict": "a table",
    "mapping": "a table",
    "model": "a table",
}
_LIMITS = {
    "too_short": "must have at least {min_length} element",
    "too_long": "must have at most {max_length} elements",
    "string_too_short": "must not be empty",
    "string_too_long": "must be at most {max_length} characters long",
    "string_pattern_mismatch": "does not have the form {pattern}",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
}


def explain(error: pydantic.ValidationError, document: Mapping[str, object]) -> Iterator[Mistake]:
    """Yield each mistake that the validation of this document found, except contradictions between sections.

    A misspelt required key is reported once, as a misspelling.
    """
    details = [each for each in error.errors(include_url=False) if each["type"] != "contradiction"]
    misspelt = {_meant(each, document) for each in details if each["type"] == "extra_forbidden"}
    for each in details:
        if each["type"] != "missing" or each["loc"] not in misspelt:
            yield _explain_one(each, document)


def _explain_one(error: ErrorDetails, document: Mapping[str, object]) -> Mistake:
    path: KeyPath = error["loc"]
    context = error.get("ctx", {})
    kind = error["type"]
    hint = _hint(path, document)
    if "hint" in context:
        what, hint = context["what"], context["hint"]
    elif kind == "extra_forbidden":
        what, hint = _unknown_key(path, document)
    elif kind == "missing":
        what, hint = "required key is missing", _hint(path, document, verb="Add")
    elif kind in {"value_error", "assertion_error"}:
        what = str(context["error"])
    elif kind in {"literal_error", "enum"}:
        what, hint = _not_one_of(error["input"], context["expected"])
    elif kind in _LIMITS:
        what = _LIMITS[kind].format(**context)
    else:
        what, hint = _wrong_type(error, hint)
    return Mistake(path, what, hint)


def _wrong_type(error: ErrorDetails, hint: str) -> tuple[str, str]:
    found = next((words for type_, words in _FOUND if isinstance(error["input"], type_)), "something else")
    expected = _EXPECTED.get(error["type"].partition("_")[0])
    if expected is None:
        return "this value is not allowed", hint
    if expected == "an array" and found == "a table":
        name = ".".join(step for step in error["loc"] if isinstance(step, str))
        hint = f"Write [[{name}]] in double brackets, once for each."
    return f"expected {expected}, found {found}", hint


def _not_one_of(value: object, expected: str) -> tuple[str, str]:
    choices = re.findall(r"'([^']*)'", expected)
    suggestion = did_you_mean(value, choices) if isinstance(value, str) else ""
    what = f"expected {_either(choices) if choices else expected}"
    return what, suggestion + "Choose one of these, in quotes."


def _either(choices: list[str]) -> str:
    return " or ".join(part for part in (", ".join(choices[:-1]), choices[-1]) if part)


def _unknown_key(path: KeyPath, document: Mapping[str, object]) -> tuple[str, str]:
    known = _keys_at(path[:-1], document)
    suggestion = did_you_mean(str(path[-1]), known)
    return "unknown key", f"{suggestion}Keys here: {', '.join(sorted(known))}."


def _meant(error: ErrorDetails, document: Mapping[str, object]) -> KeyPath:
    path: KeyPath = error["loc"]
    return (*path[:-1], closest(str(path[-1]), _keys_at(path[:-1], document)) or "")


def _hint(path: KeyPath, document: Mapping[str, object], *, verb: str = "Correct") -> str:
    while path:
        field = _keys_at(path[:-1], document).get(str(path[-1]))
        if field is not None and field.description:
            return f"{verb} {path[-1]}: {_in_sentence(field.description.strip())}"
        path = path[:-1]
    return f"{verb} it as `minimize policy schema` describes."


def _in_sentence(text: str) -> str:
    text = text[0].lower() + text[1:] if text[1:2].islower() else text
    return text if text.endswith(".") else f"{text}."


def _keys_at(path: KeyPath, document: Mapping[str, object]) -> dict[str, FieldInfo]:
    """Return the keys that the table at this path may have."""
    models: Iterable[type[pydantic.BaseModel]] = (Policy,)
    value: Any = document
    for step in path:
        if isinstance(step, str):
            field = _keys(models).get(step)
            models = _models(field.annotation) if field else ()
        value = _child(value, step)
        if isinstance(step, int) and Location in models and isinstance(value, Mapping):
            models = _kinds_of(value)
    return _keys(models)


def _kinds_of(table: Mapping[str, object]) -> tuple[type[Location], ...]:
    # Without a key that selects a kind, the misspelt key may be the one that selects it, of any kind.
    is_selected = any(kind.key in table for kind in location_kinds())
    return (kind_for(table),) if is_selected else location_kinds()


def _keys(models: Iterable[type[pydantic.BaseModel]]) -> dict[str, FieldInfo]:
    return {
        str(field.validation_alias or name): field for model in models for name, field in model.model_fields.items()
    }


def _models(annotation: object) -> tuple[type[pydantic.BaseModel], ...]:
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        return (annotation,)
    return tuple(model for inner in get_args(annotation) for model in _models(inner))


def _child(value: object, step: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
