"""Where rows that other sessions have locked are skipped: SELECT … FOR UPDATE SKIP LOCKED over the batch. Pure."""

from __future__ import annotations

from typing import LiteralString

from psycopg import sql

from minimize.purge.batch.leaf_sql import LeafSql
from minimize.purge.batch.row_match import matching_rows

_LOCKS: tuple[LiteralString, ...] = ("NO KEY UPDATE", "UPDATE")
"""FOR NO KEY UPDATE skips the rows for which most UPDATEs would wait. A DELETE, and an UPDATE of a column in a unique
index, also waits for sessions that are inserting a reference to the row: FOR UPDATE skips those rows too."""


def lock_strengths(leaf_sql: LeafSql) -> tuple[LiteralString, ...]:
    """Return the row locks to try, one attempt after the other."""
    return _LOCKS[leaf_sql.is_whole :]


def lock_unlocked_rows(leaf_sql: LeafSql, lock: LiteralString) -> sql.Composed:
    """Return the CTE that locks the rows of the batch that no other session has locked."""
    return sql.SQL("minimize_unlocked AS MATERIALIZED (\n  {rows} FOR {lock} OF {n} SKIP LOCKED\n), ").format(
        rows=matching_rows(leaf_sql), lock=sql.SQL(lock), n=leaf_sql.name
    )
