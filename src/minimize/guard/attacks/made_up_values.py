"""Made-up values for the columns of any table. None of them is a real person's."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from typing import Final, NamedTuple

from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.policy import Location


class ColumnShape(NamedTuple):
    """The properties of a column that a value must fit. Domains are resolved to their base type."""

    name: str
    type_schema: str
    type: str
    category: str
    length: int | None
    is_not_null: bool
    has_default: bool
    is_generated: bool
    identity: str
    is_unique: bool
    key_position: int | None
    reference: list[str] | None
    """Schema, table and column that a foreign key of this column alone references."""

    listed: str | None
    """The first value of an enum, or of the list in a CHECK on this column alone."""

    def cast(self, text: str | None) -> sql.Composable:
        """Return a literal with a cast to the column's type, so that operators such as ->> resolve."""
        return sql.SQL("CAST({} AS {})").format(sql.Literal(text), sql.Identifier(self.type_schema, self.type))

    @property
    def is_filled_by_itself(self) -> bool:
        """Whether the server supplies a value when an INSERT omits the column."""
        return self.has_default or bool(self.identity)


_COLUMNS = sql.SQL(r"""
WITH RECURSIVE base AS (
  SELECT a.attnum, a.atttypid AS type, a.atttypmod AS typmod, a.attnotnull AS is_not_null
    FROM pg_attribute a WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT a.attisdropped
  UNION
  SELECT b.attnum, t.typbasetype, t.typtypmod, b.is_not_null OR t.typnotnull
    FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd')
SELECT a.attname AS name, (SELECT n.nspname FROM pg_namespace n WHERE n.oid = t.typnamespace) AS type_schema,
       t.typname::text AS type, t.typcategory::text AS category,
       CASE WHEN t.typname IN ('varchar', 'bpchar') AND b.typmod > 0 THEN b.typmod - 4
            WHEN t.typname IN ('bit', 'varbit') AND b.typmod > 0 THEN b.typmod END AS length,
       b.is_not_null, a.atthasdef AND a.attgenerated = '' AS has_default, a.attgenerated <> '' AS is_generated,
       a.attidentity::text AS identity,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey))
         AS is_unique,
       (SELECT array_position(i.indkey::int2[], a.attnum) FROM pg_index i
        WHERE i.indrelid = a.attrelid AND i.indisprimary) AS key_position,
       (SELECT ARRAY[n.nspname, r.relname, f.attname]::text[] FROM pg_constraint c
          JOIN pg_class r ON r.oid = c.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
          JOIN pg_attribute f ON f.attrelid = r.oid AND f.attnum = c.confkey[1]
        WHERE c.conrelid = a.attrelid AND c.contype = 'f' AND c.conkey = ARRAY[a.attnum] LIMIT 1) AS reference,
       coalesce(
         (SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1),
         (SELECT substring(pg_get_constraintdef(c.oid) FROM '= ANY [(]+ARRAY\[''?([^'',:\]]+)') FROM pg_constraint c
          WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND c.conkey = ARRAY[a.attnum]
            AND pg_get_constraintdef(c.oid) ~ '= ANY [(]+ARRAY' LIMIT 1)) AS listed
FROM pg_attribute a JOIN base b USING (attnum) JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd'
WHERE a.attrelid = %(oid)s ORDER BY a.attnum
""")


def read_shapes(conn: Connection, oid: int) -> tuple[ColumnShape, ...]:
    """Return the columns of a table; reads catalogs only."""
    with conn.cursor(row_factory=class_row(ColumnShape)) as cursor:
        return tuple(cursor.execute(_COLUMNS, {"oid": oid}))


_BY_TYPE: Final[dict[str, str]] = {
    "bytea": r"\x00",
    "json": "{}",
    "jsonb": "{}",
    "xml": "<none/>",
    "tsvector": "",
    "macaddr": "00:00:00:00:00:00",
    "macaddr8": "00:00:00:00:00:00:00:00",
    "box": "(0,0),(1,1)",
    "circle": "<(0,0),1>",
    "line": "{1,1,1}",
    "lseg": "[(0,0),(1,1)]",
    "path": "((0,0),(1,1))",
    "point": "(0,0)",
    "polygon": "((0,0),(1,1))",
    "time": "00:00",
    "timetz": "00:00+00",
}
_BY_CATEGORY: Final[dict[str, str]] = {
    "A": "{}",
    "B": "false",
    "D": "2000-01-01",
    "I": "127.0.0.1",
    "N": "0",
    "R": "empty",
    "S": "minimize",
    "T": "0",
}
_UNIQUE: Final[dict[str, Callable[[], str]]] = {
    "int2": lambda: str(10_000 + secrets.randbelow(20_000)),
    "int4": lambda: str(10**9 + secrets.randbelow(10**9)),
    "int8": lambda: str(10**18 + secrets.randbelow(10**18)),
    "uuid": lambda: str(uuid.uuid4()),
}


def make_text(shape: ColumnShape, *, is_new: bool = False) -> str | None:
    """Return a made-up value as PostgreSQL reads it from text; None for a type without one.

    Args:
        is_new: Make a random value, so that probably no row has it yet.
    """
    if shape.listed is not None:
        return shape.listed
    if shape.type in _UNIQUE:
        return _UNIQUE[shape.type]() if is_new or shape.type == "uuid" else "0"
    if shape.category == "V":
        return "0" * (shape.length or 1)
    if shape.category == "S" and is_new:
        return secrets.token_hex(8)[: shape.length]
    text = _BY_TYPE.get(shape.type, _BY_CATEGORY.get(shape.category))
    return text if text is None else text[: shape.length]


def make_value(shape: ColumnShape, *, is_new: bool = False) -> sql.Composable | None:
    """Return a made-up value as SQL. For a foreign key it is a value from the referenced table, if that has any."""
    text = make_text(shape, is_new=is_new)
    if shape.reference is None or text is None:
        return None if text is None else shape.cast(text)
    schema, table, column = shape.reference
    return sql.SQL("coalesce((SELECT {column} FROM {table} LIMIT 1), {text})").format(
        column=sql.Identifier(column), table=sql.Identifier(schema, table), text=shape.cast(text)
    )


def make_carrying_text(location: Location, shape: ColumnShape) -> str | None:
    """Return a made-up value that carries the field at a location; None if none can be made up."""
    return make_text(shape) if location.is_whole_column else location.sample(shape.type)
