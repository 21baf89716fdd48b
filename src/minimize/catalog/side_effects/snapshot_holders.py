"""Finds what retains WAL or old row versions during a purge: replication slots, transactions, sessions."""

from __future__ import annotations

from collections.abc import Iterator

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.side_effect import SideEffect

OLD_SECONDS = 60
"""A transaction that has been open longer than this is reported."""

_SLOTS = """
SELECT slot_name::text, slot_type || coalesce(', ' || plugin, ''), active,
       pg_size_pretty(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                                           ELSE pg_current_wal_lsn() END, restart_lsn)),
       coalesce(wal_status, 'unknown'), current_setting('max_slot_wal_keep_size')
FROM pg_replication_slots
WHERE restart_lsn IS NOT NULL AND coalesce(wal_status, '') <> 'lost'
  AND (NOT active OR slot_type = 'logical' AND database = current_database())
ORDER BY 1
"""
_PREPARED = """
SELECT gid, owner::text, date_trunc('second', clock_timestamp() - prepared)::text FROM pg_prepared_xacts
WHERE database = current_database() ORDER BY prepared
"""
_SESSIONS = """
SELECT format('pid %%s (%%s%%s)', pid, coalesce(usename || ', ', ''),
              coalesce(nullif(application_name, ''), backend_type)),
       date_trunc('second', clock_timestamp() - xact_start)::text
FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'
  AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
  AND xact_start < clock_timestamp() - make_interval(secs => %s) ORDER BY xact_start LIMIT 3
"""


def sees_all_sessions(conn: Connection) -> bool:
    """Return whether the role can read the activity of the sessions of other users."""
    with translate_errors("checking for pg_read_all_stats"):
        row = conn.execute("SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')").fetchone()
    return bool(row and row[0])


def find_holders(conn: Connection) -> Iterator[SideEffect]:
    """Yield what currently retains WAL or row versions. It does not stop a purge, but makes it slower or larger."""
    with translate_errors("reading slots and open transactions"):
        slots = conn.execute(_SLOTS).fetchall()
        prepared = conn.execute(_PREPARED).fetchall()
        sessions = conn.execute(_SESSIONS, [OLD_SECONDS]).fetchall()
    for slot in slots:
        yield _slot(*slot)
    for gid, owner, age in prepared:
        yield SideEffect(
            object=f"prepared transaction {gid}",
            what=f"of {owner} has been open for {age} and keeps old row versions and its locks",
            hint="End it with COMMIT PREPARED or ROLLBACK PREPARED first.",
            refuses=False,
        )
    for session, age in sessions:
        yield SideEffect(
            object=f"session {session}",
            what=f"has had a transaction open for {age}, which keeps old row versions: the cascade would wait for it",
            hint="Wait until it ends, or terminate it.",
            refuses=False,
        )
    if not sees_all_sessions(conn):
        yield SideEffect(
            object="open transactions of other roles",
            what="are not checked: this role cannot see them",
            hint="GRANT pg_read_all_stats to this role.",
            refuses=False,
        )


def _slot(name: object, kind: object, is_active: object, behind: object, status: object, limit: object) -> SideEffect:
    if is_active:
        return SideEffect(
            object=f"slot {name} ({kind})",
            what=f"decodes the writes of the purge; its consumer is {behind} of WAL behind (WAL {status})",
            hint="Monitor it: the limit `lag` makes the purge wait for it.",
            refuses=False,
        )
    return SideEffect(
        object=f"slot {name} ({kind})",
        what=f"has no consumer: the server retains all WAL of the purge for it, and {behind} already (WAL {status})",
        hint="Connect its consumer, or drop the slot if it is unused; max_slot_wal_keep_size limits what it retains"
        f" (now {'unlimited' if limit == '-1' else limit}).",
        refuses=False,
    )
