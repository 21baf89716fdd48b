"""The target of an attack: a location, a row that carries the field, and a harmless row to start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.survey import Site, SurveyedTable
from minimize.guard.attacks.made_up_rows import (
    NotPossibleError,
    Shapes,
    StoredRow,
    Values,
    insert_into,
    insert_referenced_rows,
    row_values,
)
from minimize.guard.attacks.made_up_values import ColumnShape, make_carrying_text, make_text, make_value, read_shapes
from minimize.locations import TableRow, exempt
from minimize.locations.object_names import identifier


@dataclass(frozen=True, slots=True)
class Target:
    """One location of one table, with what an attack needs."""

    table: SurveyedTable
    site: Site
    shapes: Shapes
    carrying: sql.Composable | None
    """The value to write; None where the location is the whole table."""
    carrying_text: str | None
    """The value as text, if it is made up and not copied from a row."""
    base: StoredRow | None
    """A row to copy and to update; None if the table has none and none can be made."""

    @property
    def relation(self) -> sql.Identifier:
        """The table."""
        return identifier(self.table.name)

    @property
    def column(self) -> str | None:
        """The column of the location."""
        return self.site.location.column_name

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key, in its order."""
        found = [shape for shape in self.shapes.values() if shape.key_position is not None]
        return tuple(shape.name for shape in sorted(found, key=lambda shape: shape.key_position or 0))

    def require_base(self) -> StoredRow:
        """Return the row to start from.

        Raises:
            NotPossibleError: There is none.
        """
        if self.base is None:
            raise NotPossibleError("the table has no row that may not keep the field, and none can be made")
        return self.base

    def harmless(self, *, with_key: bool = False) -> Values:
        """Return a row without any retired value, under a new key or the one of the row it is copied from."""
        row = row_values(self.shapes, retired_columns(self.table), self.base, with_key=with_key)
        if row or self.column is not None:
            return row
        # An INSERT has to name a column.
        return {self.first_column: self.shapes[self.first_column].cast(None)}

    @property
    def first_column(self) -> str:
        """The first column that can be written.

        Raises:
            NotPossibleError: There is none.
        """
        for shape in self.shapes.values():
            if not shape.is_generated:
                return shape.name
        raise NotPossibleError("the table has no column that can be written")

    def row(self) -> Values:
        """Return a row that carries the field at this location only."""
        return self.harmless() if self.column is None else {**self.harmless(), self.column: self.require_carrying()}

    def require_carrying(self) -> sql.Composable:
        """Return the value to write.

        Raises:
            NotPossibleError: The location is a whole table.
        """
        if self.carrying is None:
            raise NotPossibleError("the location is a whole table: it has no column to update")
        return self.carrying

    def text_row(self) -> dict[str, str | None]:
        """Return a made-up row that carries the field, as text; it holds no stored value.

        Raises:
            NotPossibleError: A value cannot be made up.
        """
        row: dict[str, str | None] = {
            name: _required(make_text(shape, is_new=shape.is_unique), shape)
            for name, shape in self.shapes.items()
            if shape.is_not_null and not shape.is_filled_by_itself and not shape.is_generated
        }
        if self.column is None:
            return row or dict.fromkeys(self.harmless())
        shape = self.shapes[self.column]
        row[self.column] = _required(self.carrying_text, shape)
        return row


def find_target(conn: Connection, table: SurveyedTable, site: Site) -> Target:
    """Find a row to start from, or insert one; the caller rolls back.

    Raises:
        NotPossibleError: There is nothing to write.
    """
    assert table.facts is not None
    shapes = {shape.name: shape for shape in read_shapes(conn, table.facts.oid)}
    if site.location.column_name is not None:
        insert_referenced_rows(conn, shapes, [site.location.column_name])
    text = _carrying_text(conn, site, shapes)
    carrying = _carrying(conn, table, site, shapes, text)
    base = _find_row(conn, table, site, carrying)
    if base is None and _make_row(conn, table, shapes):
        base = _find_row(conn, table, site, carrying)
    return Target(table, site, shapes, carrying, text, base)


def retired_columns(table: SurveyedTable) -> set[str | None]:
    """Return the columns of a table that have a location of any retired field."""
    return {site.location.column_name for site in table.present}


