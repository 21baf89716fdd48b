"""Alembic environment of the reference licence and ID application schema.

The database is, in this order: an open connection in `config.attributes["connection"]`, `-x url=...`,
MINIMIZE_DATABASE_URL, DATABASE_URL, `sqlalchemy.url`, and the PG* variables of libpq.
"""

from __future__ import annotations

import os
import runpy
from collections.abc import Mapping
from functools import cache
from logging.config import fileConfig
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import context

import minimize.migrate  # noqa: F401  # registers the operations and the autogenerate comparator

SCHEMAS = frozenset({"core", "hist", "stg", "mart", "gov"})
PARTITIONS = sa.text(
    "SELECT n.nspname, c.relname"
    " FROM pg_inherits AS i"
    " JOIN pg_class AS c ON c.oid = i.inhrelid"
    " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
    " WHERE c.relispartition"
)

config = context.config
# Loaded by path, so that the environment works in any directory and inside an installed package.
target_metadata: sa.MetaData = runpy.run_path(str(Path(__file__).with_name("models.py")))["metadata"]


def database_url() -> sa.URL:
    """Return the URL of the database, always with psycopg as the driver."""
    given = (
        context.get_x_argument(as_dictionary=True).get("url")
        or os.environ.get("MINIMIZE_DATABASE_URL")
        or os.environ.get("DATABASE_URL")
        or config.get_main_option("sqlalchemy.url")
        or "postgresql://"
    )
    return sa.make_url(given.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")


def configure(connection: sa.Connection | None) -> None:
    """Configure the migration context with a connection, or without one to print SQL."""

    @cache
    def partitions() -> frozenset[tuple[str, str]]:
        # Queried late: a query before the first migration would open one transaction for all of them.
        rows = connection.execute(PARTITIONS) if connection is not None else ()
        return frozenset((row[0], row[1]) for row in rows)

    def include_name(name: str | None, type_: str, parent_names: Mapping[Any, str | None]) -> bool:
        if type_ == "schema":
            return name in SCHEMAS
        return type_ != "table" or (parent_names["schema_name"], name) not in partitions()

    context.configure(
        connection=connection,
        url=database_url() if connection is None else None,
        literal_binds=connection is None,
        dialect_opts={"paramstyle": "named"},
        target_metadata=target_metadata,
        include_schemas=True,
        include_name=include_name,
        transaction_per_migration=True,
    )


def run_offline() -> None:
    """Print the SQL instead of executing it."""
    configure(None)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Migrate with the connection of the caller, or with a new one."""
    given: sa.Connection | None = config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    engine = sa.create_engine(database_url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        migrate(connection)


def migrate(connection: sa.Connection) -> None:
    """Run the migrations on an open connection, each in its own transaction."""
    configure(connection)
    with context.begin_transaction():
        context.run_migrations()


if config.config_file_name is not None and config.attributes.get("configure_logger", True):
    fileConfig(config.config_file_name, disable_existing_loggers=False)

if context.is_offline_mode():
    run_offline()
else:
    run_online()
