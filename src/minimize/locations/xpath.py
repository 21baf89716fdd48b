"""An element or an attribute of an XML document as a location."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar

from psycopg import sql
from pydantic import AfterValidator, Field

from minimize.policy import InColumn, Probe, Row, location_kind

MAX_STEPS = 30
_NAME = r"(?:[^\W\d][\w.-]*|\*)"
_PATH = re.compile(rf"(?://?{_NAME})*(?://?@?{_NAME})")
_STEP = re.compile(rf"//?@?{_NAME}")


def _checked(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise ValueError(
            "a path is made of /name, //name and, at its end, /@name; it has no prefixes, predicates or functions"
        )
    if path.startswith("/@"):
        raise ValueError("an attribute needs its element, as in /form/applicant/@birthplace or //@birthplace")
    if len(_STEP.findall(path)) > MAX_STEPS:
        raise ValueError(f"a path has at most {MAX_STEPS} steps")
    return path


@location_kind
class XPathLocation(InColumn):
    """An element or an attribute inside the documents of an xml column.

    The path is XPath's shortest form, except that a name matches in every namespace. The documents are read as text, so
    every byte outside the removed part stays: declarations, prefixes, entities, CDATA, comments. The content of an
    entity that the document itself declares is not read. An element without content and attributes carries nothing.
    """

    kind: ClassVar[str] = "xpath"
    key: ClassVar[str | None] = "xpath"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"xml"})

    xpath: Annotated[str, AfterValidator(_checked)] = Field(
        description="Path to the retired element or attribute, such as /form/applicant/placeOfBirth or //@birthplace"
    )

    @property
    def last_name(self) -> str:
        """The name of the element or attribute, or `*`."""
        return re.split("[/@]", self.xpath)[-1]

    def sample(self, column_type: str | None) -> str:  # noqa: ARG002  xml is the only type
        """A document with a value at the path."""
        names = [step.lstrip("/").replace("*", "any") for step in _STEP.findall(self.xpath)]
        attribute = f" {names.pop()[1:]}='minimize'" if names[-1].startswith("@") else ""
        names = names or ["any"]
        opened = "".join(f"<{name}>" for name in names[:-1])
        closed = "".join(f"</{name}>" for name in reversed(names))
        return f"{opened}<{names[-1]}{attribute}>{'' if attribute else 'minimize'}{closed}"

    def carries(self, row: Row) -> sql.Composable:
        """The element or attribute is present and not empty. The function runs only if the text contains the name."""
        if self.last_name == "*":
            return sql.SQL("({} IS NOT NULL)").format(self.carried(row))
        return sql.SQL('(CASE WHEN strpos(({})::text COLLATE "C", {}) > 0 THEN {} IS NOT NULL ELSE false END)').format(
            row(self.column_name), sql.Literal(self.last_name), self.carried(row)
        )

    def without(self, row: Row) -> sql.Composable:
        """The document without it. An outermost element loses its attributes and content, and keeps its tags."""
        return sql.SQL("XMLPARSE(CONTENT {}.kept)").format(self._scanned(row))

    def carried(self, row: Row) -> sql.Composable:
        """The elements or attribute values, as the document has them."""
        return sql.SQL("{}.taken").format(self._scanned(row))

    def probes(self, row: Row) -> Iterator[Probe]:  # noqa: ARG002  the question is about the server
        """Ask whether the server was built with XML support."""
        yield Probe(
            "xpath",
            sql.SQL("XMLPARSE(CONTENT '<a/>') IS NULL"),
            "this server cannot parse XML",
            "This needs a server built with libxml.",
        )

    def _scanned(self, row: Row) -> sql.Composable:
        steps = sql.SQL(", ").join(map(sql.Literal, _STEP.findall(self.xpath)))
        return sql.SQL('(minimize.xml_scan_v1(({})::text COLLATE "C", ARRAY[{}]::text[]))').format(
            row(self.column_name), steps
        )
