"""Which rows a hold protects from erasure."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from minimize.locations.predicate import FALSE, any_of, reviewed
from minimize.policy import Hold


def held(holds: Sequence[Hold]) -> sql.Composable:
    """Return the condition that a hold applies to the row, or that this is unknown.

    A predicate that yields NULL counts as held, because an erasure cannot be undone and a delay can.
    """
    if not holds:
        return FALSE
    return sql.SQL("({}) IS NOT FALSE").format(any_of([sql.SQL("({}\n)").format(reviewed(h.rows)) for h in holds]))
