"""Find the rows to erase in some pages of a leaf: the query, and the batches that it returns. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql

from minimize.purge.batch.leaf_sql import LeafSql, joined


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to erase: the filenode in which they were found, then one array, as text, per column of `batch_columns`."""

    size: int
    lists: tuple[str, ...]

    @property
    def first_tid(self) -> str:
        """The tid of the first row."""
        return self.lists[1].split('"')[1]

    @property
    def first_page(self) -> range:
        """The page of the first row, as blocks."""
        block = int(self.first_tid[1:].partition(",")[0])
        return range(block, block + 1)


def find(leaf: LeafSql, *, per_page: bool) -> sql.Composed:
    """Return the query for the rows to erase in some pages, one row of the result per batch.

    Args:
        leaf: Where to look.
        per_page: Whether the k-th batch has the k-th row of every page; else each batch has so many rows ($3).
    """
    within_page = "row_number() OVER (PARTITION BY substr(tidsend(tid), 1, 4) ORDER BY tid)"
    batch_number = within_page if per_page else "(row_number() OVER () - 1) / $3::bigint"
    return sql.SQL(
        "WITH candidate AS {fence}({candidates}),\n"
        "numbered AS (SELECT *, {batch_number} AS batch_number FROM candidate)\n"
        "SELECT count(*), {file}::text, {lists} FROM numbered GROUP BY batch_number ORDER BY batch_number"
    ).format(
        file=leaf.file,
        fence=sql.SQL("") if leaf.is_plain else sql.SQL("MATERIALIZED "),
        candidates=_plain_candidates(leaf) if leaf.is_plain else _candidates(leaf),
        batch_number=sql.SQL(batch_number),
        lists=joined([sql.SQL("array_agg({})::text").format(name) for name in leaf.batch_columns]),
    )


def _plain_candidates(leaf: LeafSql) -> sql.Composed:
    return sql.SQL("SELECT {n}.ctid AS tid FROM {relation} WHERE {blocks} AND {condition} AND {not_held}").format(
        n=leaf.name,
        relation=leaf.relation,
        blocks=leaf.blocks(1),
        condition=leaf.conditions[0],
        not_held=leaf.not_held,
    )


def _candidates(leaf: LeafSql) -> sql.Composed:
    # OFFSET 0: each condition is evaluated once per row, because each evaluation fetches a TOASTed document.
    named = zip(leaf.conditions, leaf.flags, strict=True)
    return sql.SQL(
        "SELECT {n}.ctid AS tid, {n}.xmin AS version, {flags} FROM {relation}\n"
        "  CROSS JOIN LATERAL (SELECT {conditions} OFFSET 0) AS minimize_conditions\n"
        "  WHERE {blocks} AND ({any_flag}) AND {not_held}"
    ).format(
        n=leaf.name,
        relation=leaf.relation,
        blocks=leaf.blocks(1),
        flags=joined(leaf.flags),
        conditions=joined([sql.SQL("{} AS {}").format(condition, flag) for condition, flag in named]),
        any_flag=sql.SQL(" OR ").join(leaf.flags),
        not_held=leaf.not_held,
    )
