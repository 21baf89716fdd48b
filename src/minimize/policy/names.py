"""The names of tables and columns in a policy: `schema.table` and `schema.table.column`.

A part without quotes is lower case, so it means the same in the policy, in SQL and in the catalog. Any other part is in
double quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic_core import core_schema

from minimize.errors import PolicyError
from minimize.policy.section import invalid_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

# PostgreSQL truncates longer names without an error (NAMEDATALEN - 1), so two names could become one.
MAX_BYTES = 63

_UNQUOTED = re.compile(r"[a-z_][a-z0-9_$]*")
_TOKEN = re.compile(r'"(?:[^"]|"")*"|[^."]*')
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
_PART_PATTERN = r'([a-z_][a-z0-9_$]*|"([^"]|"")+")'


class _Name:
    """The common base of table names and column names."""

    __slots__ = ()

    form: ClassVar[str]
    """The form of the name: its parts, which are the attributes of the class."""

    if TYPE_CHECKING:

        def __init__(self, *parts: str) -> None: ...

    def __post_init__(self) -> None:
        """Refuse parts that no table or column can have."""
        _check_parts(*self._parts)

    def __str__(self) -> str:
        """Return the canonical spelling, with quotes only where they are needed."""
        return _format(*self._parts)

    @property
    def _parts(self) -> tuple[str, ...]:
        return tuple(getattr(self, part) for part in self.form.split("."))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a name, each part unquoted or in double quotes.

        Raises:
            PolicyError: The text is not such a name. Capitals without quotes are refused, not folded.
        """
        return cls(*_split(text, cls.form))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: type[Any], _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Read the name from text and write it back as text."""
        return _name_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the name for editors."""
        return _name_json_schema(cls.form.count(".") + 1)


@dataclass(frozen=True, slots=True, order=True)
class TableName(_Name):
    """The name of a table, written `schema.table`."""

    form: ClassVar[str] = "schema.table"

    schema: str
    table: str


@dataclass(frozen=True, slots=True, order=True)
class ColumnName(_Name):
    """The name of a column, written `schema.table.column`."""

    form: ClassVar[str] = "schema.table.column"

    schema: str
    table: str
    column: str

    @property
    def table_name(self) -> TableName:
        """The table this column belongs to."""
        return TableName(self.schema, self.table)


def _format(*parts: str) -> str:
    return ".".join(map(_format_part, parts))


def _format_part(part: str) -> str:
    return part if _UNQUOTED.fullmatch(part) else '"' + part.replace('"', '""') + '"'


def _split(text: str, form: str) -> list[str]:
    parts = _read_parts(text)
    if len(parts) != form.count(".") + 1:
        raise PolicyError(
            f"not a name of the form {form}: it has {len(parts)} part{'s' if len(parts) > 1 else ''}",
            hint=f"Write {form} in full; a part with a dot in it goes in double quotes.",
        )
    return parts


def _read_parts(text: str) -> list[str]:
    parts: list[str] = []
    position = 0
    while match := _TOKEN.match(text, position):
        position = match.end()
        if position < len(text) and text[position] != ".":
            raise PolicyError(
                "not a name: its double quotes do not pair up",
                hint='Quote whole parts, as in core."Application"."placeOfBirth"; a quote inside is doubled.',
            )
        parts.append(_read_part(match[0]))
        if position == len(text):
            break
        position += 1
    return parts


def _read_part(token: str) -> str:
    if token.startswith('"'):
        return token[1:-1].replace('""', '"')
    if not token:
        raise PolicyError("not a name: a part of it is empty", hint="Write one name on each side of each dot.")
    if not _UNQUOTED.fullmatch(token):
        quoted = _shorten(_format_part(token))
        raise PolicyError(
            f"the part {_shorten(token)} needs double quotes",
            hint=f"Write {quoted} if the database spells it so, otherwise lower-case letters, digits and _.",
        )
    return token


def _check_parts(*parts: str) -> None:
    for part in parts:
        if not part or _IMPOSSIBLE.search(part):
            raise PolicyError(
                "not a name: a part of it is empty or contains a character that no name can contain",
                hint="Copy the name as the database shows it.",
            )
        if len(part.encode()) > MAX_BYTES:
            raise PolicyError(
                f"the part {_shorten(part)} is longer than {MAX_BYTES} bytes",
                hint=f"PostgreSQL truncates names to {MAX_BYTES} bytes: write the name as the catalog has it.",
            )


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_BYTES else text[:20] + "…"


def _name_schema(cls: type[_Name]) -> core_schema.CoreSchema:
    def read(value: object, read_text: Callable[[object], str]) -> _Name:
        if isinstance(value, cls):
            return value
        text = read_text(value)
        try:
            return cls.parse(text)
        except PolicyError as error:
            raise invalid_value(error.message, hint=error.hint) from None

    return core_schema.no_info_wrap_validator_function(
        read, core_schema.str_schema(), serialization=core_schema.to_string_ser_schema()
    )


def _name_json_schema(parts: int) -> JsonSchemaValue:
    return {"type": "string", "pattern": "^" + r"\.".join([_PART_PATTERN] * parts) + "$"}
