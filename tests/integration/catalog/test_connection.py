"""The settings of the tool's own sessions."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from tests.fix_database import database_of
from tests.integration.purge.scenario import at, counts, execute, fetch, hold, policy_of, purge

LIMITS = "SELECT name FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_timeout')"


@pytest.mark.majors
def test_no_limit_of_the_application_cuts_a_purge_short(database: str) -> None:
    """A count that takes longer than the database lets a statement or a transaction take comes to its end."""
    execute(database, "CREATE TABLE public.card (code text)", "INSERT INTO card SELECT 'x' FROM generate_series(1, 20)")
    with psycopg.connect(database, autocommit=True) as conn:
        for name in fetch(database, LIMITS):
            conn.execute(
                sql.SQL("ALTER DATABASE {} SET {} = '300ms'").format(
                    sql.Identifier(database_of(database)), sql.Identifier(name)
                )
            )
    slow = hold("public.card", "pg_sleep(0.03) IS NULL")
    assert counts(purge(database, policy_of(at("public.card.code"), slow))) == {"public.card.code": (20, 0, 0, 0)}
