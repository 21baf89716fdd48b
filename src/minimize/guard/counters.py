"""How many writes the guard refused, stripped or reported, by location."""

from __future__ import annotations

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.survey import Presence, Survey
from minimize.guard.drift import guard_of


def read_counts(conn: Connection, survey: Survey) -> dict[str, int]:
    """Return the count of each guarded location in its present mode.

    A change of mode starts a new count. A count survives the transaction that was rolled back.
    """
    names = {
        guard_of(survey, site).counter: site.name for _, site in survey.sites() if site.presence is Presence.PRESENT
    }
    rows = conn.execute(
        sql.SQL(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences"
            " WHERE schemaname = 'minimize' AND sequencename = ANY (%s)"
        ),
        [list(names)],
    )
    return {names[str(name)]: int(str(value)) for name, value in rows}
