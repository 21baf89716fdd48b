"""What the Alembic environment configures: options of alembic.ini, the policy file, and the driver's connection."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
from alembic.operations import Operations

from minimize.catalog.connection import Connection
from minimize.errors import PolicyError, UsageError


def read_option(operations: Operations, name: str) -> str | None:
    """Return an option of alembic.ini, or of [tool.alembic] in pyproject.toml; None if it is not set."""
    config = operations.migration_context.config
    return None if config is None else config.get_alembic_option(name)


def policy_path(operations: Operations) -> Path:
    """Return the path of the policy file.

    It is MINIMIZE_POLICY, else the option `minimize_policy`, else minimize.toml beside alembic.ini.

    Raises:
        PolicyError: The file does not exist.
    """
    if from_environment := os.environ.get("MINIMIZE_POLICY"):
        path = Path(from_environment)
    else:
        config = operations.migration_context.config
        directory = Path(config.config_file_name or ".").absolute().parent if config is not None else Path()
        path = directory / (read_option(operations, "minimize_policy") or "minimize.toml")
    if not path.is_file():
        raise PolicyError(f"{path}: there is no policy", hint="Set MINIMIZE_POLICY, or minimize_policy in alembic.ini.")
    return path


def driver_connection(operations: Operations) -> Connection:
    """Return the psycopg connection that Alembic uses, inside its transaction.

    Raises:
        UsageError: The environment connects with another driver.
    """
    raw = operations.get_bind().connection.driver_connection
    if not isinstance(raw, psycopg.Connection):
        raise UsageError(
            f"the Alembic environment connects through {type(raw).__module__}",
            hint="Use a postgresql+psycopg:// URL in alembic.ini or env.py.",
        )
    return raw
