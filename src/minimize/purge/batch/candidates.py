"""The query that finds the rows to erase in some pages of a leaf. Pure."""

from __future__ import annotations

from psycopg import sql

from minimize.purge.batch.leaf_sql import LeafSql, joined


def find_statement(leaf_sql: LeafSql, *, per_page: bool) -> sql.Composed:
    """Return the query for the rows to erase in some pages, one row of the result per batch.

    Args:
        leaf_sql: Where to look.
        per_page: Whether the k-th batch has the k-th row of every page; else each batch has so many rows ($3).
    """
    within_page = "row_number() OVER (PARTITION BY substr(tidsend(tid), 1, 4) ORDER BY tid)"
    batch_number = within_page if per_page else "(row_number() OVER () - 1) / $3::bigint"
    return sql.SQL(
        "WITH candidate AS {fence}({candidates}),\n"
        "numbered AS (SELECT *, {batch_number} AS batch_number FROM candidate)\n"
        "SELECT count(*), {file}::text, {lists} FROM numbered GROUP BY batch_number ORDER BY batch_number"
    ).format(
        file=leaf_sql.file,
        fence=sql.SQL("") if leaf_sql.matches_by_tid_only else sql.SQL("MATERIALIZED "),
        candidates=_tid_candidates(leaf_sql) if leaf_sql.matches_by_tid_only else _candidates(leaf_sql),
        batch_number=sql.SQL(batch_number),
        lists=joined([sql.SQL("array_agg({})::text").format(name) for name in leaf_sql.batch_columns]),
    )


def _tid_candidates(leaf_sql: LeafSql) -> sql.Composed:
    return sql.SQL("SELECT {n}.ctid AS tid FROM {relation} WHERE {blocks} AND {condition} AND {not_held}").format(
        n=leaf_sql.name,
        relation=leaf_sql.relation,
        blocks=leaf_sql.blocks(1),
        condition=leaf_sql.conditions[0],
        not_held=leaf_sql.not_held,
    )


def _candidates(leaf_sql: LeafSql) -> sql.Composed:
    # OFFSET 0: each condition is evaluated once per row, because each evaluation fetches a TOASTed document.
    named = zip(leaf_sql.conditions, leaf_sql.due_columns, strict=True)
    return sql.SQL(
        "SELECT {n}.ctid AS tid, {n}.xmin AS version, {due_columns} FROM {relation}\n"
        "  CROSS JOIN LATERAL (SELECT {conditions} OFFSET 0) AS minimize_conditions\n"
        "  WHERE {blocks} AND ({any_due}) AND {not_held}"
    ).format(
        n=leaf_sql.name,
        relation=leaf_sql.relation,
        blocks=leaf_sql.blocks(1),
        due_columns=joined(leaf_sql.due_columns),
        conditions=joined([sql.SQL("{} AS {}").format(condition, due) for condition, due in named]),
        any_due=sql.SQL(" OR ").join(leaf_sql.due_columns),
        not_held=leaf_sql.not_held,
    )
