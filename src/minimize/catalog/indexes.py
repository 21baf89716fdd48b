"""Finds the indexes that an UPDATE of some columns must write to."""

from __future__ import annotations

from collections.abc import Collection

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.tables import Leaf

# An index can use a column as a key, in an expression or in a predicate; pg_depend lists all three. From PostgreSQL 16
# on, BRIN indexes do not prevent HOT updates (amsummarizing).
_INDEXES = """
SELECT string_agg(DISTINCT i.indexrelid::regclass::text, ', ')
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS am ON am.oid = c.relam
JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
  AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE i.indrelid = %(oid)s AND (am.amname <> 'brin' OR current_setting('server_version_num')::int < 160000)
  AND (%(columns)s::text[] IS NULL OR a.attname = ANY (%(columns)s) OR a.attgenerated = 's' AND EXISTS (
    SELECT FROM pg_attrdef AS f JOIN pg_depend AS g ON g.classid = 'pg_attrdef'::regclass AND g.objid = f.oid
    JOIN pg_attribute AS b ON b.attrelid = f.adrelid AND b.attnum = g.refobjsubid AND g.refobjid = f.adrelid
    WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum AND b.attname = ANY (%(columns)s)))
"""


def indexes_using(conn: Connection, leaf: Leaf, columns: Collection[str] | None) -> str:
    """Return the names of the indexes that use any of the columns, separated by commas; empty if none does.

    `columns=None` means every column.
    """
    with translate_errors(f"reading the indexes of {leaf.name}"):
        found = conn.execute(
            _INDEXES, {"oid": leaf.oid, "columns": None if columns is None else sorted(columns)}
        ).fetchone()
    return str(found[0]) if found and found[0] else ""
