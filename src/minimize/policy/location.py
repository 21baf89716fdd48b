"""What a location kind is, and the register of the kinds there are."""

from __future__ import annotations

import abc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

import pydantic

import minimize
from minimize.errors import PolicyError
from minimize.policy.names import (
    ColumnName,
    TableName,
)
from minimize.policy.section import Section, Text, invalid_value

if TYPE_CHECKING:
    from psycopg.sql import Composable

    from minimize.policy.row import Row


class KeepWhere(Mapping[str, str]):
    """Predicates by exception id; it cannot be changed and can be hashed, unlike a dict."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, str] | None = None) -> None:
        """Copy the items."""
        self._items = dict(items or {})

    def __getitem__(self, key: str) -> str:
        """Return the predicate of one exception."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the exception ids in the order of the file."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return the number of exceptions."""
        return len(self._items)

    def __hash__(self) -> int:
        """Return a hash that agrees with equality, which ignores order."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """Name the exceptions only; predicates stay in the policy."""
        return f"KeepWhere({', '.join(self._items)})"


class Probe(NamedTuple):
    """A question for the server about one key of a location; a yes, or an error, is a mistake in the policy."""

    key: str
    question: Composable
    """A boolean SQL expression that reads no row."""
    what: str
    """What a yes means, in the words of an error message."""
    hint: str


class Location(Section, abc.ABC):
    """One place in the database where a retired field lives.

    A kind is a subclass that sets `kind` and, unless it is the plain column kind, `key`; defining
    the class registers it. `carries` and `without` are all it has to say about its values.
    """

    kind: ClassVar[str]
    """Name of the kind, such as `json_path`."""

    key: ClassVar[str | None] = None
    """The policy key that selects the kind; None for the kind that is meant when no such key is there."""

    keep_where: Annotated[
        Mapping[str, Text],
        pydantic.AfterValidator(KeepWhere),
        pydantic.PlainSerializer(dict, return_type=dict[str, str]),
    ] = pydantic.Field(
        default=KeepWhere(),
        description="Rows to keep: for each exception id, row-local SQL over the columns of this table.",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Register the class if it names a kind."""
        super().__pydantic_init_subclass__(**kwargs)
        if "kind" in cls.__dict__:
            _register(cls)

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """How this location is written everywhere; unique within a policy."""

    @property
    @abc.abstractmethod
    def table_name(self) -> TableName:
        """The table this location is in, or is."""

    @property
    @abc.abstractmethod
    def column_name(self) -> str | None:
        """The column within its table, or None where the location is the whole table."""

    @abc.abstractmethod
    def carries(self, row: Row) -> Composable:
        """Return a boolean SQL expression, never NULL: this row still carries the retired value here."""

    @abc.abstractmethod
    def without(self, row: Row) -> Composable:
        """Return the SQL expression of the stored value with the retired part taken out.

        Of a whole table (`column_name` is None) nothing would be left: it raises RefusedError.
        """

    @abc.abstractmethod
    def carried(self, row: Row) -> Composable:
        """Return the SQL expression of the retired part alone, to compare OLD with NEW."""

    is_part: ClassVar[bool] = True
    """Whether a part is taken out of a value, which is read for that and written anew; else all of it goes."""

    def is_cheap(self, row: Row) -> bool:  # noqa: ARG002  most kinds read the whole value
        """Whether to ask `carries` again costs next to nothing, of a value that is stored in the row itself."""
        return not self.is_part

    def removable(self, row: Row) -> Composable | None:  # noqa: ARG002  most kinds can take out whatever they find
        """Return a boolean SQL expression for rows that carry: `without` takes the part out; None if it always does.

        False where the part may be there, but not where it begins and ends. Only a person can resolve such a
        row: it is refused, counted and reported like any other, and never written.
        """
        return None

    def unreadable(self, row: Row) -> Composable | None:  # noqa: ARG002  most kinds can read whatever there is
        """Return a boolean SQL expression, or None if it would always be false: the row cannot be judged here.

        The value seems to be there, in a form that this kind neither finds nor takes out. Such rows are reported as not
        checked.
        """
        return None

    unreadable_reason: ClassVar[str] = ""
    """What is the matter with such rows, and the way on."""

    def probes(self, row: Row) -> Iterator[Probe]:  # noqa: ARG002  most kinds have nothing to ask
        """Yield what only the server can judge of this location's keys, such as a regular expression."""
        yield from ()


