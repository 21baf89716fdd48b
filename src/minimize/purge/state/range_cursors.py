"""Progress of a run in each leaf: ranges of blocks, each with a cursor that commits with its batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minimize.catalog.connection import Connection, integer
from minimize.catalog.tables import Leaf
from minimize.purge.state.runs import Run


@dataclass(frozen=True, slots=True)
class Range:
    """Consecutive blocks of one leaf for one worker; the blocks before `next_block` are done in this pass."""

    range_id: int
    next_block: int
    end_block: int


def open_ranges(conn: Connection, run: Run, leaf: Leaf, run_pass: int, blocks: int) -> list[Range]:
    """Return the unfinished ranges of a leaf in this pass; create ranges of `blocks` if the pass has not begun.

    The pass ends at the size that the leaf has at its start. Blocks that other sessions append later belong to the next
    pass.
    """
    conn.execute(
        "INSERT INTO minimize.purge_range (run_id, relation, relation_name, pass, first_block, next_block, end_block)"
        " SELECT %(run)s, %(oid)s, %(name)s, %(pass)s, first, first, least(first + %(blocks)s, size)"
        " FROM (SELECT pg_relation_size(%(oid)s) / current_setting('block_size')::int) AS leaf (size),"
        " generate_series(0, greatest(size - 1, 0), %(blocks)s) AS first"
        " WHERE NOT EXISTS (SELECT FROM minimize.purge_range"
        " WHERE run_id = %(run)s AND relation = %(oid)s AND pass >= %(pass)s)",
        {"run": run.run_id, "oid": leaf.oid, "name": str(leaf.name), "pass": run_pass, "blocks": blocks},
    )
    return _unfinished(conn, run, leaf, run_pass)


def split_ranges(conn: Connection, run: Run, leaf: Leaf, run_pass: int, blocks: int) -> list[Range]:
    """Split the rest of each unfinished range of a leaf into ranges of `blocks`; return the unfinished ranges.

    It is one statement, so a process killed meanwhile leaves all of its effects or none. Counts stay with their range.
    Do not call it while workers are at work.
    """
    conn.execute(
        "WITH whole AS (SELECT * FROM minimize.purge_range WHERE run_id = %(run)s AND relation = %(oid)s"
        " AND pass = %(pass)s AND end_block - next_block > %(blocks)s FOR UPDATE),"
        " parts AS (INSERT INTO minimize.purge_range"
        " (run_id, relation, relation_name, pass, first_block, next_block, end_block)"
        " SELECT run_id, relation, relation_name, pass, first, first, least(first + %(blocks)s, end_block)"
        " FROM whole, generate_series(next_block + %(blocks)s, end_block - 1, %(blocks)s) AS first)"
        " UPDATE minimize.purge_range AS r SET end_block = whole.next_block + %(blocks)s"
        " FROM whole WHERE r.range_id = whole.range_id",
        {"run": run.run_id, "oid": leaf.oid, "pass": run_pass, "blocks": blocks},
    )
    return _unfinished(conn, run, leaf, run_pass)


def _unfinished(conn: Connection, run: Run, leaf: Leaf, run_pass: int) -> list[Range]:
    rows = conn.execute(
        "SELECT range_id, next_block, end_block FROM minimize.purge_range"
        " WHERE run_id = %s AND relation = %s AND pass = %s AND next_block < end_block ORDER BY first_block",
        [run.run_id, leaf.oid, run_pass],
    )
    return [Range(*map(integer, row)) for row in rows]


def last_pass(conn: Connection, run: Run, relations: Sequence[int]) -> int:
    """Return the pass that a run has reached in some relations; 1 if it has not begun there."""
    row = conn.execute(
        "SELECT coalesce(max(pass), 1) FROM minimize.purge_range WHERE run_id = %s AND relation = ANY (%s)",
        [run.run_id, list(relations)],
    ).fetchone()
    assert row is not None
    return integer(row[0])


def record_erased(conn: Connection, run: Run, leaf: Leaf, run_pass: int, erased: Mapping[str, int]) -> None:
    """Record what one statement erased in a whole leaf. Call it in the transaction of that statement."""
    conn.execute(
        "WITH one AS (INSERT INTO minimize.purge_range AS r"
        " (run_id, relation, relation_name, pass, first_block, next_block, end_block, rows)"
        " VALUES (%s, %s, %s, %s, 0, 0, 0, %s)"
        " ON CONFLICT (run_id, relation, pass, first_block) DO UPDATE SET rows = r.rows + excluded.rows"
        " RETURNING range_id)"
        " INSERT INTO minimize.purge_count AS c SELECT range_id, e.* FROM one, unnest(%s::text[], %s::bigint[]) AS e"
        " ON CONFLICT (range_id, location) DO UPDATE SET erased = c.erased + excluded.erased",
        [run.run_id, leaf.oid, str(leaf.name), run_pass, sum(erased.values()), list(erased), list(erased.values())],
    )


def reopen_range(conn: Connection, range_id: int) -> Range:
    """Return a range as the state tables have it, after a connection was lost."""
    row = conn.execute(
        "SELECT range_id, next_block, end_block FROM minimize.purge_range WHERE range_id = %s", [range_id]
    ).fetchone()
    assert row is not None
    return Range(*map(integer, row))


def advance(conn: Connection, range_id: int, next_block: int, hot_rows: int = 0) -> None:
    """Move the cursor of a range past blocks that are done."""
    conn.execute(
        "UPDATE minimize.purge_range SET next_block = greatest(next_block, %s), hot_rows = hot_rows + %s,"
        " updated_at = clock_timestamp() WHERE range_id = %s",
        [next_block, hot_rows, range_id],
    )
