"""How far the purge of one database is, over all of its tables."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from minimize.catalog.survey import Survey
from minimize.purge.progress.reporter import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseProgress:
    """A report of progress, and how far the purge of its database is over all tables."""

    database: str | None
    """The id in the policy; None for the one database of a URL."""
    progress: Progress
    """How far the relation at work is."""
    pages_done: int = 0
    """Pages of all tables that the first pass is through with."""
    pages_total: int = 0
    seconds_left: float | None = None
    """Estimate for the whole database, at the speed so far, waits and rests included; None before it is known."""
    is_finished: bool = False
    """Whether the purge of the database has ended, with or without an error; `progress` is then the last report."""


@dataclass(slots=True)
class OverallProgress:
    """Adds to each report of a purge how far all of it is.

    The pages of a relation count as done as they are passed for the first time. Later passes, counts and VACUUM are
    not counted as pages, but their time is part of the speed.
    """

    database: str | None
    survey: Survey
    report: Callable[[DatabaseProgress], None]
    _pages: dict[str, int] = field(init=False)
    _done: dict[str, int] = field(default_factory=dict)
    _began: tuple[float, int] | None = None
    """When the first page was passed, and how many had been before."""
    _place: str = ""
    _last: Progress | None = None

    def __post_init__(self) -> None:
        tables = [table for table in self.survey.tables if table.present and table.facts]
        self._pages = {str(leaf.name): leaf.pages for table in tables if table.facts for leaf in table.facts.heaps}

    def record(self, progress: Progress) -> None:
        """Report the progress of the relation at work, together with that of all tables."""
        if progress.phase == "erase" and not progress.note:
            self._advance(progress)
        self._last = progress
        self._report(progress, is_finished=False)

    def finish(self) -> None:
        """Report that the purge of the database has ended."""
        if self._last is not None:
            self._report(replace(self._last, note=None, waiting_for=None), is_finished=True)

    def _report(self, progress: Progress, *, is_finished: bool) -> None:
        done = sum(self._done.values())
        total = max(done, sum(self._pages.values()))
        self.report(
            DatabaseProgress(
                database=self.database,
                progress=progress,
                pages_done=done,
                pages_total=total,
                seconds_left=self._seconds_left(done, total),
                is_finished=is_finished,
            )
        )

    def _advance(self, progress: Progress) -> None:
        place = progress.place
        if place != self._place:
            # The relation before is done: a run goes through them one after the other.
            if self._place:
                self._done[self._place] = self._pages.get(self._place, 0)
            self._place = place
        self._pages[place] = max(self._pages.get(place, 0), progress.blocks_total)
        passed = progress.blocks_done if progress.run_pass == 1 else self._pages[place]
        self._done[place] = max(self._done.get(place, 0), passed)
        if self._began is None:
            self._began = time.monotonic(), sum(self._done.values())

    def _seconds_left(self, done: int, total: int) -> float | None:
        if self._began is None or done <= self._began[1]:
            return None
        seconds = time.monotonic() - self._began[0]
        return seconds / (done - self._began[1]) * (total - done)
