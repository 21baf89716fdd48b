"""A run: begun, recorded, stopped, resumed, superseded, and never two at a time."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import LiteralString

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from minimize.catalog.connection import Connection, connect
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import count_rows
from minimize.catalog.survey import survey
from minimize.errors import InterruptedRunError, LockNotAvailableError, PolicyError, RefusedError, RowRefusedError
from minimize.policy import digest
from minimize.purge.batch.blocking_sessions import describe_blockers
from minimize.purge.batch.refused_rows import RefusedRows
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions, StrategyChoice
from minimize.purge.progress.reporter import Progress
from minimize.purge.run.engine import Purge
from minimize.purge.state.purge_lock import take_lock
from minimize.purge.tuning import Tuning
from tests.integration.purge.losses import wait_until
from tests.integration.purge.scenario import (
    FAST,
    FOUR_BLOCKS,
    at,
    counts,
    digests,
    execute,
    fetch,
    hold,
    one,
    policy_of,
)
from tests.integration.purge.scenario import purge_in_small_batches as purge

BIRTHPLACE = policy_of(at("app.person.birthplace"), at("app.person.doc", "$.person.pob"))
DONE = {"app.person.birthplace": (1500, 0, 0, 0), "app.person.doc $.person.pob": (1334, 0, 0, 0)}
PURGING: LiteralString = (
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
TERMINATE: LiteralString = PURGING.replace("pid", "pg_terminate_backend(pid)")
TERMINATE_ALL: LiteralString = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'minimize'"
    " AND datname = current_database()"
)
RANGES = "SELECT first_block, next_block, end_block FROM minimize.purge_range WHERE pass = 1 ORDER BY first_block"
WAITING = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database())"
)
RUNS = "SELECT run_id, state FROM minimize.purge_run ORDER BY run_id"
SHORT_RANGES = replace(FOUR_BLOCKS, min_range_pages=4)

pytestmark = pytest.mark.majors


class StopAfter(StopRequest):
    """A stop request at the n-th report of a phase."""

    def __init__(self, reports: int, phase: str) -> None:
        super().__init__()
        self.left, self.phase = reports, phase

    def __call__(self, progress: Progress) -> None:
        """Receive one progress report."""
        self.left -= progress.phase == self.phase
        if not self.left:
            self.ask()


def interrupt(url: str, reports: int = 5, phase: str = "erase", *, jobs: int = 1, tuning: Tuning = FOUR_BLOCKS) -> None:
    """Begin a purge and stop it."""
    stop = StopAfter(reports, phase)
    with pytest.raises(InterruptedRunError):
        purge(url, BIRTHPLACE, PurgeOptions(jobs=jobs), stop=stop, on_progress=stop, tuning=tuning)


def test_a_stopped_run_is_resumed(people: str) -> None:
    """The next run continues in the middle of the table, and its counters are those of an uninterrupted run."""
    interrupt(people)
    next_block = one(people, "SELECT next_block FROM minimize.purge_range")
    assert next_block == 20
    seen: list[int] = []
    result = purge(people, BIRTHPLACE, on_progress=lambda p: seen.extend([p.blocks_done] * (p.phase == "erase")))
    assert seen[0] == next_block + 4
    assert counts(result) == DONE
    assert fetch(people, RUNS) == [(result.run, "finished")]


def test_a_run_resumed_with_more_jobs_splits_what_is_left(people: str) -> None:
    """The range of one worker is split into several without overlap, and blocks and values add up as before."""
    interrupt(people, tuning=SHORT_RANGES)
    (begun,) = fetch(people, RANGES)
    assert counts(purge(people, BIRTHPLACE, PurgeOptions(jobs=3), tuning=SHORT_RANGES)) == DONE
    ranges = fetch(people, RANGES)
    assert len(ranges) == 3 * SHORT_RANGES.ranges_per_worker
    assert [first for first, _, _ in ranges] == [0, *(end for _, _, end in ranges[:-1])]
    assert (ranges[0][2] > begun[1], ranges[-1][2]) == (True, begun[2])
    assert all(reached == end for _, reached, end in ranges)


def test_a_run_resumed_with_the_same_jobs_keeps_its_ranges(people: str) -> None:
    """If there are enough ranges for all workers, none is split."""
    interrupt(people, jobs=3, tuning=SHORT_RANGES)
    bounds = [(first, end) for first, _, end in fetch(people, RANGES)]
    assert counts(purge(people, BIRTHPLACE, PurgeOptions(jobs=3), tuning=SHORT_RANGES)) == DONE
    assert [(first, end) for first, _, end in fetch(people, RANGES)] == bounds


def test_a_resumed_run_says_so(people: str) -> None:
    """Who began it and when is reported at once and in the result."""
    interrupt(people)
    reported: list[str | None] = []
    result = purge(people, BIRTHPLACE, on_progress=lambda progress: reported.append(progress.note))
    began = one(
        people,
        "SELECT format('%s began it at %s', started_by, to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'))"
        " FROM minimize.purge_run",
    )
    assert reported[0] == result.notes[0]
    assert result.notes[0].startswith(f"run {result.run} is resumed: {began}")


@pytest.mark.parametrize("phase", ["count", "vacuum", "prove"])
def test_a_run_can_be_stopped_in_every_phase(people: str, phase: str) -> None:
    """A stop while the purge counts, vacuums or proves is not a failure, and the next run resumes."""
    interrupt(people, 1, phase)
    assert counts(purge(people, BIRTHPLACE)) == DONE


def test_a_long_read_is_cancelled(people: str) -> None:
    """A stop does not wait for the end of a count, and the cancelled count is not a failure."""
    execute(people, "CREATE FUNCTION app.slow(text) RETURNS boolean LANGUAGE sql AS 'SELECT pg_sleep(60) IS NULL'")
    policy = policy_of(at("app.person.birthplace", keep="app.slow(kind)"))
    stop = StopRequest()
    with connect(people) as conn:
        threading.Timer(0.5, stop.ask).start()
        with pytest.raises(InterruptedRunError), stop.cancelling(conn):
            count_rows(conn, survey(conn, policy).tables[0])


def test_a_stop_request_cancels_a_statement_sent_after_it(people: str) -> None:
    """A statement sent just after the request is cancelled too; a statement after the block is not."""
    stop = StopRequest()

    def work(conn: Connection) -> None:
        with stop.cancelling(conn), translate_errors("working"):
            stop.ask()
            time.sleep(0.2)
            conn.execute("SELECT pg_sleep(5)")

    with connect(people) as conn:
        with pytest.raises(InterruptedRunError):
            work(conn)
        conn.execute("SELECT pg_sleep(0.6)")


def test_the_record_of_a_run_says_whose_policy_it_was(people: str) -> None:
    """State, policy, digest, options, role and times are in minimize.purge_run."""
    result = purge(people, BIRTHPLACE, PurgeOptions(triggers="fire"))
    row = one(
        people,
        "SELECT run_id, policy_id, policy_digest, options, started_by = session_user, state, ended_at >= started_at"
        " FROM minimize.purge_run",
    )
    assert row[:3] == (result.run, "test-policy", digest(BIRTHPLACE))
    assert row[3]["triggers"] == "fire"
    assert row[4:] == (True, "finished", True)


def test_the_cursor_and_counters_commit_with_the_batch(people: str) -> None:
    """At every batch another session sees that blocks, counters and rows agree."""
    seen = []

    def look(progress: Progress) -> None:
        if progress.phase == "erase":
            block, erased = one(
                people,
                "SELECT next_block, coalesce((SELECT erased FROM minimize.purge_count WHERE location = %s), 0)"
                " FROM minimize.purge_range",
                "app.person.birthplace",
            )
            left = one(people, "SELECT count(birthplace) FROM app.person")
            seen.append((block - progress.blocks_done, erased + left))

    purge(people, BIRTHPLACE, on_progress=look)
    assert len(seen) > 10
    assert set(seen) == {(0, 1500)}


def test_a_changed_policy_supersedes_the_run(people: str) -> None:
    """If the policy has changed, the unfinished run is closed, and a new one begins from the first block."""
    interrupt(people)
    erased = one(people, "SELECT erased FROM minimize.purge_count WHERE location = 'app.person.birthplace'")
    changed = policy_of(at("app.person.birthplace"))
    result = purge(people, changed)
    assert counts(result) == {"app.person.birthplace": (1500 - erased, 0, 0, 0)}
    was = digest(BIRTHPLACE)[:12]
    assert result.notes == (f"run 1 was of another version of the policy (digest {was}); run 2 begins",)
    assert [state for _, state in fetch(people, RUNS)] == ["superseded", "finished"]


def test_a_reordered_policy_is_the_same_policy(people: str) -> None:
    """The order of locations does not change the policy, so the run is resumed."""
    interrupt(people)
    same = policy_of(at("app.person.doc", "$.person.pob"), at("app.person.birthplace"))
    assert counts(purge(people, same)) == DONE
    assert len(fetch(people, RUNS)) == 1


def test_one_run_at_a_time(people: str) -> None:
    """A second purge of the same database is refused, and the refusal names the first one's backend."""
    rejections = []

    def try_too(progress: Progress) -> None:
        if progress.phase == "vacuum":
            with pytest.raises(RefusedError) as refused:
                purge(people, BIRTHPLACE)
            pid = one(
                people,
                PURGING,
            )
            rejections.append(f"backend pid {pid}" in refused.value.message)

    purge(people, BIRTHPLACE, on_progress=try_too)
    assert rejections == [True]


