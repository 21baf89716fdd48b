"""Turns a database URL into a connection string of libpq."""

from __future__ import annotations

import re

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from minimize.errors import UsageError

_APPLICATION = "minimize"
_CONNECT_TIMEOUT_SECONDS = 10


def conninfo(url: str | None) -> str:
    """Return the connection string of libpq for a URL. With None, libpq reads its own PG* variables.

    Accepts `postgresql://` and SQLAlchemy's `postgresql+psycopg://`.

    Raises:
        UsageError: It is not a PostgreSQL URL. The message does not repeat the URL, which may contain a password.
    """
    text = re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql://", url or "")
    try:
        given = conninfo_to_dict(text)
        if any("@" in str(given.get(part) or "") for part in ("host", "port", "dbname")):
            # The host would be the end of the password, and messages name the host.
            raise UsageError(
                "the database URL cannot be read: there is an @ after the host name",
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
                # A purge renders its statements to text once, for all its connections.
                "client_encoding": "UTF8",
            },
        )
    except psycopg.ProgrammingError:
        raise UsageError(
            "the database URL cannot be read", hint="Write it as postgresql://user@host:5432/database."
        ) from None
