"""The governor rests and waits, on a clock that moves only during a sleep."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from psycopg.pq import TransactionStatus

from minimize.errors import DatabaseError, InterruptedRunError, RefusedError
from minimize.purge.throttle.governor import Governor, Wait
from minimize.purge.throttle.limits import Limits
from minimize.purge.throttle.reading import Reading, unreadable

CLEAR = Reading(name="fake", text="all is well", is_clear=True)
BLOCKED = Reading(name="fake", text="too much", is_clear=False, value={"bytes": 2}, limit={"bytes": 1})


class Clock:
    """A clock that moves only during a sleep."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Move the clock."""
        self.slept.append(seconds)
        self.now += seconds


class Fake:
    """Returns the given readings in order, and then the last one again and again."""

    name: ClassVar[str] = "fake"

    def __init__(self, *readings: Reading) -> None:
        self.script = list(readings)
        self.count = 0

    def read(self, conn: object) -> Reading:  # noqa: ARG002 - there is no server
        """Return the next reading."""
        self.count += 1
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def connection(pid: int = 1) -> Any:
    """Return an object with the attributes of a connection that the governor uses."""
    info = SimpleNamespace(transaction_status=TransactionStatus.IDLE, backend_pid=pid)
    return SimpleNamespace(closed=False, info=info)


def governor(
    clock: Clock,
    *throttles: Fake,
    settings: Iterable[str] = (),
    check: Callable[[], None] = lambda: None,
    on_wait: Callable[[Wait], None] = lambda _: None,
) -> Governor:
    """Return a governor with fake throttles and a fake clock."""
    limits = Limits.parse(["duty-cycle=1", *settings])
    make = lambda *_: throttles  # noqa: E731 - the same for all limits
    return Governor(limits, check=check, on_wait=on_wait, make=make, clock=clock, sleep=clock.sleep)


@pytest.mark.parametrize(("duty", "rest"), [("1", 0.0), ("0.5", 0.1), ("0.25", 0.3)])
def test_a_worker_rests_in_proportion_to_its_work(duty: str, rest: float) -> None:
    """With a duty cycle of 0.5 it rests as long as it worked."""
    clock = Clock()
    held = governor(clock, settings=[f"duty-cycle={duty}"])
    held.wait(connection(), 0.1)
    assert sum(clock.slept) == pytest.approx(rest)
    assert held.rested_seconds == pytest.approx(rest)


def test_throttles_are_read_once_an_interval() -> None:
    """The number of transactions and workers in the interval makes no difference."""
    clock, throttle = Clock(), Fake(CLEAR)
    held = governor(clock, throttle, settings=["interval=1s", "duty-cycle=0.5"])
    for pid in range(100):
        held.wait(connection(pid % 2), 0.1)
    # 100 rests of 0.1 s: 10 s, and the first reading at their beginning.
    assert throttle.count in {10, 11}


def test_a_worker_waits_until_every_throttle_is_clear() -> None:
    """One throttle that is not clear is enough to wait."""
    clock, first, second = Clock(), Fake(CLEAR), Fake(BLOCKED, BLOCKED, CLEAR)
    governor(clock, first, second).wait(connection(), 0)
    assert sum(clock.slept) == pytest.approx(0.1 + 0.2)


def test_a_throttle_that_cannot_be_read_stops_the_purge() -> None:
    """An unreadable throttle is not clear."""
    clock = Clock()
    governor(clock, Fake(unreadable("fake", "no privilege"), CLEAR)).wait(connection(), 0)
    assert clock.slept


def test_the_polls_grow_up_to_five_seconds() -> None:
    """During a long wait the throttles are read rarely."""
    clock, waits = Clock(), list[Wait]()
    governor(clock, Fake(*[BLOCKED] * 9, CLEAR), on_wait=waits.append).wait(connection(), 0)
    at = [wait.seconds for wait in waits]
    assert [round(after - before, 6) for before, after in pairwise(at)] == [
        0.1,
        0.2,
        0.4,
        0.8,
        1.6,
        3.2,
        5.0,
        5.0,
        5.0,
    ]


def test_a_wait_is_reported_with_its_reason_and_its_seconds() -> None:
    """At each reading during the wait, and once at its end."""
    clock, waits = Clock(), list[Wait]()
    held = governor(clock, Fake(BLOCKED, BLOCKED, CLEAR), on_wait=waits.append)
    held.wait(connection(), 0)
    held.wait(connection(), 0)
    assert [(wait.readings, round(wait.seconds, 6), wait.is_over) for wait in waits] == [
        ((BLOCKED,), 0.0, False),
        ((BLOCKED,), 0.1, False),
        ((), 0.3, True),
    ]


def test_the_seconds_are_counted_by_throttle() -> None:
    """A callback may read them during the wait. A throttle that was clear has none."""
    clock, seen = Clock(), list[object]()
    lag = Reading(name="lag", text="behind", is_clear=False)
    held = governor(
        clock, Fake(lag, CLEAR), Fake(BLOCKED, BLOCKED, CLEAR), on_wait=lambda _: seen.append(held.throttled_seconds)
    )
    held.wait(connection(), 0)
    assert held.throttled_seconds == {"lag": pytest.approx(0.1), "fake": pytest.approx(0.3)}
    assert seen == [{}, {"lag": pytest.approx(0.1), "fake": pytest.approx(0.1)}, held.throttled_seconds]


