"""The guard on mapped classes: an assignment is refused where it is made, and what was loaded may be sent again."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.orm import LoaderCallableStatus

from minimize.errors import RefusedError
from minimize.guard.orm.fields import RetiredPlace, RetiredPlaces

OnDropped = Literal["error", "warn"]

RESENT: Final = "minimize.resent"
"""Key of `Connection.info`: values a flush may send, by identity."""

_UNKNOWN: Final = (LoaderCallableStatus.NO_VALUE, LoaderCallableStatus.NEVER_SET)

Guarded = tuple[str, "sa.Column[object]", RetiredPlace]


class MappedClasses:
    """Listens to the attributes of mapped classes that a policy retires.

    Classes belong to no engine, so an assignment is refused in the whole process while the guard is in force.

    Args:
        registries: Whose classes are meant; None for all there are and will be.
    """

    def __init__(
        self,
        places: RetiredPlaces,
        registries: frozenset[orm.registry] | None,
        default_schema: Callable[[], str | None],
        dropped: OnDropped | None,
    ) -> None:
        self._places, self._registries, self._default_schema = places, registries, default_schema
        self._dropped = dropped
        self._attributes: list[tuple[Any, Callable[..., None]]] = []
        self._guarded: WeakKeyDictionary[orm.Mapper[Any], tuple[Guarded, ...]] = WeakKeyDictionary()
        self._reported: set[str] = set()

    def listen(self) -> None:
        """Guard the classes that are configured, and the others as soon as they are."""
        for name, function in self._events():
            event.listen(orm.Mapper, name, function)
        for mapper in self._present():
            if mapper.configured:
                self._on_configured(mapper)
        self._report_dropped()

    def remove(self) -> None:
        """Take every listener away."""
        for name, function in self._events():
            event.remove(orm.Mapper, name, function)
        for attribute, function in self._attributes:
            event.remove(attribute, "set", function)
        self._attributes.clear()

    def _events(self) -> Iterator[tuple[str, Callable[..., None]]]:
        yield "mapper_configured", self._on_configured
        yield "after_configured", self._report_dropped
        yield "before_update", self._before_update
        yield "after_update", self._after_update

    def _present(self) -> Iterator[orm.Mapper[Any]]:
        registries = _all_registries() if self._registries is None else self._registries
        for registry in registries:
            yield from registry.mappers

    def _on_configured(self, mapper: orm.Mapper[Any], _class: object = None) -> None:
        if self._registries is not None and mapper.registry not in self._registries:
            return
        for key, column, place in self._guarded_in(mapper):
            if place.is_certain:
                attribute = getattr(mapper.class_, key)
                function = _refuse_new(key, column, place)
                event.listen(attribute, "set", function, raw=True)
                self._attributes.append((attribute, function))

    def _guarded_in(self, mapper: orm.Mapper[Any]) -> tuple[Guarded, ...]:
        if mapper not in self._guarded:
            self._guarded[mapper] = tuple(
                (attribute.key, column, place)
                for attribute in mapper.column_attrs
                for column in attribute.columns
                if isinstance(column, sa.Column)
                for place in self._places.at(column, self._default_schema())
            )
        return self._guarded[mapper]

    def _before_update(self, mapper: orm.Mapper[Any], connection: sa.Connection, target: object) -> None:
        """Remember which values of an object the coming UPDATE may carry: they bring nothing new."""
        for value in self._resent(mapper, target):
            connection.info.setdefault(RESENT, {})[id(value)] = value

    def _after_update(self, mapper: orm.Mapper[Any], connection: sa.Connection, target: object) -> None:
        if RESENT in connection.info:
            for value in self._resent(mapper, target):
                connection.info[RESENT].pop(id(value), None)

    def _resent(self, mapper: orm.Mapper[Any], target: object) -> Iterator[object]:
        state = sa.inspect(target)
        if state is None:
            return
        for key, column, place in self._guarded_in(mapper):
            if key in state.committed_state and key in state.dict:
                value, original = state.dict[key], state.committed_state[key]
                if _is_unchanged(place, column, value, original):
                    yield value

    def _report_dropped(self) -> None:
        """Report, once per class, the mapped columns that the drop has taken away.

        Raises:
            RefusedError: There are some, and `dropped` is "error".
        """
        if self._dropped is None:
            return
        found = {
            f"{mapper.class_.__module__}.{mapper.class_.__qualname__}.{key} maps {place.location.name}"
            for mapper in self._present()
            if mapper.configured
            for key, _, place in self._guarded_in(mapper)
            if place.will_be_dropped
        }
        new = sorted(found - self._reported)
        self._reported |= found
        if new and self._dropped == "error":
            raise RefusedError(
                f"mapped columns are dropped: {'; '.join(new)}",
                hint="Take these attributes out of the classes: every query of such a class would fail.",
            )
        for line in new:
            warnings.warn(f"{line}, which is dropped: every query of the class fails", stacklevel=2)


def _refuse_new(key: str, column: sa.Column[object], place: RetiredPlace) -> Callable[..., None]:
    def refuse_new(state: orm.InstanceState[Any], value: object, old: object, _initiator: object) -> None:
        new = place.carried(value, column)
        if new:
            original = state.committed_state.get(key, old)
            if _is_unknown(original) or place.carried(original, column) != new:
                place.refuse()

    return refuse_new


def _is_unchanged(place: RetiredPlace, column: sa.Column[object], value: object, original: object) -> bool:
    """Whether a value carries what the row held when it was loaded, or may for all that is known.

    A document changed in place has no known original: SQLAlchemy keeps none. The guard in the database has.
    """
    if _is_unknown(original):
        return place.location.is_part
    new = place.carried(value, column)
    return bool(new) and place.carried(original, column) == new


def _is_unknown(original: object) -> bool:
    # Compared by identity: a value may have an == of its own.
    return any(original is unknown for unknown in _UNKNOWN)


def _all_registries() -> Iterable[orm.registry]:
    """Return every registry of the process.

    SQLAlchemy has them behind a private name. Should a release have it no more, name yours with `mappers=`.
    """
    return tuple(getattr(orm.mapperlib, "_all_registries", tuple)())
