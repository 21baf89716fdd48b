"""What foreign keys of other tables would do, or leave undone, when rows or values they refer to go."""

from __future__ import annotations

from collections.abc import Iterator

from minimize.catalog.connection import Connection, translated
from minimize.catalog.finding import Finding
from minimize.catalog.survey import SurveyedTable, written_columns

# A key of a partitioned table is told once; one between parts of the same table is its own affair.
_REFERENCES = """
WITH RECURSIVE tree AS (
  SELECT %(oid)s::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
SELECT f.conname::text, f.conrelid::regclass::text, f.confdeltype::text, f.confupdtype::text
FROM pg_constraint AS f
WHERE f.contype = 'f' AND f.conparentid = 0 AND f.confrelid IN (SELECT oid FROM tree)
  AND f.conrelid NOT IN (SELECT oid FROM tree)
  AND (%(columns)s::text[] = '{}' OR EXISTS (
    SELECT FROM pg_attribute AS a
    WHERE a.attrelid = f.confrelid AND a.attnum = ANY (f.confkey) AND a.attname = ANY (%(columns)s)))
ORDER BY 1, 2
"""
_CASCADE, _SETS = "c", "nd"


def find_references(conn: Connection, table: SurveyedTable, *, is_suppressing: bool) -> Iterator[Finding]:
    """Yield the foreign keys that refer to what a purge of a table takes away.

    Deleting rows must not delete those of a table that the policy does not name. Where triggers are suppressed, so
    are foreign keys: rows would be left that refer to nothing.
    """
    is_update = bool(written_columns(table))
    for name, referring, on_delete, on_update in _read_references(conn, table):
        key = f"foreign key {name} of {referring}"
        action = on_update if is_update else on_delete
        yield _finding(key, action, table, is_update=is_update, is_suppressing=is_suppressing)


def referring_tables(conn: Connection, table: SurveyedTable) -> list[str]:
    """Return the other tables with a foreign key to what a purge of a table takes away."""
    return list(dict.fromkeys(referring for _, referring, *_ in _read_references(conn, table)))


def _read_references(conn: Connection, table: SurveyedTable) -> list[tuple[str, str, str, str]]:
    """Return name and table of each key, and its actions on DELETE and on UPDATE."""
    if table.facts is None or not table.present:
        return []
    parameters = {"oid": table.facts.oid, "columns": sorted(written_columns(table))}
    with translated(f"reading the foreign keys to {table.name}"):
        rows = conn.execute(_REFERENCES, parameters).fetchall()
    return [(str(name), str(referring), str(delete), str(update)) for name, referring, delete, update in rows]


def _finding(key: str, action: str, table: SurveyedTable, *, is_update: bool, is_suppressing: bool) -> Finding:
    event = "UPDATE" if is_update else "DELETE"
    if is_suppressing:
        what = f"does not fire with the triggers: rows may be left that refer to what is gone from {table.name}"
        return Finding(key, what, "Purge without suppressing triggers, or drop the key first.", refuses=True)
    if action == _CASCADE and not is_update:
        what = f"would delete its rows with those of {table.name}"
        return Finding(key, what, "Drop the key or its ON DELETE CASCADE first.", refuses=True)
    if action == _CASCADE or action in _SETS:
        what = f"writes to its rows at each {event} of a row of {table.name} that they refer to"
        return Finding(key, what, "Drop the key first if that is not wanted.", refuses=False)
    what = f"makes PostgreSQL refuse the {event} of a row of {table.name} that its rows refer to"
    return Finding(key, what, "Make sure that none does, or drop the key first.", refuses=False)
