"""Finds what a condition reads: columns, also through subqueries and views, and the functions that it calls.

It creates a temporary view of the condition, reads the dependencies of the view from pg_depend, and rolls back. The
condition is not executed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import psycopg
from psycopg import errors as pg
from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate
from minimize.catalog.survey import SurveyedTable
from minimize.locations.object_names import identifier


class ColumnRead(NamedTuple):
    """One column that the condition reads in rows other than its own."""

    relation: str
    column: str | None
    """None if the condition depends only on the existence of rows."""
    stored_in: list[int]
    """The relation, its partitions and its inheritance children."""


@dataclass(frozen=True, slots=True)
class PredicateReads:
    """What a condition reads, except the columns of its own row."""

    columns: tuple[ColumnRead, ...]
    functions: tuple[str, ...]
    """User-defined functions that use the snapshot of the calling statement (STABLE, IMMUTABLE)."""


_CREATE_ROW_VIEW = sql.SQL("CREATE TEMP VIEW minimize_row AS SELECT * FROM {}")
_CREATE_READER_VIEW = sql.SQL("CREATE TEMP VIEW minimize_reader AS SELECT FROM {} AS {} WHERE {}")

# Recursive, from the view on: other views, functions whose body the server has parsed, functions of operators, and
# generated columns. minimize_row represents the row of the condition.
_DEPENDENCIES = sql.SQL("""
WITH RECURSIVE node (classid, objid) AS (
  SELECT 'pg_rewrite'::regclass::oid, oid FROM pg_rewrite WHERE ev_class = 'pg_temp.minimize_reader'::regclass
  UNION
  SELECT further.classid, further.objid FROM node JOIN pg_depend AS d USING (classid, objid) CROSS JOIN LATERAL (
    SELECT 'pg_rewrite'::regclass::oid AS classid, r.oid AS objid FROM pg_rewrite AS r
      WHERE d.refclassid = 'pg_class'::regclass AND r.ev_class = d.refobjid AND r.ev_type = '1'
        AND r.ev_class IS DISTINCT FROM to_regclass('pg_temp.minimize_row')
    UNION ALL
    SELECT 'pg_attrdef'::regclass, f.oid FROM pg_attrdef AS f JOIN pg_attribute AS a
        ON a.attrelid = f.adrelid AND a.attnum = f.adnum AND a.attgenerated <> ''
      WHERE d.refclassid = 'pg_class'::regclass AND f.adrelid = d.refobjid AND f.adnum = d.refobjsubid
    UNION ALL
    SELECT 'pg_proc'::regclass, o.oprcode FROM pg_operator AS o
      WHERE d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
    UNION ALL
    SELECT d.refclassid, d.refobjid WHERE d.refclassid = 'pg_proc'::regclass) AS further
)""")

# pg_depend does not record whole-row references; the query tree of the view does.
_COLUMNS = _DEPENDENCIES + sql.SQL(""", reading (oid, attnum) AS (
  SELECT d.refobjid, d.refobjsubid FROM node JOIN pg_depend AS d USING (classid, objid)
  WHERE d.refclassid = 'pg_class'::regclass
  UNION
  SELECT t.typrelid, a.attnum FROM node JOIN pg_rewrite AS r ON r.oid = objid AND classid = 'pg_rewrite'::regclass
  CROSS JOIN regexp_matches(r.ev_action::text, ':varattno 0 :vartype ([0-9]+)', 'g') AS m (parts)
  JOIN pg_type AS t ON t.oid = m.parts[1]::oid JOIN pg_attribute AS a ON a.attrelid = t.typrelid AND a.attnum > 0
  WHERE NOT a.attisdropped)
SELECT c.oid::regclass::text AS relation, a.attname::text AS column, ARRAY(
  WITH RECURSIVE tree AS (
    SELECT c.oid UNION SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
  SELECT tree.oid FROM tree) AS stored_in
FROM reading JOIN pg_class AS c USING (oid)
LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = reading.attnum
WHERE c.relkind IN ('r', 'p', 'f') AND c.oid IS DISTINCT FROM %s::oid ORDER BY 1, 2
""")

_FUNCTIONS = _DEPENDENCIES + sql.SQL("""
SELECT p.oid::regprocedure::text FROM node JOIN pg_proc AS p ON p.oid = objid AND classid = 'pg_proc'::regclass
JOIN pg_language AS l ON l.oid = p.prolang JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE p.provolatile <> 'v' AND l.lanname NOT IN ('internal', 'c')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
""")

_TRANSIENT_CLASSES = ("08", "40", "53", "57", "58")
"""SQLSTATE classes of failures that do not depend on the condition."""


def find_predicate_reads(conn: Connection, table: SurveyedTable, condition: sql.Composable) -> PredicateReads | None:
    """Return what a condition over the rows of a table reads in other rows; None if this cannot be determined.

    A temporary view is needed, so this is impossible on a standby, in a read-only session, and without the privilege
    TEMPORARY on the database. If the condition reads a view, all columns that the view reads are included. The reads
    of a function are unknown, unless the server has parsed its body (BEGIN ATOMIC).

    Raises:
        DatabaseError: The server failed.
        LockNotAvailableError: Another session locks a relation that is read.
    """
    # A view in place of the table distinguishes the row from other rows of the table. The condition may fail on the
    # view, which has no system columns and another row type; then the table itself is used.
    return _find_reads(conn, table, condition, over_view=True) or _find_reads(conn, table, condition, over_view=False)


def _find_reads(
    conn: Connection, table: SurveyedTable, condition: sql.Composable, *, over_view: bool
) -> PredicateReads | None:
    assert table.facts is not None
    own = identifier(table.name)
    row = sql.Identifier("pg_temp", "minimize_row") if over_view else own
    try:
        with conn.transaction(force_rollback=True):
            conn.execute("SET LOCAL search_path = pg_catalog")
            if over_view:
                conn.execute(_CREATE_ROW_VIEW.format(own))
            # Binary: the extended protocol, in which the server accepts one statement only.
            view = _CREATE_READER_VIEW.format(row, sql.Identifier(table.name.table), condition)
            conn.execute(view, binary=True)
            with conn.cursor(row_factory=class_row(ColumnRead)) as cursor:
                columns = cursor.execute(_COLUMNS, [None if over_view else table.facts.oid]).fetchall()
            return PredicateReads(tuple(columns), tuple(str(name) for (name,) in conn.execute(_FUNCTIONS)))
    except psycopg.Error as error:
        if (
            error.sqlstate is None
            or error.sqlstate.startswith(_TRANSIENT_CLASSES)
            or isinstance(error, pg.LockNotAvailable)
        ):
            raise translate(error, f"finding what a predicate on {table.name} reads") from None
        return None
