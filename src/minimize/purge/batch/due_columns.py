"""The boolean columns that say at which sites of its table a row of a batch is due. Pure."""

from __future__ import annotations

from psycopg import sql


def due_column(index: int) -> sql.Identifier:
    """Return the name of the column that says whether a row is due at the n-th site."""
    return sql.Identifier(f"minimize_{index}")
