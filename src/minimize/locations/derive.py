"""What follows from a location's expressions: guard conditions, purge filter, row check and proof.

Nothing else in the package spells out when a row counts, so guard, purge and verification cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from minimize.locations.predicate import qualify, reviewed
from minimize.locations.row import NEW, OLD, TableRow
from minimize.policy import Hold, Location

FALSE = sql.SQL("false")


def any_of(conditions: Sequence[sql.Composable]) -> sql.Composable:
    """Join conditions by OR; none is false."""
    return sql.SQL("({})").format(sql.SQL(" OR ").join(conditions)) if conditions else FALSE


def exempt(location: Location, row: TableRow) -> sql.Composable:
    """An exception applies to the row for certain.

    A predicate that yields NULL does not: the law asks for the field only where the row says so.
    """
    predicates = [sql.SQL("({}\n)").format(qualify(text, row)) for text in location.keep_where.values()]
    return sql.SQL("{} IS TRUE").format(any_of(predicates)) if predicates else FALSE


def carries_unexempt(location: Location, row: TableRow) -> sql.Composable:
    """The row carries the retired value and no exception applies."""
    if not location.keep_where:
        return location.carries(row)
    return sql.SQL("({} AND NOT ({}))").format(location.carries(row), exempt(location, row))


def carries_removable(location: Location, row: TableRow) -> sql.Composable:
    """The row carries the value, no exception applies, and the value can be taken out: what a purge may write."""
    removable = location.removable(row)
    if removable is None:
        return carries_unexempt(location, row)
    return sql.SQL("({} AND {})").format(carries_unexempt(location, row), removable)


def unremovable(location: Location, row: TableRow) -> sql.Composable:
    """Of a row that carries: the retired part cannot be taken out of it."""
    removable = location.removable(row)
    return FALSE if removable is None else sql.SQL("NOT {}").format(removable)


def held(holds: Sequence[Hold]) -> sql.Composable:
    """A hold applies to the row, or cannot be shown not to.

    A predicate that yields NULL counts as held: destruction cannot be undone, waiting can.
    """
    if not holds:
        return FALSE
    return sql.SQL("({}) IS NOT FALSE").format(any_of([sql.SQL("({}\n)").format(reviewed(h.rows)) for h in holds]))


def resends_own_value(location: Location, row: TableRow) -> sql.Composable:
    """An UPDATE that sends an unpurged row's own value again, as an ORM does with every column.

    The old row must have carried the value unexempt: a row that leaves its exception may not keep its value.
    A table that is retired as a whole accepts no such write.
    """
    if location.column_name is None:
        return FALSE
    new, old = row.aliased(NEW), row.aliased(OLD)
    # Compared as text: not every type has an equality operator (json, xml, point), and none should call
    # different spellings of a value the same.
    return sql.SQL("({})::text IS NOT DISTINCT FROM ({})::text AND {}").format(
        location.carried(new), location.carried(old), carries_unexempt(location, old)
    )


def proof(location: Location, row: TableRow) -> sql.Composable:
    """The CHECK that holds once nothing but exempt values is left."""
    if not location.keep_where:
        return sql.SQL("NOT {}").format(location.carries(row))
    return sql.SQL("NOT {} OR ({})").format(location.carries(row), exempt(location, row))
