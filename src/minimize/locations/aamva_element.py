"""An element inside the PDF417 barcode of an AAMVA driver licence or ID card as a location."""

from __future__ import annotations

from typing import Annotated, ClassVar

from psycopg import sql
from pydantic import Field, StringConstraints

from minimize.policy import InColumn, Row, location_kind


@location_kind
class AamvaElementLocation(InColumn):
    """An element, such as DCI (place of birth), of the barcode payloads in a bytea or text column.

    `minimize.aamva_scan_v1` reads a payload by its directory if the directory fits the payload, and otherwise by the
    CR characters between the subfiles. Removing the element changes the length of its subfile and the offsets of the
    later subfiles, and no other byte.

    A payload that can be read neither way carries the field if it contains the id of the element anywhere. The guard
    refuses it and counts include it, but it is not `removable`, and `without` returns it unchanged. An element without
    a value carries as well.
    """

    kind: ClassVar[str] = "aamva_element"
    key: ClassVar[str | None] = "aamva_element"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"bytea", "text", "varchar"})

    aamva_element: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(
        description="Id of the retired element, three capital letters, such as DCI"
    )

    def carries(self, row: Row) -> sql.Composable:
        """The element is present, or its absence cannot be shown."""
        # For a row without the id, the search alone gives the answer, at a hundredth of the cost of reading a payload.
        return sql.SQL("(position({id} IN {column}) > 0 AND {taken} IS NOT NULL) IS TRUE").format(
            id=sql.Literal(self.aamva_element), column=row(self.column_name), taken=self.carried(row)
        )

    def without(self, row: Row) -> sql.Composable:
        """The payload without the element, with corrected lengths and offsets; an unreadable payload unchanged."""
        return sql.SQL("({}).kept").format(self._scan(row))

    def carried(self, row: Row) -> sql.Composable:
        """The elements with their values, in their order; for an unreadable payload, all of it."""
        return sql.SQL("({}).taken").format(self._scan(row))

    def removable(self, row: Row) -> sql.Composable:
        """The payload can be read, so the start and end of the element are known."""
        return sql.SQL("({} IS DISTINCT FROM {})").format(self.without(row), row(self.column_name))

    def sample(self, column_type: str | None) -> str:  # noqa: ARG002  the same for all types
        """A regular payload with the element in it."""
        body = f"DL{self.aamva_element}NOWHERE\nDCGUSA\r"
        return f"@\n\x1e\rANSI 000000080001DL0031{len(body):04d}{body}"

    def _scan(self, row: Row) -> sql.Composable:
        """Read the payload. The server chooses the function for bytea or for text by the column's type."""
        return sql.SQL("minimize.aamva_scan_v1({}, {})").format(row(self.column_name), sql.Literal(self.aamva_element))
