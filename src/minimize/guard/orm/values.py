"""Which part of a value that a program writes is the retired field."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import elements

from minimize.policy import Location

Carried = tuple[object, ...]

_NOTHING: Final = ("NULL", "DEFAULT")


def carried(location: Location, value: object, column: sa.ColumnElement[object]) -> Carried:
    """Return the retired part of a value about to be written to a column; empty if there is certainly none.

    It is also empty where only the server can judge: an SQL expression for a column of which a part is retired, and a
    location kind without a judgement in Python.
    """
    if location.is_whole_column and is_nothing(value, column):
        return ()
    if isinstance(value, sa.ClauseElement):
        return (value,) if location.is_whole_column else ()
    return location.find_parts(value, base_type(column.type)) or ()


def base_type(declared: sa.types.TypeEngine[object]) -> str | None:
    """Return the base type of a column as PostgreSQL's catalog names it; None for types that no kind distinguishes."""
    if isinstance(declared, sa.ARRAY):
        return f"_{base_type(declared.item_type) or 'unknown'}"
    if isinstance(declared, sa.String):
        return "text"
    if isinstance(declared, sa.JSON):
        return "jsonb" if isinstance(declared, JSONB) else "json"
    return None


def is_nothing(value: object, column: sa.ColumnElement[object]) -> bool:
    """Whether a value writes nothing new to a column: NULL, DEFAULT, the column itself, or its value in EXCLUDED.

    Any other SQL expression counts as a value.
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
