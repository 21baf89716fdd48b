"""Rates and remaining times of a purge, and the lines that show them."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import get_args

import pytest
from rich.console import Console

from minimize.cli.purge import progress as lines_module
from minimize.cli.purge import rate as rate_module
from minimize.cli.purge.progress import showing_progress
from minimize.cli.purge.terminal_progress import TerminalProgress
from minimize.purge.estate.overall_progress import DatabaseProgress
from minimize.purge.progress.reporter import Phase, Progress

KEYS = {
    *("phase", "place", "pass", "blocks_done", "blocks_total", "erased", "values_per_second", "seconds_left"),
    *("rows", "hot_share", "wal_bytes", "waiting_for", "note", "overall_seconds_left"),
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
    """Give a clock that the test moves."""
    clock = Clock()
    monkeypatch.setattr(lines_module, "time", clock)
    monkeypatch.setattr(rate_module, "time", clock)
    return clock


def report_all(
    clock: Clock, capsys: pytest.CaptureFixture[str], *reports: tuple[float, Progress]
) -> list[dict[str, object]]:
    """Report at the given seconds, and return the JSON lines."""
    with showing_progress(as_json=True) as display:
        for second, progress in reports:
            clock.now = 100 + second
            display(DatabaseProgress(database=None, progress=progress))
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


def test_a_second_pass_starts_its_own_time(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
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
    """Without a terminal a relation is printed once, and then every five seconds."""
    with showing_progress(as_json=False) as display:
        for second in range(12):
            clock.now = 100 + second
            display(DatabaseProgress(database=None, progress=erasing(second, 1000 * second)))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0].split()[-1] for line in lines] == ["0%", "5%", "10%"]
    assert "10,000 erased, 1,000/s" in lines[-1]


def plain(clock: Clock, capsys: pytest.CaptureFixture[str], *reports: tuple[float, Progress]) -> list[str]:
    """Report at the given seconds, and return the plain lines."""
    with showing_progress(as_json=False) as display:
        for second, progress in reports:
            clock.now = 100 + second
            display(DatabaseProgress(database=None, progress=progress))
    return capsys.readouterr().err.splitlines()


def test_a_wait_is_printed_when_it_begins_and_when_it_ends(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """At once, however little time has passed since the last line; in between, every five seconds."""
    waits = [replace(erasing(1, 10), waiting_for=f"lag: standby1 is {size} MB behind") for size in (20, 21, 22)]
    reports = [(0.0, erasing(1, 10)), (0.5, waits[0]), (1.0, waits[1]), (6.0, waits[2]), (6.5, erasing(2, 20))]
    assert plain(clock, capsys, *reports)[1:] == [
        "waiting: lag: standby1 is 20 MB behind",
        "waiting for 6 s: lag: standby1 is 22 MB behind",
        "going on after 6 s",
    ]


def test_a_note_is_printed_at_once(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a line of its own."""
    assert plain(clock, capsys, (0, Progress("begin", "", note="run 3 is resumed"))) == ["note: run 3 is resumed"]


def test_a_line_has_rows_hot_share_and_wal(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not known yet is left out."""
    known = replace(erasing(50, 500), rows=400, hot_share=0.975, wal_bytes=3 * 1024**2)
    (line,) = plain(clock, capsys, (1, known))
    assert line == "erase  app.person  50%: 500 erased, 500/s, 400 rows, 98% HOT, 3 MB WAL"


def test_a_line_has_the_time_left_of_the_whole_purge(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the time left in the relation, once both are known."""
    with showing_progress(as_json=False) as display:
        for second, done in ((1, 10), (10, 50)):
            clock.now = 100 + second
            display(DatabaseProgress(database="east", progress=erasing(done, 0), seconds_left=7200.0))
    assert capsys.readouterr().err.splitlines()[-1].endswith(" 11 s left in this relation, 2 h in all")


def test_printed_notes_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """The report at the end leaves them out."""
    with showing_progress(as_json=False) as display:
        display(DatabaseProgress(database="east", progress=Progress("count", "app.person", note="run 3 is resumed")))
    assert capsys.readouterr().err == "east: note: run 3 is resumed\n"
    assert display.notes == {("east", "run 3 is resumed")}


LONG_NAME = "core_applications_of_the_years_before_2018.application_of_a_commercial_driver_licence_2017"


def drawn(*reports: DatabaseProgress, width: int = 80) -> list[str]:
    """Return the lines that a terminal of this width shows after the reports."""
    console = Console(file=StringIO(), width=width)
    terminal = TerminalProgress(console)
    for report in reports:
        terminal.show(report)
    console.print(terminal.render())
    return console.file.getvalue().splitlines() if isinstance(console.file, StringIO) else []


def test_a_terminal_of_80_columns_shows_names_and_numbers_whole() -> None:
    """The relation, its pages, the totals, the time left for all tables, and what is waited for."""
    working = replace(
        erasing(12_345_678, 1_500_000_000, total=98_765_432),
        place=LONG_NAME,
        rows=1_400_000_000,
        waiting_for="lag: standby1 is 20 MB behind (limit 16 MB)",
    )
    report = DatabaseProgress(
        database="east", progress=working, pages_done=12_345_678, pages_total=250_000_000, seconds_left=86400.0 * 3
    )
    lines = drawn(report)
    assert max(map(len, lines)) <= 80
    assert LONG_NAME in "".join(lines)
    text = "\n".join(lines)
    for words in ("12,345,678/98,765,432 pages", "1,500,000,000 erased", "1,400,000,000 rows", "250,000,000 pages"):
        assert words in text
    assert "all tables: 5% of 250,000,000 pages, about 3 days left" in text
    assert "  waiting: lag: standby1 is 20 MB behind (limit 16 MB)" in lines


def test_a_name_is_not_read_as_markup() -> None:
    """Brackets in a name are printed as they are."""
    lines = drawn(DatabaseProgress(database=None, progress=replace(erasing(50, 500), place="app.[red]")))
    assert lines[0] == "erase app.[red]"


def test_a_line_that_stays_on_a_terminal_names_the_database() -> None:
    """That of a pass that has ended, and that of a note; a database that has finished has no lines any more."""
    lines = drawn(
        DatabaseProgress(database="east", progress=erasing(100, 500)),
        DatabaseProgress(database="east", progress=Progress("count", "app.person")),
        DatabaseProgress(database="east", progress=Progress("count", "app.person", note="run 3 is resumed")),
        DatabaseProgress(database="east", progress=Progress("count", "app.person"), is_finished=True),
    )
    assert lines == ["east: app.person, pass 1: 100 pages done", "east: note: run 3 is resumed"]
