"""Where a run stands, kept in schema `minimize` and written in the transaction of the batch it tells of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from minimize.catalog.connection import Connection, translated
from minimize.catalog.tables import Leaf
from minimize.errors import RefusedError
from minimize.policy import Policy, digest
from minimize.sql import install, read

# One purge at a time per database: two would count, throttle and report past each other.
_LOCK_KEY = 0x6D696E696D697A65  # "minimize"


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a run is in one leaf: blocks before `next_block` are done in this pass."""

    relation: int
    run_pass: int
    next_block: int
    end_block: int


@dataclass(frozen=True, slots=True)
class Run:
    """One purge of one policy, over as many processes as it takes."""

    run_id: int
    is_resumed: bool


def begin_run(conn: Connection, policy: Policy, options: Mapping[str, object]) -> Run:
    """Take the database's purge lock and open a run, or go on with the unfinished one of the same policy.

    An unfinished run of a policy that has changed since is closed as superseded, and a new one begins.

    Raises:
        RefusedError: Another purge is at work in this database.
        MissingPrivilegeError: The role may not create schema `minimize`.
    """
    _take_lock(conn)
    with translated("preparing schema minimize"), conn.transaction():
        for statement in install():
            conn.execute(statement)
        conn.execute(read("purge_state_v1"))
    with translated("opening the run"), conn.transaction():
        conn.execute(
            "UPDATE minimize.purge_run SET state = 'superseded', ended_at = now()"
            " WHERE state = 'running' AND policy_id = %s AND policy_digest <> %s",
            [policy.id, digest(policy)],
        )
        found = conn.execute(
            "SELECT run_id FROM minimize.purge_run WHERE state = 'running' AND policy_id = %s", [policy.id]
        ).fetchone()
        if found:
            return Run(_integer(found[0]), is_resumed=True)
        new = conn.execute(
            "INSERT INTO minimize.purge_run (policy_id, policy_digest, options) VALUES (%s, %s, %s) RETURNING run_id",
            [policy.id, digest(policy), json.dumps(dict(options))],
        ).fetchone()
    assert new is not None
    return Run(_integer(new[0]), is_resumed=False)


def _take_lock(conn: Connection) -> None:
    with translated("taking the purge lock"):
        got = conn.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_KEY]).fetchone()
        if got and got[0]:
            return
        holder = conn.execute(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
            " AND (classid::bigint << 32) | objid::bigint = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [_LOCK_KEY],
        ).fetchone()
    raise RefusedError(
        f"another purge is at work in this database (backend pid {holder[0] if holder else 'unknown'})",
        hint="Wait until it ends, or stop it with Ctrl-C where it runs: the next run goes on from there.",
    )


def open_cursor(conn: Connection, run: Run, leaf: Leaf, run_pass: int) -> Cursor:
    """Return where the run stands in a leaf, starting the pass if it has not begun.

    The end of a pass is the size of the leaf when the pass starts; what other sessions append later is the next
    pass's.
    """
    row = conn.execute(
        "INSERT INTO minimize.purge_range AS r (run_id, relation, relation_name, pass, end_block)"
        " VALUES (%(run)s, %(oid)s, %(name)s, %(pass)s, pg_relation_size(%(oid)s) / current_setting('block_size')::int)"
        " ON CONFLICT (run_id, relation) DO UPDATE SET"
        " pass = greatest(r.pass, excluded.pass),"
        " next_block = CASE WHEN r.pass >= excluded.pass THEN r.next_block ELSE 0 END,"
        " end_block = CASE WHEN r.pass >= excluded.pass THEN r.end_block ELSE excluded.end_block END"
        " RETURNING relation, pass, next_block, end_block",
        {"run": run.run_id, "oid": leaf.oid, "name": str(leaf.name), "pass": run_pass},
    ).fetchone()
    assert row is not None
    return Cursor(*map(_integer, row))


def advance(conn: Connection, run: Run, cursor: Cursor, next_block: int, erased: Mapping[str, int]) -> None:
    """Move the cursor and add to the counters; call it inside the batch's transaction."""
    conn.execute(
        "UPDATE minimize.purge_range SET next_block = %s, updated_at = now() WHERE run_id = %s AND relation = %s",
        [next_block, run.run_id, cursor.relation],
    )
    if any(erased.values()):
        conn.execute(
            "INSERT INTO minimize.purge_count AS c (run_id, location, erased)"
            " SELECT %s, * FROM unnest(%s::text[], %s::bigint[])"
            " ON CONFLICT (run_id, location) DO UPDATE SET erased = c.erased + excluded.erased",
            [run.run_id, list(erased), list(erased.values())],
        )


def erased_so_far(conn: Connection, run: Run) -> dict[str, int]:
    """Return the values erased by the whole run, by location name."""
    rows = conn.execute("SELECT location, erased FROM minimize.purge_count WHERE run_id = %s", [run.run_id])
    return {str(name): _integer(count) for name, count in rows}


def finish_run(conn: Connection, run: Run) -> None:
    """Close the run; the next purge begins a new one."""
    conn.execute("UPDATE minimize.purge_run SET state = 'finished', ended_at = now() WHERE run_id = %s", [run.run_id])


def _integer(value: object) -> int:
    assert isinstance(value, int)
    return value
