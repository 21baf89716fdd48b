"""Which rows a field's exceptions keep."""

from __future__ import annotations

from psycopg import sql

from minimize.locations.predicate import FALSE, any_of, qualify
from minimize.locations.row import TableRow
from minimize.policy import Location


def exempt(location: Location, row: TableRow) -> sql.Composable:
    """Return the condition that an exception certainly applies to the row.

    A predicate that yields NULL keeps nothing: the law requires the field only where the row shows it.
    """
    predicates = [sql.SQL("({}\n)").format(qualify(text, row)) for text in location.keep_where.values()]
    return sql.SQL("{} IS TRUE").format(any_of(predicates)) if predicates else FALSE
