"""The HOT cascade: almost no new index entries and pages, because it waits until pages can be pruned."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import Connection, connect
from minimize.catalog.survey import survey
from minimize.purge.connection.horizon import KnownHorizon, read_horizon
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.dry_run import preview_database
from minimize.purge.progress.reporter import Progress
from minimize.purge.result import PurgeResult
from minimize.purge.tuning import DEFAULT_TUNING, Tuning
from tests.integration.purge.scenario import FAST, at, execute, fetch, one, policy_of, purge

# 24 rows per page, which is full, and five indexes that do not use the erased column.
SCHEMA: LiteralString = """
CREATE TABLE person (id int PRIMARY KEY, name text, city text, seen timestamptz NOT NULL, birthplace text, note text);
INSERT INTO person SELECT n, 'Name ' || n, 'City ' || n % 100, '2024-01-01', 'Kent ' || n, repeat('.', 240)
  FROM generate_series(1, 7200) AS n;
CREATE INDEX ON person (name);
CREATE INDEX ON person (city);
CREATE INDEX ON person (seen);
CREATE INDEX ON person (lower(name));
"""
POLICY = policy_of(at("public.person.birthplace"))
INDEXES: LiteralString = (
    "SELECT sum(pg_relation_size(indexrelid))::bigint FROM pg_index WHERE indrelid = 'person'::regclass"
)
HEAP: LiteralString = "SELECT pg_relation_size('person')"
HOT: LiteralString = "SELECT sum(hot_rows)::float / sum(rows) FROM minimize.purge_range"
ROLLBACK: LiteralString = "ROLLBACK PREPARED 'transfer-7'"
GENERATED: LiteralString = "ALTER TABLE person ADD place text GENERATED ALWAYS AS"
OPTIONS = PurgeOptions(strategy="cascade", vacuum=False, limits=FAST.changed(["pages=64", "interleave=4"]))


@pytest.fixture
def full(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Give the URL of a database with 300 full pages."""
    return clone(template("purge_cascade", lambda url: execute(url, SCHEMA, "VACUUM ANALYZE")))


@pytest.mark.majors
def test_hardly_a_row_leaves_its_page(full: str) -> None:
    """Of 24 rows per page, one moves and 23 stay: 90 % of the updates are HOT, and heap and indexes hardly grow."""
    heap, indexes = one(full, HEAP), one(full, INDEXES)
    assert 23 <= 7200 / (heap / 8192) <= 25
    last: list[Progress] = []
    purge(full, POLICY, OPTIONS, on_progress=last.append)
    assert one(full, "SELECT count(birthplace) FROM person") == 0
    assert one(full, HOT) > 0.9
    assert not any(progress.note for progress in last)
    assert (last[-1].hot_share or 0) == pytest.approx(one(full, HOT), abs=0.001)
    assert one(full, HEAP) < 1.08 * heap
    assert one(full, INDEXES) < 1.08 * indexes


def test_what_a_worker_has_learnt_in_one_range_serves_the_next(full: str) -> None:
    """Batches grow from 4 pages to a whole range once per worker, not once in each of the eight ranges."""
    tuning = Tuning(min_range_pages=1, first_pages=4)
    limits = FAST.changed(["pages=64", "interleave=4", "target=10s"])
    options = PurgeOptions(strategy="cascade", vacuum=False, jobs=2, limits=limits)
    result = purge(full, POLICY, options, tuning=tuning)
    assert one(full, "SELECT count(*) FROM minimize.purge_range WHERE pass = 1") == 8
    in_each_range = 8 * 24 * 7
    assert result.process.batches < 0.6 * in_each_range


@contextmanager
def old_snapshot(url: str) -> Iterator[psycopg.Connection]:
    """Hold a snapshot in another session."""
    with psycopg.connect(url, application_name="report") as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT")
        yield other


SOON_STUCK = Tuning(stuck_seconds=0.05)


