"""A purge whose network is cut or whose server crashes, again and again, ends with the same result as without."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, LiteralString

import pytest

from minimize.catalog.connection import Connection, connect
from minimize.catalog.side_effects.triggers import fires_triggers
from minimize.errors import DatabaseError, InterruptedRunError, RefusedError
from minimize.purge.connection import reconnecting_session as session
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions, StrategyChoice
from minimize.purge.progress.reporter import Progress
from minimize.purge.state.purge_lock import take_lock
from minimize.purge.state.runs import begin_run
from tests.integration.purge.crashing import CrashingServer
from tests.integration.purge.losses import (
    CARRYING,
    POLICY,
    TUNING,
    build,
    check_nothing_lost,
    harass,
    options,
    wait_until,
)
from tests.integration.purge.proxy import Proxy, as_pooler
from tests.integration.purge.scenario import FAST, at, counts, execute, fetch, one, policy_of, whole
from tests.integration.purge.scenario import purge as purge_with

BOOKS: LiteralString = """
SELECT (SELECT sum(next_block)::int FROM minimize.purge_range),
       (SELECT coalesce(sum(erased), 0)::int FROM minimize.purge_count),
       (SELECT count(*)::int FROM touched)
"""
END_ONE: LiteralString = """
SELECT pid FROM (SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'minimize' AND datname = current_database()
    AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory') ORDER BY random() LIMIT 1) AS ended
"""
END_ALL: LiteralString = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'minimize' AND datname = current_database()"
)
ANCHOR: LiteralString = (
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
END_ANCHOR: LiteralString = ANCHOR.replace("pid", "pg_terminate_backend(pid)")
WRITTEN: LiteralString = "SELECT count(*) FROM touched"
# No poll during a test: each poll waits for the disk, and so makes the batches before it durable.
RARE_POLLS = replace(TUNING, poll_seconds=60.0)
purge = partial(purge_with, tuning=TUNING)
CUTS = 17
CRASHES = int(os.environ.get("MINIMIZE_TEST_CRASHES", "51"))
"""Crashes of the server, over all strategies. Each takes the time of a recovery."""


@pytest.fixture
def tables(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Give the URL of a database with 2,400 values to erase in some 400 pages."""
    return clone(template("purge_losses", build))


@pytest.mark.parametrize(("strategy", "jobs"), [("sequential", 1), ("cascade", 1), ("cascade", 3)])
def test_a_network_that_is_cut_at_any_moment_loses_nothing(tables: str, strategy: StrategyChoice, jobs: int) -> None:
    """Cut on both sides, on one side, or silent first: the run continues by itself and repeats no committed batch."""
    dice = random.Random(5)  # noqa: S311 - a choice of harm, not a secret

    def strike() -> None:
        match dice.choice(["cut", "abandon", "silence"]):
            case "cut":
                proxy.cut()
            case "abandon":
                proxy.abandon()
            case "silence":
                proxy.silence()
                time.sleep(dice.uniform(0, 0.02))
                proxy.abandon()

    with Proxy(tables) as proxy:
        harass(proxy.url, options(strategy, jobs), strike, CUTS, server=tables)


def test_a_pooler_is_refused_before_the_first_row(tables: str) -> None:
    """A pooler may send each statement to another session, which has neither the purge lock nor the settings."""
    with Proxy(tables, as_pooler) as proxy, pytest.raises(RefusedError, match="through a pooler"):
        purge(proxy.url, POLICY, options("sequential"))
    assert one(tables, "SELECT to_regnamespace('minimize') IS NULL")


@pytest.fixture(scope="module")
def crashing() -> Iterator[CrashingServer]:
    """Give a server that a test may crash, with the tables in its database `template`."""
    server = CrashingServer()
    try:
        execute(server.url(), "CREATE DATABASE template")
        build(server.url("template"))
        yield server
    finally:
        server.close()


@pytest.fixture
def fragile(crashing: CrashingServer) -> str:
    """Give the URL of a database on that server, with 2,400 values to erase."""
    wait_until(crashing.is_up)
    execute(crashing.url(), "DROP DATABASE IF EXISTS fragile", "CREATE DATABASE fragile TEMPLATE template")
    return crashing.url("fragile")


@pytest.mark.parametrize(("strategy", "jobs"), [("sequential", 1), ("cascade", 1), ("cascade", 2)])
def test_a_server_that_crashes_at_any_moment_loses_nothing(
    crashing: CrashingServer, fragile: str, strategy: StrategyChoice, jobs: int
) -> None:
    """A backend is killed, or the server is stopped at once: the run waits for the recovery and continues by itself."""
    dice = random.Random(3)  # noqa: S311 - a choice of harm, not a secret

    def strike() -> None:
        dice.choice([crashing.kill_backend, crashing.kill_backend, crashing.stop_at_once])()

    harass(fragile, options(strategy, jobs), strike, CRASHES // 3)


def test_a_crash_undoes_cursor_counters_and_rows_together(crashing: CrashingServer, fragile: str) -> None:
    """No batch waits for the disk. A crash undoes rows, cursor and counters together, and they are erased again."""
    seen: list[tuple[int, int, int]] = []

    def crash(progress: Progress) -> None:
        if progress.phase == "erase" and progress.blocks_done >= 40 and not seen:
            seen.append(one(fragile, BOOKS))
            crashing.kill_backend()
            wait_until(crashing.is_up)
            seen.append(one(fragile, BOOKS))

    result = purge(fragile, POLICY, options("sequential"), on_progress=crash, tuning=RARE_POLLS)
    (cursor, erased, written), (cursor_after, erased_after, written_after) = seen
    assert erased == written
    assert erased_after == written_after
    assert (cursor_after < cursor, erased_after < erased) == (True, True)
    assert result.is_complete
    # It resumed from the cursor in the state tables, so one pass was enough.
    assert one(fragile, "SELECT max(pass) FROM minimize.purge_range") == 1
    check_nothing_lost(fragile)


def test_a_server_that_stays_away_ends_the_run_and_the_next_goes_on(crashing: CrashingServer, fragile: str) -> None:
    """After a minute, here less, the purge ends with an error, and the next run resumes it."""
    tuning = replace(TUNING, reconnect_seconds=0.2)
    reports = 0

    def stop(progress: Progress) -> None:
        nonlocal reports
        reports += progress.phase == "erase"
        if reports == 20:
            crashing.stop()

    with pytest.raises(DatabaseError, match=r"could not connect|connection to the server was lost"):
        purge(fragile, POLICY, options("cascade", jobs=2), on_progress=stop, tuning=tuning)
    crashing.start()
    purge(fragile, POLICY, options("sequential"))
    check_nothing_lost(fragile)


class LossWhileWaiting:
    """Stops the purge by a throttle from a phase on, ends its connections while it waits, then clears the throttle."""

    def __init__(self, url: str, phase: str | None) -> None:
        self.url, self.phase = url, phase
        self.strikes = 0
        execute(url, "CREATE TABLE stop ()")
        if phase is None:
            execute(url, "INSERT INTO stop DEFAULT VALUES")

    def __call__(self, progress: Progress) -> None:
        """Receive one progress report."""
        if progress.waiting_for and not self.strikes:
            self.strikes += 1
            execute(self.url, END_ALL)
            wait_until(lambda: not fetch(self.url, ANCHOR))
            execute(self.url, "DELETE FROM stop")
        elif progress.phase == self.phase:
            self.phase = None
            execute(self.url, "INSERT INTO stop DEFAULT VALUES")
            time.sleep(0.15)  # until the throttles are read again


@pytest.mark.parametrize(
    ("phase", "location"),
    [
        ("count", at("public.person.birthplace")),
        ("vacuum", at("public.person.birthplace")),
        ("prove", at("public.person.birthplace")),
        (None, whole("public.person")),
    ],
    ids=["count", "vacuum", "proof", "truncate"],
)
def test_a_connection_lost_while_the_purge_waits_is_no_interruption(
    tables: str, phase: str | None, location: str
) -> None:
    """The first thread that notices opens a new connection; what waited on the old one continues on the new one."""
    loss = LossWhileWaiting(tables, phase)
    limits = FAST.changed(["interval=100ms", "query=SELECT NOT EXISTS (SELECT FROM public.stop)"])
    result = purge(
        tables, policy_of(location), PurgeOptions(limits=limits, count_first=phase is not None), on_progress=loss
    )
    assert (loss.strikes, result.is_complete, result.locations[0].erased) == (1, True, 1600)


def test_a_connection_lost_before_the_triggers_are_read_is_no_interruption(
    tables: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalog query between two steps is repeated."""
    lost: list[bool] = []

    def lose(*args: Any, **options: Any) -> bool:
        if not lost:
            lost.append(True)
            execute(tables, END_ALL)
        return fires_triggers(*args, **options)

    monkeypatch.setattr("minimize.purge.run.leaf_purge.fires_triggers", lose)
    result = purge(tables, policy_of(at("public.person.birthplace")))
    assert (lost, result.is_complete) == ([True], True)


def test_several_workers_end_as_one(tables: str, clone: Callable[[str], str]) -> None:
    """Three workers leave the same rows, counters and records as one."""
    alone = clone("purge_losses")
    results = [purge(url, POLICY, options("cascade", jobs)) for url, jobs in ((tables, 3), (alone, 1))]
    assert counts(results[0]) == counts(results[1])
    ranges = "SELECT count(*), bool_and(next_block = end_block) FROM minimize.purge_range WHERE pass = 1"
    assert [one(url, ranges) for url in (tables, alone)] == [(24, True), (2, True)]
    check_nothing_lost(tables)


def test_one_worker_of_three_whose_connection_ends_goes_on(tables: str) -> None:
    """The other workers are not affected, and its range is finished."""
    ended: list[int] = []

    def end(progress: Progress) -> None:
        if progress.phase == "erase" and len(ended) < 3:
            ended.extend(fetch(tables, END_ONE))

    purge(tables, POLICY, options("cascade", jobs=3), on_progress=end)
    assert len(set(ended)) == 3
    check_nothing_lost(tables)


def test_a_worker_that_fails_ends_the_run_with_its_own_error(tables: str) -> None:
    """The other workers stop at once, even while they wait, and their errors are not reported."""
    execute(
        tables,
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN IF NEW.id = 1501 THEN RAISE internal_error; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER fail BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION fail()",
    )
    with pytest.raises(DatabaseError, match=r"erasing public\.person: internal error"):
        purge(tables, POLICY, options("cascade", jobs=3))
    execute(tables, "DROP TRIGGER fail ON person")
    purge(tables, POLICY, options("cascade", jobs=3))
    check_nothing_lost(tables)


def slow(jobs: int) -> PurgeOptions:
    """Return the options of a purge that takes some time."""
    chosen = options("sequential", jobs)
    return replace(chosen, limits=chosen.limits.changed(["duty-cycle=0.1"]))


def end_anchor(url: str) -> None:
    """End the connection that has the purge lock, and wait until the lock is free."""
    execute(url, END_ANCHOR)
    wait_until(lambda: not fetch(url, ANCHOR))


def test_no_worker_goes_on_while_the_purge_lock_is_lost(tables: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is held again, only batches already sent are committed. Then the run continues."""
    is_ended, written = threading.Event(), list[int]()

    def come_back(address: str) -> Connection:
        while is_ended.is_set() and len(written) < 2:
            time.sleep(0.2)
            written.append(one(tables, WRITTEN))
        return connect(address)

    def end(progress: Progress) -> None:
        if progress.phase == "erase" and progress.blocks_done >= 20 and not is_ended.is_set():
            is_ended.set()
            end_anchor(tables)

    monkeypatch.setattr(session, "connect", come_back)
    purge(tables, POLICY, slow(jobs=3), on_progress=end, tuning=RARE_POLLS)
    assert written == [written[0]] * 2
    assert written[0] < one(tables, CARRYING)[0]
    check_nothing_lost(tables)


def test_no_worker_goes_on_beside_another_purge(tables: str) -> None:
    """If another purge takes the lost lock, the workers stop at once, and the error names the reason."""
    written: list[int] = []

    def take_over(progress: Progress) -> None:
        if progress.phase == "erase" and progress.blocks_done >= 20 and not written:
            end_anchor(tables)
            take_lock(other)
            time.sleep(0.2)
            written.append(one(tables, WRITTEN))

    with connect(f"{tables}?application_name=other") as other:
        with pytest.raises(RefusedError, match="another purge is at work"):
            purge(tables, POLICY, slow(jobs=3), on_progress=take_over, tuning=RARE_POLLS)
        assert written == [one(tables, WRITTEN)]
    purge(tables, POLICY, options("sequential"))
    check_nothing_lost(tables)


def test_a_run_that_another_purge_took_over_is_left_to_it(tables: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the other purge has ended and the lock is free again: it may have split the ranges differently."""
    is_ended, is_over = threading.Event(), threading.Event()

    def come_back(address: str) -> Connection:
        if is_ended.is_set():
            is_over.wait()
        return connect(address)

    def take_over(progress: Progress) -> None:
        if progress.phase == "erase" and not is_over.is_set():
            is_ended.set()
            end_anchor(tables)
            with connect(tables) as other:
                take_lock(other)
                begin_run(other, POLICY, {})
            wait_until(lambda: not fetch(tables, ANCHOR))
            is_over.set()

    monkeypatch.setattr(session, "connect", come_back)
    with pytest.raises(RefusedError, match="taken over by another process"):
        purge(tables, POLICY, slow(jobs=3), on_progress=take_over, tuning=RARE_POLLS)
    purge(tables, POLICY, options("sequential"))
    check_nothing_lost(tables)


@pytest.mark.parametrize("strategy", ["sequential", "cascade"])
def test_a_stop_request_ends_three_workers_within_a_batch(tables: str, strategy: StrategyChoice) -> None:
    """At most one batch per worker follows the request, no session is left open, and the next run does the rest."""
    stop, at = StopRequest(), 0

    def ask(progress: Progress) -> None:
        nonlocal at
        if progress.phase == "erase" and not at:
            stop.ask()
            at = one(tables, "SELECT count(*) FROM touched")

    with pytest.raises(InterruptedRunError):
        purge(tables, POLICY, options(strategy, jobs=3), stop=stop, on_progress=ask)
    # A batch has two pages of eight rows, of which at most 13 are to be erased; each worker may finish one batch.
    assert one(tables, "SELECT count(*) FROM touched") - at <= 3 * 13
    # A server process ends a moment after its client.
    left: LiteralString = (
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'minimize' AND datname = current_database()"
    )
    wait_until(lambda: one(tables, left) == 0)
    purge(tables, POLICY, options(strategy, jobs=3))
    check_nothing_lost(tables)
