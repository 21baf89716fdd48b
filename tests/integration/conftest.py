"""A database in which the toolkit's routines can be asked about values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from minimize.sql.install import install


@pytest.fixture
def server_conn(database: str) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection to an empty database with schema minimize."""
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in install():
            connection.execute(statement)
        yield connection
