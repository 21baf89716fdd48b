"""Rows for any table: copied from a stored row or made up, with the rows that their foreign keys need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import psycopg
from psycopg import sql

from minimize.catalog.connection import Connection, integer
from minimize.guard.attacks.made_up_values import ColumnShape, make_value, read_shapes

Values = Mapping[str, sql.Composable]
Shapes = Mapping[str, ColumnShape]


class NotPossibleError(Exception):
    """An attack that cannot be made here, and why; holds names only."""

    @classmethod
    def for_column(cls, shape: ColumnShape) -> Self:
        """Return the error for a column that needs a value that cannot be made up."""
        return cls(f"column {shape.name}: no value of type {shape.type} can be made up")


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row of the table: the relation that stores it, and where."""

    relation: sql.Identifier
    position: str

    def value(self, column: str) -> sql.Composable:
        """Return SQL that reads one of its columns; the value stays in the server."""
        return sql.SQL("(SELECT s.{} FROM ONLY {} AS s WHERE {})").format(
            sql.Identifier(column), self.relation, self.condition(sql.SQL("s."))
        )

    def condition(self, prefix: sql.Composable) -> sql.Composable:
        """Return SQL that is true for this row alone."""
        return sql.SQL("{p}tableoid = {relation}::regclass AND {p}ctid = {position}::tid").format(
            p=prefix, relation=sql.Literal(self.relation.as_string(None)), position=sql.Literal(self.position)
        )


def row_values(
    shapes: Shapes, retired: Collection[str | None], base: StoredRow | None, *, with_key: bool = False
) -> Values:
    """Return a row without any retired value: a copy of `base` under a new key, or made up.

    Raises:
        NotPossibleError: A column needs a value that cannot be made up.
    """
    row: dict[str, sql.Composable] = {}
    for name, shape in shapes.items():
        if shape.is_generated:
            continue
        if name in retired:
            row[name] = _neutral(shape)
        elif base is not None and (with_key or not shape.is_unique):
            row[name] = base.value(name)
        elif not shape.is_filled_by_itself and (shape.is_not_null or shape.is_unique):
            copied = base.value(name) if base is not None else None
            # A key that is also a foreign key can only be copied.
            value = copied if shape.reference else None
            row[name] = _required(value or make_value(shape, is_new=shape.is_unique) or copied, shape)
    return row


def _required(value: sql.Composable | None, shape: ColumnShape) -> sql.Composable:
    if value is None:
        raise NotPossibleError.for_column(shape)
    return value


def _neutral(shape: ColumnShape) -> sql.Composable:
    """Return the value of a retired column in a harmless row: NULL, unless the column is not guarded yet."""
    if not shape.is_not_null:
        return sql.SQL("NULL")
    return _required(make_value(shape, is_new=True), shape)


def insert_into(relation: sql.Composable, *rows: Values, is_overriding: bool = False) -> sql.Composed:
    """Return an INSERT of rows that have the same columns."""
    columns = list(rows[0])
    return sql.SQL("INSERT INTO {} ({}) {}VALUES {}").format(
        relation,
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL("OVERRIDING SYSTEM VALUE " if is_overriding else ""),
        sql.SQL(", ").join(
            sql.SQL("({})").format(sql.SQL(", ").join(row[column] for column in columns)) for row in rows
        ),
    )


def insert_referenced_rows(conn: Connection, shapes: Shapes, columns: Iterable[str], depth: int = 5) -> None:
    """Insert a made-up row into each empty table that one of the columns references, where that is possible."""
    for reference in [shapes[column].reference for column in columns]:
        if reference is None or depth == 0:
            continue
        relation = sql.Identifier(*reference[:2])
        try:
            with conn.transaction():
                if conn.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(relation)).fetchone() is None:
                    _insert_required(conn, relation, depth)
        except (psycopg.Error, NotPossibleError):
            # The attack reports the obstacle itself.
            continue


def _insert_required(conn: Connection, relation: sql.Identifier, depth: int) -> None:
    found = conn.execute("SELECT %s::regclass::oid::bigint", [relation.as_string(None)]).fetchone()
    assert found is not None
    shapes = {shape.name: shape for shape in read_shapes(conn, integer(found[0]))}
    required = [s for s in shapes.values() if s.is_not_null and not s.is_generated and not s.is_filled_by_itself]
    insert_referenced_rows(conn, shapes, [shape.name for shape in required], depth - 1)
    values = {shape.name: _required(make_value(shape, is_new=shape.is_unique), shape) for shape in required}
    if values:
        conn.execute(insert_into(relation, values))
    else:
        conn.execute(sql.SQL("INSERT INTO {} DEFAULT VALUES").format(relation))
