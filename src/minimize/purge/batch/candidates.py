"""What to erase in some pages of a leaf: the SQL that finds it, and what that returns. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from minimize.catalog.survey import Site, SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.locations import carries_removable, held
from minimize.locations.object_names import identifier, literal
from minimize.purge.batch.assignments import flag


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to erase, as PostgreSQL spells the file they are in and the arrays of their tids, versions and flags."""

    size: int
    lists: tuple[str, ...]

    @property
    def first_tid(self) -> str:
        """Where the first row is."""
        return self.lists[1].split('"')[1]

    @property
    def first_page(self) -> range:
        """The page of the first row, as blocks."""
        block = int(self.first_tid[1:].partition(",")[0])
        return range(block, block + 1)


class Source:
    """One leaf, spelled as the table's own name in the policy, so that a hold may qualify its columns by it."""

    def __init__(self, table: SurveyedTable, leaf: Leaf, *, fires_triggers: bool = False) -> None:
        self.fires_triggers = fires_triggers
        self.oid = sql.Literal(leaf.oid)
        # By its name, as the rows are found and erased: others may give that to another relation.
        self.file = sql.SQL("pg_relation_filenode({}::regclass)").format(literal(leaf.name))
        whole = [site for site in table.present if site.location.column_name is None]
        self.is_whole = bool(whole)
        self.sites = tuple(whole[:1]) or table.present
        self.name = sql.Identifier(table.name.table)
        self.relation = sql.SQL("ONLY {} AS {}").format(identifier(leaf.name), self.name)
        self.held = held(table.holds)
        self.conditions = [carries_removable(site.location, site.row) for site in self.sites]
        self.flags = [flag(index) for index, _ in enumerate(self.sites)]
        self.is_plain = _is_plain(self.sites, leaf)

    def blocks(self, first: int) -> sql.Composed:
        """Return the condition of a row to be in the pages that two parameters bound, the first with this number."""
        bounds = sql.SQL(f"${first}::tid"), sql.SQL(f"${first + 1}::tid")
        return sql.SQL("{n}.ctid >= {} AND {n}.ctid < {}").format(*bounds, n=self.name)

    @property
    def listed(self) -> list[sql.Identifier]:
        """What is found of each row, and given to the statement that erases it."""
        found = [sql.Identifier("tid")]
        return found if self.is_plain else [*found, sql.Identifier("version"), *self.flags]


def _is_plain(sites: Sequence[Site], leaf: Leaf) -> bool:
    """Whether there is one location, and what a row carries there can be asked again for next to nothing."""
    location, row = sites[0].location, sites[0].row
    return len(sites) == 1 and location.is_cheap(row) and not (location.is_part and leaf.toast_pages)


def find(source: Source, *, ranked: bool) -> sql.Composed:
    """Return the query of the rows to erase in some pages, in lists of so many, or of the k-th of each page."""
    of_page = "row_number() OVER (PARTITION BY substr(tidsend(tid), 1, 4) ORDER BY tid)"
    rank = of_page if ranked else "(row_number() OVER () - 1) / $3::bigint"
    return sql.SQL(
        "WITH candidate AS {fence}({candidates}),\n"
        "ranked AS (SELECT *, {rank} AS rank FROM candidate)\n"
        "SELECT count(*), {file}::text, {lists} FROM ranked GROUP BY rank ORDER BY rank"
    ).format(
        file=source.file,
        fence=sql.SQL("") if source.is_plain else sql.SQL("MATERIALIZED "),
        candidates=_plain_candidates(source) if source.is_plain else _candidates(source),
        rank=sql.SQL(rank),
        lists=joined([sql.SQL("array_agg({})::text").format(name) for name in source.listed]),
    )


def _plain_candidates(source: Source) -> sql.Composed:
    return sql.SQL("SELECT {n}.ctid AS tid FROM {source} WHERE {blocks} AND {condition} AND NOT ({held})").format(
        n=source.name,
        source=source.relation,
        blocks=source.blocks(1),
        condition=source.conditions[0],
        held=source.held,
    )


def _candidates(source: Source) -> sql.Composed:
    # Each expression is evaluated once a row: testing a document that is stored out of line fetches it.
    named = zip(source.conditions, source.flags, strict=True)
    return sql.SQL(
        "SELECT {n}.ctid AS tid, {n}.xmin AS version, {flags} FROM {source}\n"
        "  CROSS JOIN LATERAL (SELECT {conditions} OFFSET 0) AS minimize_conditions\n"
        "  WHERE {blocks} AND ({any_flag}) AND NOT ({held})"
    ).format(
        n=source.name,
        source=source.relation,
        blocks=source.blocks(1),
        flags=joined(source.flags),
        conditions=joined([sql.SQL("{} AS {}").format(condition, flag) for condition, flag in named]),
        any_flag=sql.SQL(" OR ").join(source.flags),
        held=source.held,
    )


def joined(parts: Sequence[sql.Composable]) -> sql.Composable:
    """Return parts with commas between them."""
    return sql.SQL(", ").join(parts)
