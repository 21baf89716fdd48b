"""Rates and remaining times of a purge, and the lines it tells them in."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import get_args

import pytest
from rich.console import Console
from rich.progress import Progress as Bars

from minimize.cli.purge import progress as module
from minimize.cli.purge.progress import purge_progress
from minimize.purge.progress.reporter import Phase, Progress

KEYS = {
    *("phase", "place", "pass", "blocks_done", "blocks_total", "erased", "values_per_second", "seconds_left"),
    *("rows", "hot_share", "wal_bytes", "waiting_for", "note"),
}


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        """Return the time that the test says it is."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put the test in charge of time."""
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def report_all(
    clock: Clock, capsys: pytest.CaptureFixture[str], *reports: tuple[float, Progress]
) -> list[dict[str, object]]:
    """Report at the given seconds, and return the JSON lines told."""
    with purge_progress(as_json=True) as on_progress:
        for second, progress in reports:
            clock.now = 100 + second
            on_progress(progress)
    out, err = capsys.readouterr()
    assert not out
    return [json.loads(line) for line in err.splitlines()]


def erasing(done: int, erased: int, *, run_pass: int = 1, total: int = 100) -> Progress:
    """Return a report of the phase that erases."""
    return Progress("erase", "app.person", run_pass=run_pass, blocks_done=done, blocks_total=total, erased=erased)


def test_the_rate_is_values_a_second_since_the_start(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Values erased so far by the seconds so far."""
    lines = report_all(clock, capsys, (1, erasing(10, 500)), (2, erasing(20, 1000)), (4, erasing(30, 1000)))
    assert [line["values_per_second"] for line in lines] == [500, 500, 250]


def test_the_time_left_is_by_the_speed_of_this_relation(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown after the first batch, then by the blocks done since."""
    lines = report_all(
        clock, capsys, (1, erasing(10, 0)), (2, erasing(20, 0)), (5, erasing(50, 0)), (9, erasing(100, 0))
    )
    assert [line["seconds_left"] for line in lines] == [None, 8.0, 5.0, 0.0]


def test_a_second_pass_starts_its_time_anew(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """The time left is never negative when a pass begins again at the first block."""
    count = Progress("count", "app.person")
    lines = report_all(
        clock,
        capsys,
        *((1, erasing(90, 0)), (2, erasing(100, 0)), (3, count)),
        *((4, erasing(10, 0, run_pass=2)), (5, erasing(20, 0, run_pass=2))),
    )
    assert [line["seconds_left"] for line in lines] == [None, 0.0, None, None, 8.0]


def test_the_keys_of_a_line_are_stable(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Every line has the same keys, in every phase."""
    reports = [(1.0, Progress(phase, "app.person")) for phase in get_args(Phase) if phase != "begin"]
    assert [set(line) for line in report_all(clock, capsys, *reports)] == [KEYS] * 4


def test_plain_lines_are_few(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Off a terminal a relation is told once, and then every five seconds."""
    with purge_progress(as_json=False) as on_progress:
        for second in range(12):
            clock.now = 100 + second
            on_progress(erasing(second, 1000 * second))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0].split()[-1] for line in lines] == ["0%", "5%", "10%"]
    assert "10,000 erased, 1,000/s" in lines[-1]


def plain(clock: Clock, capsys: pytest.CaptureFixture[str], *reports: tuple[float, Progress]) -> list[str]:
    """Report at the given seconds, and return the plain lines told."""
    with purge_progress(as_json=False) as on_progress:
        for second, progress in reports:
            clock.now = 100 + second
            on_progress(progress)
    return capsys.readouterr().err.splitlines()


def test_a_wait_is_told_when_it_begins_and_when_it_ends(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """At once, however little time has passed since the last line; in between it is told like everything else."""
    waits = [replace(erasing(1, 10), waiting_for=f"lag: standby1 is {size} MB behind") for size in (20, 21, 22)]
    reports = [(0.0, erasing(1, 10)), (0.5, waits[0]), (1.0, waits[1]), (6.0, waits[2]), (6.5, erasing(2, 20))]
    assert plain(clock, capsys, *reports)[1:] == [
        "waiting: lag: standby1 is 20 MB behind",
        "waiting for 6 s: lag: standby1 is 22 MB behind",
        "going on after 6 s",
    ]


def test_a_note_is_told_at_once(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a line of its own."""
    assert plain(clock, capsys, (0, Progress("begin", "", note="run 3 is resumed"))) == ["note: run 3 is resumed"]


def test_a_line_tells_rows_hot_share_and_wal(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not known yet is left out."""
    known = replace(erasing(50, 500), rows=400, hot_share=0.975, wal_bytes=3 * 1024**2)
    (line,) = plain(clock, capsys, (1, known))
    assert line == "erase  app.person  50%: 500 erased, 500/s, 400 rows, 98% HOT, 3 MB WAL"


def test_a_terminal_shows_the_relation_and_what_is_waited_for() -> None:
    """The bar names both, also where a name looks like markup."""
    console = Console(file=StringIO(), width=200)
    with Bars(*module.columns(), console=console) as bars:
        show = module._TerminalBars(bars, None)
        show(replace(erasing(50, 500), place="app.[red]", waiting_for="window: closed until 22:00"))
    text = console.file.getvalue() if isinstance(console.file, StringIO) else ""
    assert "erase app.[red]" in text
    assert "50/100 pages" in text
    assert "waiting: window: closed until 22:00" in text


def test_a_line_that_stays_on_a_terminal_names_the_database() -> None:
    """Of an estate: that of a pass that has ended, and that of a note."""
    console = Console(file=StringIO(), width=200)
    with Bars(*module.columns(), console=console) as bars:
        show = module._TerminalBars(bars, "east")
        show(erasing(100, 500))
        show(Progress("count", "app.person"))
        show(Progress("count", "app.person", note="run 3 is resumed"))
    lines = console.file.getvalue().splitlines() if isinstance(console.file, StringIO) else []
    assert "east: app.person, pass 1: 100 pages done" in lines
    assert "east: note: run 3 is resumed" in lines
