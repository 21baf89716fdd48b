"""An element inside the PDF417 barcode of an AAMVA driver licence or ID card as a location."""

from __future__ import annotations

from typing import Annotated, ClassVar

from psycopg import sql
from pydantic import Field, StringConstraints

from minimize.policy import InColumn, Row


class AamvaElementLocation(InColumn):
    """An element, such as DCI (place of birth), of the barcode payloads in a bytea or text column.

    `minimize.aamva_scan_v1` reads a payload: the directory where it fits the payload, else what is between the CRs.
    Taking the element out changes its subfile's length and the offsets behind it, and no other byte.

    A payload that can be read neither way and has the element's id anywhere in it carries: it is refused by the guard
    and counted, but it is not `removable`, and `without` leaves it as it is. An element without a value
    carries as well.
    """

    kind: ClassVar[str] = "aamva_element"
    key: ClassVar[str | None] = "aamva_element"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"bytea", "text", "varchar"})

    aamva_element: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(
        description="Id of the retired element, three capital letters, such as DCI"
    )

    def carries(self, row: Row) -> sql.Composable:
        """The element is there, or cannot be shown not to be."""
        # The search alone settles what it is on a row without the id, at a hundredth of the cost of reading one.
        return sql.SQL("(position({id} IN {column}) > 0 AND {taken} IS NOT NULL) IS TRUE").format(
            id=sql.Literal(self.aamva_element), column=row(self.column_name), taken=self.carried(row)
        )

    def without(self, row: Row) -> sql.Composable:
        """The payload without the element, its lengths and offsets fitted; one that cannot be read as it is."""
        return sql.SQL("({}).kept").format(self._scan(row))

    def carried(self, row: Row) -> sql.Composable:
        """The elements with their values, in their order; of a payload that cannot be read, all of it."""
        return sql.SQL("({}).taken").format(self._scan(row))

    def removable(self, row: Row) -> sql.Composable:
        """The payload can be read, so that it is known where the element begins and ends."""
        return sql.SQL("({} IS DISTINCT FROM {})").format(self.without(row), row(self.column_name))

    def specimen(self) -> str:
        """Return a made-up payload that carries the element."""
        body = f"DL{self.aamva_element}NOWHERE\nDCGUSA\r"
        return f"@\n\x1e\rANSI 000000080001DL0031{len(body):04d}{body}"

    def _scan(self, row: Row) -> sql.Composable:
        """Read the payload; of the two functions of this name the server takes the one for the column's type."""
        return sql.SQL("minimize.aamva_scan_v1({}, {})").format(row(self.column_name), sql.Literal(self.aamva_element))
