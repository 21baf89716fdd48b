"""A purge during the writes of an application: no write is lost, and no value is left."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from minimize.policy import Policy
from minimize.purge.batch.batch import Batch
from minimize.purge.batch.worker import Worker
from minimize.purge.options import PurgeOptions, StrategyChoice
from minimize.purge.progress.reporter import Progress
from minimize.purge.tuning import Tuning
from tests.integration.purge.scenario import FAST, IMPATIENT, at, counts, execute, fetch, guard, one, policy_of, purge

SCHEMA = """
CREATE TABLE person (id bigint, year int, kind text, birthplace text, doc jsonb, seen int NOT NULL DEFAULT 0, pad text)
  PARTITION BY LIST (year);
CREATE TABLE person_1 PARTITION OF person FOR VALUES IN (1) WITH (fillfactor = 70);
CREATE TABLE person_2 PARTITION OF person FOR VALUES IN (2);
CREATE TABLE person_0 PARTITION OF person DEFAULT;
CREATE INDEX ON person (id);
INSERT INTO person SELECT n, n % 3, CASE WHEN n % 10 = 0 THEN 'EDL' ELSE 'DL' END, 'Kent', '{"pob": "Kent", "x": 1}', 0,
  repeat('.', 300) FROM generate_series(1, 6000) AS n;
"""
KEEP = "kind = 'EDL'"
POLICY = policy_of(at("public.person.birthplace", keep=KEEP), at("public.person.doc", "$.pob", keep=KEEP))
PLAIN = policy_of(at("public.person.birthplace", keep=KEEP))


class Application:
    """Sessions that insert, update, delete and move rows until stopped, and count what they committed."""

    def __init__(self, url: str, *, moves: bool) -> None:
        self.url, self.moves = url, moves
        self.done: Counter[str] = Counter()
        self.errors: list[psycopg.Error] = []
        self.stopping = threading.Event()
        self.lock = threading.Lock()

    def work(self, seed: int) -> None:
        """Write as one session."""
        dice = random.Random(seed)  # noqa: S311 - a repeatable load, not a secret
        kinds: list[Callable[[psycopg.Connection, random.Random], str]] = [update, update, insert, delete, pair]
        kinds += [move] if self.moves else []
        with psycopg.connect(self.url, autocommit=True) as conn:
            while not self.stopping.is_set():
                try:
                    kind = dice.choice(kinds)(conn, dice)
                except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
                    kind = "undone"  # rows locked in another order, or a row that another session has moved
                except psycopg.Error as error:
                    self.errors.append(error)
                    return
                with self.lock:
                    self.done[kind] += 1

    @contextmanager
    def at_work(self, sessions: int) -> Iterator[None]:
        """Let the sessions write inside the block."""
        threads = [threading.Thread(target=self.work, args=(seed,)) for seed in range(sessions)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join()


def update(conn: psycopg.Connection, dice: random.Random) -> str:
    """Count one visit on a row that may carry the field."""
    done = conn.execute("UPDATE person SET seen = seen + 1 WHERE id = %s", [dice.randint(1, 6000)]).rowcount
    return "seen" if done else "nothing"


def pair(conn: psycopg.Connection, dice: random.Random) -> str:
    """Count a visit on two rows in one transaction, in any order."""
    with conn.transaction():
        first, second = (update(conn, dice) for _ in range(2))
    return {0: "nothing", 1: "seen", 2: "seen twice"}[(first == "seen") + (second == "seen")]


def insert(conn: psycopg.Connection, dice: random.Random) -> str:
    """Add a row that does not carry the field, or that may."""
    kind, place = ("EDL", "Kent") if dice.random() < 0.3 else ("DL", None)
    conn.execute(
        "INSERT INTO person VALUES (%s, %s, %s, %s, '{}', 0, 'new')",
        [dice.randint(10**6, 10**9), dice.randint(0, 2), kind, place],
    )
    return f"inserted {kind}"


def delete(conn: psycopg.Connection, dice: random.Random) -> str:
    """Remove one row that was not visited."""
    query = "DELETE FROM person WHERE id = %s AND seen = 0"
    return "deleted" if conn.execute(query, [dice.randint(1, 6000)]).rowcount else "nothing"


def move(conn: psycopg.Connection, dice: random.Random) -> str:
    """Move one row to another partition."""
    query = "UPDATE person SET year = %s WHERE id = %s"
    conn.execute(query, [dice.randint(0, 2), dice.randint(1, 6000)])
    return "moved"


def purge_beside(
    url: str,
    *,
    moves: bool,
    strategy: StrategyChoice = "auto",
    jobs: int = 1,
    tuning: Tuning = IMPATIENT,
) -> Application:
    """Purge while four sessions write, and check that every committed write is there."""
    application = Application(url, moves=moves)
    limits = FAST.changed(["target=20ms", "pages=16", "interleave=2"])
    with application.at_work(4):
        result = purge(url, POLICY, PurgeOptions(strategy=strategy, jobs=jobs, limits=limits), tuning=tuning)
    assert application.errors == []
    assert all(row[3] == 0 for row in counts(result).values())
    done = application.done
    assert min(done["seen"], done["deleted"], done["inserted DL"], done["inserted EDL"]) > 0, done
    seen, rows, new = one(
        url, "SELECT sum(seen), count(*) FILTER (WHERE id <= 6000), count(*) FILTER (WHERE id > 6000) FROM person"
    )
    assert seen == done["seen"] + 2 * done["seen twice"]
    assert rows == 6000 - done["deleted"]
    assert new == done["inserted DL"] + done["inserted EDL"]
    return application


CARRYING = "SELECT count(*) FROM person WHERE kind = 'DL' AND (birthplace IS NOT NULL OR doc ? 'pob')"
HARMED = """
SELECT count(*) FROM person WHERE kind = 'EDL' AND (birthplace IS NULL OR (id <= 6000 AND NOT doc ? 'pob'))
   OR id <= 6000 AND (doc ->> 'x' <> '1' OR length(pad) <> 300)
