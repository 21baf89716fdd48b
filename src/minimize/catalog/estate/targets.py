"""Which databases a call is for, where each is, and which of them share a server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from minimize.catalog.connection import Connection, address_of, connect
from minimize.catalog.database_url import conninfo
from minimize.catalog.error_translation import translate_errors
from minimize.errors import DatabaseError, PolicyError, Problem, UsageError
from minimize.locations import load_policy
from minimize.policy import Database, Mistake, Policy, did_you_mean, mistaken

PolicySource = Policy | str | os.PathLike[str]
"""A policy, or the path of its file."""

DatabaseSource = str | psycopg.Connection[Any]
"""A URL, or an open connection, of which only the address and the password are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One database to connect to."""

    id: str | None
    """Its id in the policy; None for the one database of a URL, of a connection, or of libpq's PG* variables."""
    server: str
    """Label of its server: databases with the same label are never worked on at the same time."""
    origin: str | None = None
    """What gives the URL, for messages: a variable, or the policy."""
    url: str | None = field(repr=False)

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """Open the database and close it at the end.

        Raises:
            DatabaseError: The server does not answer or does not let us in.
        """
        try:
            conn = connect(self.url)
        except DatabaseError as error:
            if self.origin is None:
                raise
            raise DatabaseError(
                error.message, hint=f"Check {self.origin}, the password and that the server accepts connections."
            ) from None
        with conn:
            yield conn


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What a connection is connected to, and as which role."""

    host: str
    port: int
    database: str
    role: str

    def __str__(self) -> str:
        return f"host {self.host}, port {self.port}, database {self.database}, role {self.role}"


def read_address(conn: Connection) -> Address:
    """Return what a connection is connected to; the role is the one whose privileges are in force."""
    with translate_errors("reading the role"):
        row = conn.execute("SELECT current_user").fetchone()
    assert row
    return Address(host=conn.info.host or "local", port=conn.info.port, database=conn.info.dbname, role=str(row[0]))


def open_policy(policy: PolicySource) -> Policy:
    """Return a policy, read from its file where its path is given.

    Raises:
        UsageError: It is neither a policy nor a path.
        PolicyError: The file cannot be read, or is not a sound policy.
    """
    return policy if isinstance(policy, Policy) else load_policy(policy)


def choose_targets(
    policy: PolicySource, database: DatabaseSource | None, databases: Sequence[str] = ()
) -> tuple[Policy, tuple[Target, ...]]:
    """Return the policy, and the databases that a call is for; connects to none.

    Args:
        policy: The policy, or the path of its file.
        database: One database: then the policy's own databases are not used.
        databases: Ids of [[database]] entries of the policy. Without them and without `database`: all entries; of a
            policy without entries, the database of libpq's PG* variables.

    Raises:
        UsageError: `database` and `databases` are both given, an argument has the wrong type, an id is unknown, or the
            URL cannot be read.
        DatabaseError: `database` is a connection that is closed.
        PolicyError: The policy cannot be read, a variable of an entry is missing, or its URL cannot be read.
    """
    found = open_policy(policy)
    if database is not None and databases:
        raise UsageError(
            "a database URL and ids of databases of the policy exclude each other",
            hint="Leave one out. On the command line these are --database-url, MINIMIZE_DATABASE_URL or DATABASE_URL,"
            " and --database.",
        )
    if isinstance(databases, str):
        raise UsageError(
            f"databases is the text {databases!r}, not a list of ids", hint=f"Write databases=[{databases!r}]."
        )
    if database is None and (databases or found.databases):
        path = None if isinstance(policy, Policy) else Path(policy)
        return found, find_targets(found, path, databases, os.environ)
    url = _read_url(database)
    conninfo(url)
    return found, (Target(id=None, server="", url=url),)


def _read_url(database: DatabaseSource | None) -> str | None:
    if isinstance(database, psycopg.Connection):
        if database.closed:
            raise DatabaseError(
                "the connection that was passed is closed", hint="Pass an open connection, or the URL of the database."
            )
        return address_of(database)
    if database is None or isinstance(database, str):
        return database
    raise UsageError(
        f"the database is given as {type(database).__name__}, which is not accepted",
        hint="Pass a URL as str, or an open psycopg.Connection. An Engine of SQLAlchemy gives its URL with"
        " engine.url.render_as_string(hide_password=False).",
    )


def find_targets(
    policy: Policy, path: Path | None, only: Sequence[str], environment: Mapping[str, str]
) -> tuple[Target, ...]:
    """Return the policy's databases, in the order of the policy; connects to none.

    Args:
        policy: The policy that `path` holds.
        path: Its file, for messages; None where there is none.
        only: Ids of databases; all of them if it is empty.
        environment: The environment variables, for `url_env`.

    Raises:
        UsageError: The policy has no database with such an id.
        PolicyError: A variable is missing or holds no URL, or a URL cannot be read.
    """
    known = [database.id for database in policy.databases]
    for name in only:
        if name not in known:
            listed = f"Databases here: {', '.join(known)}." if known else "It has no [[database]]."
            raise UsageError(f"policy {policy.id} has no database {name}", hint=did_you_mean(name, known) + listed)
    wanted = [(i, database) for i, database in enumerate(policy.databases) if not only or database.id in only]
    found = [_find(database, index, environment) for index, database in wanted]
    if mistakes := [each for each in found if isinstance(each, Mistake)]:
        raise _policy_error(path, mistakes)
    return tuple(each for each in found if isinstance(each, Target))


def _find(database: Database, index: int, environment: Mapping[str, str]) -> Target | Mistake:
    key = "url" if database.url_env is None else "url_env"
    place = ("database", index, key)
    url = database.url if database.url_env is None else environment.get(database.url_env)
    if not url:
        return Mistake(
            place,
            f"the environment variable {database.url_env} is not set",
            f"Set {database.url_env} to the URL of database {database.id}, or choose other databases (--database).",
        )
    try:
        host = _server(url, environment)
    except UsageError as error:
        where = database.url_env or "it"
        return Mistake(place, f"{where} holds no URL that can be read", error.hint)
    return Target(
        id=database.id,
        server=database.server or host or database.id,
        origin=database.url_env or "the url of the policy",
        url=url,
    )


def _policy_error(path: Path | None, mistakes: Sequence[Mistake]) -> PolicyError:
    if path is not None:
        return mistaken(path, mistakes)
    return PolicyError.from_problems([Problem(each.what, each.hint) for each in mistakes])


def _server(url: str, environment: Mapping[str, str]) -> str | None:
    """Return host and port as libpq reads them; None where a service file has them."""
    given = conninfo_to_dict(conninfo(url))
    host = given.get("host") or given.get("hostaddr") or environment.get("PGHOST")
    if host is None and (given.get("service") or environment.get("PGSERVICE")):
        return None
    port = given.get("port") or environment.get("PGPORT") or 5432
    return f"{str(host or 'local').lower()}:{port}"