def test_not_null_is_refused_at_the_start(people: str) -> None:
    """A column that is still NOT NULL is refused before anything is written."""
    execute(people, "DELETE FROM app.person WHERE birthplace IS NULL")
    execute(people, "ALTER TABLE app.person ALTER birthplace SET NOT NULL")
    before = digests(people, "app.person")
    with pytest.raises(RefusedError, match=r"NOT NULL is still on app\.person\.birthplace"):
        purge(people, BIRTHPLACE)
    assert digests(people, "app.person") == before
    assert one(people, "SELECT to_regclass('minimize.purge_run')") is None


def test_not_null_on_a_partition_or_a_domain_is_refused_at_the_start(database: str) -> None:
    """NOT NULL is found on a single partition and in the column's domain."""
    execute(
        database,
        "CREATE TABLE entry (id int, birthplace text) PARTITION BY LIST (id)",
        "CREATE TABLE entry_1 PARTITION OF entry FOR VALUES IN (1)",
        "ALTER TABLE entry_1 ALTER birthplace SET NOT NULL",
        "CREATE DOMAIN given AS text NOT NULL",
        "CREATE TABLE person (birthplace given)",
    )
    for table in ("entry", "person"):
        with pytest.raises(RefusedError, match=f"NOT NULL is still on public.{table}.birthplace"):
            purge(database, policy_of(at(f"public.{table}.birthplace")))


