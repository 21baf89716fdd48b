"""The statements that the purge sends for one leaf: find rows, and erase one batch. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql

from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.purge.batch.assignments import erase_clause
from minimize.purge.batch.candidates import find_statement
from minimize.purge.batch.leaf_sql import LeafSql, joined
from minimize.purge.batch.row_match import NOTHING, join_and_condition
from minimize.purge.batch.skip_locked import lock_strengths, lock_unlocked_rows

_COUNT_DUE = sql.SQL("count(*) FILTER (WHERE {due}) AS {due}")

# Evaluated once, before the first row is written. The statement itself was analysed with our own search_path.
_ROLE_SEARCH_PATH = sql.SQL(
    " AND (SELECT set_config('search_path', reset_val, true) FROM pg_settings WHERE name = 'search_path') IS NOT NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The statements for one leaf, each prepared once and sent many times, with `$1` and so on for parameters."""

    locations: tuple[str, ...]
    """What is erased: the locations of the table, or only the whole table if it is one of them."""

    find: bytes
    """$1 and $2: the first tid, and the first tid after the blocks; $3: rows per batch. One row per batch: the number
    of rows, the filenode of the leaf, and one array per column of the batch."""

    find_per_page: bytes
    """As `find`, without $3: the k-th batch has the k-th row to erase of every page."""

    erase: tuple[bytes, ...]
    """For the first attempt, the second, and so on. The first waits for locked rows, the others skip them.
    $1: the range in the state tables. $2: the new position of its cursor, or NULL. $3: HOT updates of the previous
    batch, which are known only after it. $4 and $5: the pages to prune first, as for `find`. Then the batch as it was
    found. One row: the number of updated rows; the number of erased values at each site, in the order of `locations`;
    the transaction's id; this session's counters of updates and of HOT updates."""


def leaf_statements(table: SurveyedTable, leaf: Leaf, *, fires_triggers: bool = False) -> Statements:
    """Return the statements that erase every location of a table in one leaf, each row in one UPDATE.

    If triggers of others fire, they run with the role's own search_path, on which they may rely. The predicates of the
    policy mean the same as in the guard in either case.
    """
    leaf_sql = LeafSql(table, leaf, fires_triggers=fires_triggers)
    return Statements(
        locations=tuple(site.name for site in leaf_sql.sites),
        find=find_statement(leaf_sql, per_page=False).as_bytes(),
        find_per_page=find_statement(leaf_sql, per_page=True).as_bytes(),
        erase=tuple(_erase(leaf_sql, lock).as_bytes() for lock in (None, *lock_strengths(leaf_sql))),
    )


def _erase(leaf_sql: LeafSql, lock: LiteralString | None) -> sql.Composed:
    """Return the statement that erases the rows of a batch, and updates counters and cursor, in one transaction.

    - A row that another session changes in between has a new tid. The next pass finds it.
    - A tid may be reused by another row in between: see `row_match`.
    - Exceptions and holds are evaluated again: they may depend on the time of day, or on other tables.
    - After a rewrite, such as VACUUM FULL, other rows have these tids, even with the same xmin if they were loaded
      together. So a batch is valid only in the filenode in which it was found ($6). The filenode is read once per
      statement, after the statement has locked the table: no rewrite can finish while it holds that lock. The filenode
      does not depend on the statement's snapshot.
    - A scan that returns no row reads the pages to prune first, which makes PostgreSQL prune them and leaves them in
      the cache for the update.
    """
    batch, matching = join_and_condition(leaf_sql, is_locked=bool(lock))
    named = zip(leaf_sql.sites, leaf_sql.due_columns, strict=True)
    return sql.SQL(
        "WITH {unlocked}erased AS (\n"
        "  {erase}{batch}\n"
        "  WHERE {file} = $6::oid\n"
        "    AND NOT EXISTS (SELECT FROM {relation} WHERE {pruned} OFFSET 1000000000)\n"
        "    AND {matching} AND {not_held}{path}\n"
        "  RETURNING {returned}\n"
        "), total AS (SELECT count(*) AS rows, {counts} FROM erased), counted AS (\n"
        "  INSERT INTO minimize.purge_count AS c (range_id, location, erased)\n"
        "  SELECT $1, location, erased FROM total, LATERAL (VALUES {named}) AS v (location, erased) WHERE erased > 0\n"
        "  ON CONFLICT (range_id, location) DO UPDATE SET erased = c.erased + excluded.erased\n"
        "), moved AS (\n"
        "  UPDATE minimize.purge_range AS r SET rows = r.rows + total.rows, hot_rows = r.hot_rows + $3::bigint,\n"
        "    updated_at = clock_timestamp(), next_block = greatest(next_block, $2::bigint)\n"
        "  FROM total WHERE range_id = $1\n"
        ") SELECT total.*, pg_current_xact_id()::text::bigint,\n"
        "  pg_stat_get_xact_tuples_updated({oid}), pg_stat_get_xact_tuples_hot_updated({oid}) FROM total"
    ).format(
        oid=leaf_sql.oid,
        file=leaf_sql.file,
        unlocked=lock_unlocked_rows(leaf_sql, lock) if lock else NOTHING,
        erase=erase_clause(leaf_sql.relation, leaf_sql.sites, matches_by_tid_only=leaf_sql.matches_by_tid_only),
        path=_ROLE_SEARCH_PATH if leaf_sql.fires_triggers else NOTHING,
        relation=leaf_sql.relation,
        pruned=leaf_sql.blocks(4),
        batch=_prefixed(" FROM ", batch),
        matching=matching,
        not_held=leaf_sql.not_held,
        returned=joined([_is_erased(leaf_sql, index) for index, _ in enumerate(leaf_sql.sites)]),
        counts=joined([_COUNT_DUE.format(due=due) for due in leaf_sql.due_columns]),
        named=joined([sql.SQL("({}, {})").format(sql.Literal(site.name), due) for site, due in named]),
    )


def _is_erased(leaf_sql: LeafSql, index: int) -> sql.Composed:
    """Return whether the value that was found is gone. Checked in the new row if triggers fire and that is cheap."""
    site = leaf_sql.sites[index]
    is_always_due = leaf_sql.matches_by_tid_only or leaf_sql.is_whole
    erased: sql.Composable = sql.SQL("true") if is_always_due else leaf_sql.due_columns[index]
    if leaf_sql.fires_triggers and not leaf_sql.is_whole and site.location.is_cheap(site.row):
        erased = sql.SQL("{} AND NOT {}").format(erased, site.location.carries(site.row))
    return sql.SQL("{} AS {}").format(erased, leaf_sql.due_columns[index])


def _prefixed(prefix: LiteralString, part: sql.Composable) -> sql.Composable:
    return part if part is NOTHING else sql.SQL(prefix) + part
