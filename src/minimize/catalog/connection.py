"""Connecting, and saying in our own words what the server objected to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors as pg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from minimize.errors import (
    DatabaseError,
    LockNotAvailableError,
    MinimizeError,
    MissingPrivilegeError,
    RefusedError,
    Rejection,
    RetiredFieldError,
    RowRefusedError,
    UsageError,
)
from minimize.locations.object_names import PROOF_PREFIX

Connection = psycopg.Connection[tuple[object, ...]]

RETIRED_FIELD = "MZ001"
PRECONDITION_NOT_MET = "MZ002"
_APPLICATION = "minimize"
_CONNECT_TIMEOUT_SECONDS = 10

# row_security: a row that a policy hides from us would count as clean; so it is an error instead. search_path: a
# predicate means the same to us as to the guard. Locks are never waited for without bound, and neither a count of a
# large table nor a session that waits is cut short by a limit that was meant for the application (PostgreSQL 17 and
# later have one for transactions). Isolation: under a stricter one the snapshot is older than the locks, and a table
# that was emptied or rewritten while they were waited for looks empty.
# Keepalives: the server, too, finds out within a minute that the other end is gone, and releases what that held.
_SESSION = (
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


ROLE_SEARCH_PATH = (
    "SELECT set_config('search_path', (SELECT reset_val FROM pg_settings WHERE name = 'search_path'), true)"
)
"""Gives the transaction the search_path that the role has in other sessions."""


def conninfo(url: str | None) -> str:
    """Return libpq's connection string for a URL; None leaves everything to libpq's own PG* variables.

    Accepts `postgresql://` and SQLAlchemy's `postgresql+psycopg://`.

    Raises:
        UsageError: It is no PostgreSQL URL. The URL itself is not repeated, since it may hold a password.
    """
    text = re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql://", url or "")
    try:
        given = conninfo_to_dict(text)
        if any("@" in str(given.get(part) or "") for part in ("host", "port", "dbname")):
            # The server's name would be the tail of the password, and go into messages.
            raise UsageError(
                "the database URL cannot be read: there is an @ after the server's name",
                hint="Write @, / and : in a password as %40, %2F and %3A.",
            )
        return make_conninfo(
            "",
            **{
                "application_name": _APPLICATION,
                "connect_timeout": _CONNECT_TIMEOUT_SECONDS,
                "keepalives_idle": 30,
                "keepalives_interval": 10,
                "keepalives_count": 3,
                "tcp_user_timeout": 60_000,
                **given,
                # The statements of a purge are spelled in it once, for every connection.
                "client_encoding": "UTF8",
            },
        )
    except psycopg.ProgrammingError:
        raise UsageError(
            "the database URL cannot be read", hint="Write it as postgresql://user@host:5432/database."
        ) from None


def connect(url: str | None) -> Connection:
    """Open an autocommit connection.

    Raises:
        UsageError: The URL cannot be read.
        DatabaseError: The server does not answer or does not let us in.
    """
    info = conninfo(url)
    try:
        conn = psycopg.connect(info, autocommit=True)
        conn.execute(_SESSION)
    except psycopg.OperationalError as error:
        raise _cannot_connect(info, str(error)) from None
    return conn


def integer(value: object) -> int:
    """Return a value that a query yields as an integer."""
    assert isinstance(value, int)
    return value


def address_of(conn: Connection) -> str:
    """Return what `connect` needs to connect to the same place again, password included: not to be shown."""
    return make_conninfo("", **{**conn.info.get_parameters(), "password": conn.info.password or None})


def _cannot_connect(info: str, reason: str) -> DatabaseError:
    given = conninfo_to_dict(info)
    # With several addresses tried, the last one is what became of them all.
    attempts = re.findall(r"connection to server (?:at|on) (.+?) failed: (.+)", reason)
    where, why = attempts[-1] if attempts else (str(given.get("host", "the server")), reason.strip().split("\n")[-1])
    where = f"{where}, database {given.get('dbname', '(default)')}"
    why = why.removeprefix("FATAL:").strip()
    return DatabaseError(
        f"could not connect to {where}: {why}",
        hint="Check --database-url (or MINIMIZE_DATABASE_URL), the password and that the server accepts connections.",
    )


@contextmanager
def translate_errors(doing: str, *, passing: tuple[type[psycopg.Error], ...] = ()) -> Iterator[None]:
    """Turn a driver error inside the block into one of ours that holds no value of a row.

    Args:
        doing: What was being done, for the message: "counting core.application".
        passing: Errors that the caller deals with itself.
    """
    try:
        yield
    except passing:
        raise
    except psycopg.Error as error:
        raise translate(error, doing) from None


def translate(error: psycopg.Error, doing: str) -> MinimizeError:
    """Map a driver error to ours by its SQLSTATE.

    The server's message and DETAIL are left out wherever they may quote a value; names and the SQLSTATE stay.
    """
    diag = error.diag
    if error.sqlstate == RETIRED_FIELD:
        return RetiredFieldError(
            diag.message_primary or "a retired field was written",
            hint=diag.message_hint or "Leave the field out of the statement.",
            rejection=Rejection(diag.schema_name, diag.table_name, diag.column_name),
        )
    if error.sqlstate == PRECONDITION_NOT_MET:
        return RefusedError(diag.message_primary or "a precondition is not met", hint=diag.message_hint or "")
    if isinstance(error, pg.LockNotAvailable | pg.ReadOnlySqlTransaction | pg.InsufficientPrivilege):
        return _not_now(error, doing)
    if error.sqlstate is None or isinstance(error, pg.AdminShutdown | pg.CrashShutdown | pg.CannotConnectNow):
        return DatabaseError(
            f"{doing}: the connection to the server was lost",
            hint="When the server is back, run it again: it goes on where it was.",
        )
    if isinstance(error, pg.CheckViolation) and (diag.constraint_name or "").startswith(PROOF_PREFIX):
        return RowRefusedError(
            f"{doing}: rows carry the value again, against {diag.schema_name}.{diag.table_name}.{diag.constraint_name}",
            hint="They were written after the count: `minimize guard check` may say what let them in; purge again.",
        )
    hint = _HINTS.get(error.sqlstate) or _HINTS.get(error.sqlstate[:2], "Run it again with -vv for the full trace.")
    return DatabaseError(f"{doing}: {describe_error(error)}", hint=hint)


def _not_now(error: psycopg.Error, doing: str) -> MinimizeError:
    diag = error.diag
    if isinstance(error, pg.ReadOnlySqlTransaction):
        return RefusedError(
            f"{doing}: this server is read-only",
            hint="Connect to the primary, not to a standby or a read-only session.",
        )
    if isinstance(error, pg.InsufficientPrivilege):
        return MissingPrivilegeError(
            f"{doing}: {safe_message(error)}",
            hint="Run it as the owner of the tables, or have the privilege granted.",
        )
    # minimize.lock_tables_v1 says who is in the way; PostgreSQL's own message does not.
    if diag.message_hint:
        return LockNotAvailableError(diag.message_primary or "", hint=diag.message_hint)
    return LockNotAvailableError(
        f"{doing}: a lock was not granted in time",
        hint="Nothing was changed: run it again when the table is quieter.",
    )


_HINTS = {
    "22": "A predicate of the policy fails on the contents of a row: make it safe for every row.",
    "P0": "A trigger or a rule of its own refuses the row: let it pass, or --triggers=suppress.",
    "57": "Somebody or a limit cancelled it: run it again, it goes on where it was.",
    "23": "A constraint asks for the value: drop or relax it in an earlier revision.",
    "23514": "It refuses the row without the value, or as it was before (NOT VALID): relax it or correct the row.",
    "42": "Compare the policy with the database: `minimize policy check` names what does not fit.",
    "53": "Give the server room (disk, memory, connections), then run it again: it goes on where it was.",
}


def describe_error(error: psycopg.Error) -> str:
    """Return what the server has said, as far as that cannot quote a value: its kind, its code, and names."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__).lower()
    diag = error.diag
    names = [n for n in (diag.schema_name, diag.table_name, diag.column_name, diag.constraint_name) if n]
    raised = re.match(r"PL/pgSQL function (.+) line \d+ at RAISE", diag.context or "")
    place = ".".join(names) or (raised[1] if raised else "")
    # Class 42 is about names and syntax, never about the contents of rows.
    is_told = (error.sqlstate or "").startswith("42") and not _is_foreign(error)
    detail = f": {diag.message_primary}" if is_told else ""
    return f"{words} ({error.sqlstate}){f' in {place}' if place else ''}{detail}"


def safe_message(error: psycopg.Error) -> str:
    """Return the server's message about a statement of ours, or what `describe` does of one from a function of others.

    A trigger, or a function that a predicate calls, may put the contents of a row into any message.
    """
    return describe_error(error) if _is_foreign(error) else error.diag.message_primary or f"SQLSTATE {error.sqlstate}"


def _is_foreign(error: psycopg.Error) -> bool:
    """Whether the error comes from within a function that is not ours."""
    return bool(re.search(r'function "?(?!inline_code_block|minimize\.)', error.diag.context or ""))