def purge_behind(
    url: str, release: Callable[[], object], options: PurgeOptions = OPTIONS, tuning: Tuning = SOON_STUCK
) -> tuple[str, PurgeResult]:
    """Purge until it waits, then release what it waits for; return what it reported that it waits for."""
    reported: list[str] = []

    def record(progress: Progress) -> None:
        # The purge of another test on this server may also hold back the horizon for a moment.
        if progress.waiting_for and ", minimize)" not in progress.waiting_for and not reported:
            reported.append(progress.waiting_for)
            # Later, so that a purge that does not wait would have continued.
            timer.start()

    timer = threading.Timer(0.3, release)
    result = purge(url, POLICY, options, on_progress=record, tuning=tuning)
    assert reported, f"it did not wait; HOT share {one(url, HOT):.2f}"
    timer.join()
    return reported[0], result


@pytest.mark.majors
def test_an_old_snapshot_is_waited_for(full: str) -> None:
    """The purge names the session that holds it and continues when it ends, and the rows stay on their pages."""
    with old_snapshot(full) as other:
        said, result = purge_behind(full, other.commit)
        assert f"an old snapshot of pid {other.info.backend_pid} (" in said
        assert "report" in said
    assert result.is_complete
    assert result.process.throttled_seconds["snapshot"] > 0.2
    assert one(full, HOT) > 0.9


def test_other_strategies_wait_for_an_old_snapshot_too(full: str) -> None:
    """After some batches: while the snapshot exists, their dead tuples cannot be vacuumed."""
    tuning = Tuning(stuck_seconds=0.05, max_batches_ahead=5, first_rows=100)
    with old_snapshot(full) as other:
        options = PurgeOptions(strategy="sequential", vacuum=False, limits=FAST)
        said, result = purge_behind(full, other.commit, options, tuning)
    assert "an old snapshot of pid" in said
    assert result.is_complete


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_that_leave_their_pages_unforeseen_are_noted_once(
    full: str, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """If it cannot be seen why pages are not pruned, the low share of HOT updates is reported before the end."""
    monkeypatch.setattr(KnownHorizon, "find_blocking", lambda *_: None)
    notes: list[Progress] = []
    options = PurgeOptions(strategy="cascade", jobs=jobs, limits=FAST.changed(["pages=8", "interleave=2"]))
    with old_snapshot(full):
        result = purge(full, POLICY, options, on_progress=notes.append, tuning=Tuning(min_range_pages=16))
    (note,) = [progress for progress in notes if progress.note]
    assert note.note in result.notes
    assert "public.person: 0% of " in str(note.note)
    assert note.blocks_done < 150


def test_one_row_of_each_page_may_leave_it_unnoted(full: str) -> None:
    """The cascade moves one row per page: if a page has only one row to erase, no update is HOT, as intended."""
    policy = policy_of(at("public.person.birthplace", keep="id % 24 > 0"))
    assert purge(full, policy, OPTIONS).notes == ()
    assert one(full, HOT) < DEFAULT_TUNING.min_hot_share


def test_a_prepared_transaction_is_waited_for(full: str) -> None:
    """It has no session, so its own name is reported."""
    execute(full, "CREATE TABLE other (id int)")
    with psycopg.connect(full) as other:
        other.execute("INSERT INTO other VALUES (1)")
        other.execute("PREPARE TRANSACTION 'transfer-7'")
    try:
        said, _ = purge_behind(full, lambda: execute(full, ROLLBACK))
    finally:
        with suppress(psycopg.errors.UndefinedObject):  # already rolled back, as expected
            execute(full, ROLLBACK)
    # The share of HOT updates is not checked here: a session that creates a slot on this server also waits for the
    # transaction, and holds back pruning meanwhile without being visible.
    assert "prepared transaction transfer-7" in said


def vacuum_until_cancelled(conn: psycopg.Connection) -> None:
    """Vacuum, slowly."""
    with pytest.raises(psycopg.errors.QueryCanceled):
        conn.execute("VACUUM person")


def wait_until_past(xid: int, conn: Connection) -> None:
    """Wait for the transactions of other tests on this server, for ten seconds at most."""
    until = time.monotonic() + 10
    while KnownHorizon().find_blocking(xid, conn) is not None:
        assert time.monotonic() < until, read_horizon(conn)
        time.sleep(0.01)


@pytest.mark.majors
def test_the_vacuum_of_others_is_not_waited_for(full: str) -> None:
    """VACUUM does not hold back pruning, so a transaction that began after it can be past."""
    with connect(full) as conn, psycopg.connect(full, autocommit=True) as other:
        other.execute("SET vacuum_cost_delay = 100; SET vacuum_cost_limit = 1")
        other.execute("UPDATE person SET seen = now() WHERE id % 5 = 0")
        vacuuming = threading.Thread(target=vacuum_until_cancelled, args=(other,))
        vacuuming.start()
        try:
            while not fetch(full, "SELECT FROM pg_stat_progress_vacuum WHERE datname = current_database()"):
                pass
            row = conn.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
            assert row is not None
            wait_until_past(int(str(row[0])), conn)
        finally:
            other.cancel()
            vacuuming.join()


def test_the_snapshots_of_other_databases_are_not_waited_for(full: str, database: str) -> None:
    """A session in another database does not hold back pruning in this one."""
    with connect(full) as conn, psycopg.connect(database) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT")
        row = conn.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert row is not None
        wait_until_past(int(str(row[0])), conn)


def reason(url: str) -> tuple[str, str]:
    """Return the strategy that --dry-run reports, and the reason."""
    with connect(url) as conn:
        (location,) = preview_database(conn, survey(conn, POLICY)).locations
    return location.strategy, location.reason


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("SELECT", "cascade"),
        ("CREATE INDEX obstacle ON person (birthplace)", "sequential"),
        ("CREATE INDEX obstacle ON person (upper(birthplace))", "sequential"),
        ("CREATE INDEX obstacle ON person (id) WHERE birthplace IS NOT NULL", "sequential"),
        ("CREATE INDEX obstacle ON person (id) INCLUDE (birthplace)", "sequential"),
        (f"{GENERATED} (upper(birthplace)) STORED; CREATE INDEX obstacle ON person (place)", "sequential"),
        (f"{GENERATED} (upper(name)) STORED; CREATE INDEX ON person (place)", "cascade"),
    ],
    ids=["none", "column", "expression", "predicate", "included", "generated", "generated-from-another"],
)
def test_an_index_that_uses_the_field_prevents_the_cascade(full: str, change: LiteralString, expected: str) -> None:
    """Every new row version would need an index entry, so the dry run reports `sequential` and names the index."""
    execute(full, change)
    strategy, why = reason(full)
    assert (strategy, "obstacle" in why) == (expected, expected == "sequential")


