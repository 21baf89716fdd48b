"""Name the sessions that hold locks on a relation, for messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.tables import Leaf

_HOLDERS = """
SELECT format('pid %%s (%%s, %%s%%s)', pid, coalesce(nullif(application_name, ''), backend_type),
              coalesce(state, 'state not visible'),
              coalesce(', transaction open for ' || date_trunc('second', clock_timestamp() - xact_start), ''))
FROM pg_stat_activity
WHERE pid <> ALL (%s) AND EXISTS (
  SELECT FROM pg_locks AS l WHERE l.pid = pg_stat_activity.pid AND l.relation = %s AND l.granted
    AND (l.mode <> 'AccessShareLock' OR %s)
    AND (l.mode = ANY ('{ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}') OR NOT %s)
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
ORDER BY xact_start LIMIT 3
"""


# Reading needs only ACCESS SHARE, which conflicts with no lock but ACCESS EXCLUSIVE.
_EXCLUSIVE = """
SELECT format('pid %%s (%%s, %%s) holds ACCESS EXCLUSIVE on %%s', pid,
              coalesce(nullif(application_name, ''), backend_type), coalesce(state, 'state not visible'),
              l.relation::regclass)
FROM pg_locks AS l JOIN pg_stat_activity USING (pid)
WHERE l.granted AND l.mode = 'AccessExclusiveLock' AND l.locktype = 'relation' AND pid <> ALL (%s)
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND EXISTS (SELECT FROM pg_class AS c WHERE c.oid = l.relation AND c.relkind IN ('r', 'p') AND relpersistence <> 't')
ORDER BY xact_start LIMIT 3
"""


def describe_exclusive(conn: Connection, own: Sequence[int]) -> str:
    """Return `: pid 123 (app, active) holds ACCESS EXCLUSIVE on core.legal_hold` for any table; empty if none.

    Args:
        conn: A connection.
        own: Backend pids of this purge, which are left out.
    """
    with translate_errors("reading the locks of other sessions"):
        names = [str(name) for (name,) in conn.execute(_EXCLUSIVE, [list(own)])]
    return f": {', '.join(names)}" if names else ""


def describe_blockers(
    conn: Connection, leaf: Leaf, own: Sequence[int], *, with_readers: bool = False, of_table: bool = False
) -> str:
    """Return `: pid 123 (app, idle in transaction, ...)` for the sessions that hold locks on a leaf; empty if none.

    Args:
        conn: A connection.
        leaf: The leaf.
        own: Backend pids of this purge, which are left out.
        with_readers: Whether to include sessions that only read.
        of_table: Whether to include only sessions whose lock blocks all writers.
    """
    with translate_errors(f"reading the locks on {leaf.name}"):
        names = [str(name) for (name,) in conn.execute(_HOLDERS, [list(own), leaf.oid, with_readers, of_table])]
    return f": {', '.join(names)}" if names else ""


def describe_locked_leaves(conn: Connection, leaves: Iterable[Leaf], own: Sequence[int]) -> list[str]:
    """Return a note for each leaf on which others hold locks, after passes that could not erase any row."""
    described = [(leaf.name, describe_blockers(conn, leaf, own)) for leaf in leaves]
    return [f"{name}: rows were locked all the time{blockers}" for name, blockers in described if blockers]
