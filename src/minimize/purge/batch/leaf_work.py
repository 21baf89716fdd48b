"""What the workers of one pass erase in a leaf."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.purge.batch.refused_rows import RefusedRows
from minimize.purge.batch.statements import Statements, leaf_statements


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafWork:
    """What to erase in one leaf; the same for all of its workers."""

    table: SurveyedTable
    leaf: Leaf
    statements: Statements
    refused_rows: RefusedRows

    @classmethod
    def of(cls, table: SurveyedTable, leaf: Leaf, refused_rows: RefusedRows, *, fires_triggers: bool) -> LeafWork:
        """Return the work in a leaf of a table; refused rows are added to `refused_rows`."""
        prepared = leaf_statements(table, leaf, fires_triggers=fires_triggers)
        return cls(table=table, leaf=leaf, statements=prepared, refused_rows=refused_rows)