"""


@pytest.mark.parametrize(("strategy", "jobs"), [("sequential", 1), ("cascade", 1), ("cascade", 2)])
def test_nothing_is_lost_and_nothing_left_beside_writers(database: str, strategy: StrategyChoice, jobs: int) -> None:
    """With a guard, concurrent writes and deadlocks, the purge misses no row and undoes no write."""
    execute(database, SCHEMA)
    guard(database, POLICY)
    purge_beside(database, moves=False, strategy=strategy, jobs=jobs, tuning=replace(IMPATIENT, min_range_pages=16))
    assert (one(database, CARRYING), one(database, HARMED)) == (0, 0)


@pytest.mark.parametrize("strategy", ["sequential", "cascade"])
def test_rows_that_move_between_partitions_are_not_missed(database: str, strategy: StrategyChoice) -> None:
    """A row that moves into a partition that is already purged is found by the next pass."""
    execute(database, SCHEMA)
    application = purge_beside(database, moves=True, strategy=strategy)
    assert application.done["moved"] > 0
    assert (one(database, CARRYING), one(database, HARMED)) == (0, 0)


def test_a_partition_attached_during_the_run_is_purged(database: str) -> None:
    """The next pass includes it and erases its values."""
    execute(database, SCHEMA, "CREATE TABLE person_3 (LIKE person)")
    execute(
        database, "INSERT INTO person_3 SELECT n, 3, 'DL', 'Kent', '{\"pob\": 1}', 0 FROM generate_series(1, 100) AS n"
    )
    attached: list[bool] = []

    def attach(progress: Progress) -> None:
        if progress.phase == "erase" and not attached:
            attached.append(True)
            execute(database, "ALTER TABLE person ATTACH PARTITION person_3 FOR VALUES IN (3)")

    result = purge(database, POLICY, on_progress=attach)
    assert (attached, one(database, CARRYING)) == ([True], 0)
    assert result.is_complete


def test_a_partition_dropped_during_the_run_is_not_missed(database: str) -> None:
    """The run continues with the remaining leaves."""
    execute(database, SCHEMA)
    dropped: list[bool] = []

    def drop(progress: Progress) -> None:
        if progress.phase == "erase" and progress.place == "public.person_0" and not dropped:
            dropped.append(True)
            execute(database, "ALTER TABLE person DETACH PARTITION person_2", "DROP TABLE person_2")

    result = purge(database, POLICY, on_progress=drop)
    assert (dropped, one(database, CARRYING)) == ([True], 0)
    assert result.is_complete


@pytest.mark.majors
def test_a_row_changed_while_its_batch_waits_for_it_is_not_overwritten(database: str) -> None:
    """The batch does not change the new version; the next pass erases it and keeps the other session's change."""
    execute(database, SCHEMA)
    with psycopg.connect(database) as other:
        other.execute("UPDATE person SET seen = 7, kind = CASE id WHEN 3 THEN 'EDL' ELSE kind END WHERE id IN (3, 6)")
        threading.Timer(0.5, other.commit).start()
        purge(database, POLICY)
    assert one(database, "SELECT birthplace, doc ? 'pob', seen FROM person WHERE id = 3") == ("Kent", True, 7)
    assert one(database, "SELECT birthplace, doc ? 'pob', seen FROM person WHERE id = 6") == (None, False, 7)


@pytest.mark.parametrize(
    "policy", [POLICY, policy_of(at("public.person.birthplace", keep=KEEP))], ids=["version", "plain"]
)
def test_a_row_in_the_place_of_one_that_was_found_is_left_alone(
    database: str, monkeypatch: pytest.MonkeyPatch, policy: Policy
) -> None:
    """A batch identifies rows by tid. If a tid was reused by another row, that row keeps its value."""
    execute(database, "CREATE TABLE person (id int, kind text, birthplace text, doc jsonb)")
    execute(database, "INSERT INTO person SELECT n, 'DL', 'Kent', '{\"pob\": 1}' FROM generate_series(1, 9) AS n")
    erase = Worker.erase

    def erase_late(self: Worker, batch: Batch, **options: Any) -> int:
        if not one(database, "SELECT count(*) FROM person WHERE id = 10"):
            execute(database, "DELETE FROM person WHERE id = 3", "VACUUM person")
            execute(database, "INSERT INTO person VALUES (10, 'EDL', 'Kent', '{\"pob\": 1}')")
            assert one(database, "SELECT ctid::text FROM person WHERE id = 10") == "(0,3)"
        return erase(self, batch, **options)

    monkeypatch.setattr(Worker, "erase", erase_late)
    purge(database, policy)
    assert fetch(database, "SELECT id FROM person WHERE birthplace IS NOT NULL AND doc ? 'pob'") == [10]
