"""Several databases at once: what runs at the same time, what a stop reaches, and the result of each."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from minimize.catalog.estate.targets import Target
from minimize.errors import DatabaseError, ExitCode, InterruptedRunError, PolicyError
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.estate.databases import for_each_database


def on(server: str, *names: str) -> list[Target]:
    """Return databases of one server."""
    return [Target(id=name, server=server, url="") for name in names]


def test_a_server_is_never_asked_for_two_databases_at_a_time() -> None:
    """Two servers are at work at the same time; the databases of each come one after the other, in order."""
    together = threading.Barrier(2, timeout=10)
    lock, at_work, most, order = threading.Lock(), Counter[str](), Counter[str](), list[str]()

    def act(target: Target, _stop: StopRequest) -> str:
        with lock:
            at_work[target.server] += 1
            most[target.server] = max(most[target.server], at_work[target.server])
            order.append(str(target.id))
        together.wait()  # passes only while the other server is at work, too
        with lock:
            at_work[target.server] -= 1
        return str(target.id).upper()

    results = for_each_database([*on("x", "a"), *on("y", "b", "c"), *on("x", "d")], act).databases
    assert [(each.target.id, each.result, each.error) for each in results] == [
        *(("a", "A", None), ("b", "B", None), ("c", "C", None), ("d", "D", None)),
    ]
    assert most == {"x": 1, "y": 1}
    assert [name for name in order if name in "ad"] == ["a", "d"]


def test_an_error_ends_its_own_database_only() -> None:
    """The next one on the same server is started, and the error is in the result of its own database."""

    def act(target: Target, _stop: StopRequest) -> str:
        if target.id == "a":
            raise DatabaseError("it is gone", hint="Look.")
        return str(target.id)

    first, second = for_each_database(on("x", "a", "b"), act).databases
    assert (first.result, first.error and first.error.message) == (None, "it is gone")
    assert (second.result, second.error) == ("b", None)


def test_a_stop_request_reaches_every_database() -> None:
    """Those at work obey it, the others are not started, and all results are interrupted."""
    stop, both = StopRequest(), threading.Barrier(2, timeout=10)
    started = []

    def act(target: Target, mine: StopRequest) -> None:
        started.append(str(target.id))
        both.wait()
        if target.id == "a":
            stop.ask()
        mine.wait(60)

    results = for_each_database([*on("x", "a", "b"), *on("y", "c")], act, stop).databases
    assert sorted(started) == ["a", "c"]
    assert [type(each.error) for each in results] == [InterruptedRunError] * 3


def test_a_defect_stops_everything_and_is_raised() -> None:
    """What is no error of ours is not taken for the fate of one database."""

    def act(target: Target, stop: StopRequest) -> None:
        if target.id == "a":
            raise ZeroDivisionError
        stop.wait(60)

    with pytest.raises(ZeroDivisionError):
        for_each_database([*on("x", "a"), *on("y", "b")], act)


@pytest.mark.parametrize(
    ("codes", "code"),
    [([], 0), ([0, 0], 0), ([0, 1], 1), ([1, 4], 4), ([4, 3], 3), ([3, 2, 4], 2), ([2, 5, 3, 4, 1, 0], 5)],
)
def test_the_worst_exit_code_counts(codes: list[ExitCode], code: ExitCode) -> None:
    """Run again is said only where that helps every database."""
    assert ExitCode.worst(codes) == code


def test_every_exit_code_has_a_rank() -> None:
    """No error of ours ends with a code that has none."""
    assert ExitCode.worst([PolicyError.exit_code, DatabaseError.exit_code, InterruptedRunError.exit_code]) == 5
