"""Add the proof to a purged table: a validated CHECK constraint for every location without remaining values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts
from minimize.catalog.survey import SurveyedTable
from minimize.locations.object_names import literal
from minimize.plan.proof_constraint import add_proofs, validate_proofs
from minimize.purge.connection.control import Control
from minimize.purge.run.long_statements import LongStatements
from minimize.purge.state.location_progress import describe_staying
from minimize.purge.tuning import Tuning
from minimize.sql import lock_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProof:
    """Adds and validates proof constraints."""

    control: Control
    long_statements: LongStatements
    tuning: Tuning

    def add(self, table: SurveyedTable, counts: Mapping[str, RowCounts]) -> list[str]:
        """Prove what the last count allows; return a note for each reason why values stay.

        Raises:
            LockNotAvailableError: The exclusive lock was not granted.
            RowRefusedError: A row that carries the value was written after the count.
        """
        # With `on_write = "warn"` values may still be written, and a CHECK would refuse them.
        sites = [site for site in table.present if site.field.on_write != "warn"]
        violated = [counts[site.name].to_erase + counts[site.name].held > 0 for site in sites]
        notes = [note for site in sites for note in describe_staying(site, counts[site.name])]
        if sites:
            self.long_statements.announce("prove", str(table.name))
            control, tuning = self.control, self.tuning
            lock = lock_tables([literal(table.name)], tuning.exclusive_lock_timeout, tuning.exclusive_lock_attempts)
            with control.stop.cancelling(control.conn), translate_errors(f"proving {table.name}"):
                control.conn.execute(add_proofs(sites, lock, violated))
                control.conn.execute(validate_proofs(sites))
        return notes
