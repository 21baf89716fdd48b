"""Other sessions: a VACUUM of the table, sessions that wait for a lock, and active sessions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal, LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.purge.throttle.active_sessions import ActiveSessions
from minimize.purge.throttle.lock_waiters import LockWaiters
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Throttle
from minimize.purge.throttle.running_vacuum import RunningVacuum
from tests.integration.purge.throttle.conftest import until
from tests.integration.purge.throttle.pair import Pair

# A VACUUM then takes minutes, and ends at once when it is cancelled.
SLOW = "SET vacuum_cost_delay = 100; SET vacuum_cost_limit = 1"


@pytest.fixture
def table(owner: Connection) -> int:
    """Create a table of some hundred pages, and give its OID."""
    owner.execute("CREATE TABLE public.person (id bigint PRIMARY KEY, note text)")
    owner.execute("INSERT INTO public.person SELECT n, repeat('x', 1000) FROM generate_series(1, 1000) AS n")
    return oid_of(owner, "public.person")


def oid_of(conn: Connection, name: str) -> int:
    """Return the OID of a relation."""
    row = conn.execute("SELECT %s::regclass::oid", [name]).fetchone()
    assert row is not None
    return int(str(row[0]))


@contextmanager
def running(conn: Connection, statement: LiteralString) -> Iterator[int]:
    """Run a statement in another thread, and cancel it at the end."""

    def run() -> None:
        with suppress(psycopg.errors.QueryCanceled):
            conn.execute(statement)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield conn.info.backend_pid
    finally:
        conn.cancel_safe()
        thread.join()


def trips(throttle: Throttle, conn: Connection) -> None:
    """Wait until the throttle is readable and not clear."""
    until(lambda: not throttle.read(conn).is_clear)
    assert throttle.read(conn).is_readable


def test_a_vacuum_of_the_table_is_not_clear_with_any(
    owner: Connection, plain: Connection, table: int, database: str, session: Callable[[str], Connection]
) -> None:
    """A role without privileges sees it, too. A VACUUM of another table does not count."""
    any_of_it = RunningVacuum("any", OwnActivity([table]))
    elsewhere = RunningVacuum("any", OwnActivity([oid_of(owner, "pg_class")]))
    wraparound = RunningVacuum("wraparound", OwnActivity([table]))
    assert any_of_it.read(plain).is_clear
    vacuum = session(database)
    vacuum.execute(SLOW)
    with running(vacuum, "VACUUM public.person") as pid:
        trips(any_of_it, owner)
        trips(any_of_it, plain)
        assert any_of_it.read(plain).text == f"pid {pid} vacuums public.person"
        assert elsewhere.read(owner).is_clear
        assert wraparound.read(owner).is_clear
        assert RunningVacuum("any", OwnActivity([table], [pid])).read(owner).is_clear
        hidden = wraparound.read(plain)
        assert (hidden.is_clear, hidden.is_readable) == (False, False)
        assert hidden.text.endswith("its reason is hidden from this role; grant it pg_monitor")
    until(lambda: any_of_it.read(owner).is_clear)


@pytest.mark.parametrize("which", ["any", "wraparound"])
def test_a_vacuum_that_is_not_reported_is_not_clear(
    owner: Connection,
    table: int,
    database: str,
    session: Callable[[str], Connection],
    which: Literal["any", "wraparound"],
) -> None:
    """With track_activities off only its lock is visible, and the lock may be of another statement."""
    throttle = RunningVacuum(which, OwnActivity([table]))
    vacuum = session(database)
    vacuum.execute("SET track_activities = off")
    vacuum.execute(SLOW)
    with running(vacuum, "VACUUM public.person") as pid:
        until(lambda: not throttle.read(owner).is_clear)
        reading = throttle.read(owner)
        assert (reading.is_clear, reading.is_readable) == (False, False)
        assert f"pid {pid} may be vacuuming public.person" in reading.text
    until(lambda: throttle.read(owner).is_clear)


def test_an_autovacuum_to_prevent_wraparound_is_not_clear(primary: Connection) -> None:
    """The reading names its reason."""
    primary.execute(
        "CREATE TABLE public.old (a text) WITH (autovacuum_freeze_max_age = 100000, autovacuum_vacuum_cost_delay = 100,"
        " autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_insert_threshold = -1)"
    )
    primary.execute("INSERT INTO public.old SELECT repeat('x', 1000) FROM generate_series(1, 1000)")
    throttle = RunningVacuum("wraparound", OwnActivity([oid_of(primary, "public.old")]))
    assert throttle.read(primary).is_clear
    primary.execute("DO 'BEGIN FOR i IN 1..100100 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END'")
    trips(throttle, primary)
    assert throttle.read(primary).text.endswith(" vacuums public.old to prevent wraparound")
    primary.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_progress_vacuum")
    primary.execute("DROP TABLE public.old")


def test_a_session_that_waits_for_the_table_is_not_clear(
    owner: Connection, plain: Connection, table: int, database: str, session: Callable[[str], Connection]
) -> None:
    """The holder of the lock makes no difference. A session that waits for another table does not count."""
    throttle, elsewhere = LockWaiters(0, OwnActivity([table])), LockWaiters(0, OwnActivity([oid_of(owner, "pg_class")]))
    assert throttle.read(plain).is_clear
    with owner.transaction():
        owner.execute("LOCK TABLE public.person IN ROW EXCLUSIVE MODE")
        with running(session(database), "ALTER TABLE public.person ADD extra text") as pid:
            trips(throttle, plain)
            assert throttle.read(plain).text == f"1 session(s) wait for a lock (pid {pid}) (limit 0)"
            assert elsewhere.read(plain).is_clear
            assert LockWaiters(1, OwnActivity([table])).read(plain).is_clear
            assert LockWaiters(0, OwnActivity([table], [pid])).read(plain).is_clear


def test_a_session_that_waits_for_a_row_lock_of_the_purge_is_not_clear(
    owner: Connection, plain: Connection, table: int, database: str, session: Callable[[str], Connection]
) -> None:
    """It waits for a transaction, not for the table. A row lock of another session does not count."""
    ours = LockWaiters(0, OwnActivity([table], [owner.info.backend_pid]))
    theirs = LockWaiters(0, OwnActivity([table]))
    with owner.transaction():
        owner.execute("UPDATE public.person SET note = '' WHERE id = 1")
        with running(session(database), "UPDATE public.person SET note = 'x' WHERE id = 1"):
            trips(ours, plain)
            assert theirs.read(plain).is_clear
    until(lambda: ours.read(plain).is_clear)


def test_locks_that_may_not_be_read_are_not_clear(owner: Connection, plain: Connection, table: int) -> None:
    """This applies to both throttles that read pg_locks."""
    owner.execute("REVOKE SELECT ON pg_catalog.pg_locks FROM public")
    for throttle in (LockWaiters(0, OwnActivity([table])), RunningVacuum("any", OwnActivity([table]))):
        reading = throttle.read(plain)
        assert (reading.is_clear, reading.is_readable) == (False, False)
        assert reading.text == "cannot be read: permission denied for view pg_locks"


def test_active_sessions_are_not_clear(primary: Connection, pair: Pair, session: Callable[[str], Connection]) -> None:
    """Idle sessions and the purge's own sessions do not count."""
    other = session(pair.url)
    throttle = ActiveSessions(0, OwnActivity())
    assert throttle.read(primary).text == "0 active session(s) (limit 0)"
    with running(other, "SELECT pg_sleep(60)") as pid:
        trips(throttle, primary)
        assert throttle.read(primary).text == "1 active session(s) (limit 0)"
        assert ActiveSessions(1, OwnActivity()).read(primary).is_clear
        assert ActiveSessions(0, OwnActivity(sessions=[pid])).read(primary).is_clear


def test_sessions_hidden_from_the_role_are_not_clear(plain: Connection, owner: Connection) -> None:
    """A hidden session may be active."""
    hidden = ActiveSessions(1000, OwnActivity()).read(plain)
    assert (hidden.is_clear, hidden.is_readable) == (False, False)
    assert hidden.text == "cannot be read: other sessions are hidden from this role; grant it pg_monitor"
    owner.execute(sql.SQL("GRANT pg_monitor TO {}").format(sql.Identifier(plain.info.user)))
    assert ActiveSessions(1000, OwnActivity()).read(plain).is_clear


def test_sessions_without_a_state_are_not_clear(
    primary: Connection, pair: Pair, session: Callable[[str], Connection]
) -> None:
    """With track_activities off an active session looks like an idle one."""
    session(pair.url).execute("SET track_activities = off")
    reading = ActiveSessions(1000, OwnActivity()).read(primary)
    assert (reading.is_clear, reading.is_readable) == (False, False)
    assert "track_activities" in reading.text
