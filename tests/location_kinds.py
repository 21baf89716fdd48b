"""Every location kind with its documentation page, and a throw-away kind, for the conformance tests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pydantic
from psycopg import sql

from minimize.locations import Policy
from minimize.policy import InColumn, Location, Row, Text, isolated_kinds, location_kind, location_kinds, read_location
from tests.integration.purge.scenario import at, policy_of

PAGES = Path(__file__).parents[1] / "docs" / "locations"

COLUMN = "lab.doc.value"
"""The column of each location under test."""

_EXAMPLE = re.compile(r"```toml\n(.*?)```", re.DOTALL)


class LabelLocation(InColumn):
    """A kind that exists only in the tests: text that begins with a label."""

    kind: ClassVar[str] = "label"
    key: ClassVar[str | None] = "label"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"text"})

    label: Text = pydantic.Field(description="The label.")

    def carries(self, row: Row) -> sql.Composable:
        """The text begins with the label."""
        return sql.SQL("(starts_with({}, {}) IS TRUE)").format(row(self.column_name), sql.Literal(self.label))

    def without(self, row: Row) -> sql.Composable:
        """An empty text in place of a text with the label."""
        return sql.SQL("CASE WHEN {} THEN '' ELSE {} END").format(self.carries(row), row(self.column_name))

    def sample(self, column_type: str | None) -> str:  # noqa: ARG002  text is the only type
        """A text with the label."""
        return f"{self.label}minimize"

    def find_parts(self, value: object, column_type: str | None) -> tuple[object, ...]:  # noqa: ARG002
        """The text, if it begins with the label."""
        return (value,) if isinstance(value, str) and value.startswith(self.label) else ()


LABEL_PAGE = """\
# Location kind `label`

```toml
[[field.location]]
column = "core.person.note"
label = "POB="
```

The keys are `column`, `label` and `keep_where`.
"""


@dataclass(frozen=True, kw_only=True)
class KindCase:
    """One location kind and the text of its documentation page."""

    kind: type[Location]
    page: str

    @property
    def example(self) -> dict[str, Any]:
        """The first [[field.location]] table of the page."""
        match = _EXAMPLE.search(self.page)
        assert match is not None, f"docs/locations/{self.kind.kind}.md has no example in TOML"
        (location,) = tomllib.loads(match[1])["field"]["location"]
        assert isinstance(location, dict)
        return location

    @property
    def location(self) -> Location:
        """The location of the example, moved into the table lab.doc, without its exceptions."""
        table = "lab.doc"
        place = {"table": table} if self.kind.scope == "table" else {"column": COLUMN}
        return read_location({**self.example, **place, "keep_where": {}})

    @property
    def column_types(self) -> list[str]:
        """The base types to try: all that the kind accepts, or text where it accepts any."""
        return sorted(self.kind.column_types or {"text"})

    @property
    def policy(self) -> Policy:
        """A policy whose only location is this one."""
        policy = policy_of(at(COLUMN))
        field = policy.fields[0].model_copy(update={"locations": (self.location,)})
        return policy.model_copy(update={"fields": (field,)})

    def sample(self, column_type: str) -> str:
        """Return a value that carries the field, as text."""
        text = self.location.sample(column_type)
        if text is not None:
            return text
        assert self.kind.scope != "part", f"the kind {self.kind.kind} makes up no value of type {column_type}"
        return "minimize"


def _page_of(kind: type[Location]) -> str:
    path = PAGES / f"{kind.kind}.md"
    return path.read_text() if path.exists() else ""


CASES = [
    *(KindCase(kind=kind, page=_page_of(kind)) for kind in location_kinds()),
    KindCase(kind=LabelLocation, page=LABEL_PAGE),
]


@contextmanager
def registered(case: KindCase) -> Iterator[None]:
    """Register the kind of a case in addition to the others."""
    present = location_kinds()
    with isolated_kinds():
        for kind in dict.fromkeys((*present, case.kind)):
            location_kind(kind)
        yield