def test_a_request_to_stop_ends_a_wait() -> None:
    """It ends within a quarter of a second, and the wait until then is counted."""
    clock = Clock()

    def check() -> None:
        if clock.now > 110:
            raise InterruptedRunError("stopped", hint="Run it again.")

    held = governor(clock, Fake(BLOCKED), check=check)
    with pytest.raises(InterruptedRunError):
        held.wait(connection(), 0)
    assert clock.now <= 110.25
    assert held.throttled_seconds["fake"] == pytest.approx(clock.now - 100)


def test_a_request_to_stop_ends_a_wait_and_its_count() -> None:
    """The time after it is not counted for the throttle."""
    clock = Clock()

    def check() -> None:
        if clock.now > 103:
            raise InterruptedRunError("stopped", hint="Run it again.")

    held = governor(clock, Fake(BLOCKED), check=check)
    with pytest.raises(InterruptedRunError):
        held.wait(connection(), 0)
    counted = held.throttled_seconds["fake"]
    clock.now += 3600
    with pytest.raises(InterruptedRunError):
        held.wait(connection(), 0)
    assert held.throttled_seconds["fake"] == pytest.approx(counted)


def test_a_request_to_stop_ends_a_rest() -> None:
    """If the request came before the rest, there is no rest."""
    clock = Clock()

    def check() -> None:
        raise InterruptedRunError("stopped", hint="Run it again.")

    held = governor(clock, Fake(CLEAR), settings=["duty-cycle=0.1"], check=check)
    with pytest.raises(InterruptedRunError):
        held.wait(connection(), 60)
    assert not clock.slept


def test_new_limits_reach_a_worker_that_waits() -> None:
    """The throttles are read again at once, not at the end of the present pause."""
    clock, throttle = Clock(), Fake(BLOCKED)
    asked = list[Mapping[str, Any]]()

    def make(limits: Mapping[str, Any], _: object) -> tuple[Fake, ...]:
        asked.append(limits)
        return (throttle,) if limits["lag"] is not None else ()

    def check() -> None:
        if clock.now > 120:
            held.retune(Limits.parse(["lag=off"]))

    held = Governor(Limits(), check=check, make=make, clock=clock, sleep=clock.sleep)
    held.wait(connection(), 0)
    assert clock.now < 120.6
    assert held.limits.throttles["lag"] is None
    assert held.readings == ()
    assert len(asked) == 2


def test_a_lost_connection_ends_the_wait() -> None:
    """Without a connection no throttle would ever be clear."""
    clock = Clock()
    conn = connection()

    class Losing(Fake):
        def read(self, _: object) -> Reading:
            conn.closed = True
            return BLOCKED

    with pytest.raises(DatabaseError, match="lost"):
        governor(clock, Losing(CLEAR)).wait(conn, 0)
    with pytest.raises(DatabaseError, match="lost"):
        governor(clock).wait(conn, 0)


def test_a_transaction_is_not_held_open_over_a_wait() -> None:
    """A transaction would keep its locks and its snapshot, so this is a programming error."""
    conn = connection()
    conn.info.transaction_status = TransactionStatus.INTRANS
    with pytest.raises(AssertionError):
        governor(Clock()).wait(conn, 0)


def test_the_sessions_that_wait_count_as_the_purges_own() -> None:
    """Throttles do not count them among the sessions of others."""
    held = governor(Clock())
    for pid in (3, 1, 3):
        held.wait(connection(pid), 0)
    assert held.own_activity.sessions == [1, 3]


def test_a_report_reads_twice_if_once_is_not_enough() -> None:
    """A rate needs two readings."""
    first = Fake(unreadable("fake", "a rate takes two readings"), CLEAR)
    assert governor(Clock(), first).read_all(connection()) == (CLEAR,)
    second = Fake(BLOCKED, CLEAR)
    assert governor(Clock(), second).read_all(connection()) == (BLOCKED,)


def test_a_throttle_that_cannot_be_read_is_refused_at_the_start() -> None:
    """A throttle that is not clear may become clear; one that cannot be read would stop the purge for ever."""
    blind = unreadable("fake", "no privilege")
    with pytest.raises(RefusedError) as caught:
        governor(Clock(), Fake(CLEAR), Fake(blind)).require_readable(connection())
    assert caught.value.message == "throttle fake cannot be read: no privilege"
    held = governor(Clock(), Fake(blind, BLOCKED))
    held.require_readable(connection())
    assert held.readings == (BLOCKED,)


def test_one_worker_reads_for_all_workers() -> None:
    """While it reads, no other worker reads, and no worker continues."""
    reading, at_once, going = threading.Lock(), list[bool](), list[int]()

    class Slow(Fake):
        def read(self, conn: object) -> Reading:
            at_once.append(reading.acquire(blocking=False))
            try:
                assert not going
                threading.Event().wait(0.01)
                return super().read(conn)
            finally:
                reading.release()

    throttle = Slow(BLOCKED, BLOCKED, CLEAR)
    held = Governor(Limits.parse(["duty-cycle=1"]), make=lambda *_: (throttle,))

    def work(pid: int) -> None:
        held.wait(connection(pid), 0)
        going.append(pid)

    workers = [threading.Thread(target=work, args=[pid]) for pid in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(going) == [0, 1, 2, 3]
    assert at_once == [True] * 3
