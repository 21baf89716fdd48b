"""VACUUM and ANALYZE a table after its passes, so that neither free space nor statistics keep erased values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from minimize.catalog.tables import Leaf
from minimize.purge.batch.vacuum_at_end import VacuumAtEnd
from minimize.purge.connection.control import Control
from minimize.purge.run.long_statements import LongStatements
from minimize.purge.run.partitions import Partitions

_NOT_DONE = "its statistics may keep values until you run {} on it, which was not done: {}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableVacuum:
    """Vacuums every leaf of a table, and analyses the table itself if it is partitioned."""

    control: Control
    long_statements: LongStatements
    vacuum_at_end: VacuumAtEnd

    def run(self, partitions: Partitions) -> dict[str, str]:
        """Vacuum a table; return the tables for which that was not done, and why."""
        retry_on_loss, not_done = self.control.retry_on_loss, dict[str, str]()
        for leaf in partitions.leaves:
            with partitions.unless_detached(leaf):
                not_done |= retry_on_loss(partial(self._vacuum, leaf))
        if partitions.table.facts and partitions.table.facts.kind == "p":
            not_done |= retry_on_loss(lambda: self._analyze(partitions))
        return not_done

    def _vacuum(self, leaf: Leaf) -> dict[str, str]:
        self.long_statements.announce("vacuum", str(leaf.name))
        reason = self.vacuum_at_end.vacuum_leaf(leaf)
        return {str(leaf.name): _NOT_DONE.format("VACUUM (ANALYZE)", reason)} if reason else {}

    def _analyze(self, partitions: Partitions) -> dict[str, str]:
        name = partitions.table.name
        self.long_statements.announce("vacuum", str(name))
        reason = self.vacuum_at_end.analyze_table(name)
        return {str(name): _NOT_DONE.format("ANALYZE", reason)} if reason else {}
