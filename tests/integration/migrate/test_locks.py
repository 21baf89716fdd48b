"""Locks: every wait is bounded, and no exclusive lock is held while a table is scanned."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from alembic.util import CommandError

from minimize.migrate import GuardFieldOp
from tests.integration.migrate.estate import BIRTHPLACE, Estate, policy_text
from tests.integration.migrate.test_drop_gate import SHAPE

pytestmark = pytest.mark.majors


@contextmanager
def blocker(estate: Estate, statement: str) -> Iterator[psycopg.Connection[Any]]:
    """Hold a lock from another session."""
    with psycopg.connect(estate.url, application_name="nightly report") as conn:
        conn.execute(statement.encode())
        yield conn
        conn.rollback()


ACTIONS: dict[str, Callable[[Estate], None]] = {
    "guard": Estate.guard,
    "unguard": Estate.unguard,
    "drop-purge": Estate.drop,
    "drop-direct": lambda estate: estate.drop(route="direct"),
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS.keys())
@pytest.mark.parametrize("statement", ["SELECT id FROM lab.person", "UPDATE lab.person SET kind = 'x'"])
def test_a_blocked_operation_names_the_blocking_session(
    estate: Estate, action: Callable[[Estate], None], statement: str
) -> None:
    """The refusal names pid, application and state of the blocking session, not the query, and changes nothing."""
    if action is not ACTIONS["guard"]:
        estate.guard()
    before = estate.ask_all(SHAPE)
    started = time.monotonic()
    with blocker(estate, statement) as conn:
        pid = conn.info.backend_pid
        with pytest.raises(CommandError) as caught:
            action(estate)
    assert time.monotonic() - started < 5
    message = str(caught.value)
    assert "could not lock lab.person in 2 attempts of 100ms" in message
    assert f"pid {pid} (nightly report, idle in transaction" in message
    assert "SELECT" not in message
    assert "UPDATE" not in message
    assert "Nothing was changed" in message
    assert estate.ask_all(SHAPE) == before


def test_it_continues_when_the_lock_is_released(estate: Estate) -> None:
    """No lock is held between attempts, and a later attempt succeeds."""
    patient = estate.with_options(minimize_lock_attempts="10")
    with blocker(estate, "SELECT id FROM lab.person") as conn:
        release = threading.Timer(0.5, conn.rollback)
        release.start()
        patient.guard()
        release.join()
    assert not patient.drift()


def test_other_sessions_work_during_the_lock_wait(estate: Estate) -> None:
    """Other sessions read and write during the attempts: an exclusive lock request never waits long in the queue."""
    estate.run("INSERT INTO lab.person (id) SELECT generate_series(10, 20)")
    patient = estate.with_options(minimize_lock_attempts="4")
    waits = []

    def give_up() -> None:
        with pytest.raises(CommandError):
            patient.guard()

    with blocker(estate, "SELECT id FROM lab.person"):
        worker = threading.Thread(target=give_up)
        worker.start()
        while worker.is_alive():
            started = time.monotonic()
            estate.run("UPDATE lab.person SET kind = 'y' WHERE id = 10")
            waits.append(time.monotonic() - started)
        worker.join()
    assert len(waits) > 3
    assert max(waits) < 1


def test_the_lock_timeout_ends_with_the_migration(estate: Estate) -> None:
    """The setting is local to the transaction, so that a pooled connection does not keep it."""
    with estate.migration() as operations:
        before = operations.get_bind().exec_driver_sql("SHOW lock_timeout").scalar()
        GuardFieldOp.guard_field(operations, "birthplace")
        assert operations.get_bind().exec_driver_sql("SHOW lock_timeout").scalar() == "100ms"
        connection = operations.get_bind()
        connection.commit()
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == before


def test_all_tables_are_locked_or_none(estate: Estate) -> None:
    """While one table is blocked, the other tables are not locked."""
    both = estate.under(policy_text('column = "lab.person.birthplace"', 'column = "lab.other.place"'))
    both.run("CREATE TABLE lab.other (place text)")
    with (
        blocker(both, "SELECT 1 FROM lab.other"),
        pytest.raises(CommandError, match=r"lab\.other, lab\.person|lab\.person, lab\.other"),
    ):
        both.guard()
    assert both.ask("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal") == 0


def test_no_exclusive_lock_while_the_table_is_read(estate: Estate) -> None:
    """The scans for the proof hold only locks that allow reads and writes."""
    scanning = estate.under(policy_text(f'{BIRTHPLACE}\nkeep_where = {{ enhanced = "lab.slow(kind)" }}'))
    scanning.run(
        # Each row takes its time, so that the scans can be watched.
        "CREATE FUNCTION lab.slow(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS"
        " $$ BEGIN PERFORM pg_sleep(0.002); RETURN true; END $$",
        "INSERT INTO lab.person (id, birthplace) SELECT n, 'Zanzibar' FROM generate_series(100, 299) AS n",
    )
    scanning.guard()
    failures: list[Exception] = []

    def drop() -> None:
        try:
            scanning.drop()
        except CommandError as failure:
            failures.append(failure)

    worker = threading.Thread(target=drop)
    samples: list[list[str]] = []
    with scanning.connect() as conn:
        worker.start()
        while worker.is_alive():
            row = conn.execute(
                "SELECT array_agg(mode) FROM pg_locks WHERE relation = 'lab.person'::regclass"
                " AND granted AND pid <> pg_backend_pid()"
            ).fetchone()
            samples += [row[0]] if row and row[0] else []
            time.sleep(0.005)
        worker.join()
    assert not failures
    assert [modes for modes in samples if "ShareUpdateExclusiveLock" in modes]
    exclusive = [modes for modes in samples if "AccessExclusiveLock" in modes]
    assert len(exclusive) < 0.15 * len(samples)
