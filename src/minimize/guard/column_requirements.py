"""What requires a value in a retired column, NOT NULL and DEFAULT, and how it is dropped. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from minimize.locations.object_names import identifier, literal
from minimize.policy import Location
from minimize.sql import do_block


def drop_column_requirements(location: Location) -> Iterator[sql.Composed]:
    """Yield the statements that drop NOT NULL and the default of a plain column.

    The second statement is for partitions and children that have their own: from PostgreSQL 18 on, a NOT NULL that the
    parent does not have is not dropped through the parent. It also overrides the default of a domain.
    """
    if not location.is_whole_column or location.column_name is None:
        return
    yield sql.SQL("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL, ALTER COLUMN {column} DROP DEFAULT").format(
        table=identifier(location.table_name), column=sql.Identifier(location.column_name)
    )
    yield do_block(
        _RELEASE_TREE.format(
            table=literal(location.table_name),
            column=sql.Literal(location.column_name),
        )
    )


_RELEASE_TREE = sql.SQL("""DECLARE
  relation regclass;
BEGIN
  FOR relation IN
    WITH RECURSIVE tree AS (
      SELECT {table}::regclass::oid AS oid, 0 AS level
      UNION ALL
      SELECT i.inhrelid, level + 1 FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
    SELECT attrelid FROM tree JOIN pg_attribute ON attrelid = oid
    WHERE attname = {column} AND (attnotnull OR atthasdef) ORDER BY level
  LOOP
    EXECUTE format('ALTER TABLE %1$s ALTER COLUMN %2$I DROP NOT NULL, ALTER COLUMN %2$I DROP DEFAULT',
                   relation, {column});
  END LOOP;
  IF EXISTS (SELECT FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
             WHERE a.attrelid = {table}::regclass AND a.attname = {column} AND t.typdefault IS NOT NULL) THEN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT NULL', {table}, {column});
  END IF;
END""")
