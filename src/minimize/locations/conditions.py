"""Conditions over a row that follow from a location's expressions: guard, purge filter, row check and proof.

No other module decides when a row counts, so guard, purge and verification cannot disagree.
"""

from __future__ import annotations

from psycopg import sql

from minimize.locations.exceptions import exempt
from minimize.locations.predicate import FALSE
from minimize.locations.row import NEW, OLD, TableRow
from minimize.policy import Location


def carries_unexempt(location: Location, row: TableRow) -> sql.Composable:
    """Return the condition that the row carries the retired value and no exception applies."""
    if not location.keep_where:
        return location.carries(row)
    return sql.SQL("({} AND NOT ({}))").format(location.carries(row), exempt(location, row))


def carries_removable(location: Location, row: TableRow) -> sql.Composable:
    """Return the condition that a purge may write the row.

    The row carries the value, no exception applies, and the retired part can be removed.
    """
    removable = location.removable(row)
    if removable is None:
        return carries_unexempt(location, row)
    return sql.SQL("({} AND {})").format(carries_unexempt(location, row), removable)


def unremovable(location: Location, row: TableRow) -> sql.Composable:
    """Return the condition, for a row that carries, that the retired part cannot be removed."""
    removable = location.removable(row)
    return FALSE if removable is None else sql.SQL("NOT {}").format(removable)


def resends_own_value(location: Location, row: TableRow) -> sql.Composable:
    """Return the condition that an UPDATE sends an unpurged row's own value again, as an ORM does with every column.

    The old row must have carried the value unexempt: a row that leaves its exception may not keep its value.
    A table that is retired as a whole accepts no such write.
    """
    if location.is_whole_table:
        return FALSE
    new, old = row.aliased(NEW), row.aliased(OLD)
    # Compared as text: json, xml and point have no equality operator, and equality must not ignore the spelling.
    return sql.SQL("({})::text IS NOT DISTINCT FROM ({})::text AND {}").format(
        location.carried(new), location.carried(old), carries_unexempt(location, old)
    )


def proof(location: Location, row: TableRow) -> sql.Composable:
    """Return the CHECK that is true once only exempt rows carry a value."""
    if not location.keep_where:
        return sql.SQL("NOT {}").format(location.carries(row))
    return sql.SQL("NOT {} OR ({})").format(location.carries(row), exempt(location, row))
