"""A member inside a json or jsonb document as a location."""

from __future__ import annotations

import json
import re
from typing import Annotated, ClassVar, Literal

from psycopg import sql
from pydantic import AfterValidator, Field

from minimize.policy import InColumn, Row

ANY_ELEMENT = None
_STEP = re.compile(
    r"""\.(?P<plain>[^\W\d][\w$]*)      # .name, as jsonpath takes it unquoted
      | \.(?P<quoted>"(?:[^"\\]|\\.)*") # ."any name", with JSON's escapes
      | (?P<any>\[\*\])                 # every element of an array
    """,
    re.VERBOSE,
)


def parse_path(path: str) -> tuple[str | None, ...]:
    """Split a path into member names and None for `[*]`.

    Raises:
        ValueError: It is not `$` followed by member names and `[*]`, or does not end in a member name.
    """
    if not path.startswith("$"):
        raise ValueError("a path starts with $, as in $.applicant.placeOfBirth")
    steps: list[str | None] = []
    position = 1
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            raise ValueError(
                f'cannot read the path from character {position + 1} on; steps are .name, ."any name" and [*]'
            )
        steps.append(_step_of(match))
        position = match.end()
    if not steps or steps[-1] is ANY_ELEMENT:
        raise ValueError("a path ends in the member that is retired, as in $.applicant.placeOfBirth")
    return tuple(steps)


def _step_of(match: re.Match[str]) -> str | None:
    if match["any"]:
        return ANY_ELEMENT
    if match["plain"]:
        return match["plain"]
    try:
        name = json.loads(match["quoted"])
    except ValueError:
        raise ValueError("a quoted member name takes JSON's escapes only") from None
    if re.search("[\0\ud800-\udfff]", name):
        raise ValueError("PostgreSQL cannot hold a member name with a NUL character or half a surrogate pair")
    assert isinstance(name, str)
    return name


def _checked(path: str) -> str:
    parse_path(path)
    return path


class JsonPathLocation(InColumn):
    """A member inside the documents of a json or jsonb column.

    Paths match as PostgreSQL's lax jsonpath does: a member step looks into the elements of an array too, and `[*]`
    on what is no array is the thing itself. A member that is null carries nothing, as a NULL column does.
    """

    kind: ClassVar[str] = "json_path"
    key: ClassVar[str | None] = "json_path"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"json", "jsonb"})

    json_path: Annotated[str, AfterValidator(_checked)] = Field(
        description="Path of member names and [*] to the retired member, such as $.applicant.placeOfBirth"
    )

    column_type: Literal["json", "jsonb"] | None = None
    """The column's type, for SQL that is written without a database to ask; jsonb unless said."""

    def carries(self, row: Row) -> sql.Composable:
        """The member is there and is not null."""
        if self._is_text(row):
            return sql.SQL("({} IS NOT NULL)").format(self.carried(row))
        return sql.SQL("(jsonb_path_exists({}, {}::jsonpath) IS TRUE)").format(
            row(self.column_name), sql.Literal(f"{self._jsonpath()} ? (@ != null)")
        )

    def without(self, row: Row) -> sql.Composable:
        """The document with the member removed wherever the path finds it."""
        call = "(minimize.json_scan_v1({}, {})).kept" if self._is_text(row) else "minimize.jsonb_without_v1({}, {})"
        return sql.SQL(call).format(row(self.column_name), self._steps())

    def carried(self, row: Row) -> sql.Composable:
        """The retired members' values, in document order."""
        if self._is_text(row):
            return sql.SQL("(minimize.json_scan_v1({}, {})).taken").format(row(self.column_name), self._steps())
        return sql.SQL("jsonb_path_query_array({}, {}::jsonpath)").format(
            row(self.column_name), sql.Literal(self._jsonpath())
        )

    def _is_text(self, row: Row) -> bool:
        """Whether documents keep their text, so that duplicate keys and the order of keys are real."""
        return (row.type_of(self.column_name) or self.column_type) == "json"

    def _jsonpath(self) -> str:
        steps = parse_path(self.json_path)
        return "$" + "".join("[*]" if s is ANY_ELEMENT else f".{json.dumps(s, ensure_ascii=False)}" for s in steps)

    def _steps(self) -> sql.Composable:
        steps = parse_path(self.json_path)
        return sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(sql.Literal(s) for s in steps))
