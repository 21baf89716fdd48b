"""Check that the role owns the tables and sees all of their rows."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.side_effect import listed
from minimize.catalog.survey import SurveyedTable
from minimize.errors import MissingPrivilegeError, RefusedError

# Inner partitions have no rows, but the proof constraint goes through them.
_TREE = sql.SQL("""
WITH RECURSIVE tree AS (
  SELECT unnest(%s::oid[]) AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid)
SELECT oid::regclass::text FROM tree JOIN pg_class USING (oid) WHERE {} ORDER BY 1
""")
_NOT_OWNED = _TREE.format(sql.SQL("NOT pg_has_role(relowner, 'USAGE')"))
_HIDING = _TREE.format(sql.SQL("row_security_active(oid)"))


def require_ownership(conn: Connection, tables: Iterable[SurveyedTable]) -> None:
    """Refuse tables that the role does not own: the proof constraint and the final VACUUM would fail.

    Raises:
        MissingPrivilegeError: The role does not own a table, a partition or a child table.
    """
    oids = [table.facts.oid for table in tables if table.facts and table.present]
    with translate_errors("reading the owners of the tables"):
        missing = [str(name) for (name,) in conn.execute(_NOT_OWNED, [oids])]
    if missing:
        raise MissingPrivilegeError(
            f"this role is not the owner of {listed(missing)}",
            hint="Run it as the owner of the tables, their partitions and child tables, or as a member of the owning"
            " roles.",
        )


def require_all_rows(conn: Connection, tables: Iterable[SurveyedTable]) -> None:
    """Refuse tables whose row security would hide rows from the purge.

    Raises:
        RefusedError: Row security applies to the role on some table.
    """
    oids = [table.facts.oid for table in tables if table.facts and table.present]
    with translate_errors("reading the row security of the tables"):
        hiding = [str(name) for (name,) in conn.execute(_HIDING, [oids])]
    if hiding:
        raise RefusedError(
            f"row security applies to this role on {listed(hiding)}: rows would be hidden from the purge",
            hint="Run it as a role with BYPASSRLS, or ALTER TABLE ... NO FORCE ROW LEVEL SECURITY for its duration.",
        )
