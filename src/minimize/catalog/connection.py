"""Opens a connection and sets every setting of its session that a result depends on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import make_conninfo

from minimize.catalog.connection_failure import connection_failure
from minimize.catalog.database_url import conninfo
from minimize.errors import RefusedError

Connection = psycopg.Connection[tuple[object, ...]]

# row_security: off raises an error where a row-level security policy would hide rows, which would then count as clean.
# search_path: a predicate has the same meaning here as in the guard.
# Timeouts: every lock wait is bounded. Limits that were set for the application must not cancel the count of a large
# table or end an idle session (transaction_timeout exists from PostgreSQL 17 on).
# Isolation: under a stricter level the snapshot can be older than the locks, and a table that was truncated or
# rewritten during the lock wait looks empty.
# Keepalives: the server detects a lost client within a minute and releases its locks.
_SESSION_SETTINGS = (
    "SELECT set_config('row_security', 'off', false), set_config('search_path', 'pg_catalog', false),"
    " set_config('lock_timeout', '10s', false), set_config('statement_timeout', '0', false),"
    " set_config('idle_session_timeout', '0', false),"
    " set_config('default_transaction_isolation', 'read committed', false),"
    " set_config('default_transaction_deferrable', 'off', false),"
    " CASE WHEN current_setting('transaction_timeout', true) <> ''"
    " THEN set_config('transaction_timeout', '0', false) END,"
    " set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false),"
    " set_config('tcp_keepalives_count', '3', false)"
)

OLDEST_SERVER = 15
"""The oldest major version of PostgreSQL that the statements of minimize are written for."""

ROLE_SEARCH_PATH = (
    "SELECT set_config('search_path', (SELECT reset_val FROM pg_settings WHERE name = 'search_path'), true)"
)
"""Sets the search_path of the transaction to the one that the role has in other sessions."""


def connect(url: str | None) -> Connection:
    """Open an autocommit connection with the settings above.

    Raises:
        UsageError: The URL cannot be read.
        DatabaseError: The server does not respond or rejects the login.
        RefusedError: The server is older than PostgreSQL 15.
    """
    info = conninfo(url)
    try:
        conn = psycopg.connect(info, autocommit=True)
        require_supported(conn.info.server_version)
        conn.execute(_SESSION_SETTINGS)
    except psycopg.OperationalError as error:
        raise connection_failure(info, str(error)) from None
    return conn


def require_supported(server_version: int) -> None:
    """Refuse a server that is too old.

    Args:
        server_version: As libpq reports it, such as 150018 for PostgreSQL 15.18.

    Raises:
        RefusedError: It is older than PostgreSQL 15.
    """
    major = server_version // 10_000
    if major < OLDEST_SERVER:
        raise RefusedError(
            f"the server is PostgreSQL {major}, which is too old",
            hint=f"minimize needs PostgreSQL {OLDEST_SERVER} or later: connect to another server, or upgrade this one.",
        )


@contextmanager
def dry_transaction(conn: Connection) -> Iterator[None]:
    """Run the block in a read-only transaction that is rolled back, with names looked up in pg_catalog only."""
    with conn.transaction(force_rollback=True):
        conn.execute("SET TRANSACTION READ ONLY")
        conn.execute("SET LOCAL search_path = pg_catalog")
        yield


def integer(value: object) -> int:
    """Return a column value that is an integer."""
    assert isinstance(value, int)
    return value


def address_of(conn: Connection) -> str:
    """Return the connection string of an open connection. It includes the password: never show it."""
    return make_conninfo("", **{**conn.info.get_parameters(), "password": conn.info.password or None})