def _carrying_text(conn: Connection, site: Site, shapes: Shapes) -> str | None:
    """Return a made-up value for the location's column; None if none can be made up, or if the server rejects it."""
    if site.location.column_name is None:
        return None
    shape = shapes[site.location.column_name]
    text = make_carrying_text(site.location, shape)
    if text is None or site.location.is_whole_column:
        return text
    carries = site.location.carries(site.row.with_value(shape.name, shape.cast(text)))
    try:
        with conn.transaction():
            is_carrying = conn.execute(sql.SQL("SELECT {}").format(carries)).fetchone() == (True,)
    except (pg.UndefinedFunction, pg.InvalidSchemaName):
        # The routines are not installed, so nothing is guarded.
        return text
    return text if is_carrying else None


def _carrying(
    conn: Connection, table: SurveyedTable, site: Site, shapes: Shapes, text: str | None
) -> sql.Composable | None:
    if site.location.column_name is None:
        return None
    shape = shapes[site.location.column_name]
    if text is not None:
        return make_value(shape) if site.location.is_whole_column else shape.cast(text)
    # No value can be made up, but the server can copy one from a row.
    value = sql.SQL("(SELECT {} FROM {} WHERE {} LIMIT 1)").format(
        sql.Identifier(shape.name),
        identifier(table.name),
        site.location.carries(site.row),
    )
    if conn.execute(sql.SQL("SELECT {} IS NULL").format(value)).fetchone() == (True,):
        raise NotPossibleError(f"no value of kind {site.location.kind} can be made up, and none is there to copy")
    return value


def _find_row(conn: Connection, table: SurveyedTable, site: Site, carrying: sql.Composable | None) -> StoredRow | None:
    """Return a row that no exception covers with the value, and that the value changes."""
    if carrying is None or site.location.column_name is None:
        return _first_row(conn, table, sql.SQL("NOT ({})").format(exempt(site.location, site.row)))
    location, after = site.location, site.row.with_value(site.location.column_name, carrying)
    kept = sql.SQL("NOT ({})").format(exempt(location, after))
    changed = sql.SQL("({})::text IS DISTINCT FROM ({})::text").format(
        location.carried(after), location.carried(site.row)
    )
    try:
        with conn.transaction():
            return _first_row(conn, table, sql.SQL("{} AND {}").format(kept, changed))
    except (pg.UndefinedFunction, pg.InvalidSchemaName):
        # Our routines are not installed, so nothing is guarded, and an unchanged value cannot be recognised.
        return _first_row(conn, table, kept)


def _first_row(conn: Connection, table: SurveyedTable, condition: sql.Composable) -> StoredRow | None:
    assert table.facts is not None
    query = sql.SQL("SELECT tableoid, ctid::text FROM {} WHERE {} LIMIT 1").format(identifier(table.name), condition)
    found = conn.execute(query).fetchone()
    if found is None:
        return None
    leaf = next(leaf.name for leaf in table.facts.leaves if leaf.oid == found[0])
    return StoredRow(identifier(leaf), str(found[1]))


def _make_row(conn: Connection, table: SurveyedTable, shapes: Shapes) -> bool:
    """Insert a made-up harmless row, and rows into empty tables that it references."""
    insert_referenced_rows(conn, shapes, [name for name, shape in shapes.items() if shape.is_not_null])
    try:
        with conn.transaction():
            values = row_values(shapes, retired_columns(table), None)
            conn.execute(insert_into(identifier(table.name), values))
    except (psycopg.Error, NotPossibleError):
        return False
    return True


def is_exempt(conn: Connection, target: Target, row: Mapping[str, str | None]) -> bool:
    """Whether an exception covers a made-up row; columns it leaves out count as NULL."""
    seen = TableRow(types=target.site.row.types)
    for name, shape in target.shapes.items():
        seen = seen.with_value(name, shape.cast(row.get(name)))
    return conn.execute(sql.SQL("SELECT {}").format(exempt(target.site.location, seen))).fetchone() == (True,)


def _required(text: str | None, shape: ColumnShape) -> str:
    if text is None:
        raise NotPossibleError.for_column(shape)
    return text