class InColumn(Location):
    """A location inside one column: the base of every kind but the whole table."""

    column: ColumnName = pydantic.Field(description="The column, as schema.table.column.")

    @property
    def name(self) -> str:
        """The column, followed by the value of the key that selects the kind."""
        return str(self.column) if self.key is None else f"{self.column} {getattr(self, self.key)}"

    @property
    def table_name(self) -> TableName:
        """The table of the column."""
        return self.column.table_name

    @property
    def column_name(self) -> str:
        """The column within its table, without quotes."""
        return self.column.column

    def carried(self, row: Row) -> Composable:
        """Return the column itself; kinds that retire a part of it narrow this."""
        return row(self.column_name)


class WholeTable(Location):
    """A location that is a whole table."""

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
        """None: no single column is meant."""
        return None


_kinds: dict[str, type[Location]] = {}


def _load_kinds() -> None:
    # They are a layer above: the root package says where, and nothing here depends on any of them.
    import_module(minimize.LOCATION_KINDS)


def location_kinds() -> tuple[type[Location], ...]:
    """Return the registered kinds, the plain column kind first, then by policy key."""
    _load_kinds()
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.key or ""))


@contextmanager
def isolated_kinds() -> Iterator[None]:
    """Start with no kinds and put the present ones back at the end; for tests."""
    _load_kinds()
    present = dict(_kinds)
    _kinds.clear()
    try:
        yield
    finally:
        _kinds.clear()
        _kinds.update(present)


def kind_for(keys: Mapping[str, object]) -> type[Location]:
    """Return the kind that a location with these policy keys is of.

    Raises:
        PydanticCustomError: The keys select two kinds, or no kind is registered for them.
    """
    chosen = [kind for kind in location_kinds() if kind.key in keys]
    if len(chosen) > 1:
        names = " and ".join(str(kind.key) for kind in chosen)
        raise invalid_value(f"{names} exclude each other", hint="Write one [[field.location]] table for each of them.")
    chosen = chosen or [kind for kind in location_kinds() if kind.key is None]
    if not chosen:
        selecting = ", ".join(str(kind.key) for kind in location_kinds())
        raise invalid_value(
            "this is no kind of location known here",
            hint=f"Add one of these keys: {selecting or 'none known'}.",
        )
    return chosen[0]


def read_location(value: object) -> Location:
    """Return the location that a table of the policy describes; a Location is returned as it is.

    Raises:
        PydanticCustomError: It is no table, or of no kind.
        ValidationError: It does not fit its kind.
    """
    if isinstance(value, Location):
        return value
    if not isinstance(value, Mapping):
        raise invalid_value("expected a table", hint="Write each location as a [[field.location]] table.")
    try:
        return kind_for(value).model_validate(value, by_alias=True, by_name=False)
    except PolicyError as error:
        raise invalid_value(error.message, hint=error.hint) from None


def _register(kind: type[Location]) -> None:
    if missing := sorted(kind.__abstractmethods__):
        raise TypeError(f"location kind {kind.kind} lacks {', '.join(missing)}")
    if kind.key is not None and kind.key not in kind.model_fields:
        raise TypeError(f"location kind {kind.kind} has no field for its key {kind.key}")
    for other in _kinds.values():
        is_same = (other.__module__, other.__qualname__) == (kind.__module__, kind.__qualname__)
        if not is_same and (other.kind == kind.kind or other.key == kind.key):
            raise TypeError(f"location kinds {other.kind} and {kind.kind} claim the same name or key")
    _kinds[kind.kind] = kind
