"""The interface of a location kind: everything that differs between the places where a field is stored.

The base classes give each decision a default. A kind overrides a default only where it differs.
"""

from __future__ import annotations

import abc
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

import pydantic

from minimize.policy.keep_where import KeepWhere
from minimize.policy.names import ColumnName, TableName
from minimize.policy.section import Section, Text

if TYPE_CHECKING:
    from psycopg.sql import Composable

    from minimize.policy.row import Row

Scope = Literal["part", "column", "table"]
"""What a location retires: a part of each value of a column, the whole column, or the whole table."""


class Probe(NamedTuple):
    """A question to the server about one key of a location. The answer true, or an error, shows a mistake in it."""

    key: str
    question: Composable
    """A boolean SQL expression that reads no row."""
    what: str
    """The mistake that the answer true shows, as an error message states it."""
    hint: str


class Location(Section, abc.ABC):
    """One place in the database where a retired field is stored.

    A kind is a subclass with the decorator `location_kind`. It sets `kind` and, unless it is the plain column, `key`,
    and defines `carries` and `without`. The other members have defaults.
    """

    kind: ClassVar[str]
    """Name of the kind, such as `json_path`. Its documentation is in docs/locations/<kind>.md."""

    key: ClassVar[str | None] = None
    """The policy key that selects the kind. None marks the kind of a location that has no such key."""

    scope: ClassVar[Scope] = "part"

    column_types: ClassVar[frozenset[str] | None] = None
    """The base types that the column may have, as in pg_type; an array type starts with `_`. None accepts any type."""

    unreadable_reason: ClassVar[str] = ""
    """Why `unreadable` rows cannot be judged, and what to do. It follows "row(s) cannot be judged:"."""

    keep_where: Annotated[
        Mapping[str, Text],
        pydantic.AfterValidator(KeepWhere),
        pydantic.PlainSerializer(dict, return_type=dict[str, str]),
    ] = pydantic.Field(
        default=KeepWhere(),
        description="Rows to keep: for each exception id, row-local SQL over the columns of this table.",
    )

    # Name and place

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """The name of this location in messages, reports and object names; unique within a policy."""

    @property
    @abc.abstractmethod
    def table_name(self) -> TableName:
        """The table that has this location, or is this location."""

    @property
    @abc.abstractmethod
    def column_name(self) -> str | None:
        """The column within its table, without quotes; None for a whole table."""

    # Extent

    @property
    def is_part(self) -> bool:
        """Whether only a part of each value is retired, so that the value is read and written back without it."""
        return self.scope == "part"

    @property
    def is_whole_column(self) -> bool:
        """Whether every value of the column is retired. Erasing sets it to NULL, so it must be nullable."""
        return self.scope == "column"

    @property
    def is_whole_table(self) -> bool:
        """Whether every row of the table is retired. Erasing deletes rows."""
        return self.scope == "table"

    @property
    def is_dropped(self) -> bool:
        """Whether dropping the field removes this column or table.

        A column stays if only a part of its values is retired, or if an exception keeps the value of some rows.
        """
        return not self.is_part and not self.keep_where

    # SQL expressions over a row

    @abc.abstractmethod
    def carries(self, row: Row) -> Composable:
        """Return a boolean SQL expression, never NULL: this row still carries the retired value here."""

    @abc.abstractmethod
    def without(self, row: Row) -> Composable:
        """Return the SQL expression of the stored value with the retired part removed.

        Raises:
            RefusedError: The location is a whole table, which has no value to write.
        """

    @abc.abstractmethod
    def carried(self, row: Row) -> Composable:
        """Return the SQL expression of the retired part alone. The guard compares it between OLD and NEW."""

    def is_cheap(self, row: Row) -> bool:  # noqa: ARG002  the default depends on no column
        """Whether evaluating `carries` twice costs almost nothing if the value is stored in the row itself."""
        return not self.is_part

    def removable(self, row: Row) -> Composable | None:  # noqa: ARG002  the default depends on no column
        """Return a boolean SQL expression for rows that carry: `without` removes the part. None means always.

        It is false where the value may contain the part, but the start and end of the part are unknown. Such a row is
        refused, counted and reported like any other row that carries, but no purge writes it. A person must correct it.
        """
        return None

    def unreadable(self, row: Row) -> Composable | None:  # noqa: ARG002  the default depends on no column
        """Return a boolean SQL expression: this row cannot be judged. None means never.

        The value seems to contain the part in a form that this kind can neither find nor remove. Such rows are reported
        as not checked.
        """
        return None

    # Checks of the policy

    def probes(self, row: Row) -> Iterator[Probe]:  # noqa: ARG002  the default depends on no column
        """Yield what only the server can check about the keys, such as the syntax of a regular expression."""
        yield from ()

    def conflicts(self, other: Location) -> Iterator[Probe]:  # noqa: ARG002  the default depends on no location
        """Yield what only the server can check about this location next to another one of the same column."""
        yield from ()

    def contains(self, other: Location) -> bool:  # noqa: ARG002  the default depends on no location
        """Whether erasing here also erases the value of another location of the same column."""
        return not self.is_part

    def may_share_value(self, other: Location) -> bool:
        """Whether one value of a row may be at both locations. True unless the policy shows the opposite."""
        if self.is_whole_table or other.is_whole_table:
            return True
        if self.column_name != other.column_name:
            return False
        return self.kind != other.kind or self.key_value == other.key_value

    @property
    def key_value(self) -> object:
        """The value of the key that selects the kind; None for a kind without such a key."""
        return None if self.key is None else getattr(self, self.key)

    # Programs that copy or write the value

    @property
    def name_in_copy(self) -> str:
        """The name of the value in a copy of the row as JSON. A trigger that copies rows must leave out this name."""
        return self.column_name or ""

    @property
    def document_keys(self) -> tuple[str, ...]:
        """The keys inside a value that this location retires. The linter reports code that writes them."""
        return ()

    def sample(self, column_type: str | None) -> str | None:  # noqa: ARG002  the default knows no sample
        """Return a made-up value that carries the field, as PostgreSQL reads it from text, for `guard test`.

        None if any value of the column or table carries the field, or if no value can be made up.

        Args:
            column_type: The base type of the column, as in `column_types`; None if it is not known.
        """
        return None

    def find_parts(self, value: object, column_type: str | None) -> tuple[object, ...] | None:  # noqa: ARG002
        """Return the retired parts of a Python value, for the ORM guard. None if only the server can judge.

        It must agree with `carries`: empty where `carries` is false, not empty where it is true.

        Args:
            value: What a program assigns to the column; no SQL expression.
            column_type: The base type of the column, as in `column_types`; None if it is not known.
        """
        return None


class InColumn(Location):
    """A location inside one column: the base of every kind except the whole table."""

    column: ColumnName = pydantic.Field(description="The column, as schema.table.column.")

    @property
    def name(self) -> str:
        """The column, followed by the value of the key that selects the kind."""
        return str(self.column) if self.key is None else f"{self.column} {self.key_value}"

    @property
    def table_name(self) -> TableName:
        """The table of the column."""
        return self.column.table_name

    @property
    def column_name(self) -> str:
        """The column within its table, without quotes."""
        return self.column.column

    def carried(self, row: Row) -> Composable:
        """Return the column itself. A kind that retires a part of the value returns only that part."""
        return row(self.column_name)


class WholeTable(Location):
    """A location that is a whole table."""

    scope: ClassVar[Scope] = "table"

    table: TableName = pydantic.Field(description="The table, as schema.table.")

    @property
    def name(self) -> str:
        """The table."""
        return str(self.table)

    @property
    def table_name(self) -> TableName:
        """The table."""
        return self.table

    @property
    def column_name(self) -> None:
        """None, because the location is no single column."""
        return None
