"""Reads the facts about the tables that a policy names: columns, types, leaves and sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.policy import TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    """One column of pg_attribute; `type` is the name of its type, or of the base type of a domain.

    `length` is the limit in characters of varchar(n), char(n) and arrays of them.
    `is_not_null` is also true if only a domain, a partition or a child requires a value.
    """

    name: str
    number: int
    type: str
    length: int | None
    is_not_null: bool
    has_default: bool
    is_generated: bool
    is_identity: bool
    in_primary_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One relation with its own storage: a plain table, a partition, or an inheritance child."""

    oid: int
    name: TableName
    kind: str
    pages: int
    toast_pages: int
    """Pages of its TOAST table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """One table that the policy names."""

    oid: int
    name: TableName
    kind: str
    columns: Mapping[str, ColumnFacts]
    estimated_rows: int
    leaves: tuple[Leaf, ...]

    @property
    def heaps(self) -> tuple[Leaf, ...]:
        """The leaves that this server stores: not foreign partitions."""
        return tuple(leaf for leaf in self.leaves if leaf.kind == "r")

    @property
    def types(self) -> dict[str, str]:
        """Base type by column name."""
        return {column.name: column.type for column in self.columns.values()}

    @property
    def lengths(self) -> dict[str, int]:
        """Limit in characters by column name, for the columns that have one."""
        return {column.name: column.length for column in self.columns.values() if column.length is not None}


_TABLE = sql.SQL("""
SELECT c.oid, c.relkind::text AS kind
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
""")

_COLUMNS = sql.SQL("""
WITH RECURSIVE base AS (
  SELECT a.attnum, a.atttypid AS type, a.atttypmod AS typmod FROM pg_attribute a WHERE a.attrelid = %(oid)s
  UNION
  SELECT b.attnum, t.typbasetype, t.typtypmod FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd'
), tree AS (
  SELECT %(oid)s::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid)
SELECT a.attname AS name, a.attnum AS number, t.typname::text AS type,
       CASE WHEN t.typname IN ('varchar', 'bpchar', '_varchar', '_bpchar') AND b.typmod > 0 THEN b.typmod - 4 END
         AS length,
       EXISTS (SELECT FROM tree JOIN pg_attribute o ON o.attrelid = tree.oid
               WHERE o.attname = a.attname AND o.attnotnull)
         OR EXISTS (SELECT FROM base o JOIN pg_type d ON d.oid = o.type WHERE o.attnum = a.attnum AND d.typnotnull)
         AS is_not_null,
       a.atthasdef AND a.attgenerated = '' AS has_default, a.attgenerated <> '' AS is_generated,
       a.attidentity <> '' AS is_identity,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
         AS in_primary_key
FROM pg_attribute a JOIN base b USING (attnum) JOIN pg_type t ON t.oid = b.type
WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT a.attisdropped AND t.typtype <> 'd'
ORDER BY a.attnum
""")

# Every descendant by inheritance or partitioning that has storage, including the table itself.
_LEAVES = sql.SQL("""
WITH RECURSIVE tree AS (
  SELECT %s::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid)
SELECT c.oid, n.nspname AS schema, c.relname AS table, c.relkind::text AS kind,
       CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) / current_setting('block_size')::int
         ELSE 0 END AS pages,
       coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) / current_setting('block_size')::int AS toast_pages,
       greatest(c.reltuples, 0)::bigint AS tuples
FROM tree JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind <> 'p' ORDER BY n.nspname, c.relname
""")


def read_tables(conn: Connection, names: Iterable[TableName]) -> dict[TableName, TableFacts]:
    """Return the facts of each table that exists."""
    found = ((name, _read_table(conn, name)) for name in dict.fromkeys(names))
    return {name: facts for name, facts in found if facts is not None}


def _read_table(conn: Connection, name: TableName) -> TableFacts | None:
    with conn.cursor(row_factory=class_row(_Relation)) as cursor:
        table = cursor.execute(_TABLE, [name.schema, name.table]).fetchone()
    if table is None:
        return None
    with conn.cursor(row_factory=class_row(ColumnFacts)) as cursor:
        columns = cursor.execute(_COLUMNS, {"oid": table.oid}).fetchall()
    with conn.cursor(row_factory=class_row(_Descendant)) as cursor:
        leaves = cursor.execute(_LEAVES, [table.oid]).fetchall()
    return TableFacts(
        oid=table.oid,
        name=name,
        kind=table.kind,
        columns={column.name: column for column in columns},
        estimated_rows=sum(leaf.tuples for leaf in leaves),
        leaves=tuple(
            Leaf(
                oid=leaf.oid,
                name=TableName(leaf.schema, leaf.table),
                kind=leaf.kind,
                pages=leaf.pages,
                toast_pages=leaf.toast_pages,
            )
            for leaf in leaves
        ),
    )


class _Relation(NamedTuple):
    oid: int
    kind: str


class _Descendant(NamedTuple):
    oid: int
    schema: str
    table: str
    kind: str
    pages: int
    toast_pages: int
    tuples: int
