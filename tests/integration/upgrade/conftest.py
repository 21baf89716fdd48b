"""A database as the last release without a state version left it: guarded, and a purge interrupted halfway."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

HERE = Path(__file__).parent
POLICY = HERE / "state_1.toml"


def restore(url: str) -> None:
    """Restore the dump, and give the ranges the new OIDs: a dump loses them, an upgrade in place does not."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute((HERE / "state_1.sql").read_bytes())
        conn.execute("RESET ALL")
        conn.execute("UPDATE minimize.purge_range SET relation = relation_name::regclass")
        conn.execute("VACUUM ANALYZE")


@pytest.fixture
def interrupted(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Give the URL of the restored database."""
    return clone(template("state_1", restore))
