"""Purge one database, or all databases of a policy."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.estate.results import DatabaseResult, EstateResult
from minimize.catalog.estate.targets import (
    Address,
    DatabaseSource,
    PolicySource,
    Target,
    choose_targets,
    read_address,
)
from minimize.catalog.survey import Survey, survey
from minimize.errors import DatabaseError
from minimize.policy import Policy
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.estate.databases import for_each_database
from minimize.purge.estate.overall_progress import DatabaseProgress, OverallProgress
from minimize.purge.options import (
    ConsumerChoice,
    PurgeOptions,
    StrategyChoice,
    TriggerChoice,
    parse_options,
)
from minimize.purge.progress.metrics_file import MetricsFile, MetricsSource
from minimize.purge.result import PurgeResult
from minimize.purge.run.engine import Purge
from minimize.purge.throttle.profiles import Profile

logger = logging.getLogger("minimize.purge")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTarget:
    """A database that the purge has connected to, before it writes to it."""

    target: Target
    address: Address
    conn: Connection
    """The connection of the purge; only for reads, and only during the call that receives it."""
    survey: Survey


def purge(
    policy: PolicySource,
    database: DatabaseSource | None = None,
    *,
    databases: Sequence[str] = (),
    triggers: TriggerChoice = "refuse",
    consumers: ConsumerChoice = "refuse",
    strategy: StrategyChoice = "auto",
    jobs: int | None = None,
    profile: Profile = "gentle",
    limits: Iterable[str] = (),
    window: str | None = None,
    lock_timeout: str = "100ms",
    count_first: bool = True,
    vacuum: bool = True,
    metrics: Path | None = None,
    on_progress: Callable[[DatabaseProgress], None] | None = None,
    on_target: Callable[[OpenedTarget], None] = lambda _: None,
    confirm: Callable[[Sequence[Address]], None] | None = None,
    stop: StopRequest | None = None,
    check: bool = True,
) -> EstateResult[PurgeResult]:
    """Erase the collected values at every location of the policy. The erasure cannot be undone.

    Values are erased in batches, each in a short transaction that also stores how far the run is. A call that ended
    early, for whatever reason, is continued by the next call: nothing is lost or counted twice. Rows that an exception
    or a hold keeps are not changed. Databases on different servers are purged at the same time, those on one server one
    after the other; the error of one does not stop the others. Before the first row of a database is changed, the
    preconditions are checked: the policy fits, the role owns the tables, no trigger or subscriber would copy the old
    values. The guard is not checked: without it, values can come back; call `minimize.guard` first.

    Erasure is level E1: no SQL query returns the values. Bytes may remain in files, WAL and backups.

    Args:
        policy: The policy, or the path of its file.
        database: A URL, or an open connection, whose address and password are used for connections of its own. None:
            every [[database]] of the policy; of a policy without one, the database of libpq's PG* variables.
        databases: Ids of [[database]] entries, instead of all of them.
        triggers: A trigger that would copy the old row: refuse to start, let it fire, or suppress it.
        consumers: A publication or slot that would be sent old values: refuse to start, or send them.
        strategy: How to erase; tables that a strategy does not fit use auto.
        jobs: Workers for each server; None: 1, or 2 with profile fast.
        profile: gentle rests four times as long as it works; fast does not rest.
        limits: What makes the purge wait, each as `name=value`, such as `lag=32MB`.
        window: Hours in which to work, such as `22:00-05:00 America/Los_Angeles`.
        lock_timeout: How long a batch waits for a row that another session holds.
        count_first: Count each table before its first batch, so that the result can be checked against it.
        vacuum: VACUUM each table during the run and at its end.
        metrics: A file for Prometheus, rewritten every 5 s.
        on_progress: Called for every report of progress, from several threads but one at a time for each database.
            Without it, notes and waits go to the `minimize` logger at level INFO, the rest at level DEBUG.
        on_target: Called for each database that the purge has connected to, before its first write. Called from
            several threads. An error that it raises ends the purge of that database.
        confirm: Called once from the thread of the caller, after `on_target` for every database, and before the first
            write to any. Receives the databases that can be reached, and raises an error to stop the purge. Not called
            if there are none, or after a stop request. To connect to all databases first costs one more connection to
            each.
        stop: Stops the purge after the batch it is in: call its `ask` from a signal handler or another thread.
        check: Raise the error of a database, once all are done. False leaves it in the result.

    Returns:
        A result for each database, in the order of the policy. `result` is that of the only one.

    Raises:
        UsageError: An argument does not fit, an id is unknown, or the metrics file cannot be written.
        PolicyError: The policy cannot be read, or does not fit a database.
        RefusedError: A precondition is not met; nothing was changed.
        InterruptedRunError: It was asked to stop. Call it again to continue.
        DatabaseError: A server does not answer, or failed. Call it again to continue.
    """
    options = parse_options(
        triggers=triggers,
        consumers=consumers,
        strategy=strategy,
        jobs=jobs,
        profile=profile,
        limits=limits,
        window=window,
        lock_timeout=lock_timeout,
        count_first=count_first,
        vacuum=vacuum,
    )
    loaded, targets = choose_targets(policy, database, databases)
    sources = {target.id: MetricsSource(target.id) for target in targets}
    stop = stop or StopRequest()
    works = {
        target.id: _DatabasePurge(
            target=target,
            policy=loaded,
            options=options,
            report=on_progress or log_progress,
            source=sources[target.id],
            on_target=on_target,
        )
        for target in targets
    }

    def purge_all(chosen: Sequence[Target]) -> EstateResult[PurgeResult]:
        return for_each_database(
            chosen, lambda target, part: works[target.id].run(part), stop, judge=lambda each: each.exit_code
        )

    # The file is written before a connection is opened, because it also shows a database that cannot be reached.
    with _metrics_file(metrics, sources.values()):
        if confirm is None:
            result = purge_all(targets)
        else:
            opened = for_each_database(targets, lambda target, part: works[target.id].announce(part), stop)
            result = _purge_confirmed(opened, confirm, purge_all, stop)
    if check:
        result.raise_errors()
    return result


def _purge_confirmed(
    opened: EstateResult[Address],
    confirm: Callable[[Sequence[Address]], None],
    purge_all: Callable[[Sequence[Target]], EstateResult[PurgeResult]],
    stop: StopRequest,
) -> EstateResult[PurgeResult]:
    """Ask for confirmation, and purge the databases that were opened; the others keep the error of the first attempt.

    Raises:
        MinimizeError: `confirm` raised it; nothing was changed.
    """
    addresses = [each.result for each in opened.databases if each.result is not None]
    if addresses and not stop.is_requested:
        confirm(addresses)
    purged = purge_all([each.target for each in opened.databases if each.result is not None])
    results = {each.target.id: each for each in purged.databases}
    return EstateResult(
        databases=tuple(
            results.get(each.target.id)
            or DatabaseResult(target=each.target, seconds=each.seconds, exit_code=each.exit_code, error=each.error)
            for each in opened.databases
        ),
        seconds=opened.seconds + purged.seconds,
    )


@dataclass(slots=True, kw_only=True)
class _DatabasePurge:
    """The purge of one database of the call."""

    target: Target
    policy: Policy
    options: PurgeOptions
    report: Callable[[DatabaseProgress], None]
    source: MetricsSource
    on_target: Callable[[OpenedTarget], None]
    _is_announced: bool = False

    def announce(self, stop: StopRequest) -> Address:
        """Connect, call `on_target`, and disconnect; an error here is the final state of the database."""
        try:
            with survey_target(self.target, self.policy, stop) as (conn, surveyed):
                return self._call_on_target(conn, surveyed, stop)
        except BaseException as error:
            self.source.end(error)
            raise

    def run(self, stop: StopRequest) -> PurgeResult:
        """Purge the database; call `on_target` before the first write, unless `announce` did."""
        with self.source, survey_target(self.target, self.policy, stop) as (conn, surveyed):
            if not self._is_announced:
                self._call_on_target(conn, surveyed, stop)
            overall = OverallProgress(self.target.id, surveyed, self.report)
            database_purge = Purge(conn, surveyed, self.options, stop=stop, on_progress=overall.record)
            self.source.snapshot = database_purge.snapshot
            try:
                return database_purge.run()
            finally:
                overall.finish()

    def _call_on_target(self, conn: Connection, surveyed: Survey, stop: StopRequest) -> Address:
        with stop.cancelling(conn), translate_errors("reading the target"):
            address = read_address(conn)
            self.on_target(OpenedTarget(target=self.target, address=address, conn=conn, survey=surveyed))
        self._is_announced = True
        return address


@contextmanager
def survey_target(target: Target, policy: Policy, stop: StopRequest) -> Iterator[tuple[Connection, Survey]]:
    """Open a database and survey it for a policy; a stop request ends this too.

    Raises:
        InterruptedRunError: It was asked to stop.
        DatabaseError: The server does not answer, or does not let us in or read.
    """
    with ExitStack() as opened:
        try:
            conn = opened.enter_context(target.connected())
        except DatabaseError:
            stop.check()
            raise
        with stop.cancelling(conn):
            surveyed = survey(conn, policy)
        stop.check()
        yield conn, surveyed


def log_progress(report: DatabaseProgress) -> None:
    """Write a report of progress to the logger `minimize.purge`; it holds names and numbers only."""
    if report.is_finished:
        return
    progress, name = report.progress, "" if report.database is None else f"{report.database}: "
    if progress.note:
        logger.info("%s%s", name, progress.note)
    elif progress.waiting_for:
        logger.info("%swaiting: %s", name, progress.waiting_for)
    else:
        logger.debug("%s%s %s: %s erased", name, progress.phase, progress.place, progress.erased)


def _metrics_file(path: Path | None, sources: Iterable[MetricsSource]) -> AbstractContextManager[object]:
    return MetricsFile(path, list(sources), logger.warning) if path else nullcontext()
