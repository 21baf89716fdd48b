"""The settings of the tool's own sessions."""

from __future__ import annotations

import time

import psycopg
import pytest
from psycopg import sql

from tests.fix_database import database_of
from tests.integration.purge.scenario import at, counts, execute, fetch, hold, policy_of, purge

LIMITS = (
    "SELECT name FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_session_timeout')"
)


@pytest.mark.majors
def test_no_limit_of_the_application_cuts_a_purge_short(database: str) -> None:
    """Neither a count that takes longer than a statement or a transaction may, nor a session that waits meanwhile."""
    execute(database, "CREATE TABLE public.card (code text)", "INSERT INTO card SELECT 'x' FROM generate_series(1, 20)")
    with psycopg.connect(database, autocommit=True) as conn:
        for name in fetch(database, LIMITS):
            conn.execute(
                sql.SQL("ALTER DATABASE {} SET {} = '300ms'").format(
                    sql.Identifier(database_of(database)), sql.Identifier(name)
                )
            )
    slow = hold("public.card", "pg_sleep(0.03) IS NULL")
    result = purge(
        database, policy_of(at("public.card.code"), slow), on_progress=lambda p: time.sleep(0.4 * (p.phase == "erase"))
    )
    assert counts(result) == {"public.card.code": (20, 0, 0, 0)}
    assert result.process.connections_lost == 0
