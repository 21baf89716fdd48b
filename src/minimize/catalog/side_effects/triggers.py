"""Finds the triggers of users that a purge fires: those that copy the old row, and those that prevent HOT updates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.indexes import indexes_using
from minimize.catalog.side_effects.trigger_analysis import Trigger, assigned_columns, why_copies, why_copies_rows
from minimize.catalog.survey import SurveyedTable, written_columns
from minimize.catalog.tables import Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyingTrigger:
    """A trigger that would write retired values to another place while they are erased."""

    relation: str
    name: str
    function: str
    why: str


_COLUMNS = sql.SQL("""
SELECT t.tgrelid::regclass::text AS relation, t.tgname AS name, t.tgfoid::regproc::text AS function,
       l.lanname AS language, p.prosrc AS source, p.probin AS library,
       p.pronamespace = 'pg_catalog'::regnamespace AS is_builtin,
       t.tgtype & 1 = 1 AS is_row, t.tgtype & 2 = 2 AS is_before, t.tgoldtable AS old_table,
       ARRAY(SELECT a.attname::text FROM unnest(t.tgattr) AS n
             JOIN pg_attribute AS a ON a.attrelid = t.tgrelid AND a.attnum = n) AS columns, t.tgargs AS arguments
FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid JOIN pg_language AS l ON l.oid = p.prolang
""")
# A trigger may be disabled on the partitioned table only; its clones on the partitions still fire.
_TRIGGERS = sql.SQL("""
WITH RECURSIVE tree AS (
  SELECT %(oid)s::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid
), copy AS (
  SELECT oid, oid AS root, tgenabled FROM pg_trigger
  WHERE tgrelid IN (SELECT oid FROM tree) AND NOT tgisinternal AND tgparentid = 0
  UNION ALL
  SELECT t.oid, copy.root, t.tgenabled FROM pg_trigger AS t JOIN copy ON t.tgparentid = copy.oid
) {columns}
WHERE t.oid IN (SELECT root FROM copy WHERE tgenabled = ANY (%(enabled)s)) AND t.tgtype & %(events)s <> 0
  AND p.pronamespace <> coalesce(to_regnamespace('minimize'), 0::oid)
ORDER BY 1, 2
""").format(columns=_COLUMNS)
_BEFORE_ROW = sql.SQL("""{columns}
WHERE t.tgrelid = %(oid)s AND (NOT t.tgisinternal OR t.tgparentid <> 0 AND t.tgconstraint = 0)
  AND t.tgtype & 19 = 19 AND t.tgenabled = ANY (%(enabled)s)
  AND p.pronamespace <> coalesce(to_regnamespace('minimize'), 0::oid)
