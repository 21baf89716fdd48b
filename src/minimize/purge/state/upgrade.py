"""Bring the state in schema minimize to the version of this program, with numbered migrations."""

from __future__ import annotations

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.errors import MissingPrivilegeError
from minimize.purge.state.version import CURRENT_VERSION, NO_STATE, require_known_version
from minimize.sql import STATE_MIGRATIONS, lock_tables, read_state_migration
from minimize.sql.install import install

# Not the key of the purge lock: that one is held by the session, this one by the transaction.
_UPGRADE_LOCK_KEY = 0x6D696E5F75706772  # "min_upgr"
_TABLES = [sql.Literal(f"minimize.{name}") for name in ("purge_run", "purge_found", "purge_range", "purge_count")]
# PostgreSQL 15 has no privilege SET of a role: there, every member may SET ROLE.
_OWNER = """
SELECT rolname, relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user),
  CASE WHEN current_setting('server_version_num')::int >= 160000
    THEN pg_has_role(relowner, 'SET') ELSE pg_has_role(relowner, 'MEMBER') END
FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner WHERE pg_class.oid = 'minimize.purge_run'::regclass
"""
# A view, not a row: a dump without data keeps it, and two processes cannot both insert it. A role that may read the
# state tables may read the version, too.
_SET_VERSION = sql.SQL("CREATE OR REPLACE VIEW minimize.state_version AS SELECT {} AS version")
_DESCRIBE_VERSION = (
    "COMMENT ON VIEW minimize.state_version IS 'Version of the purge state: the last migration that was applied'"
)
_GRANT_VERSION = "GRANT SELECT ON minimize.state_version TO PUBLIC"


def upgrade_state(conn: Connection, *, lock_attempts: int = 10) -> int:
    """Create the state or upgrade it, and return the version that it had.

    All migrations are one transaction: a process killed meanwhile leaves the version and the tables as they were. Two
    processes may start at once; the second waits up to lock_timeout for the first and then has nothing to do. Call it
    with the database's purge lock, so that no process of an earlier release is at work.

    Args:
        conn: A connection outside a transaction.
        lock_attempts: How often to try to lock the tables, for one second each.

    Raises:
        RefusedError: The state is newer than this program. Nothing was changed.
        MissingPrivilegeError: The role may not create schema `minimize`, or does not own the tables to upgrade.
        LockNotAvailableError: Another session uses the tables or upgrades them.
    """
    require_known_version(conn)
    with translate_errors("preparing schema minimize"), conn.transaction():
        conn.execute("SELECT pg_advisory_xact_lock(%s)", [_UPGRADE_LOCK_KEY])
        for statement in install():
            conn.execute(statement)
        # Again: another process may have upgraded the state before this one had the lock.
        version_before = require_known_version(conn)
        if version_before != CURRENT_VERSION:
            _migrate(conn, version_before, lock_attempts)
    return version_before


def _migrate(conn: Connection, version_before: int, lock_attempts: int) -> None:
    if version_before != NO_STATE:
        _become_owner(conn, version_before)
        conn.execute(lock_tables(_TABLES, attempts=lock_attempts))
    for name in STATE_MIGRATIONS[version_before:]:
        conn.execute(read_state_migration(name))
    conn.execute(_SET_VERSION.format(sql.Literal(CURRENT_VERSION)))
    conn.execute(_DESCRIBE_VERSION)
    conn.execute(_GRANT_VERSION)


def require_usable_state(conn: Connection) -> None:
    """Check, without changing anything, that a purge can use the state or may upgrade it.

    Raises:
        RefusedError: The state is newer than this program.
        MissingPrivilegeError: The state is older, and the role does not own its tables.
    """
    version = require_known_version(conn)
    if NO_STATE < version < CURRENT_VERSION:
        with translate_errors("reading the owner of the state"):
            _find_owner(conn, version)


def _become_owner(conn: Connection, version_before: int) -> None:
    """Act as the owner of the tables until the transaction ends, so that one role owns all of the state."""
    owner, is_owner = _find_owner(conn, version_before)
    if not is_owner:
        conn.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(owner)))


def _find_owner(conn: Connection, version_before: int) -> tuple[str, bool]:
    """Return the owner of the tables, and whether it is this role."""
    owner, is_owner, may_become = conn.execute(_OWNER).fetchone() or ("", False, False)
    if not is_owner and not may_become:
        raise MissingPrivilegeError(
            f"the state in schema minimize is version {version_before}, and this minimize needs version"
            f" {CURRENT_VERSION}: only {owner}, the owner of its tables, may upgrade it",
            hint=f"Run `minimize purge` once as {owner} or as a role that may SET ROLE {owner}.",
        )
    return str(owner), bool(is_owner)
