"""Match the rows of a batch when they are erased: which tids still hold the rows that were found. Pure.

A batch is matched in one of two ways (`LeafSql.matches_by_tid_only`):

- by tid only, and the condition of the one location is evaluated again;
- by version: by tid and xmin. A row version never changes in place, so its values need no second evaluation, which
  would fetch TOASTed documents again. Exceptions are always evaluated again: they may depend on other tables.
"""

from __future__ import annotations

from psycopg import sql

from minimize.locations import exempt
from minimize.purge.batch.leaf_sql import LeafSql, joined

NOTHING = sql.SQL("")


def join_and_condition(leaf_sql: LeafSql, *, is_locked: bool) -> tuple[sql.Composable, sql.Composable]:
    """Return what to join, and the condition that a row belongs to the batch.

    Args:
        leaf_sql: The leaf.
        is_locked: Whether only the rows count that `skip_locked` has locked; else all rows of the batch.
    """
    match = _match_tid if leaf_sql.matches_by_tid_only else _match_version
    return match(leaf_sql, is_locked=is_locked)


def matching_rows(leaf_sql: LeafSql) -> sql.Composed:
    """Return the query for the rows of the batch that still match."""
    return _tid_rows(leaf_sql) if leaf_sql.matches_by_tid_only else _version_rows(leaf_sql)


def _match_tid(leaf_sql: LeafSql, *, is_locked: bool) -> tuple[sql.Composable, sql.Composable]:
    tids = sql.SQL("ARRAY(SELECT minimize_tid FROM minimize_unlocked)" if is_locked else "$7::tid[]")
    return NOTHING, sql.SQL("{n}.ctid = ANY ({tids}) AND {condition}").format(
        n=leaf_sql.name, tids=tids, condition=leaf_sql.conditions[0]
    )


def _tid_rows(leaf_sql: LeafSql) -> sql.Composed:
    _, matching = _match_tid(leaf_sql, is_locked=False)
    return sql.SQL("SELECT {n}.ctid AS minimize_tid FROM {relation} WHERE {matching}").format(
        n=leaf_sql.name, relation=leaf_sql.relation, matching=matching
    )


def _match_version(leaf_sql: LeafSql, *, is_locked: bool) -> tuple[sql.Composable, sql.Composable]:
    matching = sql.SQL("{same_version} AND ({any_due})").format(
        same_version=_same_version(leaf_sql), any_due=sql.SQL(" OR ").join(leaf_sql.due_columns)
    )
    if is_locked:
        return sql.SQL("minimize_unlocked"), matching
    if any(site.location.keep_where for site in leaf_sql.sites):
        return sql.SQL("({} OFFSET 0) AS minimize_due").format(_version_rows(leaf_sql)), matching
    return _batch_rows(leaf_sql), matching


def _version_rows(leaf_sql: LeafSql) -> sql.Composed:
    """Return the query for the rows of the batch, with each exception evaluated once, over the row as it still is.

    An exception in RETURNING would be evaluated over the new row version, which it may match only then.
    """
    return sql.SQL(
        "SELECT minimize_tid, minimize_version, {due} FROM {batch} CROSS JOIN {relation} WHERE {same_version}"
    ).format(
        due=joined([_still_due(leaf_sql, index) for index, _ in enumerate(leaf_sql.sites)]),
        batch=_batch_rows(leaf_sql),
        relation=leaf_sql.relation,
        same_version=_same_version(leaf_sql),
    )


def _still_due(leaf_sql: LeafSql, index: int) -> sql.Composed:
    """Return whether a row was found to carry the value at a site, and no exception there keeps it now."""
    site, name = leaf_sql.sites[index], leaf_sql.due_columns[index]
    due: sql.Composable = sql.SQL("minimize_listed.{}").format(name)
    if site.location.keep_where:
        due = sql.SQL("{} AND NOT ({})").format(due, exempt(site.location, site.row))
    return sql.SQL("{} AS {}").format(due, name)


def _batch_rows(leaf_sql: LeafSql) -> sql.Composed:
    """Return the arrays of the batch as a table."""
    return sql.SQL("unnest($7::tid[], $8::xid[], {}) AS minimize_listed (minimize_tid, minimize_version, {})").format(
        joined([sql.SQL(f"${index + 9}::boolean[]") for index, _ in enumerate(leaf_sql.sites)]),
        joined(leaf_sql.due_columns),
    )


def _same_version(leaf_sql: LeafSql) -> sql.Composed:
    return sql.SQL("{n}.ctid = minimize_tid AND {n}.xmin = minimize_version").format(n=leaf_sql.name)
