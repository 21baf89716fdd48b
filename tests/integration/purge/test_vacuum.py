"""The VACUUM within a run and at its end: it blocks no other session."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.policy import parse_policy
from minimize.purge.batch.vacuum import Obstacle
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from minimize.purge.result import PurgeResult
from minimize.purge.tuning import DEFAULT_TUNING, Tuning
from tests.integration.purge.losses import wait_until
from tests.integration.purge.scenario import FAST, at, counts, execute, one, policy_of, policy_text, purge

VACUUMED = "SELECT count(*) FROM pg_stat_progress_vacuum WHERE datname = current_database()"
CANCEL = "SELECT pg_cancel_backend(pid) FROM pg_stat_progress_vacuum WHERE datname = current_database()"
POLICY = policy_of(at("public.large.birthplace"))
# With a duty cycle below 1 each VACUUM of the large table rests, and takes half a minute; after RESTLESS none rests.
SLOW_VACUUM = Tuning(gentle_vacuum_delay="100ms")
RESTLESS: LiteralString = """UPDATE minimize.purge_run SET limits = limits || '{"duty-cycle": "1.0"}'"""
LIMITS = FAST.changed(["pages=64", "interleave=4", "vacuum-share=0.4", "interval=100ms", "duty-cycle=0.99"])


@pytest.fixture
def large(database: str) -> str:
    """Return the URL of a database with a table of 2,900 pages, whose VACUUM takes half a minute."""
    execute(
        database,
        "CREATE TABLE large (birthplace text, filling text) WITH (fillfactor = 10, autovacuum_enabled = off)",
        "ALTER TABLE large ALTER filling SET STORAGE PLAIN",
        "INSERT INTO large SELECT 'Kent', repeat('.', 3000) FROM generate_series(1, 2900)",
        f'ALTER DATABASE "{one(database, "SELECT current_database()")}" SET vacuum_cost_limit = 10',
    )
    return database


def purge_beside(url: str, statement: LiteralString) -> list[Progress]:
    """Purge, run a statement during the first VACUUM, and return the progress; later VACUUMs are quick."""
    reported: list[Progress] = []

    def interfere() -> None:
        wait_until(lambda: one(url, VACUUMED))
        execute(url, RESTLESS)
        try:
            execute(url, "SET lock_timeout = '10s'", statement)
        except psycopg.Error:
            execute(url, CANCEL)
            raise

    with ThreadPoolExecutor() as pool:
        other = pool.submit(interfere)
        result = purge(url, POLICY, PurgeOptions(limits=LIMITS), on_progress=reported.append, tuning=SLOW_VACUUM)
        other.result()
    assert set(counts(result).values()) == {(2900, 0, 0, 0)}
    return reported


def test_a_session_that_waits_for_the_table_gets_it_from_a_vacuum(large: str) -> None:
    """PostgreSQL cancels an autovacuum for it, but not a manual VACUUM: so the purge cancels its own."""
    reported = purge_beside(large, "ALTER TABLE large ADD COLUMN more int")
    assert any(Obstacle.CANCELLED in (progress.note or "") for progress in reported)


def test_a_cancelled_vacuum_does_not_end_the_purge(large: str) -> None:
    """Nothing is lost, and the VACUUM is retried later."""
    reported = purge_beside(large, CANCEL)
    assert any(Obstacle.CANCELLED in (progress.note or "") for progress in reported)


def test_the_other_workers_keep_their_pace_while_one_vacuums(large: str) -> None:
    """They do not wait for the VACUUM of a large table, and their batches are not shorter during it."""
    during: list[int] = []
    reached: list[int] = [0]

    def watch(progress: Progress) -> None:
        if progress.phase != "erase":
            return
        if one(large, VACUUMED):
            during.append(progress.blocks_done - reached[-1])
        reached.append(progress.blocks_done)
        if progress.blocks_done > 2500:
            execute(large, RESTLESS, CANCEL)

    purge(large, POLICY, PurgeOptions(jobs=2, limits=LIMITS), on_progress=watch, tuning=SLOW_VACUUM)
    assert sum(during) > 500
    assert sum(during) / len(during) >= 16


TERMINATE_WATCHER = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND query LIKE '%pg_blocking_pids%' AND pid <> pg_backend_pid()
  AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)
"""


def test_a_vacuum_whose_throttles_cannot_be_read_is_cancelled(large: str) -> None:
    """A throttle that cannot be read counts as "stop", also if the connection for reading it is lost."""
    reported: list[Progress] = []

    def interfere() -> None:
        wait_until(lambda: one(large, VACUUMED))
        execute(large, RESTLESS)
        wait_until(lambda: one(large, TERMINATE_WATCHER))

    with ThreadPoolExecutor() as pool:
        other = pool.submit(interfere)
        purge(large, POLICY, PurgeOptions(limits=LIMITS), on_progress=reported.append, tuning=SLOW_VACUUM)
        other.result()
    assert any(Obstacle.CANCELLED in (progress.note or "") for progress in reported)