def test_an_empty_disposition_is_refused(people: str) -> None:
    """Without an authority to destroy nothing is erased."""
    with pytest.raises(RefusedError, match="names no authority to destroy"):
        purge(people, policy_of(at("app.person.birthplace"), authority=" "))
    assert one(people, "SELECT count(birthplace) FROM app.person") == 1500


def test_a_bad_predicate_is_refused_before_the_guard_is_there(people: str) -> None:
    """A misspelt column in an exception is found although the guard's functions are not installed yet."""
    with pytest.raises(PolicyError, match='column "kindd" does not exist'):
        purge(people, policy_of(at("app.person.raw", "$.pob", keep="kindd = 'EDL'")))


def test_a_row_that_stays_locked_is_left_and_named(people: str) -> None:
    """All other rows are erased, the result names the session with the lock, and the next run erases the rest."""
    with psycopg.connect(people, application_name="reporting") as other:
        other.execute("SELECT FROM app.person WHERE id = 1999 FOR UPDATE")
        result = purge(people, BIRTHPLACE, PurgeOptions(lock_timeout="20ms"))
        assert not result.is_complete
        assert [row[3] for row in counts(result).values()] == [1, 1]
        assert any("rows were locked" in note and "reporting" in note for note in result.notes)
        assert f"pid {other.info.backend_pid}" in str(result.notes)
    second_run = purge(people, BIRTHPLACE)
    assert {name: row[0] for name, row in counts(second_run).items()} == dict.fromkeys(DONE, 1)


def test_a_locked_table_stops_the_run_after_its_budget(people: str) -> None:
    """The error names the session with the lock, what was committed stays, and the next run resumes."""
    with psycopg.connect(people, application_name="nightly") as other:
        other.execute("LOCK TABLE app.person IN SHARE MODE")
        expected = r"app\.person.*keeps a lock.*nightly, idle in transaction"
        with pytest.raises(LockNotAvailableError, match=expected) as stopped:
            purge(people, BIRTHPLACE, PurgeOptions(lock_timeout="20ms"))
    assert "run the same command again" in stopped.value.hint
    assert counts(purge(people, BIRTHPLACE)) == DONE


def test_a_lock_of_another_command_of_ours_is_named(people: str) -> None:
    """It has the same application_name as the purge, but only the purge's own sessions are left out."""
    with connect(people) as other, other.transaction():
        other.execute("LOCK TABLE app.person IN SHARE MODE")
        expected = rf"keeps a lock on it: pid {other.info.backend_pid} \(minimize, idle in transaction[^)]*\)$"
        with pytest.raises(LockNotAvailableError, match=expected):
            purge(people, BIRTHPLACE, PurgeOptions(lock_timeout="20ms"))


