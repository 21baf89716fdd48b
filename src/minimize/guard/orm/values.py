"""Which part of a value that a program hands over is the retired field, one function per kind of location."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import elements

from minimize.guard.orm.documents import find_values, is_value, parse_text
from minimize.locations.hstore_key import HstoreKeyLocation
from minimize.locations.json_path import IN_STRING, JsonPathLocation
from minimize.policy import Location

Carried = tuple[object, ...]

_NOTHING: Final = ("NULL", "DEFAULT")


def carried(location: Location, value: object, column: sa.ColumnElement[object]) -> Carried:
    """Return the retired part of a value about to be written to a column; empty when it certainly is not there.

    Also empty when Python cannot tell: an expression the server computes for a document, and a kind of location
    that only SQL can judge.
    """
    judge = _KINDS.get(location.kind)
    return () if judge is None else judge(location, value, column)


def _of_column(_location: Location, value: object, column: sa.ColumnElement[object]) -> Carried:
    return () if is_nothing(value, column) else (value,)


def _of_document(location: Location, value: object, column: sa.ColumnElement[object]) -> Carried:
    assert isinstance(location, JsonPathLocation)
    if isinstance(value, sa.ClauseElement):
        return ()
    if isinstance(column.type, sa.String):
        value = parse_text(value)
    elif isinstance(column.type, sa.ARRAY):
        return ()
    is_json = isinstance(column.type, sa.JSON) and not isinstance(column.type, JSONB)
    is_text = is_json or isinstance(column.type, sa.String) or IN_STRING in location.steps
    found = find_values(value, location.steps)
    return tuple(part for part in found if is_value(part, is_text=is_text))


def _of_pairs(location: Location, value: object, _column: sa.ColumnElement[object]) -> Carried:
    assert isinstance(location, HstoreKeyLocation)
    found = value.get(location.hstore_key) if isinstance(value, Mapping) else None
    return () if found is None else (found,)


_KINDS: Final[dict[str, Callable[[Location, object, sa.ColumnElement[object]], Carried]]] = {
    "column": _of_column,
    "json_path": _of_document,
    "hstore_key": _of_pairs,
}


def is_nothing(value: object, column: sa.ColumnElement[object]) -> bool:
    """Whether a value writes nothing new to a column: NULL, DEFAULT, the column itself, or what is in EXCLUDED.

    Any other SQL expression counts as a value: whoever computes one means to store it.
    """
    while isinstance(value, elements.Cast | elements.TypeCoerce | elements.Grouping | elements.Label):
        value = value.element if isinstance(value, elements.Grouping | elements.Label) else value.clause
    if isinstance(value, elements.BindParameter):
        return value.effective_value is None and not value.required
    if isinstance(value, elements.TextClause):
        return value.text.strip().upper() in _NOTHING
    if isinstance(value, elements.ColumnClause):
        return value.name.strip().upper() in _NOTHING if value.is_literal else _is_same(value, column)
    return value is None or isinstance(value, elements.Null)


def _is_same(value: elements.ColumnClause[object], column: sa.ColumnElement[object]) -> bool:
    if not isinstance(column, elements.ColumnClause) or value.name != column.name:
        return False
    source, target = value.table, column.table
    names = {getattr(target, "name", None), "excluded"}
    return isinstance(source, sa.Table | sa.Alias) and source.name in names
