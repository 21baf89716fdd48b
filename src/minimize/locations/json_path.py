"""A member inside a JSON document as a location: in json, jsonb and text columns, and in arrays of documents."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Sequence
from typing import Annotated, ClassVar, Final, Literal

from psycopg import sql
from pydantic import AfterValidator, Field

from minimize.policy import InColumn, Row


class _InString(enum.Enum):
    IN_STRING = ".json()"


IN_STRING: Final = _InString.IN_STRING
"""The step into the document that a string holds."""

ANY_ELEMENT: Final = None
"""The step to every element of an array."""

PathStep = str | _InString | None
"""A member's name, IN_STRING or ANY_ELEMENT."""

_STEP = re.compile(
    r"""(?P<parsed>\.json\(\))           # the JSON in a string, written as jsonpath writes its methods
      | \.(?P<plain>[^\W\d][\w$]*)      # .name, as jsonpath takes it unquoted
      | \.(?P<quoted>"(?:[^"\\]|\\.)*") # ."any name", with JSON's escapes
      | (?P<any>\[\*\])                 # every element of an array
    """,
    re.VERBOSE,
)


_PLACE = re.compile(r"\s*[+-]?\d+", re.ASCII)
"""What jsonb's path operators take for a place in an array."""


def parse_path(path: str) -> tuple[PathStep, ...]:
    """Split a path into its steps.

    Raises:
        ValueError: It is not `$` followed by such steps, or does not end in a member name.
    """
    if not path.startswith("$"):
        raise ValueError("a path starts with $, as in $.applicant.placeOfBirth")
    steps: list[PathStep] = []
    position = 1
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            raise ValueError(
                f'cannot read the path from character {position + 1} on; steps are .name, ."any name", [*] and .json()'
            )
        steps.append(_step_of(match))
        position = match.end()
    if not steps or not isinstance(steps[-1], str):
        raise ValueError("a path ends in the member that is retired, as in $.applicant.placeOfBirth")
    return tuple(steps)


def _step_of(match: re.Match[str]) -> PathStep:
    if match["any"]:
        return ANY_ELEMENT
    if match["parsed"]:
        return IN_STRING
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


