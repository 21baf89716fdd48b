"""The SQL expressions over one leaf from which the purge's statements are composed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from minimize.catalog.survey import Site, SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.locations import carries_removable
from minimize.locations.object_names import identifier, literal
from minimize.purge.batch.due_columns import due_column
from minimize.purge.batch.holds import not_held


class LeafSql:
    """Expressions over one leaf. Its alias is the table's name in the policy: a hold may qualify columns with it.

    Attributes:
        fires_triggers: Whether triggers of others fire for the purge.
        is_whole: Whether the whole table is retired, so that rows are deleted.
        matches_by_tid_only: Whether a batch is only a list of tids: there is one location, and its condition is cheap
            enough to evaluate again when the rows are erased.
        sites: What is erased. If the whole table is retired, only that location.
        conditions: For each site, the condition that the row still carries a value that can be erased.
        due_columns: For each site, the name of the column with the result of that condition.
    """

    def __init__(self, table: SurveyedTable, leaf: Leaf, *, fires_triggers: bool = False) -> None:
        self.fires_triggers = fires_triggers
        self.oid = sql.Literal(leaf.oid)
        # By name, as the statements themselves: another session may give the name to another relation.
        self.file = sql.SQL("pg_relation_filenode({}::regclass)").format(literal(leaf.name))
        whole = [site for site in table.present if site.location.is_whole_table]
        self.is_whole = bool(whole)
        self.sites = tuple(whole[:1]) or table.present
        self.name = sql.Identifier(table.name.table)
        self.relation = sql.SQL("ONLY {} AS {}").format(identifier(leaf.name), self.name)
        self.not_held = not_held(table.holds)
        self.conditions = [carries_removable(site.location, site.row) for site in self.sites]
        self.due_columns = [due_column(index) for index, _ in enumerate(self.sites)]
        self.matches_by_tid_only = _can_match_by_tid(self.sites, leaf)

    def blocks(self, first: int) -> sql.Composed:
        """Return the condition that a row is in the blocks between two parameters, `$first` and the next one."""
        bounds = sql.SQL(f"${first}::tid"), sql.SQL(f"${first + 1}::tid")
        return sql.SQL("{n}.ctid >= {} AND {n}.ctid < {}").format(*bounds, n=self.name)

    @property
    def batch_columns(self) -> list[sql.Identifier]:
        """What a batch holds of each row, in the order of its arrays."""
        tid = sql.Identifier("tid")
        return [tid] if self.matches_by_tid_only else [tid, sql.Identifier("version"), *self.due_columns]


def _can_match_by_tid(sites: Sequence[Site], leaf: Leaf) -> bool:
    location, row = sites[0].location, sites[0].row
    return len(sites) == 1 and location.is_cheap(row) and not (location.is_part and leaf.toast_pages)


def joined(parts: Sequence[sql.Composable]) -> sql.Composable:
    """Return the parts with commas between them."""
    return sql.SQL(", ").join(parts)
