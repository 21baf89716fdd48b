"""A member inside a JSON document as a location: in json, jsonb and text columns, and in arrays of documents."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated, ClassVar, Final, Literal

from psycopg import sql
from pydantic import AfterValidator, Field

from minimize.locations.json_path_syntax import ANY_ELEMENT, IN_STRING, PathStep, parse_path
from minimize.locations.json_search import find_values, is_value, parse_text
from minimize.policy import InColumn, Location, Row, location_kind

_INDEX = re.compile(r"\s*[+-]?\d+", re.ASCII)
"""What jsonb's path operators read as an index into an array."""


def _checked(path: str) -> str:
    parse_path(path)
    return path


_Type = Literal["json", "jsonb", "text", "json[]", "jsonb[]", "text[]"]
_TYPES: Final[dict[str, _Type]] = {
    "json": "json",
    "jsonb": "jsonb",
    "text": "text",
    "varchar": "text",
    "bpchar": "text",
    "_json": "json[]",
    "_jsonb": "jsonb[]",
    "_text": "text[]",
    "_varchar": "text[]",
    "_bpchar": "text[]",
}


@location_kind
class JsonPathLocation(InColumn):
    """A member inside the documents of a json, jsonb or text column, or of an array of such documents.

    Paths match as PostgreSQL's lax jsonpath: a member step and `.json()` also apply to the elements of an array, and
    `[*]` on a value that is no array is the value itself. A member that is null carries nothing, like a NULL column.
    Text that is no JSON document carries nothing, and neither does such a string under `.json()`.
    """

    kind: ClassVar[str] = "json_path"
    key: ClassVar[str | None] = "json_path"
    column_types: ClassVar[frozenset[str] | None] = frozenset(_TYPES)

    json_path: Annotated[str, AfterValidator(_checked)] = Field(
        description="Path of member names, [*] and .json() to the retired member, such as $.applicant.placeOfBirth"
    )

    column_type: _Type | None = Field(
        default=None, description="The column's type, for SQL that is written without a database; jsonb by default."
    )

    @property
    def steps(self) -> tuple[PathStep, ...]:
        """The steps of the path."""
        return parse_path(self.json_path)

    @property
    def member(self) -> str:
        """The name of the retired member."""
        return str(self.steps[-1])

    @property
    def name_in_copy(self) -> str:
        """The retired member: a copy of the row as JSON has it at the end of the same path."""
        return self.member

    @property
    def document_keys(self) -> tuple[str, ...]:
        """The retired member."""
        return (self.member,)

    def contains(self, other: Location) -> bool:
        """Whether the member of another path may be in this member, or be the same.

        Steps into arrays do not count, because a member step applies to the elements of an array as well.
        """
        if not isinstance(other, JsonPathLocation):
            return False
        outer, inner = (tuple(s for s in each.steps if s is not ANY_ELEMENT) for each in (self, other))
        return inner[: len(outer)] == outer

    def carries(self, row: Row) -> sql.Composable:
        """The member is present and not null. On text, the function runs only where the text may name the member."""
        column = row(self.column_name)
        if self._is_plain_jsonb(row):
            return sql.SQL("(jsonb_path_exists({}, {}::jsonpath) IS TRUE)").format(
                column, sql.Literal(f"{_jsonpath(self.steps)} ? (@ != null)")
            )
        return sql.SQL("(CASE WHEN {} THEN {} IS NOT NULL ELSE false END)").format(
            self._may_carry(row), self.carried(row)
        )

    def without(self, row: Row) -> sql.Composable:
        """The document without the member, wherever the path finds it."""
        column = row(self.column_name)
        if self._is_plain_jsonb(row):
            found = sql.SQL("minimize.jsonb_without_v1({}, {})").format(column, _array(self.steps))
            return self._without_in_objects(column, found) if row.is_stored(self.column_name) else found
        kept = sql.SQL("{}.kept").format(self._scanned(row))
        if self._type(row) in ("text", "text[]"):
            # `coalesce` with the column keeps its collation, which the next location of the column may need.
            return sql.SQL("coalesce({}, ({})::{})").format(kept, column, sql.SQL(self._type(row)))
        return sql.SQL("({})::{}").format(kept, sql.SQL(self._type(row)))

    def _without_in_objects(self, column: sql.Composable, otherwise: sql.Composable) -> sql.Composable:
        """Use `#-` instead of the slower function where every parent of the member is an object, which is usual.

        `#>` reads a name that is a number as an index into an array, so a path with such a name needs the function.
        """
        *parents, _ = self.steps
        if not all(isinstance(step, str) and not _INDEX.fullmatch(step) for step in parents):
            return otherwise
        parent = sql.SQL("{} #> {}").format(column, _array(parents)) if parents else column
        return sql.SQL("CASE WHEN jsonb_typeof({}) = 'object' THEN {} #- {} ELSE {} END").format(
            parent, column, _array(self.steps), otherwise
        )

    def is_cheap(self, row: Row) -> bool:
        """Whether the operators of jsonb suffice."""
        return self._is_plain_jsonb(row)

    def carried(self, row: Row) -> sql.Composable:
        """The retired members' values, in document order."""
        if self._is_plain_jsonb(row):
            return sql.SQL("jsonb_path_query_array({}, {}::jsonpath)").format(
                row(self.column_name), sql.Literal(_jsonpath(self.steps))
            )
        return sql.SQL("{}.taken").format(self._scanned(row))

    unreadable_reason: ClassVar[str] = (
        "name the member in a text that is no JSON; mend it, or add a pattern for the column"
    )

    def unreadable(self, row: Row) -> sql.Composable | None:
        """The member seems to be present, but its text or string is no valid JSON, for example truncated."""
        if self._is_plain_jsonb(row) or (self._type(row).startswith("json") and IN_STRING not in self.steps):
            return None
        return sql.SQL("(CASE WHEN {} THEN {}.is_broken ELSE false END)").format(
            self._may_carry(row), self._scanned(row)
        )

    def sample(self, column_type: str | None) -> str:
        """A document, or an array of one document, with a value at the path."""
        document: object = "minimize"
        for step in reversed(self.steps):
            if step is IN_STRING:
                document = json.dumps(document)
            else:
                document = {step: document} if isinstance(step, str) else [document]
        text = json.dumps(document)
        # The elements of an array are in quotes, with backslashes as in a JSON string.
        return f"{{{json.dumps(text, ensure_ascii=False)}}}" if _is_array(column_type) else text

    def find_parts(self, value: object, column_type: str | None) -> tuple[object, ...] | None:
        """The members that the path finds. Arrays of documents are left to the server."""
        if _is_array(column_type):
            return None
        of_type = _TYPES.get(column_type or "", "jsonb")
        is_text = of_type != "jsonb" or IN_STRING in self.steps
        document = parse_text(value) if of_type == "text" else value
        return tuple(found for found in find_values(document, self.steps) if is_value(found, is_text=is_text))

    def _type(self, row: Row) -> _Type:
        known = row.type_of(self.column_name)
        return _TYPES.get(known or "") or self.column_type or "jsonb"

    def _is_plain_jsonb(self, row: Row) -> bool:
        """Whether the operators of jsonb suffice. They cannot read the JSON in a string."""
        return self._type(row) == "jsonb" and IN_STRING not in self.steps

    def _may_carry(self, row: Row) -> sql.Composable:
        """Return a fast condition that is true for every value with the member, and for some others; it may be NULL."""
        column = row(self.column_name)
        if self._type(row) == "jsonb":
            before = self.steps[: self.steps.index(IN_STRING)]
            return sql.SQL("jsonb_path_exists({}, {}::jsonpath)").format(
                column, sql.Literal(f'{_jsonpath(before)} ? (@.type() == "string")')
            )
        # A name of ordinary characters has only one other spelling, with Unicode escapes.
        escape = "\\u" if re.fullmatch(r"""[^\x00-\x1f"\\/\x7f]*""", self.member) else "\\"
        text = sql.SQL('({})::text COLLATE "C"').format(column)
        return sql.SQL("strpos({t}, {name}) > 0 OR strpos({t}, {escape}) > 0").format(
            t=text, name=sql.Literal(self.member), escape=sql.Literal(escape)
        )

    def _scanned(self, row: Row) -> sql.Composable:
        of_type = self._type(row)
        is_array = of_type.endswith("[]")
        # "C" because some collations do not support regular expressions. JSON does not depend on the collation.
        return sql.SQL('(minimize.{}(({})::{} COLLATE "C", {}, {}))').format(
            sql.Identifier("json_scan_each_v1" if is_array else "json_scan_v1"),
            row(self.column_name),
            sql.SQL("text[]" if is_array else "text"),
            _array([_encoded(step) for step in self.steps]),
            sql.Literal(not of_type.startswith("text")),
        )


def _is_array(column_type: str | None) -> bool:
    return (column_type or "").startswith("_")


def _jsonpath(steps: Sequence[PathStep]) -> str:
    return "$" + "".join(f".{json.dumps(s, ensure_ascii=False)}" if isinstance(s, str) else "[*]" for s in steps)


def _encoded(step: PathStep) -> str | None:
    """Return a step in the notation of minimize.json_scan_v1."""
    if step is IN_STRING:
        return "()"
    return f".{step}" if isinstance(step, str) else None


def _array(steps: Sequence[object]) -> sql.Composable:
    return sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(sql.Literal(step) for step in steps))
