"""Purging one leaf in one pass: its ranges, handed to as many workers as were asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from minimize.errors import DatabaseError
from minimize.purge.batch.context import RunContext
from minimize.purge.batch.vacuum import Vacuuming
from minimize.purge.batch.worker import LeafWork, Worker
from minimize.purge.connection.session import MAX_LOSSES, Session
from minimize.purge.run.hot_share import HotShareMonitor
from minimize.purge.state.ranges import Range
from minimize.purge.strategy.choice import ChosenStrategy, make_strategy
from minimize.purge.strategy.interface import Strategy

RANGES_PER_WORKER = 4
"""More ranges than workers, so that none is idle while another is still in a dense part of the leaf."""

MIN_RANGE_PAGES = 256
"""Smaller ranges are not worth a worker of their own."""


def blocks_per_range(blocks: int, jobs: int) -> int:
    """Return how many of so many blocks one worker is given at a time."""
    ranges = jobs * RANGES_PER_WORKER if jobs > 1 else 1
    return max(MIN_RANGE_PAGES, -(-blocks // ranges))


class _TunedStrategy:
    """The strategy of one worker: made anew when the limits are; what it has learnt in one range serves the next."""

    def __init__(self, choice: ChosenStrategy, context: RunContext) -> None:
        self._choice = choice
        self._shared = context
        self._limits = context.limits
        self._strategy = make_strategy(choice, context.limits)

    @property
    def strategy(self) -> Strategy:
        """The one that the limits of now ask for."""
        if self._limits != self._shared.limits:
            self._limits = self._shared.limits
            self._strategy = make_strategy(self._choice, self._limits)
        return self._strategy


@dataclass(slots=True)
class LeafPass:
    """One pass over one leaf."""

    work: LeafWork
    choice: ChosenStrategy
    run_pass: int
    context: RunContext
    monitor: HotShareMonitor | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _failures: list[BaseException] = field(default_factory=list)
    _begun: int = 0
    _done: int = 0
    _total: int = 0
    _vacuuming: Vacuuming = field(init=False)

    def run(self, ranges: list[Range]) -> None:
        """Purge the ranges that are not finished, over sessions of their own.

        Raises:
            InterruptedRunError: It was asked to stop.
            DatabaseError: The server failed for good; what was committed stays. The other workers stop, too.
        """
        self._total = ranges[-1].end_block if ranges else 0
        self._begun = self._done = self._total - sum(r.end_block - r.next_block for r in ranges)
        self._vacuuming = Vacuuming(self.work, self.context, self._total)
        # The first batches of a large leaf take their time, in which somebody may ask.
        self.context.reporter.record_position("erase", str(self.work.leaf.name), self.run_pass, self._done, self._total)
        waiting = iter(ranges)
        jobs = min(self.context.options.jobs, len(ranges))
        if jobs <= 1:
            self._work_in_own_session(waiting)
            return
        with self.context.control.stop.halting() as halt, ThreadPoolExecutor(jobs) as pool:
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
        """Have the other workers stop, wherever they wait; what they stop with is not the reason."""
        self._failures.append(error)
        halt()

    def _work_in_own_session(self, waiting: Iterator[Range]) -> None:
        with self.context.control.lock_session.another() as own:
            self._work(own, waiting)

    def _work(self, session: Session, waiting: Iterator[Range]) -> None:
        tuned = _TunedStrategy(self.choice, self.context)
        while not self._failures:
            with self._lock:
                at = next(waiting, None)
            if at is None:
                return
            self._work_range(Worker(session, self.work, at, self.context), tuned)

    def _work_range(self, worker: Worker, tuned: _TunedStrategy) -> None:
        block, is_ready, losses = worker.range.next_block, False, 0
        while not self._failures:
            try:
                if not is_ready:
                    block, is_ready = self._prepare(worker, block), True
                if block >= worker.range.end_block:
                    worker.flush_counters()
                    return
                block = self._step(worker, tuned.strategy, block)
                # A step of its own: the batches before it are done, whatever becomes of it.
                if self._done < self._total and self._vacuuming.run_if_due(worker.session):
                    worker.restart_work_timer()
                losses = 0
            except DatabaseError:
                losses += 1
                if not worker.session.is_lost or losses > MAX_LOSSES:
                    raise
                is_ready = False
                worker.session.renew()
                self.context.horizon.forget()
                self.context.control.retake_lock()

    def _prepare(self, worker: Worker, block: int) -> int:
        """Return where the range stands: before `block` where a crash of the server undid the last batches."""
        reached = worker.prepare()
        with self._lock:
            self._done += reached - block
        return reached

    def _step(self, worker: Worker, strategy: Strategy, block: int) -> int:
        worker.pause_between_batches()
        last = min(block + min(strategy.stride, self._vacuuming.room), worker.range.end_block)
        strategy.erase(worker, range(block, last))
        self._vacuuming.add(last - block)
        self._report_progress(last - block)
        return last

    def _report_progress(self, blocks: int) -> None:
        with self._lock:
            self._done += blocks
            done = self._done
        self.context.reporter.report_phase("erase", str(self.work.leaf.name), self.run_pass, done, self._total)
        if self.monitor:
            others = (self.context.options.jobs - 1) * self.context.limits.pages * self.context.limits.interleave
            self.monitor.check(min(done - self._begun + others, self._total))