def test_a_lock_on_what_a_hold_reads_is_named(people: str) -> None:
    """The batch waits for it as for a lock on its own table; the error names the locked table and the session."""
    with psycopg.connect(people, application_name="nightly") as other:

        def lock(progress: Progress) -> None:
            if progress.phase == "erase" and other.info.transaction_status is TransactionStatus.IDLE:
                other.execute("LOCK TABLE app.legal_hold")

        policy = policy_of(
            at("app.person.birthplace"), hold("app.person", "id IN (SELECT person_id FROM app.legal_hold)")
        )
        expected = (
            r"on what a batch reads: pid \d+ \(nightly, idle in transaction\) holds ACCESS EXCLUSIVE on app\.legal_hold"
        )
        with pytest.raises(LockNotAvailableError, match=expected):
            purge(people, policy, PurgeOptions(lock_timeout="20ms", limits=FAST), on_progress=lock)


def test_what_a_predicate_waits_for_does_not_keep_a_stop_waiting(people: str) -> None:
    """Before the first row, a check may already wait for a lock on a table that a hold reads."""
    stop = StopRequest()
    policy = policy_of(at("app.person.birthplace"), hold("app.person", "id IN (SELECT person_id FROM app.legal_hold)"))
    with psycopg.connect(people) as other, ThreadPoolExecutor() as pool:
        other.execute("LOCK TABLE app.legal_hold")
        running = pool.submit(purge, people, policy, stop=stop)
        wait_until(lambda: one(people, WAITING))
        stop.ask()
        with pytest.raises(InterruptedRunError):
            running.result(timeout=5)


def test_own_sessions_are_not_reported_as_blocking(people: str) -> None:
    """Of two sessions that hold locks, only the one that does not belong to the purge is named."""
    with connect(people) as conn, connect(people) as own, connect(people) as other:
        for session in (own, other):
            session.execute("BEGIN")
            session.execute("LOCK TABLE app.person IN ROW EXCLUSIVE MODE")
        (table,) = survey(conn, BIRTHPLACE).tables
        assert table.facts is not None
        (heap,) = table.facts.heaps
        said = describe_blockers(conn, heap, [own.info.backend_pid])
        assert said.startswith(f": pid {other.info.backend_pid} (")
        assert str(own.info.backend_pid) not in said


def test_locks_in_another_database_are_not_reported_as_blocking(people: str, clone: Callable[[str], str]) -> None:
    """A copy of the database has tables of the same OIDs."""
    with connect(people) as conn, psycopg.connect(clone("purge_people")) as other:
        other.execute("LOCK TABLE app.person IN ROW EXCLUSIVE MODE")
        (table,) = survey(conn, BIRTHPLACE).tables
        assert table.facts is not None
        assert describe_blockers(conn, table.facts.heaps[0], []) == ""


def test_a_session_that_ends_is_no_longer_the_purges_own(people: str) -> None:
    """Sessions of workers and lost sessions are removed: their pids may be reused."""
    seen: list[tuple[list[int], list[int]]] = []

    def look(progress: Progress) -> None:
        if progress.phase == "erase" and len(seen) < 3:
            seen.append((running.own_activity.sessions, fetch(people, TERMINATE_ALL)))
        if progress.phase == "vacuum":
            seen.append((running.own_activity.sessions, fetch(people, PURGING)))

    with connect(people) as conn:
        options = PurgeOptions(jobs=2, limits=FAST)
        running = Purge(conn, survey(conn, BIRTHPLACE), options, on_progress=look, tuning=FOUR_BLOCKS)
        running.run()
    assert len(seen) == 4
    assert seen[-1][0] == seen[-1][1]
    assert running.own_activity.sessions == []


@pytest.mark.parametrize("times", [1, 3])
def test_a_lost_connection_is_opened_again(people: str, times: int) -> None:
    """Every session of the purge is terminated during the run, and the result is the same."""
    left = times

    def terminate(progress: Progress) -> None:
        nonlocal left
        if left and progress.blocks_done >= 20:
            left -= 1
            execute(people, TERMINATE_ALL)

    assert counts(purge(people, BIRTHPLACE, on_progress=terminate)) == DONE
    assert left == 0


def test_another_purge_may_take_over_from_a_lost_one(people: str) -> None:
    """The purge that holds the lock continues; the process that lost it stops with an error."""
    with connect(f"{people}?application_name=other") as other:

        def take_over(progress: Progress) -> None:
            if progress.blocks_done == 20:
                execute(people, TERMINATE)
                while fetch(people, PURGING):
                    pass
                take_lock(other)
                execute(people, TERMINATE_ALL)  # not `other`, which has no such name

        with pytest.raises(RefusedError, match="another purge"):
            purge(people, BIRTHPLACE, on_progress=take_over)
    assert counts(purge(people, BIRTHPLACE)) == DONE


