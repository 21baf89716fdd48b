"""Finds the foreign keys that are affected when referenced rows or values are erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.side_effect import SideEffect
from minimize.catalog.survey import SurveyedTable, written_columns

# conparentid = 0: the key of a partitioned table is listed once, not again for each partition.
_REFERENCES = """
WITH RECURSIVE tree AS (
  SELECT %(oid)s::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
SELECT f.conname::text AS name, f.conrelid::regclass::text AS referring, f.confdeltype::text AS on_delete,
  f.confupdtype::text AS on_update, f.conrelid IN (SELECT oid FROM tree) AS is_own,
  f.conrelid <> f.confrelid AS is_between_relations
FROM pg_constraint AS f
WHERE f.contype = 'f' AND f.conparentid = 0 AND f.confrelid IN (SELECT oid FROM tree)
  AND (%(columns)s::text[] = '{}' OR EXISTS (
    SELECT FROM pg_attribute AS a
    WHERE a.attrelid = f.confrelid AND a.attnum = ANY (f.confkey) AND a.attname = ANY (%(columns)s)))
ORDER BY 1, 2
"""
_CASCADE, _SETS = "c", "nd"


class _Key(NamedTuple):
    name: str
    referring: str
    on_delete: str
    on_update: str
    is_own: bool
    """Whether the referencing rows are in the table itself, its partitions or its children."""
    is_between_relations: bool


def find_references(conn: Connection, table: SurveyedTable, *, is_suppressing: bool) -> Iterator[SideEffect]:
    """Yield the foreign keys that reference rows or values that a purge of a table erases.

    Deleting rows must not delete rows of a table that the policy does not name, or rows of the same table that a hold
    or an exception keeps. A key within the table is harmless if values are erased, or if all rows are deleted at
    once. Suppressing triggers also suppresses foreign keys, which would leave rows that reference nothing.
    """
    is_update = bool(written_columns(table))
    for key in _read_keys(conn, table):
        if not key.is_own or (table.is_whole and (table.keeps_rows or _is_between_parts(key, table))):
            yield _finding(key, table, is_update=is_update, is_suppressing=is_suppressing)


def obstacle_to_truncate(conn: Connection, table: SurveyedTable) -> str | None:
    """Return why foreign keys prevent the TRUNCATE of each partition or child of a table, None if they do not."""
    keys = _read_keys(conn, table)
    if others := dict.fromkeys(key.referring for key in keys if not key.is_own):
        return f"{', '.join(others)} refers to it by foreign key"
    if any(_is_between_parts(key, table) for key in keys):
        return "its partitions or children refer to one another by foreign key"
    return None


def _is_between_parts(key: _Key, table: SurveyedTable) -> bool:
    """Whether rows of one partition or child can reference rows of another with this key."""
    is_partitioned = table.facts is not None and table.facts.kind == "p"
    return key.is_own and (is_partitioned or key.is_between_relations)


def _read_keys(conn: Connection, table: SurveyedTable) -> list[_Key]:
    if table.facts is None or not table.present:
        return []
    parameters = {"oid": table.facts.oid, "columns": sorted(written_columns(table))}
    with (
        translate_errors(f"reading the foreign keys to {table.name}"),
        conn.cursor(row_factory=class_row(_Key)) as cursor,
    ):
        return cursor.execute(_REFERENCES, parameters).fetchall()


def _finding(found: _Key, table: SurveyedTable, *, is_update: bool, is_suppressing: bool) -> SideEffect:
    key = f"foreign key {found.name} of {found.referring}"
    action, event = (found.on_update, "UPDATE") if is_update else (found.on_delete, "DELETE")
    if is_suppressing:
        what = f"is suppressed with the triggers: rows may remain that refer to erased rows of {table.name}"
        return SideEffect(
            object=key, what=what, hint="Purge without suppressing triggers, or drop the key first.", refuses=True
        )
    if action == _CASCADE and not is_update:
        what = f"would delete its rows together with those of {table.name}"
        return SideEffect(object=key, what=what, hint="Drop the key or its ON DELETE CASCADE first.", refuses=True)
    if action == _CASCADE or action in _SETS:
        what = f"updates its rows at each {event} of a row of {table.name} that they reference"
        return SideEffect(
            object=key,
            what=what,
            hint="Drop the key first if these updates are not wanted.",
            refuses=found.is_own and table.keeps_rows,
        )
    what = f"makes PostgreSQL refuse the {event} of a row of {table.name} that its rows reference"
    return SideEffect(
        object=key, what=what, hint="Make sure that no row references them, or drop the key first.", refuses=False
    )
