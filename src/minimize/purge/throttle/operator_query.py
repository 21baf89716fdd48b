"""Whatever else the operator wants to ask."""

from __future__ import annotations

from typing import ClassVar

from psycopg import sql

from minimize.catalog.connection import ROLE_SEARCH_PATH, Connection
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable

TIMEOUT = "2s"


class OperatorsQuery:
    """One SQL query that returns one boolean, true to go on; anything else says stop.

    Runs with the search_path the role has elsewhere, in a read-only transaction that is rolled back, for at most
    `TIMEOUT`.
    """

    name: ClassVar[str] = "query"

    def __init__(self, query: str) -> None:
        self.query = query

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Run the query."""
        with conn.transaction(force_rollback=True):
            conn.execute("SET TRANSACTION READ ONLY")
            conn.execute(sql.SQL("SET LOCAL statement_timeout = {}").format(sql.Literal(TIMEOUT)))
            conn.execute(ROLE_SEARCH_PATH)
            # Asking for binary results takes the protocol that allows one statement only: a second one could end the
            # transaction, and with it the promise to change nothing.
            cursor = conn.execute(sql.SQL(self.query), binary=True)
            rows = cursor.fetchmany(2) if cursor.description else []
        if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], bool):
            return unreadable(self.name, "the query does not return one row of one boolean")
        is_clear = rows[0][0]
        text = f"the query says {'go' if is_clear else 'stop'}"
        return Reading(self.name, text, is_clear, {"go": float(is_clear)}, {"go": 1.0})