ORDER BY 2
""").format(columns=_COLUMNS)
# As in src/include/catalog/pg_trigger.h.
_UPDATE, _DELETE_OR_TRUNCATE = 16, 8 | 32
_ORIGIN, _REPLICA = "OA", "AR"


def find_copying_triggers(
    conn: Connection, table: SurveyedTable, *, is_suppressing: bool = False
) -> tuple[CopyingTrigger, ...]:
    """Return the triggers on a table that would copy a retired value when it is erased.

    The source of a PL/pgSQL or SQL function is analysed. A function is reported if it names a retired column, except
    as a column of NEW. It is reported if it uses the whole old row, unless it removes each retired column or member, as
    `to_jsonb(OLD) - 'place_of_birth'` and `#- '{form,applicant,placeOfBirth}'` do. It is reported if it uses dynamic
    SQL together with the old row. A function in another language is reported, except known functions of the contrib
    modules. Functions that the function calls are not analysed.

    If the whole table is retired, its DELETE and TRUNCATE triggers are analysed, and any use of OLD is reported.

    Args:
        conn: A connection.
        table: The table.
        is_suppressing: Only triggers that are ENABLE ALWAYS or ENABLE REPLICA fire.
    """
    if table.facts is None or not table.present:
        return ()
    fired = _read(conn, table, _purging(table), is_suppressing=is_suppressing)
    if written := written_columns(table):
        found = [(t, why_copies(t, table.present)) for t in fired if _is_for(t, written)]
    else:
        found = [(t, why_copies_rows(t, table.present)) for t in fired]
    return tuple(
        CopyingTrigger(relation=t.relation, name=t.name, function=t.function, why=why) for t, why in found if why
    )


def fires_triggers(conn: Connection, table: SurveyedTable, *, is_suppressing: bool = False) -> bool:
    """Return whether a purge of the table fires any trigger of a user."""
    return bool(_read(conn, table, _purging(table), is_suppressing=is_suppressing))


def rewrites_indexed_column(
    conn: Connection, table: SurveyedTable, leaf: Leaf, *, is_suppressing: bool = False
) -> str | None:
    """Return why a trigger prevents HOT updates of a leaf, None if no trigger does.

    A BEFORE trigger that assigns a column of every row, such as `updated_at`, prevents HOT updates if the column is
    indexed. The source of the function is analysed: any assignment counts, also a conditional one.
    """
    written = written_columns(table)
    with (
        translate_errors(f"reading the triggers of {leaf.name}"),
        conn.cursor(row_factory=class_row(Trigger)) as cursor,
    ):
        enabled = _enabled(conn, is_suppressing=is_suppressing)
        triggers = cursor.execute(_BEFORE_ROW, {"oid": leaf.oid, "enabled": enabled}).fetchall()
    reasons = (_why_rewrites(conn, leaf, trigger, written) for trigger in triggers if _is_for(trigger, written))
    return next(filter(None, reasons), None)


def session_is_replica(conn: Connection) -> bool:
    """Return whether session_replication_role is `replica` in this session, so that ordinary triggers do not fire."""
    with translate_errors("reading session_replication_role"):
        row = conn.execute("SELECT current_setting('session_replication_role') = 'replica'").fetchone()
    return bool(row and row[0])


def _why_rewrites(conn: Connection, leaf: Leaf, trigger: Trigger, written: Collection[str]) -> str | None:
    assigned = assigned_columns(trigger, written)
    indexes = indexes_using(conn, leaf, assigned)
    if not indexes:
        return None
    remedy = "triggers=suppress, or drop the index CONCURRENTLY first"
    if assigned is not None:
        return f"trigger {trigger.name} assigns {', '.join(sorted(assigned))}, used by {indexes}: {remedy}"
    why = "replaces the row NEW" if trigger.is_readable else f"is in {trigger.language} and cannot be analysed"
    return (
        f"trigger {trigger.name}: its function {trigger.function} {why}, so it is unknown whether it changes a column "
        f"of {indexes}: triggers=suppress, or strategy=cascade if it does not"
    )


def _purging(table: SurveyedTable) -> int:
    """Return the trigger events of a purge: it updates rows, or deletes all of them."""
    return _UPDATE if written_columns(table) else _DELETE_OR_TRUNCATE


def _read(conn: Connection, table: SurveyedTable, events: int, *, is_suppressing: bool) -> list[Trigger]:
    assert table.facts is not None
    with (
        translate_errors(f"reading the triggers of {table.name}"),
        conn.cursor(row_factory=class_row(Trigger)) as cursor,
    ):
        enabled = _enabled(conn, is_suppressing=is_suppressing)
        return cursor.execute(_TRIGGERS, {"oid": table.facts.oid, "events": events, "enabled": enabled}).fetchall()


def _enabled(conn: Connection, *, is_suppressing: bool) -> list[str]:
    """Return the values of tgenabled with which a trigger fires."""
    return list(_REPLICA if is_suppressing or session_is_replica(conn) else _ORIGIN)


def _is_for(trigger: Trigger, written: Collection[str]) -> bool:
    return not trigger.columns or not set(written).isdisjoint(trigger.columns)