class JsonPathLocation(InColumn):
    """A member inside the documents of a json, jsonb or text column, or of an array of such documents.

    Paths match as PostgreSQL's lax jsonpath does: a member step, and `.json()`, look into the elements of an array
    too, and `[*]` on what is no array is the thing itself. A member that is null carries nothing, as a NULL column
    does, and neither does a text, or a string under `.json()`, that is no JSON document.
    """

    kind: ClassVar[str] = "json_path"
    key: ClassVar[str | None] = "json_path"
    column_types: ClassVar[frozenset[str] | None] = frozenset(_TYPES)

    json_path: Annotated[str, AfterValidator(_checked)] = Field(
        description="Path of member names, [*] and .json() to the retired member, such as $.applicant.placeOfBirth"
    )

    column_type: _Type | None = Field(
        default=None, description="The column's type, for SQL written without a database to ask; jsonb unless said."
    )

    @property
    def steps(self) -> tuple[PathStep, ...]:
        """The steps of the path."""
        return parse_path(self.json_path)

    @property
    def member(self) -> str:
        """The name of the retired member."""
        return str(self.steps[-1])

    def contains(self, other: JsonPathLocation) -> bool:
        """Return whether the other member may be in this one, or be the same.

        Steps into arrays are passed over, since a member step looks into the elements of an array all the same.
        """
        outer, inner = (tuple(s for s in each.steps if s is not ANY_ELEMENT) for each in (self, other))
        return inner[: len(outer)] == outer

    def carries(self, row: Row) -> sql.Composable:
        """The member is there and is not null.

        Asked of the text of a document, it calls a function only where the text can name the member.
        """
        column = row(self.column_name)
        if self._is_plain_jsonb(row):
            return sql.SQL("(jsonb_path_exists({}, {}::jsonpath) IS TRUE)").format(
                column, sql.Literal(f"{_jsonpath(self.steps)} ? (@ != null)")
            )
        return sql.SQL("(CASE WHEN {} THEN {} IS NOT NULL ELSE false END)").format(
            self._may_carry(row), self.carried(row)
        )

    def without(self, row: Row) -> sql.Composable:
        """The document with the member removed wherever the path finds it."""
        column = row(self.column_name)
        if self._is_plain_jsonb(row):
            found = sql.SQL("minimize.jsonb_without_v1({}, {})").format(column, _array(self.steps))
            return self._without_in_objects(column, found) if row.is_stored(self.column_name) else found
        kept = sql.SQL("{}.kept").format(self._scanned(row))
        if self._type(row) in ("text", "text[]"):
            # Not the bare result, so that the column's collation is still known to a location that comes after.
            return sql.SQL("coalesce({}, ({})::{})").format(kept, column, sql.SQL(self._type(row)))
        return sql.SQL("({})::{}").format(kept, sql.SQL(self._type(row)))

    def _without_in_objects(self, column: sql.Composable, otherwise: sql.Composable) -> sql.Composable:
        """Spare the usual document, objects all the way down, the call of a function; `#-` does the same in C.

        To `#>` a name that reads as a number may be a place in an array: such a path takes the function.
        """
        *parents, _ = self.steps
        if not all(isinstance(step, str) and not _PLACE.fullmatch(step) for step in parents):
            return otherwise
        parent = sql.SQL("{} #> {}").format(column, _array(parents)) if parents else column
        return sql.SQL("CASE WHEN jsonb_typeof({}) = 'object' THEN {} #- {} ELSE {} END").format(
            parent, column, _array(self.steps), otherwise
        )

    def is_cheap(self, row: Row) -> bool:
        """It is, where jsonb's own functions do."""
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
        """The member seems to be there, but the text, or the string it is in, is no JSON: cut off, say."""
        if self._is_plain_jsonb(row) or (self._type(row).startswith("json") and IN_STRING not in self.steps):
            return None
        return sql.SQL("(CASE WHEN {} THEN {}.is_broken ELSE false END)").format(
            self._may_carry(row), self._scanned(row)
        )

    def _type(self, row: Row) -> _Type:
        known = row.type_of(self.column_name)
        return _TYPES.get(known or "") or self.column_type or "jsonb"

    def _is_plain_jsonb(self, row: Row) -> bool:
        """Whether jsonb's own functions do; the JSON in a string they cannot look into."""
        return self._type(row) == "jsonb" and IN_STRING not in self.steps

    def _may_carry(self, row: Row) -> sql.Composable:
        """Return a fast condition that is true wherever the value carries the member; it may be NULL."""
        column = row(self.column_name)
        if self._type(row) == "jsonb":
            before = self.steps[: self.steps.index(IN_STRING)]
            return sql.SQL("jsonb_path_exists({}, {}::jsonpath)").format(
                column, sql.Literal(f'{_jsonpath(before)} ? (@.type() == "string")')
            )
        # A name of ordinary characters can be written in one other way only.
        escape = "\\u" if re.fullmatch(r"""[^\x00-\x1f"\\/\x7f]*""", self.member) else "\\"
        text = sql.SQL('({})::text COLLATE "C"').format(column)
        return sql.SQL("strpos({t}, {name}) > 0 OR strpos({t}, {escape}) > 0").format(
            t=text, name=sql.Literal(self.member), escape=sql.Literal(escape)
        )

    def _scanned(self, row: Row) -> sql.Composable:
        of_type = self._type(row)
        is_array = of_type.endswith("[]")
        # In "C" because some collations have no regular expressions, and none of them matters to JSON.
        return sql.SQL('(minimize.{}(({})::{} COLLATE "C", {}, {}))').format(
            sql.Identifier("json_scan_each_v1" if is_array else "json_scan_v1"),
            row(self.column_name),
            sql.SQL("text[]" if is_array else "text"),
            _array([_encoded(step) for step in self.steps]),
            sql.Literal(not of_type.startswith("text")),
        )


def _jsonpath(steps: Sequence[PathStep]) -> str:
    return "$" + "".join(f".{json.dumps(s, ensure_ascii=False)}" if isinstance(s, str) else "[*]" for s in steps)


def _encoded(step: PathStep) -> str | None:
    """Return a step as minimize.json_scan_v1 takes it."""
    if step is IN_STRING:
        return "()"
    return f".{step}" if isinstance(step, str) else None


def _array(steps: Sequence[object]) -> sql.Composable:
    return sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(sql.Literal(step) for step in steps))