@pytest.mark.majors
def test_a_brin_index_prevents_the_cascade_before_postgresql_16(full: str) -> None:
    """From PostgreSQL 16 on, an update of a column in a BRIN index may be HOT."""
    execute(full, "CREATE INDEX obstacle ON person USING brin (birthplace)")
    major = one(full, "SELECT current_setting('server_version_num')::int / 10000")
    strategy, why = reason(full)
    assert (strategy, "obstacle" in why) == (("sequential", True) if major < 16 else ("cascade", False))


def test_large_rows_and_small_tables_are_purged_sequentially(database: str) -> None:
    """With few rows per page, or few pages, the cascade has no advantage."""
    execute(
        database,
        "CREATE TABLE person (id int, birthplace text, note text)",
        "ALTER TABLE person ALTER note SET STORAGE PLAIN",
        "INSERT INTO person SELECT n, 'Kent', repeat('.', 3000) FROM generate_series(1, 50) AS n",
        "ANALYZE person",
    )
    assert reason(database) == ("sequential", "small: 25 page(s)")
    execute(
        database,
        "INSERT INTO person SELECT n, 'Kent', repeat('.', 3000) FROM generate_series(1, 150) AS n",
        "ANALYZE person",
    )
    strategy, why = reason(database)
    assert (strategy, why.startswith("2.0 rows a page: too few")) == ("sequential", True)


def test_a_role_that_cannot_see_snapshots_purges_sequentially(full: str, role: Callable[..., str]) -> None:
    """It cannot see when to wait. The dry run names the role to grant; with that role, the cascade is chosen."""
    mine = role(full)
    with connect(mine) as conn:
        name = conn.info.user
    owner = sql.Identifier(name)
    with psycopg.connect(full, autocommit=True) as admin:
        admin.execute(sql.SQL("ALTER TABLE person OWNER TO {}").format(owner))
        strategy, why = reason(mine)
        assert (strategy, "GRANT pg_read_all_stats" in why) == ("sequential", True)
        admin.execute(sql.SQL("GRANT pg_read_all_stats TO {}").format(owner))
    assert reason(mine)[0] == "cascade"
