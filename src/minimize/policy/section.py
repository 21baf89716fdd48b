"""The common parts of every table of a policy file: a frozen model, text types, and validation errors."""

from __future__ import annotations

import re
from typing import Annotated, Any

import pydantic
from pydantic import JsonValue
from pydantic_core import PydanticCustomError

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


def invalid_value(what: str, *, hint: str) -> PydanticCustomError:
    """Return the error that a validator raises for a value that is not allowed.

    The message shows `what` and `hint` unchanged, after the file, line and key. So they must not contain long values
    or predicate text.
    """
    return PydanticCustomError("policy_value", "{what}", {"what": what, "hint": hint})


def _check_text(value: str) -> str:
    if not value.strip():
        raise invalid_value("must not be empty", hint="Fill in the text between the quotes.")
    if "\0" in value:
        raise invalid_value("contains a NUL character", hint="Remove \\u0000: PostgreSQL text cannot contain it.")
    return value


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise invalid_value(
            "not an id: expected lower-case letters, digits, _ and -, starting with a letter or a digit",
            hint="Choose an id such as place_of_birth or wsr-18-10-030.",
        )
    return value


def _check_any(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse an empty array. Pydantic's own minimum would also report an array whose element is invalid."""
    if not values:
        raise invalid_value("must not be empty", hint="Write at least one element.")
    return values


Text = Annotated[str, pydantic.AfterValidator(_check_text), pydantic.Field(json_schema_extra={"minLength": 1})]
Id = Annotated[
    str,
    pydantic.AfterValidator(_check_id),
    pydantic.Field(json_schema_extra={"pattern": f"^{_ID.pattern}$"}),
]


ONE_OR_MORE = pydantic.AfterValidator(_check_any)
MIN_ITEMS: dict[str, JsonValue] = {"minItems": 1}


class Section(pydantic.BaseModel):
    """One table of the policy file. Unknown keys are errors.

    Python code may use the name of the attribute or the TOML key. A file must use the TOML key.
    """

    model_config = pydantic.ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=True,
    )
