"""Purge one leaf in one pass: its ranges are distributed over the workers, each with its own session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from minimize.errors import DatabaseError
from minimize.purge.batch.leaf_work import LeafWork
from minimize.purge.batch.vacuum_schedule import VacuumSchedule
from minimize.purge.batch.worker import Worker, WorkerTools
from minimize.purge.connection.control import Control
from minimize.purge.connection.reconnecting_session import Session
from minimize.purge.progress.reporter import Reporter
from minimize.purge.run.hot_share import HotShareMonitor
from minimize.purge.run.strategy_in_force import StrategyInForce
from minimize.purge.state.range_cursors import Range
from minimize.purge.strategy.interface import Strategy
from minimize.purge.throttle.governor import Governor
from minimize.purge.throttle.limits import Limits


@dataclass(slots=True, kw_only=True)
class LeafPass:
    """One pass over the unfinished ranges of one leaf."""

    work: LeafWork
    ranges: list[Range]
    run_pass: int
    jobs: int
    tools: WorkerTools
    control: Control
    governor: Governor
    reporter: Reporter
    vacuums: VacuumSchedule
    new_strategy: Callable[[], StrategyInForce]
    """Return the strategy of one worker."""
    monitor: HotShareMonitor | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _failures: list[BaseException] = field(default_factory=list, init=False)
    _done_before: int = field(default=0, init=False)
    _done: int = field(default=0, init=False)
    _total: int = field(default=0, init=False)

    def run(self) -> None:
        """Purge the ranges.

        Raises:
            InterruptedRunError: A stop was requested.
            DatabaseError: The server failed permanently. What was committed stays. The other workers stop too.
        """
        self._total = pages_of_pass(self.ranges)
        self._done_before = self._done = self._total - sum(r.end_block - r.next_block for r in self.ranges)
        # The first batches of a large leaf take a while. Until then, a status request reads this position.
        self.reporter.record_position("erase", str(self.work.leaf.name), self.run_pass, self._done, self._total)
        waiting = iter(self.ranges)
        jobs = min(self.jobs, len(self.ranges))
        if jobs <= 1:
            self._work_in_own_session(waiting)
            return
        with self.control.stop.halting() as halt, ThreadPoolExecutor(jobs) as pool:
            futures = [pool.submit(self._work_in_thread, waiting, halt) for _ in range(jobs)]
            try:
                wait(futures)
            except BaseException as error:
                self._fail(error, halt)
                raise
        if self._failures:
            raise self._failures[0]

    def _work_in_thread(self, waiting: Iterator[Range], halt: Callable[[], None]) -> None:
        try:
            self._work_in_own_session(waiting)
        except BaseException as error:
            self._fail(error, halt)
            raise

    def _fail(self, error: BaseException, halt: Callable[[], None]) -> None:
        """Stop the other workers, wherever they wait. Their own errors come later, so the first one is reported."""
        self._failures.append(error)
        halt()

    def _work_in_own_session(self, waiting: Iterator[Range]) -> None:
        with self.control.lock_session.open_another() as own:
            self._work(own, waiting)

    def _work(self, session: Session, waiting: Iterator[Range]) -> None:
        strategy = self.new_strategy()
        while not self._failures:
            with self._lock:
                at = next(waiting, None)
            if at is None:
                return
            self._work_range(Worker(session, self.work, at, self.tools), strategy)

    def _work_range(self, worker: Worker, strategy: StrategyInForce) -> None:
        block, is_ready, losses = worker.range.next_block, False, 0
        while not self._failures:
            try:
                if not is_ready:
                    block, is_ready = self._prepare(worker, block), True
                if block >= worker.range.end_block:
                    worker.record_last_hot_rows()
                    return
                block = self._step(worker, strategy.current, block)
                # Not part of the step: its batches are done, even if the VACUUM fails.
                if self._done < self._total and self.vacuums.run_if_due(worker.session):
                    worker.restart_work_timer()
                losses = 0
            except DatabaseError:
                losses += 1
                if not worker.session.is_lost or losses > self.control.max_losses:
                    raise
                is_ready = False
                worker.session.renew()
                self.tools.waits.horizon.reset()
                self.control.retake_lock()

    def _prepare(self, worker: Worker, block: int) -> int:
        """Return where the range stands: before `block` if a crash of the server has undone the last batches."""
        reached = worker.prepare()
        with self._lock:
            self._done += reached - block
        return reached

    def _step(self, worker: Worker, strategy: Strategy, block: int) -> int:
        worker.rest_between_batches()
        last = min(block + min(strategy.stride, self.vacuums.pages_until_due), worker.range.end_block)
        strategy.erase(worker, range(block, last))
        self.vacuums.add_purged(last - block)
        self._report_progress(last - block)
        return last

    def _report_progress(self, blocks: int) -> None:
        with self._lock:
            self._done += blocks
            done = self._done
        self.reporter.report_phase("erase", str(self.work.leaf.name), self.run_pass, done, self._total)
        if self.monitor:
            in_progress = (self.jobs - 1) * self._limits.pages * self._limits.interleave
            self.monitor.check(min(done - self._done_before + in_progress, self._total))

    @property
    def _limits(self) -> Limits:
        return self.governor.limits


def pages_of_pass(ranges: list[Range]) -> int:
    """Return the pages of a pass; its unfinished ranges include the last one."""
    return ranges[-1].end_block if ranges else 0
