"""Which version the state in schema minimize has, and whether this program can use it."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg import sql

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.errors import RefusedError
from minimize.sql import STATE_MIGRATIONS

CURRENT_VERSION = len(STATE_MIGRATIONS)
"""What this release reads and writes: the number of the last migration."""

NO_STATE = 0
"""No purge has begun in this database."""

UNVERSIONED = 1
"""The state of the release before there were versions. It has no version view."""

# pg_class is readable without any privilege on schema minimize.
_FIND_OBJECTS = """
SELECT coalesce(bool_or(relname = 'purge_run'), false), coalesce(bool_or(relname = 'state_version'), false)
FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'minimize')
"""
_FORMER_COLUMNS: Mapping[int, Mapping[str, str]] = {
    UNVERSIONED: {
        "backend_pid": "backend",
        "rows_carrying": "at_start",
        "rows_exempt": "exempt",
        "rows_held": "held",
        "rows_left": "remaining",
    },
}


def find_version(conn: Connection) -> int:
    """Return the version of the state; `NO_STATE` if there is none.

    Raises:
        MissingPrivilegeError: The role may not use schema minimize.
    """
    with translate_errors("reading the version of the state"):
        has_runs, is_versioned = conn.execute(_FIND_OBJECTS).fetchone() or (False, False)
        if is_versioned:
            row = conn.execute("SELECT version FROM minimize.state_version").fetchone()
            assert row is not None
            return integer(row[0])
    return UNVERSIONED if has_runs else NO_STATE


def require_known_version(conn: Connection) -> int:
    """Return the version of the state unless a later release wrote it.

    Raises:
        RefusedError: The version is newer than this program. Nothing was changed.
        MissingPrivilegeError: The role may not use schema minimize.
    """
    version = find_version(conn)
    if version > CURRENT_VERSION:
        raise RefusedError(
            f"the state in schema minimize is version {version}; this minimize reads up to {CURRENT_VERSION}",
            hint="Run the later release of minimize that wrote it, or upgrade this one; the state itself is intact.",
        )
    return version


def column(version: int, name: str) -> sql.Identifier:
    """Return the column that has this name in the current version, as it is called in another version."""
    return sql.Identifier(_FORMER_COLUMNS.get(version, {}).get(name, name))
