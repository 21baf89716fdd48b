"""The settings of the sessions that minimize opens."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.row_counts import count_rows
from minimize.catalog.survey import survey
from tests.fix_database import database_of
from tests.integration.purge.losses import wait_until
from tests.integration.purge.scenario import at, counts, execute, fetch, hold, one, policy_of, purge

LIMITS = (
    "SELECT name FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_session_timeout')"
)


@pytest.mark.majors
def test_timeouts_of_the_application_do_not_cancel_a_purge(database: str) -> None:
    """Timeouts of the role cancel neither a long count nor an idle session."""
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


def test_predicates_do_not_depend_on_the_client_encoding(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exceptions and holds with non-ASCII letters keep their rows also in a database with LATIN1 as client encoding."""
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    execute(
        database,
        "CREATE TABLE public.card (code text, country text, note text)",
        "INSERT INTO card SELECT 'x', CASE WHEN n % 2 = 0 THEN U&'\\00D6sterreich' ELSE 'US' END,"
        " CASE WHEN n % 5 = 0 THEN U&'gesperrt f\\00FCr Pr\\00FCfung' END FROM generate_series(1, 100) AS n",
    )
    policy = policy_of(
        at("public.card.code", keep="country = 'Österreich'"),
        hold("public.card", "coalesce(note, '') = 'gesperrt für Prüfung'"),
    )
    assert counts(purge(database, policy)) == {"public.card.code": (40, 50, 10, 0)}
    assert one(database, "SELECT count(code) FROM card") == 60


def test_a_table_rewritten_during_the_lock_wait_is_counted(database: str) -> None:
    """Rows of a rewritten table are counted also if the default isolation level of the database is stricter."""
    execute(database, "CREATE TABLE public.card (id int, code text)", "INSERT INTO card VALUES (1, 'x'), (2, 'x')")
    with psycopg.connect(database) as other, ThreadPoolExecutor() as pool:
        name = sql.Identifier(database_of(database))
        other.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_isolation = 'serializable'").format(name))
        other.commit()
        with connect(database) as conn:
            (table,) = survey(conn, policy_of(at("public.card.code"))).tables
            other.execute("ALTER TABLE card ALTER id TYPE bigint")
            counted = pool.submit(count_rows, conn, table)
            pid = conn.info.backend_pid
            wait_until(lambda: one(database, "SELECT cardinality(pg_blocking_pids(%s)) > 0", pid))
            other.commit()
            assert counted.result().counts["public.card.code"].to_erase == 2
