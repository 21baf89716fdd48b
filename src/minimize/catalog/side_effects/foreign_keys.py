"""What foreign keys would do, or leave undone, when rows or values they refer to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.side_effect import SideEffect
from minimize.catalog.survey import SurveyedTable, written_columns

# A key of a partitioned table is told once.
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
    """From rows of the table, with its partitions and children, to others of its rows."""
    is_between_relations: bool


def find_references(conn: Connection, table: SurveyedTable, *, is_suppressing: bool) -> Iterator[SideEffect]:
    """Yield the foreign keys that refer to what a purge of a table takes away.

    Deleting rows must not delete those of a table that the policy does not name, nor those of its own that a hold or
    an exception keeps. A key within a table is its own affair where values are erased, or where all rows go at once.
    Where triggers are suppressed, so are foreign keys: rows would be left that refer to nothing.
    """
    is_update = bool(written_columns(table))
    for key in _read_keys(conn, table):
        if not key.is_own or (table.is_whole and (table.keeps_rows or _is_between_parts(key, table))):
            yield _finding(key, table, is_update=is_update, is_suppressing=is_suppressing)


def obstacle_to_truncate(conn: Connection, table: SurveyedTable) -> str | None:
    """Return which foreign keys keep PostgreSQL from truncating the parts of a table one by one, None for none."""
    keys = _read_keys(conn, table)
    if others := dict.fromkeys(key.referring for key in keys if not key.is_own):
        return f"{', '.join(others)} refers to it by foreign key"
    if any(_is_between_parts(key, table) for key in keys):
        return "its parts refer to one another by foreign key"
    return None


def _is_between_parts(key: _Key, table: SurveyedTable) -> bool:
    """Whether rows of one partition or child may refer by the key to those of another."""
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
        what = f"does not fire with the triggers: rows may be left that refer to what is gone from {table.name}"
        return SideEffect(key, what, "Purge without suppressing triggers, or drop the key first.", refuses=True)
    if action == _CASCADE and not is_update:
        what = f"would delete its rows with those of {table.name}"
        return SideEffect(key, what, "Drop the key or its ON DELETE CASCADE first.", refuses=True)
    if action == _CASCADE or action in _SETS:
        what = f"writes to its rows at each {event} of a row of {table.name} that they refer to"
        return SideEffect(
            key, what, "Drop the key first if that is not wanted.", refuses=found.is_own and table.keeps_rows
        )
    what = f"makes PostgreSQL refuse the {event} of a row of {table.name} that its rows refer to"
    return SideEffect(key, what, "Make sure that none does, or drop the key first.", refuses=False)
