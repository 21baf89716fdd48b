"""Count the HOT updates of each batch from PostgreSQL's statistics of the session."""

from __future__ import annotations

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors

_COUNTERS = "SELECT pg_stat_get_xact_tuples_updated(%s), pg_stat_get_xact_tuples_hot_updated(%s)"


class HotCounter:
    """Compares the session's counters of one relation before and after each batch.

    The counters also contain updates of failed batches and of earlier ranges, so `set_baseline` must be called after a
    failed batch and on a new connection.
    """

    def __init__(self, relation: int) -> None:
        self._relation = relation
        self._last = (0, 0)

    def set_baseline(self, conn: Connection) -> None:
        """Read both counters, updates and HOT updates, to compare the next batch with."""
        with translate_errors("reading the session's counters"):
            row = conn.execute(_COUNTERS, [self._relation] * 2).fetchone()
        assert row is not None
        self._last = integer(row[0]), integer(row[1])

    def count(self, *, rows: int, updated: int, hot: int) -> int:
        """Return the HOT updates of a batch of so many rows, from the counters that its statement has returned.

        PostgreSQL resets the counters whenever it reports them to the statistics system.
        """
        was_reset = updated < self._last[0] + rows
        hot_rows = hot - (0 if was_reset else self._last[1])
        self._last = (updated, hot)
        return hot_rows
