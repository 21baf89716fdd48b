"""The metrics file: its format, how it is written, and what it says of how each purge ended."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from minimize.errors import InterruptedRunError, UsageError
from minimize.purge.progress.counters import Totals
from minimize.purge.progress.metrics import MetricsView, Snapshot, render
from minimize.purge.progress.metrics_file import MetricsFile, MetricsSource
from minimize.purge.state.location_progress import LatestCount
from minimize.purge.state.relation_progress import RelationTotals

ODD = 'app."a\\b\n".c $.x'
SNAPSHOT = Snapshot(
    run_id=3,
    totals=Totals(batches=7, slowest_seconds=0.25, conflicts=Counter(deadlock_detected=2), losses=1, wal_bytes=4096),
    locations={"app.person.birthplace": 1500, ODD: 0},
    found={"app.person.birthplace": LatestCount(exempt=12, held=5, left=400)},
    relations={"app.person": RelationTotals(2, 40, 120, 1500, 1400)},
    throttled_seconds={"lag": 12.5},
    rested_seconds=30.0,
    is_waiting=True,
)
LABEL = re.compile(r'[a-z]+="((?:[^"\\\n]|\\[\\"n])*)"')
SAMPLE = re.compile(rf"([a-z_]+)(?:\{{({LABEL.pattern}(?:,{LABEL.pattern})*)\}})? (\S+)")


def parse(text: str) -> dict[tuple[str, ...], float]:
    """Return the samples by name and label values, as the format's description reads them; fail on anything else.

    All lines of a metric stand together, after the one HELP and the one TYPE that it has.
    """
    samples: dict[tuple[str, ...], float] = {}
    described: list[str] = []
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# HELP "):
            described.append(line.split()[2])
        elif line.startswith("# TYPE "):
            assert line.split()[2:3] == described[-1:]
            assert line.split()[3] in {"counter", "gauge"}
        else:
            match = SAMPLE.fullmatch(line)
            assert match, line
            assert match[1] == described[-1]
            contents = [
                re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], content)
                for content in LABEL.findall(match[2] or "")
            ]
            key = (match[1].removeprefix("minimize_purge_"), *contents)
            assert key not in samples
            samples[key] = float(match[5])
    assert len(described) == len(set(described))
    return samples


def subject(database: str | None = None) -> MetricsSource:
    """Return what a file tells of, at work on the snapshot."""
    found = MetricsSource(database)
    found.snapshot = lambda: SNAPSHOT
    return found


def states(path: Path) -> dict[str, str]:
    """Return the state of each database in a file."""
    samples = parse(path.read_text())
    return {key[1]: key[2] for key, value in samples.items() if key[0] == "run_state" and value}


def test_every_number_of_a_snapshot_can_be_read_back() -> None:
    """Also under a name with a quote, a backslash and a line break in it."""
    samples = parse(render([MetricsView(None, "waiting", SNAPSHOT)], 1_000_000.5))
    assert samples["values_erased_total", "app.person.birthplace"] == 1500
    assert samples["values_erased_total", ODD] == 0
    found = [samples[name, "app.person.birthplace"] for name in ("values_exempt", "values_held", "values_left")]
    assert found == [12, 5, 400]
    assert samples["rows_updated_total", "app.person"] == 1500
    assert samples["hot_rows_updated_total", "app.person"] == 1400
    assert (samples["blocks_done", "app.person"], samples["blocks", "app.person"]) == (40, 120)
    assert samples["throttled_seconds_total", "lag"] == 12.5
    assert samples["conflicts_total", "deadlock_detected"] == 2
    assert samples["last_update_timestamp_seconds",] == 1_000_000.5
    assert samples["run_id",] == 3
    assert {key[1] for key, value in samples.items() if key[0] == "run_state" and value} == {"waiting"}


def test_every_line_of_several_databases_names_its_own() -> None:
    """Each metric is described once, also one that only some of them have; one not begun has zeros and its state."""
    samples = parse(
        render([MetricsView("east", "running", SNAPSHOT), MetricsView(ODD, "pending", Snapshot())], 1_000_000.5)
    )
    assert {key[1] for key in samples} == {"east", ODD}
    assert samples["values_erased_total", "east", ODD] == 0
    assert samples["blocks_done", "east", "app.person"] == 40
    assert (samples["batches_total", "east"], samples["batches_total", ODD]) == (7, 0)
    assert samples["last_update_timestamp_seconds", "east"] == samples["last_update_timestamp_seconds", ODD]
    assert (samples["run_state", "east", "running"], samples["run_state", ODD, "pending"]) == (1, 1)
    assert ("run_id", ODD) not in samples


@pytest.mark.parametrize(
    ("error", "state"),
    [(None, "finished"), (InterruptedRunError("stopped", hint="."), "interrupted"), (OSError(), "failed")],
    ids=["finished", "interrupted", "failed"],
)
def test_the_last_version_says_how_it_ended(tmp_path: Path, error: Exception | None, state: str) -> None:
    """Finished, interrupted or failed; nothing else is left in the directory."""
    path, purged = tmp_path / "minimize.prom", subject()
    with MetricsFile(path, [purged], pytest.fail) as kept, suppress(InterruptedRunError, OSError), purged:
        kept._write()
        assert parse(path.read_text())["run_state", "waiting"] == 1
        if error:
            raise error
    assert parse(path.read_text())["run_state", state] == 1
    assert list(tmp_path.iterdir()) == [path]


def test_databases_end_each_in_their_own_way(tmp_path: Path) -> None:
    """One ends while another is at work, one that a stop kept from beginning is interrupted, and counts stay."""
    path = tmp_path / "minimize.prom"
    done, broken, third = subject("done"), subject("broken"), MetricsSource("third")
    counted = [SNAPSHOT]
    done.snapshot = lambda: counted[-1]
    with MetricsFile(path, [done, broken, third], pytest.fail) as kept:
        assert states(path) == {"done": "pending", "broken": "pending", "third": "pending"}
        with suppress(OSError), broken:
            with done:
                pass
            counted.append(Snapshot())
            kept._write()
            assert states(path) == {"done": "finished", "broken": "waiting", "third": "pending"}
            raise OSError
    assert states(path) == {"done": "finished", "broken": "failed", "third": "interrupted"}
    assert parse(path.read_text())["batches_total", "done"] == 7


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_erased(tmp_path: Path) -> None:
    """The error names the file."""
    path = tmp_path / "none" / "minimize.prom"
    kept = MetricsFile(path, [subject()], pytest.fail)
    with pytest.raises(UsageError, match=r"minimize\.prom: No such file"), kept:
        pytest.fail("it began")


def test_a_write_that_fails_later_is_told_once(tmp_path: Path) -> None:
    """A purge is not stopped by a full disk of the monitoring, and does not repeat itself."""
    (tmp_path / "gone").mkdir()
    path = tmp_path / "gone" / "minimize.prom"
    told: list[str] = []
    with MetricsFile(path, [subject()], told.append) as kept:
        path.unlink()
        path.parent.rmdir()
        kept._write_or_warn()
    assert told == [f"the metrics cannot be written to {path}: No such file or directory"]


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    """What it leads to is replaced, in its own directory."""
    (tmp_path / "collector").mkdir()
    target, link = tmp_path / "collector" / "minimize.prom", tmp_path / "link.prom"
    target.write_text("before")
    link.symlink_to(target)
    with MetricsFile(link, [subject()], pytest.fail):
        pass
    assert link.readlink() == target
    assert parse(target.read_text())
    assert sorted(tmp_path.rglob("*.prom*")) == [target, link]


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    """A device or a pipe is left as it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    kept = MetricsFile(pipe, [subject()], pytest.fail)
    with pytest.raises(UsageError, match="pipe: it is no regular file"), kept:
        pytest.fail("it began")
    assert pipe.is_fifo()
