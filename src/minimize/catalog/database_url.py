"""Turns a database URL into a connection string of libpq."""

from __future__ import annotations

import re

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from minimize.errors import UsageError

_APPLICATION = "minimize"
_CONNECT_TIMEOUT_SECONDS = 10
_LAST_PORT = 65535

_POSTGRESQL = re.compile(r"postgres(?:ql)?(?:\+(?P<driver>[a-z][a-z0-9_]*))?://", re.IGNORECASE)
_OTHER_SCHEMES = frozenset(
    (
        *("mysql", "mariadb", "sqlite", "oracle", "mssql", "sqlserver", "db2", "mongodb", "redis", "cockroachdb"),
        *("http", "https", "tcp", "file", "pgsql", "psql", "pg", "jdbc"),
    )
)
"""Schemes that a message may repeat: an unknown one could be the beginning of a password."""

_DRIVER_ONLY = frozenset(("prepared_statement_cache_size", "prepared_statement_name_func", "async_fallback"))
"""Parameters of SQLAlchemy's drivers that do not change what is connected to."""

_HINT = "Write it as postgresql://user@host:5432/database; in a password write @, /, : and % as %40, %2F, %3A and %25."


def conninfo(url: str | None) -> str:
    """Return the connection string of libpq for a URL. With None, libpq reads its own PG* variables.

    Accepts `postgresql://`, `postgres://`, SQLAlchemy's URLs with the name of any driver, such as
    `postgresql+asyncpg://`, and the keywords of libpq: `host=… dbname=…`.

    Raises:
        UsageError: It is not a PostgreSQL URL. The message names the part that is wrong. It does not repeat any part of
            the URL, which may contain a password.
    """
    text = _as_libpq_url(url or "")
    try:
        given = conninfo_to_dict(text)
        if any("@" in str(given.get(part) or "") for part in ("host", "port", "dbname")):
            # The host would be the end of the password, and messages name the host.
            raise UsageError(
                "the database URL cannot be read: there is an @ after the host name",
                hint="Write @, / and : in a password as %40, %2F and %3A.",
            )
        if not all(map(_is_port, str(given.get("port") or "").split(","))):
            # The port is not repeated: it may be a part of the password.
            raise UsageError(
                "the database URL cannot be read: the port is not a number from 1 to 65535",
                hint=_HINT,
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
        problem = _find_url_problem(text)
        raise UsageError(f"the database URL cannot be read{problem and f': {problem}'}", hint=_HINT) from None


def _is_port(text: str) -> bool:
    """Whether libpq accepts this as a port; it replaces an empty one by the default."""
    port = text.strip()
    return not port or (bool(re.fullmatch(r"\+?0*[0-9]{1,5}", port, re.ASCII)) and 1 <= int(port) <= _LAST_PORT)


def _as_libpq_url(url: str) -> str:
    """Return a URL as libpq reads it: without the name of a driver, and with libpq's names of parameters.

    Anything else is returned unchanged.
    """
    scheme = _POSTGRESQL.match(url)
    if scheme is None:
        return url
    rest = url[scheme.end() :]
    address, mark, query = rest.rpartition("?")
    if scheme["driver"] is None or not mark or "@" in query:
        return f"postgresql://{rest}"
    kept = [_as_libpq_parameter(each) for each in query.split("&") if each.partition("=")[0] not in _DRIVER_ONLY]
    return f"postgresql://{address}{'?' if kept else ''}{'&'.join(kept)}"


def _as_libpq_parameter(parameter: str) -> str:
    """Rename `ssl` of asyncpg, which takes the values of libpq's `sslmode`."""
    name, equals, value = parameter.partition("=")
    return f"sslmode{equals}{'require' if value == 'true' else value}" if name == "ssl" else parameter


def _find_url_problem(url: str) -> str:
    """Return which part of a URL libpq cannot read, as far as that is known; an empty text otherwise."""
    scheme = url.partition(":")[0].partition("+")[0].lower()
    if scheme in _OTHER_SCHEMES:
        return f"it begins with {scheme}:, which is not a scheme of PostgreSQL"
    if "://" not in url:
        return "it does not begin with postgresql://"
    if re.search(r"%(?![0-9A-Fa-f]{2})", url):
        return "a % is not followed by two hexadecimal digits"
    if "[" in url and "]" not in url:
        return "the ] of an IPv6 address is missing"
    if "?" in url:
        return "a parameter after the ? is not one of libpq"
    return ""
