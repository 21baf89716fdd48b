"""The VACUUM within a run and at its end: it keeps nobody out."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from minimize.purge import vacuum
from minimize.purge.outcome import Progress, PurgeOptions
from tests.integration.purge.scenario import FAST, at, counts, execute, one, policy_of, purge

VACUUMED = "SELECT count(*) FROM pg_stat_progress_vacuum WHERE datname = current_database()"
CANCEL = "SELECT pg_cancel_backend(pid) FROM pg_stat_progress_vacuum WHERE datname = current_database()"
POLICY = policy_of(at("public.large.birthplace"))
LIMITS = FAST.changed(["pages=64", "batches=4", "vacuum-share=0.4", "interval=100ms", "duty=0.99"])


@pytest.fixture
def large(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the URL of a database with a table of 2,900 pages, whose VACUUM takes half a minute."""
    execute(
        database,
        "CREATE TABLE large (birthplace text, filling text) WITH (fillfactor = 10, autovacuum_enabled = off)",
        "ALTER TABLE large ALTER filling SET STORAGE PLAIN",
        "INSERT INTO large SELECT 'Kent', repeat('.', 3000) FROM generate_series(1, 2900)",
        f'ALTER DATABASE "{one(database, "SELECT current_database()")}" SET vacuum_cost_limit = 10',
    )
    monkeypatch.setattr(vacuum, "GENTLE_DELAY", "100ms")
    return database


def wait_for(url: str, query: str) -> None:
    """Wait until a query yields something but 0."""
    until = time.monotonic() + 30
    while not one(url, query):
        assert time.monotonic() < until, query
        time.sleep(0.02)


def purge_beside(url: str, statement: str) -> list[Progress]:
    """Purge, run a statement in the midst of the first VACUUM, and return what was told; later VACUUMs are quick."""
    told: list[Progress] = []

    def interfere() -> None:
        wait_for(url, VACUUMED)
        try:
            execute(url, "SET lock_timeout = '10s'", statement)
        except psycopg.Error:
            execute(url, CANCEL)
            raise
        finally:
            vacuum.GENTLE_DELAY = "0"

    with ThreadPoolExecutor() as pool:
        other = pool.submit(interfere)
        result = purge(url, POLICY, PurgeOptions(limits=LIMITS), on_progress=told.append)
        other.result()
    assert set(counts(result).values()) == {(2900, 0, 0, 0)}
    return told


def test_a_session_that_waits_for_the_table_gets_it_from_a_vacuum(large: str) -> None:
    """PostgreSQL cancels autovacuum for it, and leaves a VACUUM like ours alone: so ours makes way by itself."""
    told = purge_beside(large, "ALTER TABLE large ADD COLUMN more int")
    assert any("made way" in (progress.note or "") for progress in told)


def test_a_vacuum_that_somebody_cancels_does_not_end_the_purge(large: str) -> None:
    """It is no batch: nothing is lost, and it comes again."""
    told = purge_beside(large, CANCEL)
    assert any("made way" in (progress.note or "") for progress in told)


def test_the_other_workers_keep_their_pace_while_one_vacuums(large: str) -> None:
    """They wait for no VACUUM, and their batches are no shorter for it: that of a large table takes its time."""
    during: list[int] = []
    reached: list[int] = [0]

    def watch(progress: Progress) -> None:
        if progress.phase != "erase":
            return
        if one(large, VACUUMED):
            during.append(progress.blocks_done - reached[-1])
        reached.append(progress.blocks_done)
        if progress.blocks_done > 2500:
            vacuum.GENTLE_DELAY = "0"
            execute(large, CANCEL)

    purge(large, POLICY, PurgeOptions(jobs=2, limits=LIMITS), on_progress=watch)
    assert sum(during) > 500
    assert sum(during) / len(during) >= 16