VALUES = "SELECT count(*) FROM pg_stats WHERE tablename = 'small' AND most_common_vals::text LIKE '%Kent%'"
SMALL = (
    "CREATE TABLE small (birthplace text) WITH (autovacuum_enabled = off)",
    "INSERT INTO small SELECT 'Kent' FROM generate_series(1, 100)",
    "ANALYZE small",
)


def purge_small(url: str, lasting: str, tuning: Tuning = DEFAULT_TUNING) -> PurgeResult:
    """Purge a small table while another session has locked it, from its VACUUM on for so many seconds."""
    with psycopg.connect(url) as other, ThreadPoolExecutor() as pool:

        def release() -> None:
            other.execute("SELECT pg_sleep(%s)", [lasting])
            other.rollback()

        def interfere(progress: Progress) -> None:
            if progress.phase == "vacuum":
                other.execute("LOCK TABLE small IN SHARE UPDATE EXCLUSIVE MODE")
                pool.submit(release)

        return purge(url, policy_of(at("public.small.birthplace")), on_progress=interfere, tuning=tuning)


def test_a_vacuum_of_a_locked_table_is_retried(database: str) -> None:
    """The server skips the table with only a warning, as during an autovacuum; the VACUUM is retried."""
    execute(database, *SMALL)
    assert purge_small(database, "0.5").is_complete
    assert one(database, VALUES) == 0


def test_statistics_that_may_keep_values_are_reported(database: str) -> None:
    """If another session prevents the VACUUM at the end for long, the purge is not reported as complete."""
    execute(database, *SMALL)
    result = purge_small(database, "2", Tuning(max_vacuum_attempts=2))
    assert one(database, VALUES) == 1
    assert not result.is_complete
    assert result.not_checked["public.small"].endswith(f"which was not done: {Obstacle.LOCKED}")


@pytest.mark.parametrize(
    ("taken", "attempts", "left_out"),
    [("small", 1, {"public.small": Obstacle.LOCKED}), ("small", 5, {}), ("part", 1, {})],
    ids=["locked for long", "locked for a moment", "only a partition locked"],
)
def test_statistics_of_a_partitioned_table_are_reported_too(
    database: str, taken: LiteralString, attempts: int, left_out: dict[str, str]
) -> None:
    """VACUUM of a partition does not update them: ANALYZE of a locked table is retried, or the table is reported."""
    execute(
        database,
        "CREATE TABLE small (id int, birthplace text) PARTITION BY RANGE (id)",
        "CREATE TABLE part PARTITION OF small DEFAULT",
        "INSERT INTO small SELECT 1, 'Kent' FROM generate_series(1, 100)",
        "ANALYZE small",
    )
    with psycopg.connect(database) as other, ThreadPoolExecutor() as pool:

        def release() -> None:
            other.execute("SELECT pg_sleep(0.5)")
            other.rollback()

        def interfere(progress: Progress) -> None:
            if (progress.phase, progress.place) == ("vacuum", "public.small"):
                other.execute("LOCK TABLE ONLY " + taken + " IN SHARE UPDATE EXCLUSIVE MODE")
                pool.submit(release)

        result = purge(
            database,
            policy_of(at("public.small.birthplace")),
            on_progress=interfere,
            tuning=Tuning(max_vacuum_attempts=attempts),
        )
    assert one(database, VALUES) == len(left_out)
    assert {name: why.rpartition(": ")[2] for name, why in result.not_checked.items()} == left_out


def test_a_vacuum_that_is_not_permitted_is_reported(database: str, role: Callable[..., str]) -> None:
    """The owner of a table may change meanwhile; the server then skips it with a warning."""
    url = role(database)
    name = sql.Identifier(one(url, "SELECT current_user"))
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("CREATE TABLE person (birthplace text)")
        conn.execute("INSERT INTO person VALUES ('Kent')")
        conn.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(sql.Identifier(conn.info.dbname), name))
        conn.execute(sql.SQL("ALTER TABLE person OWNER TO {}").format(name))

        def give_away(progress: Progress) -> None:
            if progress.phase == "vacuum":
                conn.execute("ALTER TABLE person OWNER TO CURRENT_USER")
            elif progress.phase == "prove":
                conn.execute(sql.SQL("ALTER TABLE person OWNER TO {}").format(name))

        text = policy_text(at("public.person.birthplace")).replace('"reject"', '"warn"')
        result = purge(url, parse_policy(text, "minimize.toml"), on_progress=give_away)
    assert counts(result) == {"public.person.birthplace": (1, 0, 0, 0)}
    assert not result.is_complete
    assert result.not_checked["public.person"].endswith(f"{Obstacle.WARNED} (01000)")
