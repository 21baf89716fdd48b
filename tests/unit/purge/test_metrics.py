"""The metrics file: its format, how it is written, and what it says of how a purge ended."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from minimize.errors import InterruptedRunError, UsageError
from minimize.purge.metrics import MetricsFile, Snapshot, render
from minimize.purge.tally import RelationTotals, Totals

ODD = 'app."a\\b\n".c $.x'
SNAPSHOT = Snapshot(
    run_id=3,
    totals=Totals(batches=7, slowest_seconds=0.25, conflicts=Counter(deadlock_detected=2), losses=1, wal_bytes=4096),
    locations={"app.person.birthplace": 1500, ODD: 0},
    relations={"app.person": RelationTotals(2, 40, 120, 1500, 1400)},
    throttled_seconds={"lag": 12.5},
    rested_seconds=30.0,
    is_waiting=True,
)
SAMPLE = re.compile(r'([a-z_]+)(?:\{([a-z]+)="((?:[^"\\\n]|\\[\\"n])*)"\})? (\S+)')


def parse(text: str) -> dict[tuple[str, str], float]:
    """Return the samples by name and label value, as the format's description reads them; fail on anything else."""
    samples: dict[tuple[str, str], float] = {}
    typed: set[str] = set()
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            assert line.split()[3] in {"counter", "gauge"}
            typed.add(line.split()[2])
        elif not line.startswith("# HELP "):
            match = SAMPLE.fullmatch(line)
            assert match, line
            assert match[1] in typed
            content = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], match[3] or "")
            assert (match[1], content) not in samples
            samples[match[1].removeprefix("minimize_purge_"), content] = float(match[4])
    return samples


def test_every_number_of_a_snapshot_can_be_read_back() -> None:
    """Also under a name with a quote, a backslash and a line break in it."""
    samples = parse(render(SNAPSHOT, "waiting", 1_000_000.5))
    assert samples["values_erased_total", "app.person.birthplace"] == 1500
    assert samples["values_erased_total", ODD] == 0
    assert samples["rows_updated_total", "app.person"] == 1500
    assert samples["hot_rows_updated_total", "app.person"] == 1400
    assert (samples["blocks_done", "app.person"], samples["blocks", "app.person"]) == (40, 120)
    assert samples["throttled_seconds_total", "lag"] == 12.5
    assert samples["conflicts_total", "deadlock_detected"] == 2
    assert samples["last_update_timestamp_seconds", ""] == 1_000_000.5
    assert samples["run_id", ""] == 3
    assert {state for (name, state), value in samples.items() if name == "run_state" and value} == {"waiting"}


@pytest.mark.parametrize(
    ("error", "state"),
    [(None, "finished"), (InterruptedRunError("stopped", hint="."), "interrupted"), (OSError(), "failed")],
    ids=["finished", "interrupted", "failed"],
)
def test_the_last_version_says_how_it_ended(tmp_path: Path, error: Exception | None, state: str) -> None:
    """Finished, interrupted or failed; nothing else is left in the directory."""
    path = tmp_path / "minimize.prom"
    kept = MetricsFile(path, lambda: SNAPSHOT, pytest.fail)
    kept.__enter__()
    assert parse(path.read_text())["run_state", "waiting"] == 1
    kept.__exit__(type(error), error, None)
    assert parse(path.read_text())["run_state", state] == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_erased(tmp_path: Path) -> None:
    """The error names the file."""
    path = tmp_path / "none" / "minimize.prom"
    kept = MetricsFile(path, lambda: SNAPSHOT, pytest.fail)
    with pytest.raises(UsageError, match=r"minimize\.prom: No such file"), kept:
        pytest.fail("it began")


def test_a_write_that_fails_later_is_told_once(tmp_path: Path) -> None:
    """A purge is not stopped by a full disk of the monitoring, and does not repeat itself."""
    (tmp_path / "gone").mkdir()
    path = tmp_path / "gone" / "minimize.prom"
    told: list[str] = []
    with MetricsFile(path, lambda: SNAPSHOT, told.append) as kept:
        path.unlink()
        path.parent.rmdir()
        kept._write_or_warn()
    assert told == [f"the metrics cannot be written to {path}: No such file or directory"]