REFUSING = (
    "CREATE TABLE entry (id int PRIMARY KEY, code text, back text, amount int)",
    "INSERT INTO entry SELECT n, 'x', 'y', CASE n % 400 WHEN 7 THEN -1 ELSE 1 END FROM generate_series(1, 2000) AS n",
    "CREATE TABLE other (id int PRIMARY KEY, code text)",
    "INSERT INTO other VALUES (1, 'x')",
    """
    CREATE FUNCTION closed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.id % 500 = 9 THEN RAISE EXCEPTION 'entry % is closed', NEW.code; END IF; RETURN NEW; END $$
    """,
    "CREATE TRIGGER closed BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION closed()",
)
POSITIVE = "ALTER TABLE entry ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID"


@pytest.mark.parametrize("strategy", ["cascade", "sequential"])
@pytest.mark.parametrize("columns", [("code",), ("code", "back")], ids=["one location", "several"])
def test_a_row_that_is_refused_is_left_and_named(
    database: str, strategy: StrategyChoice, columns: tuple[str, ...]
) -> None:
    """Refused by a constraint that it always violated, or by a trigger: all other rows are erased, in all tables."""
    execute(database, *REFUSING, POSITIVE)
    sites = [at(f"public.entry.{column}") for column in columns]
    result = purge(database, policy_of(*sites, at("public.other.code")), PurgeOptions(strategy=strategy, limits=FAST))
    expected = {f"public.entry.{column}": (1991, 0, 0, 9) for column in columns}
    assert counts(result) == {**expected, "public.other.code": (1, 0, 0, 0)}
    assert not result.is_complete
    assert one(database, "SELECT count(code) FROM entry WHERE id % 400 = 7 OR id % 500 = 9") == 9
    by_trigger, by_check = sorted(note for note in result.notes if "refused" in note)
    assert by_check.startswith(
        "public.entry: 5 row(s) refused: check violation (23514) in public.entry.positive; ctid ("
    )
    assert by_trigger.startswith("public.entry: 4 row(s) refused: raise exception (P0001) in closed(); ctid (")
    (tid,) = {part.rstrip(",") for part in by_check.split("ctid ")[1].split(" ")[:1]}
    assert one(database, "SELECT amount FROM entry WHERE ctid = %s::tid", tid) == -1


@pytest.mark.parametrize("code", ["P0001", "MY001"], ids=["raise", "a code of its own"])
def test_a_trigger_that_refuses_all_rows_ends_the_table_and_not_the_purge(database: str, code: LiteralString) -> None:
    """With any SQLSTATE that it raises."""
    always = (
        REFUSING[-2].replace("NEW.id % 500 = 9", "true").replace("NEW.code;", f"NEW.code USING ERRCODE = '{code}';")
    )
    execute(database, *REFUSING[:-2], always, REFUSING[-1])
    with pytest.raises(RowRefusedError, match=rf"erasing public\.entry: .*\({code}\) in closed\(\)$"):
        purge(database, policy_of(at("public.entry.code"), at("public.other.code")))
    assert one(database, "SELECT count(code) FROM other") == 0


def test_an_error_after_a_refused_row_does_not_lead_to_its_contents(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even in a full traceback: the DETAIL of PostgreSQL's error quotes the whole row."""
    stop = StopRequest()
    monkeypatch.setattr(RefusedRows, "add", lambda *_: stop.ask())
    execute(database, *REFUSING, POSITIVE)
    with pytest.raises(InterruptedRunError) as stopped:
        purge(database, policy_of(at("public.entry.code")), stop=stop)
    trace = "".join(traceback.format_exception(stopped.value))
    assert "Failing row" not in trace
    assert "is closed" not in trace


def test_what_refuses_all_rows_ends_the_table_and_not_the_purge(database: str) -> None:
    """After a hundred rows the purge of the table stops: the error names what refuses them; other tables are purged."""
    execute(database, *REFUSING, "UPDATE entry SET amount = -1 WHERE id % 500 <> 9", POSITIVE)
    with pytest.raises(
        RowRefusedError, match=r"erasing public\.entry: check violation .*public\.entry\.positive"
    ) as failed:
        purge(database, policy_of(at("public.entry.code"), at("public.other.code")))
    assert "before (NOT VALID) or after" in failed.value.hint
    assert one(database, "SELECT count(code) FROM other") == 0
