"""The guard on mapped classes: a new value is refused at the assignment; a loaded value may be sent again."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.orm import LoaderCallableStatus

from minimize.errors import RefusedError
from minimize.guard.orm.retired_locations import RetiredLocation, RetiredLocations

OnDropped = Literal["error", "warn"]

RESENT: Final = "minimize.resent"
"""Key of `Connection.info`: the values that a flush may send, by identity."""

_UNKNOWN: Final = (LoaderCallableStatus.NO_VALUE, LoaderCallableStatus.NEVER_SET)

Guarded = tuple[str, "sa.Column[object]", RetiredLocation]


class MappedClasses:
    """Listens to the attributes of mapped classes that a policy retires.

    Classes belong to no engine, so assignments are refused in the whole process while the protection exists.

    Args:
        registries: The registries of the classes to guard; None for all, later ones too.
    """

    def __init__(
        self,
        locations: RetiredLocations,
        registries: frozenset[orm.registry] | None,
        default_schema: Callable[[], str | None],
        dropped: OnDropped | None,
    ) -> None:
        self._locations, self._registries, self._default_schema = locations, registries, default_schema
        self._dropped = dropped
        self._attributes: list[tuple[Any, Callable[..., None]]] = []
        self._guarded: WeakKeyDictionary[orm.Mapper[Any], tuple[Guarded, ...]] = WeakKeyDictionary()
        self._reported: set[str] = set()

    def listen(self) -> None:
        """Guard the classes that are configured now, and each other class when it is configured."""
        for name, function in self._events():
            event.listen(orm.Mapper, name, function)
        for mapper in self._present():
            if mapper.configured:
                self._on_configured(mapper)
        self._report_dropped()

    def remove(self) -> None:
        """Remove every listener."""
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
        for key, column, retired in self._guarded_in(mapper):
            if retired.is_certain:
                attribute = getattr(mapper.class_, key)
                function = _refuse_new(key, column, retired)
                event.listen(attribute, "set", function, raw=True)
                self._attributes.append((attribute, function))

    def _guarded_in(self, mapper: orm.Mapper[Any]) -> tuple[Guarded, ...]:
        if mapper not in self._guarded:
            self._guarded[mapper] = tuple(
                (attribute.key, column, retired)
                for attribute in mapper.column_attrs
                for column in attribute.columns
                if isinstance(column, sa.Column)
                for retired in self._locations.at(column, self._default_schema())
            )
        return self._guarded[mapper]

    def _before_update(self, mapper: orm.Mapper[Any], connection: sa.Connection, target: object) -> None:
        """Record which values of an object the next UPDATE may carry because the row already has them."""
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
        for key, column, retired in self._guarded_in(mapper):
            if key in state.committed_state and key in state.dict:
                value, original = state.dict[key], state.committed_state[key]
                if _is_unchanged(retired, column, value, original):
                    yield value

    def _report_dropped(self) -> None:
        """Report, once per class, the mapped columns that are dropped.

        Raises:
            RefusedError: There are some, and `dropped` is "error".
        """
        if self._dropped is None:
            return
        found = {
            f"{mapper.class_.__module__}.{mapper.class_.__qualname__}.{key} maps {retired.location.name}"
            for mapper in self._present()
            if mapper.configured
            for key, _, retired in self._guarded_in(mapper)
            if retired.will_be_dropped
        }
        new = sorted(found - self._reported)
        self._reported |= found
        if new and self._dropped == "error":
            raise RefusedError(
                f"mapped columns are dropped: {'; '.join(new)}",
                hint="Remove these attributes from the classes: every query of such a class would fail.",
            )
        for line in new:
            warnings.warn(f"{line}, which is dropped: every query of the class fails", stacklevel=2)


def _refuse_new(key: str, column: sa.Column[object], retired: RetiredLocation) -> Callable[..., None]:
    def refuse_new(state: orm.InstanceState[Any], value: object, old: object, _initiator: object) -> None:
        new = retired.carried(value, column)
        if new:
            original = state.committed_state.get(key, old)
            if _is_unknown(original) or retired.carried(original, column) != new:
                retired.refuse()

    return refuse_new


def _is_unchanged(retired: RetiredLocation, column: sa.Column[object], value: object, original: object) -> bool:
    """Whether a value carries the same as the loaded row, or the loaded value is unknown.

    A document changed in place has no known original, because SQLAlchemy keeps none. The guard in the database
    compares with the stored row.
    """
    if _is_unknown(original):
        return retired.location.is_part
    new = retired.carried(value, column)
    return bool(new) and retired.carried(original, column) == new


def _is_unknown(original: object) -> bool:
    # Compared by identity: a value may define its own ==.
    return any(original is unknown for unknown in _UNKNOWN)


def _all_registries() -> Iterable[orm.registry]:
    """Return every registry of the process.

    SQLAlchemy keeps them under a private name. If a release removes it, pass yours as `mappers=`.
    """
    return tuple(getattr(orm.mapperlib, "_all_registries", tuple)())
