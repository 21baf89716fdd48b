"""Databases and roles of one test: made from templates, dropped afterwards."""

from __future__ import annotations

import itertools
import os
import secrets
from collections.abc import Callable, Iterator
from typing import LiteralString
from urllib.parse import quote, urlsplit

import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.server_run import Run, Server

_numbers = itertools.count(1)


def _new_name(server: Server) -> str:
    """Return a name that no other process of the run gives out."""
    return f"{server.prefix}_{os.getpid()}_{next(_numbers)}"


@pytest.fixture
def new_database(server: Server) -> Iterator[Callable[[str], str]]:
    """Give a function that copies a database, by its full name; the copies are dropped afterwards."""
    names: list[str] = []

    def create(source: str) -> str:
        names.append(_new_name(server))
        return server.create_database(names[-1], template=source)

    yield create
    for name in names:
        server.drop_database(name)


@pytest.fixture
def database(new_database: Callable[[str], str]) -> str:
    """Give the URL of an empty database."""
    return new_database("template0")


@pytest.fixture(scope="session")
def template(server: Server, run: Run) -> Callable[[str, Callable[[str], None]], str]:
    """Give a function that builds a template database once per run and server, and returns its name.

    `build` is called with the URL of an empty database and leaves no connection open.
    """

    def make(name: str, build: Callable[[str], None]) -> str:
        full_name = _template_name(server, name)
        with run.lock(f"template-{server.version}-{name}") as done:
            if not done.exists():
                try:
                    build(server.create_database(full_name))
                except BaseException:
                    server.drop_database(full_name)
                    raise
                _close(server, full_name)
                done.touch()
        return name

    return make


@pytest.fixture
def clone(server: Server, new_database: Callable[[str], str]) -> Callable[[str], str]:
    """Give a function that returns the URL of a copy of a template."""

    def copy(name: str) -> str:
        return new_database(_template_name(server, name))

    return copy


@pytest.fixture
def role(server: Server) -> Iterator[Callable[..., str]]:
    """Give a function that makes a login role, no superuser, and returns a database's URL for it.

    `role(url, "CREATEDB", "REPLICATION")`: what follows the URL is added to CREATE ROLE.
    """
    names: list[str] = []

    def create(url: str, *attributes: LiteralString) -> str:
        name, password = _new_name(server), secrets.token_hex(8)
        statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} {}").format(
            sql.Identifier(name), sql.Literal(password), sql.SQL(" ").join(map(sql.SQL, attributes))
        )
        with server.connect() as conn:
            conn.execute(statement)
        names.append(name)
        return with_user(url, name, password)

    yield create
    for name in names:
        server.drop_role(name)


def with_user(url: str, name: str, password: str) -> str:
    """Return a URL for another user."""
    parts = urlsplit(url)
    address = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{name}:{password}@{address}").geturl()


def with_options(url: str, options: str) -> str:
    """Return a URL whose sessions start with these options, such as `-c name=value`."""
    return f"{url}{'&' if '?' in url else '?'}options={quote(options)}"


def database_of(url: str) -> str:
    """Return the name of a URL's database, which a socket directory may follow."""
    return str(conninfo_to_dict(url)["dbname"])


def _template_name(server: Server, name: str) -> str:
    return f"{server.prefix}_template_{name}"


def _close(server: Server, name: str) -> None:
    # No session, not even autovacuum, may be connected to a database while it is copied.
    with server.connect() as conn:
        conn.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
        conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
