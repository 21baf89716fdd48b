"""Every driver and framework an application may use, each as one function that runs a statement."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg
import django
import django.db.backends.postgresql.base as django_postgresql
import pg8000
import pg8000.dbapi
import psycopg
import psycopg2
import sqlalchemy as sa
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.ext.asyncio import create_async_engine

Run = Callable[[str, str], None]
"""Runs a statement in the database of a URL and commits."""


def of_psycopg(url: str, statement: str) -> None:
    """Run it by psycopg 3."""
    with psycopg.connect(url) as conn:
        conn.execute(statement.encode())


def of_psycopg_async(url: str, statement: str) -> None:
    """Run it by the asynchronous side of psycopg 3."""

    async def main() -> None:
        async with await psycopg.AsyncConnection.connect(url) as conn:
            await conn.execute(statement.encode())

    asyncio.run(main())


def of_psycopg2(url: str, statement: str) -> None:
    """Run it by psycopg2."""
    conn = psycopg2.connect(url)
    try:
        conn.cursor().execute(statement)
        conn.commit()
    finally:
        conn.close()


def of_asyncpg(url: str, statement: str) -> None:
    """Run it by asyncpg."""

    async def main() -> None:
        conn = await asyncpg.connect(url)
        try:
            await conn.execute(statement)
        finally:
            await conn.close()

    asyncio.run(main())


def pg8000_arguments(url: str) -> dict[str, Any]:
    """Return a URL as the arguments of pg8000, which reads none."""
    given = conninfo_to_dict(url)
    host, port = str(given.get("host", "localhost")), int(str(given.get("port") or 5432))
    where = {"unix_sock": f"{host}/.s.PGSQL.{port}"} if host.startswith("/") else {"host": host, "port": port}
    return {**where, "database": given["dbname"], "user": given["user"], "password": given.get("password")}


def of_pg8000(url: str, statement: str) -> None:
    """Run it by the part of pg8000 that SQLAlchemy uses."""
    conn = pg8000.connect(**pg8000_arguments(url))
    try:
        conn.cursor().execute(statement)
        conn.commit()
    finally:
        conn.close()


def of_pg8000_dbapi(url: str, statement: str) -> None:
    """Run it by pg8000.dbapi."""
    conn = pg8000.dbapi.connect(**pg8000_arguments(url))
    try:
        conn.cursor().execute(statement)
        conn.commit()
    finally:
        conn.close()


def engine_on(driver: str, url: str) -> sa.Engine:
    """Return an engine; connections are not kept, so that the database can be dropped."""
    connect: dict[str, Callable[[], Any]] = {
        "psycopg": lambda: psycopg.connect(url),
        "psycopg2": lambda: psycopg2.connect(url),
        "pg8000": lambda: pg8000.connect(**pg8000_arguments(url)),
    }
    return sa.create_engine(f"postgresql+{driver}://", creator=connect[driver], poolclass=sa.NullPool)


def of_sqlalchemy(driver: str) -> Run:
    """Return a function that runs a statement by SQLAlchemy."""

    def run(url: str, statement: str) -> None:
        with engine_on(driver, url).begin() as conn:
            conn.execute(sa.text(statement))

    return run


def of_sqlalchemy_asyncpg(url: str, statement: str, protect: Callable[[Any], object] | None = None) -> None:
    """Run it by SQLAlchemy on asyncpg, on an engine that `protect` may change first."""

    async def main() -> None:
        engine = create_async_engine(
            "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url), poolclass=sa.NullPool
        )
        if protect is not None:
            protect(engine)
        async with engine.begin() as conn:
            await conn.execute(sa.text(statement))

    asyncio.run(main())


def django_connection(url: str, alias: str = "default") -> django_postgresql.DatabaseWrapper:
    """Return a connection of Django without a project."""
    if not settings.configured:
        settings.configure(DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
        django.setup()
    given = conninfo_to_dict(url)
    return django_postgresql.DatabaseWrapper(
        {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": given["dbname"],
            "USER": given["user"],
            "PASSWORD": given.get("password", ""),
            "HOST": given.get("host", ""),
            "PORT": given.get("port", ""),
            "OPTIONS": {},
            "TIME_ZONE": None,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False,
            "AUTOCOMMIT": True,
            "ATOMIC_REQUESTS": False,
            "DISABLE_SERVER_SIDE_CURSORS": False,
            "TEST": {},
        },
        alias,
    )


def of_django(url: str, statement: str) -> None:
    """Run it by a cursor of Django."""
    connection = django_connection(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


EVERY_CLIENT: dict[str, Run] = {
    "psycopg": of_psycopg,
    "psycopg asynchronous": of_psycopg_async,
    "psycopg2": of_psycopg2,
    "asyncpg": of_asyncpg,
    "pg8000": of_pg8000,
    "pg8000.dbapi": of_pg8000_dbapi,
    "SQLAlchemy on psycopg": of_sqlalchemy("psycopg"),
    "SQLAlchemy on psycopg2": of_sqlalchemy("psycopg2"),
    "SQLAlchemy on asyncpg": of_sqlalchemy_asyncpg,
    "SQLAlchemy on pg8000": of_sqlalchemy("pg8000"),
    "Django": of_django,
}
