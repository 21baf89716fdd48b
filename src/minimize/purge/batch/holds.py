"""Where a hold is honoured: rows under a hold are excluded when rows are found, and again when they are erased. Pure.

A row may come under a hold between the two, so both statements evaluate the condition.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from minimize.locations import held
from minimize.policy import Hold


def not_held(holds: Sequence[Hold]) -> sql.Composed:
    """Return the condition that no hold covers a row."""
    return sql.SQL("NOT ({})").format(held(holds))
