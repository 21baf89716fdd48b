"""Purging one leaf in one pass: its ranges, handed to as many workers as were asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from minimize.errors import DatabaseError
from minimize.purge.batch.context import Shared
from minimize.purge.batch.vacuum import Vacuuming
from minimize.purge.batch.worker import LeafWork, Worker
from minimize.purge.connection.session import MAX_LOSSES, Session
from minimize.purge.run.hot_share import HotWatch
from minimize.purge.state.ranges import Range
from minimize.purge.strategy.choice import Choice, make_strategy
from minimize.purge.strategy.interface import Strategy

RANGES_PER_WORKER = 4
"""More ranges than workers, so that none is idle while another is still in a dense part of the leaf."""

MIN_RANGE_PAGES = 256
"""Smaller ranges are not worth a worker of their own."""


def blocks_per_range(blocks: int, jobs: int) -> int:
    """Return how many of so many blocks one worker is given at a time."""
    ranges = jobs * RANGES_PER_WORKER if jobs > 1 else 1
    return max(MIN_RANGE_PAGES, -(-blocks // ranges))


class _Tuned:
    """The strategy of one worker: made anew when the limits are; what it has learnt in one range serves the next."""

    def __init__(self, choice: Choice, shared: Shared) -> None:
        self._choice = choice
        self._shared = shared
        self._limits = shared.limits
        self._strategy = make_strategy(choice, shared.limits)

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
    choice: Choice
    run_pass: int
    shared: Shared
    watch: HotWatch | None = None
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
        self._vacuuming = Vacuuming(self.work, self.shared, self._total)
        # The first batches of a large leaf take their time, in which somebody may ask.
        self.shared.teller.reach("erase", str(self.work.leaf.name), self.run_pass, self._done, self._total)
        waiting = iter(ranges)
        jobs = min(self.shared.options.jobs, len(ranges))
        if jobs <= 1:
            self._work_apart(waiting)
            return
        with self.shared.control.stop.halting() as halt, ThreadPoolExecutor(jobs) as pool:
            futures = [pool.submit(self._work_beside, waiting, halt) for _ in range(jobs)]
            try:
                wait(futures)
            except BaseException as error:
                self._fail(error, halt)
                raise
        if self._failures:
            raise self._failures[0]

    def _work_beside(self, waiting: Iterator[Range], halt: Callable[[], None]) -> None:
        try:
            self._work_apart(waiting)
        except BaseException as error:
            self._fail(error, halt)
            raise

    def _fail(self, error: BaseException, halt: Callable[[], None]) -> None:
        """Have the other workers stop, wherever they wait; what they stop with is not the reason."""
        self._failures.append(error)
        halt()

    def _work_apart(self, waiting: Iterator[Range]) -> None:
        with self.shared.control.anchor.another() as own:
            self._work(own, waiting)

    def _work(self, session: Session, waiting: Iterator[Range]) -> None:
        tuned = _Tuned(self.choice, self.shared)
        while not self._failures:
            with self._lock:
                at = next(waiting, None)
            if at is None:
                return
            self._work_range(Worker(session, self.work, at, self.shared), tuned)

    def _work_range(self, worker: Worker, tuned: _Tuned) -> None:
        block, is_ready, losses = worker.range.next_block, False, 0
        while not self._failures:
            try:
                if not is_ready:
                    block, is_ready = self._prepare(worker, block), True
                if block >= worker.range.end_block:
                    worker.settle()
                    return
                block = self._step(worker, tuned.strategy, block)
                # A step of its own: the batches before it are done, whatever becomes of it.
                if self._done < self._total and self._vacuuming.run_if_due(worker.session):
                    worker.begin_anew()
                losses = 0
            except DatabaseError:
                losses += 1
                if not worker.session.is_lost or losses > MAX_LOSSES:
                    raise
                is_ready = False
                worker.session.renew()
                self.shared.horizon.forget()
                self.shared.control.reanchor()

    def _prepare(self, worker: Worker, block: int) -> int:
        """Return where the range stands: before `block` where a crash of the server undid the last batches."""
        reached = worker.prepare()
        with self._lock:
            self._done += reached - block
        return reached

    def _step(self, worker: Worker, strategy: Strategy, block: int) -> int:
        worker.breathe()
        last = min(block + min(strategy.stride, self._vacuuming.room), worker.range.end_block)
        strategy.erase(worker, range(block, last))
        self._vacuuming.add(last - block)
        self._tell(last - block)
        return last

    def _tell(self, blocks: int) -> None:
        with self._lock:
            self._done += blocks
            done = self._done
        self.shared.teller.tell("erase", str(self.work.leaf.name), self.run_pass, done, self._total)
        if self.watch:
            others = (self.shared.options.jobs - 1) * self.shared.limits.pages * self.shared.limits.batches
            self.watch.look(min(done - self._begun + others, self._total))
