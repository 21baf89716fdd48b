"""Locks the tables of a migration with bounded waits and retries, as the Alembic environment configures them."""

from __future__ import annotations

from collections.abc import Iterable

from alembic.operations import Operations
from psycopg import sql

from minimize.catalog.survey import Site
from minimize.locations.object_names import literal
from minimize.migrate.alembic_config import read_option
from minimize.sql import LOCK_ATTEMPTS, LOCK_TIMEOUT, lock_tables


def lock_sites(operations: Operations, sites: Iterable[Site]) -> sql.Composable:
    """Return the statement that takes ACCESS EXCLUSIVE on the tables of the sites, on all of them or on none.

    `minimize_lock_timeout` limits each attempt, and `minimize_lock_attempts` the number of attempts. The retries with
    jittered pauses are in minimize.lock_tables_v1, so that the SQL of `alembic upgrade --sql` retries too.
    """
    tables = [literal(name) for name in sorted({site.location.table_name for site in sites})]
    return lock_tables(
        tables,
        read_option(operations, "minimize_lock_timeout") or LOCK_TIMEOUT,
        int(read_option(operations, "minimize_lock_attempts") or LOCK_ATTEMPTS),
    )
