"""The VACUUM of each leaf, and the ANALYZE of a partitioned table, after the last pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenacity import stop_after_attempt, wait_incrementing

from minimize.catalog.tables import Leaf
from minimize.policy import TableName
from minimize.purge.batch.vacuum import NotVacuumed, Vacuum
from minimize.purge.connection.reconnecting_session import Session
from minimize.purge.connection.retry import retry
from minimize.purge.tuning import DEFAULT_TUNING


@dataclass(frozen=True, slots=True, kw_only=True)
class VacuumAtEnd:
    """Retries while other sessions prevent it, with longer and longer pauses."""

    vacuum: Vacuum
    session: Session
    max_attempts: int = DEFAULT_TUNING.max_vacuum_attempts

    def vacuum_leaf(self, leaf: Leaf) -> NotVacuumed | None:
        """Vacuum a purged leaf and replace its statistics; return why that was not done, None if it was done."""
        return self._retry(lambda: self.vacuum.vacuum(self.session, leaf, analyze=True))

    def analyze_table(self, table: TableName) -> NotVacuumed | None:
        """Replace the statistics of a partitioned table; return why that was not done, None if it was done."""
        return self._retry(lambda: self.vacuum.analyze(self.session.conn, table))

    def _retry(self, action: Callable[[], NotVacuumed | None]) -> NotVacuumed | None:
        def attempt() -> NotVacuumed | None:
            self.vacuum.governor.wait(self.session.conn, 0)
            return action()

        return retry(
            attempt,
            until=stop_after_attempt(self.max_attempts),
            on_result=lambda result: result is not None and result.is_temporary,
            pause=wait_incrementing(start=1, increment=1),
            sleep=self.vacuum.stop.wait,
        )
