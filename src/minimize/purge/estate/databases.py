"""Going over several databases: those on different servers at the same time, those on one server one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Generic, TypeVar

from minimize.catalog.error_translation import translate_errors
from minimize.errors import InterruptedRunError, MinimizeError
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.estate.targets import Target

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DatabaseResult(Generic[T]):
    """What became of one database: a result, or the error that ended it."""

    target: Target
    seconds: float
    result: T | None = None
    error: MinimizeError | None = None


def for_each_database(
    targets: Sequence[Target], act: Callable[[Target, StopRequest], T], stop: StopRequest | None = None
) -> tuple[DatabaseResult[T], ...]:
    """Do something with every database, and return what became of each, in the order given.

    Never are two databases with the same server label worked on at the same time, so what one of them may use is what
    the server gives. An error of one database ends neither the others of its server nor those elsewhere. What is no
    error of ours or of the database is a defect: it stops everything as a wish to stop would, and is raised.

    Args:
        targets: The databases; those of one server are taken in this order.
        act: Called in a thread of the database's server; it heeds the wish to stop that it is handed.
        stop: Stops all of them; those not begun then are not begun.
    """
    stop = stop or StopRequest()
    servers: dict[str, list[Target]] = {}
    for target in targets:
        servers.setdefault(target.server, []).append(target)
    results: dict[str, DatabaseResult[T]] = {}

    def run_server(here: Iterable[Target]) -> None:
        for target in here:
            results[target.id] = _run_one(target, act, stop)

    with ThreadPoolExecutor(max(1, len(servers))) as pool:
        futures = [pool.submit(run_server, here) for here in servers.values()]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            stop.ask()
            raise
    return tuple(results[target.id] for target in targets)


def _run_one(target: Target, act: Callable[[Target, StopRequest], T], stop: StopRequest) -> DatabaseResult[T]:
    began = time.monotonic()
    if stop.is_requested:
        return DatabaseResult(target, 0.0, error=_not_begun())
    try:
        with translate_errors(f"working on database {target.id}"):
            result = act(target, stop.part())
    except MinimizeError as error:
        return DatabaseResult(target, time.monotonic() - began, error=error)
    return DatabaseResult(target, time.monotonic() - began, result)


def _not_begun() -> InterruptedRunError:
    return InterruptedRunError("stopped before it was begun", hint="Run the same command again: it begins there.")
