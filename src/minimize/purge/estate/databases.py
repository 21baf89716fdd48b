"""Work on several databases: those on different servers at the same time, those on one server one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from minimize.catalog.estate.results import DatabaseResult, EstateResult, visit_database
from minimize.catalog.estate.targets import Target
from minimize.errors import ExitCode, InterruptedRunError
from minimize.purge.connection.stop_request import StopRequest

T = TypeVar("T")


def for_each_database(
    targets: Sequence[Target],
    act: Callable[[Target, StopRequest], T],
    stop: StopRequest | None = None,
    *,
    judge: Callable[[T], ExitCode] = lambda _: ExitCode.DONE,
) -> EstateResult[T]:
    """Do something with every database, and return what became of each, in the order given.

    Databases with the same server label are never worked on at the same time, so the limits of a purge hold for each
    server. An error on one database stops neither the other databases of its server nor those of other servers. An
    exception that is neither an error of ours nor of the database is a defect: it stops everything, as a stop request
    does, and is raised.

    Args:
        targets: The databases; those of one server are taken in this order.
        act: Does the work, in a thread of the database's server. It has to obey the stop request that it is given.
        stop: Stops all of them; a database that has not been started is not started.
        judge: Returns the exit code that a result stands for.
    """
    stop = stop or StopRequest()
    began = time.monotonic()
    servers: dict[str, list[Target]] = {}
    for target in targets:
        servers.setdefault(target.server, []).append(target)
    results: dict[str | None, DatabaseResult[T]] = {}

    def run_server(its_targets: Iterable[Target]) -> None:
        for target in its_targets:
            results[target.id] = _run_one(target, act, stop, judge)

    with ThreadPoolExecutor(max(1, len(servers))) as pool:
        futures = [pool.submit(run_server, its_targets) for its_targets in servers.values()]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            stop.ask()
            raise
    return EstateResult(databases=tuple(results[target.id] for target in targets), seconds=time.monotonic() - began)


def _run_one(
    target: Target,
    act: Callable[[Target, StopRequest], T],
    stop: StopRequest,
    judge: Callable[[T], ExitCode],
) -> DatabaseResult[T]:
    if stop.is_requested:
        error = InterruptedRunError(
            "stopped before it was started", hint="Run the same command again: it starts there."
        )
        return DatabaseResult(target=target, seconds=0.0, exit_code=error.exit_code, error=error)
    return visit_database(target, lambda each: act(each, stop.part()), judge)
