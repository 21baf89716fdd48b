"""Rates and remaining times of a purge, and the lines it tells them in."""

from __future__ import annotations

import json

import pytest

from minimize.cli import purge_progress as module
from minimize.cli.purge_progress import purge_progress
from minimize.purge.outcome import Progress

KEYS = {
    *("phase", "place", "pass", "blocks_done", "blocks_total", "erased", "values_per_second", "seconds_left"),
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


def tell(clock: Clock, capsys: pytest.CaptureFixture[str], *reports: tuple[float, Progress]) -> list[dict[str, object]]:
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
    return Progress("erase", "app.person", run_pass, done, total, erased)


def test_the_rate_is_values_a_second_since_the_start(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Values erased so far by the seconds so far."""
    lines = tell(clock, capsys, (1, erasing(10, 500)), (2, erasing(20, 1000)), (4, erasing(30, 1000)))
    assert [line["values_per_second"] for line in lines] == [500, 500, 250]


def test_the_time_left_is_by_the_speed_of_this_relation(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown after the first batch, then by the blocks done since."""
    lines = tell(clock, capsys, (1, erasing(10, 0)), (2, erasing(20, 0)), (5, erasing(50, 0)), (9, erasing(100, 0)))
    assert [line["seconds_left"] for line in lines] == [None, 8.0, 5.0, 0.0]


def test_a_second_pass_starts_its_time_anew(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """The time left is never negative when a pass begins again at the first block."""
    count = Progress("count", "app.person", 1, 0, 0, 0)
    lines = tell(
        clock,
        capsys,
        *((1, erasing(90, 0)), (2, erasing(100, 0)), (3, count)),
        *((4, erasing(10, 0, run_pass=2)), (5, erasing(20, 0, run_pass=2))),
    )
    assert [line["seconds_left"] for line in lines] == [None, 0.0, None, None, 8.0]


def test_the_keys_of_a_line_are_stable(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Every line has the same keys, in every phase."""
    reports = [(1.0, Progress(phase, "app.person", 1, 0, 0, 0)) for phase in ("erase", "count", "vacuum", "prove")]
    assert [set(line) for line in tell(clock, capsys, *reports)] == [KEYS] * 4


def test_plain_lines_are_few(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Off a terminal a relation is told once, and then every five seconds."""
    with purge_progress(as_json=False) as on_progress:
        for second in range(12):
            clock.now = 100 + second
            on_progress(erasing(second, 1000 * second))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0].split()[-1] for line in lines] == ["0%", "5%", "10%"]
    assert "10,000 erased, 1,000/s" in lines[-1]
