"""Count the rows of a table: before its first batch, and after each pass."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts, count_rows
from minimize.catalog.survey import SurveyedTable
from minimize.errors import DatabaseError
from minimize.purge.connection.control import Control
from minimize.purge.progress.counters import Counters
from minimize.purge.run.long_statements import LongStatements
from minimize.purge.state.location_progress import needs_first_count, record_count
from minimize.purge.throttle.governor import Governor

_BEFORE_FIRST_PASS = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCount:
    """Counts whole tables and records the result."""

    control: Control
    governor: Governor
    long_statements: LongStatements
    counters: Counters

    def count_before_first_batch(self, table: SurveyedTable) -> None:
        """Count a table once per run: rows that were erased can no longer be counted."""
        control = self.control
        names = [site.name for site in table.present]
        relations = [leaf.oid for leaf in table.facts.heaps] if table.facts else []
        if needs_first_count(control.conn, control.run.run_id, names, relations):
            self.count(table, _BEFORE_FIRST_PASS)

    def count(self, table: SurveyedTable, run_pass: int) -> dict[str, RowCounts]:
        """Count a table after a pass; return the counts by location name.

        Raises:
            DatabaseError: Some location cannot be counted.
        """
        control = self.control
        self.long_statements.announce("count", str(table.name), run_pass)
        with control.stop.cancelling(control.conn):
            if self.governor.limits.rests:
                with translate_errors(f"counting {table.name}"):
                    control.conn.execute("SET max_parallel_workers_per_gather = 0")
            check = count_rows(control.conn, table)
        for name, reason in check.not_checked.items():
            raise DatabaseError(f"{name} cannot be counted: {reason}", hint="Grant what is missing, then run it again.")
        is_first_count = run_pass == _BEFORE_FIRST_PASS
        record_count(control.conn, control.run.run_id, check.counts, is_first_count=is_first_count)
        self.counters.record_count(check.counts)
        return check.counts
