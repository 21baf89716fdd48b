"""What a query of the operator returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from psycopg import sql

from minimize.catalog.connection import ROLE_SEARCH_PATH, Connection
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading, fail_closed, unreadable
from minimize.purge.throttle.setting import QUERY, Setting

TIMEOUT = "2s"


class OperatorQuery:
    """One SQL query that returns one boolean: true is clear, anything else is not.

    Runs with the search_path that the role has in other sessions, in a read-only transaction that is rolled back, for
    at most `TIMEOUT`.
    """

    name: ClassVar[str] = "query"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(
            name="query",
            kind=QUERY.or_off(),
            default=None,
            meaning="SQL query that returns one boolean; the purge continues while it is true.",
        ),
    )

    def __init__(self, query: str) -> None:
        self.query = query

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], _own_activity: OwnActivity) -> Self | None:
        """Return the throttle unless its limit is off."""
        query = limits["query"]
        return None if query is None else cls(query)

    @fail_closed
    def read(self, conn: Connection) -> Reading:
        """Run the query."""
        with conn.transaction(force_rollback=True):
            conn.execute("SET TRANSACTION READ ONLY")
            conn.execute(sql.SQL("SET LOCAL statement_timeout = {}").format(sql.Literal(TIMEOUT)))
            conn.execute(ROLE_SEARCH_PATH)
            # Binary results need the extended protocol, which allows only one statement. A second statement could end
            # the read-only transaction.
            cursor = conn.execute(sql.SQL(self.query), binary=True)
            rows = cursor.fetchmany(2) if cursor.description else []
        if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], bool):
            return unreadable(self.name, "the query does not return one row of one boolean")
        is_clear = rows[0][0]
        return Reading(
            name=self.name,
            text=f"the query says {'go' if is_clear else 'stop'}",
            is_clear=is_clear,
            value={"go": float(is_clear)},
            limit={"go": 1.0},
        )
