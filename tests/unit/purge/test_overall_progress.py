"""How far the purge of a database is, over all tables."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from minimize.purge.estate import overall_progress as module
from minimize.purge.estate.overall_progress import DatabaseProgress, OverallProgress
from minimize.purge.progress.reporter import Progress


def table(**pages: int) -> Any:
    """Return a surveyed table with leaves of so many pages."""
    heaps = [SimpleNamespace(name=name, pages=number) for name, number in pages.items()]
    return SimpleNamespace(present=True, facts=SimpleNamespace(heaps=heaps))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Give a clock that the test moves."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def erasing(place: str, done: int, total: int, run_pass: int = 1) -> Progress:
    """Return a report of the phase that erases."""
    return Progress(phase="erase", place=place, run_pass=run_pass, blocks_done=done, blocks_total=total)


def test_pages_of_all_tables_count(clock: SimpleNamespace) -> None:
    """Each for the first time that it is passed; the time left is by the speed so far, pauses included."""
    reports = list[DatabaseProgress]()
    survey: Any = SimpleNamespace(tables=[table(a=100), table(b=200, c=100)])
    overall = OverallProgress("east", survey, reports.append)
    for second, progress in (
        (0, Progress(phase="count", place="a")),
        (10, erasing("a", 0, 100)),
        (20, erasing("a", 50, 100)),
        (30, erasing("a", 100, 100)),
        (40, erasing("a", 20, 100, run_pass=2)),
        (50, erasing("b", 100, 200)),
    ):
        clock.now = second
        overall.record(progress)
    assert [each.pages_done for each in reports] == [0, 0, 50, 100, 100, 200]
    assert {(each.database, each.pages_total) for each in reports} == {("east", 400)}
    assert [each.seconds_left for each in reports] == [None, None, 70.0, 60.0, 90.0, 40.0]


def test_a_resumed_run_is_measured_from_where_it_starts(clock: SimpleNamespace) -> None:
    """Pages that an earlier process has passed are done, and say nothing about the speed."""
    reports = list[DatabaseProgress]()
    survey: Any = SimpleNamespace(tables=[table(a=100)])
    overall = OverallProgress(None, survey, reports.append)
    overall.record(erasing("a", 80, 100))
    clock.now = 10
    overall.record(erasing("a", 90, 100))
    assert (reports[-1].pages_done, reports[-1].seconds_left) == (90, 10.0)


def test_the_end_is_reported() -> None:
    """With the last progress; a purge that has reported nothing has no end either."""
    reports = list[DatabaseProgress]()
    survey: Any = SimpleNamespace(tables=[])
    overall = OverallProgress(None, survey, reports.append)
    overall.finish()
    assert reports == []
    overall.record(Progress(phase="count", place="a", waiting_for="lag"))
    overall.finish()
    assert [(each.is_finished, each.progress.waiting_for) for each in reports] == [(False, "lag"), (True, None)]
