"""Explains why a connection could not be opened, from the message of libpq."""

from __future__ import annotations

import re

from psycopg.conninfo import conninfo_to_dict

from minimize.errors import DatabaseError


def connection_failure(info: str, reason: str) -> DatabaseError:
    """Return the error for a failed attempt to connect.

    This is the only place that parses a message. A failed connection has no diagnostics and no SQLSTATE: libpq
    reports the address and the reason as text only.

    Args:
        info: The connection string that was used.
        reason: The message of libpq.
    """
    given = conninfo_to_dict(info)
    # libpq reports one line per address that it tried; show the last one.
    attempts = re.findall(r"connection to server (?:at|on) (.+?) failed: (.+)", reason)
    where, why = attempts[-1] if attempts else (str(given.get("host", "the server")), reason.strip().split("\n")[-1])
    where = f"{where}, database {given.get('dbname', '(default)')}"
    why = why.removeprefix("FATAL:").strip()
    return DatabaseError(
        f"could not connect to {where}: {why}",
        hint="Check the database URL (on the command line --database-url or MINIMIZE_DATABASE_URL), the password and"
        " that the server accepts connections.",
    )
