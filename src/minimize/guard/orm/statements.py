"""Which value a Core statement assigns to which column.

SQLAlchemy has no public interface for this. The attributes read here are the same in 2.0 and 2.1, except where noted.
"""

# ruff: noqa: ANN401, SLF001  SQLAlchemy keeps what is read here under private names, without types

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import dml, elements, visitors

Assignment = tuple["sa.ColumnElement[object]", object]
Parameters = Mapping[str, object]


def assignments(
    statement: dml.Insert | dml.Update, sent: Sequence[Parameters], *, has_own_parameters: bool = True
) -> Iterator[Assignment]:
    """Yield every column that an INSERT or UPDATE assigns, with each value.

    Args:
        sent: The parameter sets of the execution; a key is a column's key or a bind parameter's name.
        has_own_parameters: The parameter sets name this statement's columns, not those of an enclosing statement.
    """
    for column, value in _in_statement(statement):
        for resolved in _resolve(value, sent):
            yield column, resolved
    for parameters in sent if has_own_parameters else ():
        for key, value in parameters.items():
            named = _column(statement, key)
            if named is not None:
                yield named, value
    if isinstance(statement, dml.Insert):
        yield from _defaults(statement, sent)


def nested_writes(statement: sa.ClauseElement) -> Iterator[dml.Insert | dml.Update]:
    """Yield the INSERTs and UPDATEs inside a statement's CTEs."""
    for element in visitors.iterate(statement):
        if element is not statement and isinstance(element, dml.Insert | dml.Update):
            yield element


def _in_statement(statement: Any) -> Iterator[Assignment]:
    yield from _pairs(statement, (statement._values or {}).items())
    # 2.0 keeps ordered_values() separately; 2.1 does not.
    yield from _pairs(statement, getattr(statement, "_ordered_values", None) or ())
    for parameter_sets in statement._multi_values:
        for values in parameter_sets:
            yield from _pairs(statement, _as_mapping(statement, values).items())
    if isinstance(statement, dml.Insert):
        yield from _selected(statement)
        on_conflict = getattr(statement, "_post_values_clause", None)
        to_set = getattr(on_conflict, "update_values_to_set", ())
        yield from _pairs(statement, to_set.items() if isinstance(to_set, dict) else to_set)


def _as_mapping(statement: Any, values: Any) -> Mapping[Any, object]:
    return values if isinstance(values, Mapping) else dict(zip(statement.table.c, values, strict=False))


def _pairs(statement: Any, pairs: Iterable[tuple[Any, object]]) -> Iterator[Assignment]:
    for key, value in pairs:
        column = _column(statement, key)
        if column is not None:
            yield column, value


def _selected(statement: Any) -> Iterator[Assignment]:
    """Yield the columns of INSERT ... SELECT with the expression selected for each."""
    for query in _queries(statement.select):
        expressions = list(getattr(query, "selected_columns", ()))
        for position, name in enumerate(statement._select_names or ()):
            column = _column(statement, name)
            if column is not None:
                yield column, expressions[position] if position < len(expressions) else sa.text("?")


def _queries(query: Any) -> Iterator[Any]:
    """Yield the SELECTs of a UNION, or the one there is."""
    if query is None:
        return
    yield from getattr(query, "selects", (query,))


def _defaults(statement: dml.Insert, sent: Sequence[Parameters]) -> Iterator[Assignment]:
    """Yield the constant defaults of the model for columns without a value."""
    columns = [c for c in getattr(statement.table, "c", ()) if c.default is not None and c.default.is_scalar]
    if not columns:
        return
    given = {column.key for column, _ in _in_statement(statement)}
    given |= {key for parameters in sent for key in parameters}
    for column in columns:
        if column.key not in given:
            yield column, column.default.arg


def _resolve(value: object, sent: Sequence[Parameters]) -> Iterator[object]:
    """Yield the values of a bind parameter, which an execution may set; yield anything else unchanged."""
    if not isinstance(value, elements.BindParameter):
        yield value
        return
    given = [parameters[value.key] for parameters in sent if value.key in parameters]
    yield from given or ([] if value.required else [value.effective_value])


def _column(statement: Any, key: Any) -> sa.ColumnElement[object] | None:
    if isinstance(key, str):
        found: sa.ColumnElement[object] | None = getattr(statement.table, "c", {}).get(key)
        return found
    element = key.__clause_element__() if hasattr(key, "__clause_element__") else key
    return element if isinstance(element, elements.ColumnClause) else None
