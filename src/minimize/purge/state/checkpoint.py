"""Where a run stands, kept in schema `minimize` and written in the transaction of the batch it tells of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg import sql

from minimize.catalog.connection import Connection, integer, translated
from minimize.catalog.tables import Leaf
from minimize.errors import RefusedError
from minimize.policy import Policy, digest
from minimize.sql import install, read

# One purge at a time per database: two would count, throttle and report past each other.
_LOCK_KEY = 0x6D696E696D697A65  # "minimize"

LOCK_HOLDERS = sql.SQL(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    " AND (classid::bigint << 32) | objid::bigint = {}"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).format(sql.Literal(_LOCK_KEY))
"""The backend that has the database's purge lock: at most one row."""


_OPEN = """
WITH resumed AS (
  UPDATE minimize.purge_run SET options = %(options)s, limits = %(limits)s, wanted = 'run', activity = '{}',
    seen_at = now(), backend = pg_backend_pid()
  WHERE state = 'running' AND wanted <> 'cancel' AND policy_id = %(policy)s
  RETURNING run_id, true, started_by, started_at),
begun AS (
  INSERT INTO minimize.purge_run (policy_id, policy_digest, options, limits)
  SELECT %(policy)s, %(digest)s, %(options)s, %(limits)s WHERE NOT EXISTS (SELECT FROM resumed)
  RETURNING run_id, false, started_by, started_at)
SELECT * FROM resumed UNION ALL SELECT * FROM begun
"""


@dataclass(frozen=True, slots=True)
class Range:
    """Consecutive blocks of one leaf, the work of one worker; those before `next_block` are done in this pass."""

    range_id: int
    next_block: int
    end_block: int


@dataclass(frozen=True, slots=True)
class Superseded:
    """An unfinished run of an earlier version of the policy."""

    run_id: int
    digest: str


@dataclass(frozen=True, slots=True)
class Run:
    """One purge of one policy, over as many processes as it takes."""

    run_id: int
    is_resumed: bool
    started_by: str
    started_at: datetime
    superseded: tuple[Superseded, ...] = ()
    """Closed by this one."""
    cancelled: tuple[int, ...] = ()
    """Runs closed by this one because they were to be cancelled, and their process ended before it heard."""


def begin_run(
    conn: Connection, policy: Policy, options: Mapping[str, object], limits: Mapping[str, object] | None = None
) -> Run:
    """Open a run, or go on with the unfinished one of the same policy; call it with the database's purge lock.

    An unfinished run that was to be cancelled is closed as cancelled, one of a policy that has changed since as
    superseded, and a new one begins. A run that is resumed takes over the options and limits of this process, and is no
    longer paused.

    Raises:
        MissingPrivilegeError: The role may not create schema `minimize`.
    """
    with translated("preparing schema minimize"), conn.transaction():
        for statement in install():
            conn.execute(statement)
        conn.execute(read("purge_state_v1"))
    with translated("opening the run"), conn.transaction():
        cancelled = _cancel(conn, policy)
        superseded = _supersede(conn, policy)
        row = conn.execute(
            _OPEN,
            {
                "policy": policy.id,
                "digest": digest(policy),
                "options": json.dumps(dict(options)),
                "limits": json.dumps(dict(limits or {})),
            },
        ).fetchone()
    assert row is not None
    run_id, is_resumed, started_by, started_at = row
    assert isinstance(started_at, datetime)
    return Run(integer(run_id), bool(is_resumed), str(started_by), started_at, superseded, cancelled)


def _cancel(conn: Connection, policy: Policy) -> tuple[int, ...]:
    rows = conn.execute(
        "UPDATE minimize.purge_run SET state = 'cancelled', ended_at = now()"
        " WHERE state = 'running' AND policy_id = %s AND wanted = 'cancel' RETURNING run_id",
        [policy.id],
    )
    return tuple(sorted(integer(run_id) for (run_id,) in rows))


def _supersede(conn: Connection, policy: Policy) -> tuple[Superseded, ...]:
    rows = conn.execute(
        "UPDATE minimize.purge_run SET state = 'superseded', ended_at = now()"
        " WHERE state = 'running' AND policy_id = %s AND policy_digest <> %s RETURNING run_id, policy_digest",
        [policy.id, digest(policy)],
    )
    return tuple(sorted((Superseded(integer(run_id), str(was)) for run_id, was in rows), key=lambda s: s.run_id))


def take_lock(conn: Connection) -> None:
    """Take the database's purge lock for as long as the connection lasts.

    Raises:
        RefusedError: Another purge has it.
    """
    with translated("taking the purge lock"):
        got = conn.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_KEY]).fetchone()
        if got and got[0]:
            return
        holder = conn.execute(LOCK_HOLDERS).fetchone()
    raise RefusedError(
        f"another purge is at work in this database (backend pid {holder[0] if holder else 'unknown'})",
        hint="Wait until it ends, or stop it with Ctrl-C where it runs: the next run goes on from there.",
    )


def open_ranges(conn: Connection, run: Run, leaf: Leaf, run_pass: int, blocks: int) -> list[Range]:
    """Return the unfinished ranges of a leaf in this pass, in ranges of `blocks` if the pass has not begun.

    The end of a pass is the size of the leaf when the pass starts; what other sessions append later is the next
    pass's.
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
    """Cut what is left of the unfinished ranges of a leaf into ranges of `blocks`; return the unfinished ones.

    One statement, so a process killed meanwhile leaves all of it or nothing. What was counted stays with the range in
    which it was. Not to be called while workers are at work.
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
    """Return the pass that a run has reached in some relations; 1 where it has not begun."""
    row = conn.execute(
        "SELECT coalesce(max(pass), 1) FROM minimize.purge_range WHERE run_id = %s AND relation = ANY (%s)",
        [run.run_id, list(relations)],
    ).fetchone()
    assert row is not None
    return integer(row[0])


def book(conn: Connection, run: Run, leaf: Leaf, run_pass: int, erased: Mapping[str, int]) -> None:
    """Record what was erased in a leaf at once; call it inside the transaction that erases."""
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
    """Return where a range stands by the state tables, after a connection was lost."""
    row = conn.execute(
        "SELECT range_id, next_block, end_block FROM minimize.purge_range WHERE range_id = %s", [range_id]
    ).fetchone()
    assert row is not None
    return Range(*map(integer, row))


def advance(conn: Connection, range_id: int, next_block: int, hot_rows: int = 0) -> None:
    """Move the cursor of a range past blocks in which nothing is left to do."""
    conn.execute(
        "UPDATE minimize.purge_range SET next_block = greatest(next_block, %s), hot_rows = hot_rows + %s,"
        " updated_at = clock_timestamp() WHERE range_id = %s",
        [next_block, hot_rows, range_id],
    )


def finish_run(conn: Connection, run: Run) -> None:
    """Close the run; the next purge begins a new one."""
    conn.execute(
        "UPDATE minimize.purge_run SET state = 'finished', ended_at = now() WHERE run_id = %s AND state = 'running'",
        [run.run_id],
    )
