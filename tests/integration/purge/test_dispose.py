"""A whole table is disposed of: at once where nothing stands against it, else row by row."""

from __future__ import annotations

import psycopg
import pytest

from minimize.errors import MinimizeError
from minimize.purge.outcome import PurgeOptions
from tests.integration.purge.scenario import counts, execute, fetch, guard, hold, one, policy_of, purge, whole

COPY = "app.copy"
SCHEMA = """
CREATE SCHEMA app;
CREATE TABLE app.copy (id int PRIMARY KEY, kind text, raw text);
INSERT INTO app.copy SELECT n, CASE WHEN n % 5 = 0 THEN 'EDL' ELSE 'DL' END, 'Kent' FROM generate_series(1, 1000) AS n;
"""


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
    assert (counts(result), strategy(result)) == ({COPY: (1000, 0, 0, 0)}, "dispose")
    assert one(database, "SELECT pg_relation_size('app.copy')") == 0
    assert (
        one(database, "SELECT count(*) FROM pg_constraint WHERE conname LIKE 'minimize_proof%' AND convalidated") == 1
    )


def test_partitions_are_disposed_of_one_by_one(database: str) -> None:
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
    """Where a hold or an exception keeps rows, the others are deleted, and none of those that must stay."""
    execute(database, SCHEMA)
    policy = policy_of(whole(COPY, keep="kind = 'EDL'"), hold(COPY, "id <= 7"))
    result = purge(database, policy)
    assert (counts(result), strategy(result)) == ({COPY: (794, 200, 6, 0)}, "sequential")
    assert fetch(database, "SELECT id FROM app.copy ORDER BY id LIMIT 9") == [1, 2, 3, 4, 5, 6, 7, 10, 15]


def test_a_table_that_others_refer_to_is_deleted_from(database: str) -> None:
    """TRUNCATE would need CASCADE, which is never used: rows go one by one, and a reference to one is an error."""
    execute(database, SCHEMA, "CREATE TABLE app.note (copy_id int REFERENCES app.copy)")
    result = purge(database, policy_of(whole(COPY)))
    assert (counts(result), strategy(result)) == ({COPY: (1000, 0, 0, 0)}, "sequential")


def test_a_row_that_is_referred_to_stops_the_run(database: str) -> None:
    """The error names the constraint and no value, and every other table's rows are untouched."""
    execute(
        database, SCHEMA, "CREATE TABLE app.note (copy_id int REFERENCES app.copy)", "INSERT INTO app.note VALUES (999)"
    )
    with pytest.raises(MinimizeError, match="note_copy_id_fkey"):
        purge(database, policy_of(whole(COPY)))
    assert one(database, "SELECT count(*) FROM app.note") == 1


def test_a_row_that_is_being_referred_to_is_passed_over(database: str) -> None:
    """An insert that is not committed holds the row FOR KEY SHARE: the DELETE leaves it, and takes all others."""
    execute(database, SCHEMA, "CREATE TABLE app.note (copy_id int REFERENCES app.copy)")
    options = PurgeOptions(lock_timeout="20ms")
    with psycopg.connect(database) as other:
        other.execute("INSERT INTO app.note VALUES (999)")
        assert counts(purge(database, policy_of(whole(COPY)), options)) == {COPY: (999, 0, 0, 1)}
        assert fetch(database, "SELECT id FROM app.copy") == [999]
        other.rollback()
    assert counts(purge(database, policy_of(whole(COPY)), options)) == {COPY: (1, 0, 0, 0)}


def test_the_exclusive_lock_has_a_budget(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that does not end is named, nothing is lost, and the table is disposed of by the next run."""
    monkeypatch.setattr("minimize.purge.dispose.LOCK", ("20ms", 2))
    execute(database, SCHEMA)
    with psycopg.connect(database, application_name="reporting") as other:
        other.execute("SELECT FROM app.copy LIMIT 1")
        with pytest.raises(MinimizeError, match="reporting"):
            purge(database, policy_of(whole(COPY)))
    assert counts(purge(database, policy_of(whole(COPY)), PurgeOptions())) == {COPY: (1000, 0, 0, 0)}
