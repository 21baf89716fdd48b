"""What keeps WAL or old row versions, and so makes a purge cost more than it should: slots, transactions, sessions."""

from __future__ import annotations

from collections.abc import Iterator

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.side_effect import SideEffect

OLD_SECONDS = 60
"""A transaction that has been open for longer is told; shorter ones are over before they matter."""

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
    """Whether the role is shown what other users' sessions do and hold."""
    with translate_errors("asking for pg_read_all_stats"):
        row = conn.execute("SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')").fetchone()
    return bool(row and row[0])


def find_holders(conn: Connection) -> Iterator[SideEffect]:
    """Yield what keeps WAL or row versions now. None of it stops a purge; each makes it dearer or slower."""
    with translate_errors("reading slots and open transactions"):
        slots = conn.execute(_SLOTS).fetchall()
        prepared = conn.execute(_PREPARED).fetchall()
        sessions = conn.execute(_SESSIONS, [OLD_SECONDS]).fetchall()
    for slot in slots:
        yield _slot(*slot)
    for gid, owner, age in prepared:
        yield SideEffect(
            f"prepared transaction {gid}",
            f"of {owner} has been open for {age} and keeps old row versions and its locks",
            "COMMIT PREPARED or ROLLBACK PREPARED it first.",
            refuses=False,
        )
    for who, age in sessions:
        yield SideEffect(
            f"session {who}",
            f"has had a transaction open for {age}, which keeps old row versions: the cascade would wait for it",
            "Let it end, or end it.",
            refuses=False,
        )
    if not sees_all_sessions(conn):
        yield SideEffect(
            "open transactions of other roles",
            "are not checked: this role cannot see them",
            "GRANT pg_read_all_stats to it.",
            refuses=False,
        )


def _slot(name: object, kind: object, is_active: object, behind: object, status: object, most: object) -> SideEffect:
    if is_active:
        return SideEffect(
            f"slot {name} ({kind})",
            f"decodes what the purge writes; its reader is {behind} of WAL behind (WAL {status})",
            "Watch it: limit `lag` makes the purge wait for readers.",
            refuses=False,
        )
    return SideEffect(
        f"slot {name} ({kind})",
        f"has no reader: the server keeps all WAL of the purge for it; it keeps {behind} already (WAL {status})",
        "Connect its reader, or drop the slot if nobody needs it; max_slot_wal_keep_size bounds what it keeps"
        f" (now {'without bound' if most == '-1' else most}).",
        refuses=False,
    )
