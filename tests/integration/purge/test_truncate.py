"""A whole table is emptied: at once if nothing prevents it, otherwise in batches."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import LiteralString

import psycopg
import pytest

from minimize.catalog.connection import connect
from minimize.catalog.survey import survey
from minimize.errors import InterruptedRunError, MinimizeError, RefusedError, UsageError
from minimize.policy import Policy
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions, StrategyChoice
from minimize.purge.preflight.dry_run import PurgePreview, preview_database
from minimize.purge.progress.reporter import Progress
from minimize.purge.tuning import Tuning
from tests.integration.purge.scenario import (
    FAST,
    FOUR_BLOCKS,
    at,
    counts,
    execute,
    fetch,
    guard,
    hold,
    one,
    policy_of,
    purge,
    whole,
)

COPY = "app.copy"
SCHEMA = """
CREATE SCHEMA app;
CREATE TABLE app.copy (id int PRIMARY KEY, kind text, raw text);
INSERT INTO app.copy SELECT n, CASE WHEN n % 5 = 0 THEN 'EDL' ELSE 'DL' END, 'Kent' FROM generate_series(1, 1000) AS n;
"""


NOTE = """
CREATE TABLE app.note (id int PRIMARY KEY, birthplace text);
INSERT INTO app.note SELECT n, 'Kent' FROM generate_series(1, 10) AS n;
"""
STRATEGIES: tuple[StrategyChoice, ...] = ("truncate", "cascade")
TRUNCATE = PurgeOptions(strategy="truncate")


def preview(url: str, policy: Policy, strategy: StrategyChoice) -> PurgePreview:
    """Return the result of a dry run."""
    with connect(url) as conn:
        return preview_database(conn, survey(conn, policy), PurgeOptions(strategy=strategy, limits=FAST))


def lock_budget(timeout: str, attempts: int) -> Tuning:
    """Return a tuning with a budget for the exclusive lock."""
    return Tuning(exclusive_lock_timeout=timeout, exclusive_lock_attempts=attempts)


def strategy(result: object) -> str:
    """Return the strategy of the only location."""
    (outcome,) = result.locations  # type: ignore[attr-defined]
    return str(outcome.strategy)


@pytest.mark.majors
def test_a_whole_table_is_truncated(database: str) -> None:
    """Its rows are counted, its files are emptied, and the database proves that it stays empty."""
    execute(database, SCHEMA)
    policy = policy_of(whole(COPY))
    guard(database, policy)
    result = purge(database, policy)
    assert (counts(result), strategy(result)) == ({COPY: (1000, 0, 0, 0)}, "truncate")
    assert one(database, "SELECT pg_relation_size('app.copy')") == 0
    assert (
        one(database, "SELECT count(*) FROM pg_constraint WHERE conname LIKE 'minimize_proof%' AND convalidated") == 1
    )


def test_partitions_are_truncated_one_by_one(database: str) -> None:
    """Each partition is counted and emptied; the table stays."""
    execute(
        database,
        "CREATE SCHEMA app",
        "CREATE TABLE app.copy (id int, raw text) PARTITION BY RANGE (id)",
        "CREATE TABLE app.copy_1 PARTITION OF app.copy FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE app.copy_2 PARTITION OF app.copy FOR VALUES FROM (10) TO (99)",
        "INSERT INTO app.copy SELECT n, 'Kent' FROM generate_series(1, 50) AS n",
    )
    assert counts(purge(database, policy_of(whole(COPY)))) == {COPY: (50, 0, 0, 0)}
    assert one(database, "SELECT count(*) FROM app.copy") == 0


def test_held_and_exempt_rows_stay(database: str) -> None:
    """If a hold or an exception keeps rows, only the others are deleted."""
    execute(database, SCHEMA)
    policy = policy_of(whole(COPY, keep="kind = 'EDL'"), hold(COPY, "id <= 7"))
    result = purge(database, policy)
    assert (counts(result), strategy(result)) == ({COPY: (794, 200, 6, 0)}, "sequential")
    assert fetch(database, "SELECT id FROM app.copy ORDER BY id LIMIT 9") == [1, 2, 3, 4, 5, 6, 7, 10, 15]


def test_a_table_that_others_refer_to_is_deleted_from(database: str) -> None:
    """TRUNCATE would need CASCADE, which is never used: rows are deleted in batches."""
    execute(database, SCHEMA, "CREATE TABLE app.note (copy_id int REFERENCES app.copy)")
    result = purge(database, policy_of(whole(COPY)))
    assert (counts(result), strategy(result)) == ({COPY: (1000, 0, 0, 0)}, "sequential")


def test_a_row_that_is_referred_to_is_left_and_named(database: str) -> None:
    """The note names the constraint and no value; every other row is deleted, and the referring row is not changed."""
    execute(
        database, SCHEMA, "CREATE TABLE app.note (copy_id int REFERENCES app.copy)", "INSERT INTO app.note VALUES (999)"
    )
    result = purge(database, policy_of(whole(COPY)))
    assert counts(result) == {COPY: (999, 0, 0, 1)}
    assert fetch(database, "SELECT id FROM app.copy") == [999]
    (note,) = (note for note in result.notes if "refused" in note)
    assert note.startswith("app.copy: 1 row(s) refused: foreign key violation (23503) in app.note.note_copy_id_fkey;")


def test_a_row_that_is_being_referred_to_is_passed_over(database: str) -> None:
    """An uncommitted insert holds the row FOR KEY SHARE: the DELETE skips it and deletes all others."""
    execute(database, SCHEMA, "CREATE TABLE app.note (copy_id int REFERENCES app.copy)")
    options = PurgeOptions(lock_timeout="20ms")
    with psycopg.connect(database) as other:
        other.execute("INSERT INTO app.note VALUES (999)")
        assert counts(purge(database, policy_of(whole(COPY)), options)) == {COPY: (999, 0, 0, 1)}
        assert fetch(database, "SELECT id FROM app.copy") == [999]
        other.rollback()
    assert counts(purge(database, policy_of(whole(COPY)), options)) == {COPY: (1, 0, 0, 0)}


@pytest.mark.parametrize("action", ["CASCADE", "SET NULL"])
def test_a_key_that_would_reach_a_held_row_is_refused(database: str, action: LiteralString) -> None:
    """A held row must not be deleted or changed when the row that it refers to is deleted."""
    execute(database, SCHEMA, "ALTER TABLE app.copy ADD up int REFERENCES app.copy ON DELETE " + action)
    execute(database, "UPDATE app.copy SET up = id - 1 WHERE id > 1")
    with pytest.raises(RefusedError, match=r"foreign key copy_up_fkey of app\.copy .* of app\.copy"):
        purge(database, policy_of(whole(COPY), hold(COPY, "id = 9")))
    assert one(database, "SELECT count(*) FROM app.copy WHERE up = id - 1") == 999
    assert counts(purge(database, policy_of(whole(COPY)))) == {COPY: (1000, 0, 0, 0)}


def test_parts_that_refer_to_one_another_are_not_emptied_at_once(database: str) -> None:
    """PostgreSQL cannot truncate one of them alone: rows are deleted, and --strategy truncate is refused."""
    execute(
        database,
        "CREATE SCHEMA app",
        "CREATE TABLE app.copy (id int PRIMARY KEY, up int REFERENCES app.copy) PARTITION BY RANGE (id)",
        "CREATE TABLE app.copy_1 PARTITION OF app.copy FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE app.copy_2 PARTITION OF app.copy FOR VALUES FROM (10) TO (99)",
        "INSERT INTO app.copy SELECT n, nullif(n - 1, 0) FROM generate_series(1, 9) AS n",
    )
    policy = policy_of(whole(COPY))
    with pytest.raises(RefusedError, match="its partitions or children refer to one another by foreign key"):
        purge(database, policy, TRUNCATE)
    result = purge(database, policy)
    assert (counts(result), strategy(result)) == ({COPY: (9, 0, 0, 0)}, "sequential")


def test_the_exclusive_lock_has_a_budget(database: str) -> None:
    """A reader that does not end is named, nothing is changed, and the next run empties the table."""
    execute(database, SCHEMA)
    with psycopg.connect(database, application_name="reporting") as other:
        other.execute("SELECT FROM app.copy LIMIT 1")
        with pytest.raises(MinimizeError, match="reporting"):
            purge(database, policy_of(whole(COPY)), tuning=lock_budget("20ms", 2))
    assert counts(purge(database, policy_of(whole(COPY)), PurgeOptions())) == {COPY: (1000, 0, 0, 0)}


def test_writers_are_kept_out_no_longer_than_for_an_attempt(database: str) -> None:
    """Although a reader stays, another session writes between two attempts, and its row is counted and removed too."""
    execute(database, SCHEMA)
    with psycopg.connect(database) as reader, ThreadPoolExecutor() as pool:
        reader.execute("SELECT FROM app.copy LIMIT 1")

        def write() -> None:
            time.sleep(0.1)
            try:
                execute(database, "SET lock_timeout = '1s'", "INSERT INTO app.copy VALUES (0, 'DL', 'Kent')")
            finally:
                reader.rollback()

        def report(progress: Progress) -> None:
            if progress.phase == "erase":
                written.append(pool.submit(write))

        written: list[Future[None]] = []
        result = purge(database, policy_of(whole(COPY)), on_progress=report, tuning=lock_budget("20ms", 12))
    assert [each.result() for each in written] == [None]
    assert counts(result) == {COPY: (1001, 0, 0, 0)}


def test_a_stop_request_ends_the_wait_for_a_lock(database: str) -> None:
    """Between two attempts and during one; nothing was changed."""
    execute(database, SCHEMA)
    stop = StopRequest()

    def ask(progress: Progress) -> None:
        if progress.phase == "erase":
            threading.Timer(0.3, stop.ask).start()

    with psycopg.connect(database) as reader:
        reader.execute("SELECT FROM app.copy LIMIT 1")
        with pytest.raises(InterruptedRunError):
            purge(database, policy_of(whole(COPY)), stop=stop, on_progress=ask, tuning=lock_budget("2s", 3))
    assert one(database, "SELECT count(*) FROM app.copy") == 1000


def test_a_whole_table_is_deleted_from_on_request(database: str) -> None:
    """In batches, with DELETE: the files are not truncated, and a dry run names the option as the reason."""
    # An autovacuum would truncate the files of the empty table.
    execute(database, SCHEMA, "ALTER TABLE app.copy SET (autovacuum_enabled = off)")
    policy = policy_of(whole(COPY))
    assert [(e.strategy, e.reason) for e in preview(database, policy, "sequential").locations] == [
        ("sequential", "as --strategy says")
    ]
    result = purge(database, policy, PurgeOptions(strategy="sequential"))
    assert (counts(result), strategy(result)) == ({COPY: (1000, 0, 0, 0)}, "sequential")
    assert one(database, "SELECT pg_relation_size('app.copy')") > 0


@pytest.mark.parametrize(
    ("statement", "sections", "why"),
    [
        ("SELECT", (whole(COPY), hold(COPY, "id < 0")), "rows may be under hold request"),
        ("SELECT", (whole(COPY, keep="kind = 'EDL'"),), "an exception keeps rows"),
        (
            "CREATE TABLE app.note (copy_id int REFERENCES app.copy)",
            (whole(COPY),),
            "app.note refers to it by foreign key",
        ),
    ],
    ids=["hold", "exception", "foreign key"],
)
def test_a_table_that_cannot_be_emptied_at_once_is_refused(
    database: str, statement: LiteralString, sections: tuple[str, ...], why: str
) -> None:
    """With --strategy truncate, the obstacle is reported before anything is changed, also by a dry run."""
    execute(database, SCHEMA, statement)
    policy = policy_of(*sections)
    with pytest.raises(RefusedError) as caught:
        purge(database, policy, TRUNCATE)
    assert caught.value.message == f"{COPY} cannot be emptied at once: {why}"
    assert one(database, "SELECT to_regnamespace('minimize') IS NULL AND count(*) = 1000 FROM app.copy")
    assert str(preview(database, policy, "truncate").refusal) == caught.value.message


def test_tables_that_a_strategy_does_not_fit_fall_back_to_auto(database: str) -> None:
    """A dry run reports both reasons, and the purge uses the same strategies."""
    execute(database, SCHEMA, NOTE)
    policy = policy_of(whole(COPY), at("app.note.birthplace"))
    found = {
        asked: {e.location: f"{e.strategy}: {e.reason}" for e in preview(database, policy, asked).locations}
        for asked in STRATEGIES
    }
    assert found["truncate"] == {
        COPY: "truncate: as --strategy says",
        "app.note.birthplace": "sequential: --strategy truncate is for whole tables; as with auto: small: 1 page(s)",
    }
    assert found["cascade"] == {
        COPY: "truncate: --strategy cascade is for values in rows that stay; as with auto: "
        "the whole table is retired: TRUNCATE",
        "app.note.birthplace": "cascade: as --strategy says",
    }
    result = purge(database, policy, TRUNCATE)
    assert counts(result) == {COPY: (1000, 0, 0, 0), "app.note.birthplace": (10, 0, 0, 0)}
    assert [outcome.strategy for outcome in result.locations] == ["truncate", "sequential"]


@pytest.mark.parametrize(("asked", "section"), [("truncate", at("app.note.birthplace")), ("cascade", whole(COPY))])
def test_a_strategy_that_fits_nothing_is_a_mistake(database: str, asked: StrategyChoice, section: str) -> None:
    """It is refused before anything is changed, and the hint is to leave it out."""
    execute(database, SCHEMA, NOTE)
    with pytest.raises(UsageError, match=f"strategy {asked} fits no location of the policy") as caught:
        purge(database, policy_of(section), PurgeOptions(strategy=asked))
    assert caught.value.hint.startswith("Leave it out")
    assert one(database, "SELECT to_regnamespace('minimize') IS NULL")


def test_a_dropped_table_is_no_obstacle(database: str) -> None:
    """Once a revision has dropped the whole table, the same command purges the rest."""
    execute(database, SCHEMA, NOTE)
    policy = policy_of(whole(COPY), at("app.note.birthplace"), hold(COPY, "false"))
    guard(database, policy)
    execute(database, "DROP TABLE app.copy")
    assert counts(purge(database, policy, TRUNCATE))["app.note.birthplace"] == (10, 0, 0, 0)


def test_a_table_half_deleted_may_be_emptied_at_once(database: str) -> None:
    """A run that is stopped and resumed with another strategy counts every row once."""
    execute(database, SCHEMA)
    stop = StopRequest()

    def ask(progress: Progress) -> None:
        if progress.phase == "erase" and progress.erased:
            stop.ask()

    options = PurgeOptions(strategy="sequential")
    with pytest.raises(InterruptedRunError):
        purge(database, policy_of(whole(COPY)), options, stop=stop, on_progress=ask, tuning=FOUR_BLOCKS)
    assert 0 < one(database, "SELECT count(*) FROM app.copy") < 1000
    result = purge(database, policy_of(whole(COPY)), TRUNCATE)
    assert (counts(result), strategy(result)) == ({COPY: (1000, 0, 0, 0)}, "truncate")
