"""The metrics file: its format, how it is written, and the state in which each purge ended."""

from __future__ import annotations

import os
import re
import secrets
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from minimize.errors import InterruptedRunError, UsageError
from minimize.purge.progress.counters import ProcessTotals
from minimize.purge.progress.metrics import MetricsView, Snapshot, render
from minimize.purge.progress.metrics_file import MetricsFile, MetricsSource, replace_file
from minimize.purge.state.location_progress import LatestCount
from minimize.purge.state.relation_progress import RelationProgress

ODD = 'app."a\\b\n".c $.x'
SNAPSHOT = Snapshot(
    run_id=3,
    totals=ProcessTotals(
        batches=7, slowest_seconds=0.25, conflicts=Counter(deadlock_detected=2), losses=1, wal_bytes=4096
    ),
    locations={"app.person.birthplace": 1500, ODD: 0},
    latest={"app.person.birthplace": LatestCount(exempt=12, held=5, left=400)},
    relations={"app.person": RelationProgress(2, 40, 120, 1500, 1400)},
    throttled_seconds={"lag": 12.5},
    rested_seconds=30.0,
    is_waiting=True,
)
LABEL = re.compile(r'[a-z]+="((?:[^"\\\n]|\\[\\"n])*)"')
SAMPLE = re.compile(rf"([a-z_]+)(?:\{{({LABEL.pattern}(?:,{LABEL.pattern})*)\}})? (\S+)")


def parse(text: str) -> dict[tuple[str, ...], float]:
    """Return the samples by name and label values; fail on anything that the exposition format does not allow.

    All lines of a metric are in one group, after its one HELP and its one TYPE line.
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


def source(database: str | None = None) -> MetricsSource:
    """Return a source whose counters are those of the snapshot."""
    found = MetricsSource(database)
    found.snapshot = lambda: SNAPSHOT
    return found


def states(path: Path) -> dict[str, str]:
    """Return the state of each database in a file."""
    samples = parse(path.read_text())
    return {key[1]: key[2] for key, value in samples.items() if key[0] == "run_state" and value}


def test_every_number_of_a_snapshot_can_be_read_back() -> None:
    """Label values may contain a quote, a backslash and a line break."""
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


def test_every_sample_of_several_databases_has_its_label() -> None:
    """Each metric is described once, even if only some databases have it. One that has not begun has zeros."""
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
def test_the_last_version_has_the_final_state(tmp_path: Path, error: Exception | None, state: str) -> None:
    """The state is finished, interrupted or failed. No other file is left in the directory."""
    path, purged = tmp_path / "minimize.prom", source()
    with MetricsFile(path, [purged], pytest.fail) as kept, suppress(InterruptedRunError, OSError), purged:
        kept._write()
        assert parse(path.read_text())["run_state", "waiting"] == 1
        if error:
            raise error
    assert parse(path.read_text())["run_state", state] == 1
    assert list(tmp_path.iterdir()) == [path]


def test_each_database_has_its_own_final_state(tmp_path: Path) -> None:
    """A database ends while another is at work; one that has not begun is interrupted; the counters stay."""
    path = tmp_path / "minimize.prom"
    done, broken, third = source("done"), source("broken"), MetricsSource("third")
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
    """The error names the file and the reason."""
    path = tmp_path / "none" / "minimize.prom"
    kept = MetricsFile(path, [source()], pytest.fail)
    with pytest.raises(UsageError, match=r"minimize\.prom: No such file"), kept:
        pytest.fail("it began")


def test_a_later_write_error_is_reported_once(tmp_path: Path) -> None:
    """The purge continues, and the warning is not repeated."""
    (tmp_path / "gone").mkdir()
    path = tmp_path / "gone" / "minimize.prom"
    warnings: list[str] = []
    with MetricsFile(path, [source()], warnings.append) as kept:
        path.unlink()
        path.parent.rmdir()
        kept._write_or_warn()
    assert warnings == [f"the metrics cannot be written to {path}: No such file or directory"]


def test_a_symbolic_link_stays(tmp_path: Path) -> None:
    """Its target is replaced, in the target's directory."""
    (tmp_path / "collector").mkdir()
    target, link = tmp_path / "collector" / "minimize.prom", tmp_path / "link.prom"
    target.write_text("before")
    link.symlink_to(target)
    with MetricsFile(link, [source()], pytest.fail):
        pass
    assert link.readlink() == target
    assert parse(target.read_text())
    assert sorted(tmp_path.rglob("*.prom*")) == [target, link]


def test_a_special_file_is_refused(tmp_path: Path) -> None:
    """A device or a pipe is not replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    kept = MetricsFile(pipe, [source()], pytest.fail)
    with pytest.raises(UsageError, match="pipe: it is no regular file"), kept:
        pytest.fail("it began")
    assert pipe.is_fifo()


def test_the_file_has_the_permissions_of_a_new_file(tmp_path: Path) -> None:
    """The collector runs as another user and must be able to read it."""
    path, plain = tmp_path / "minimize.prom", tmp_path / "plain"
    plain.touch()
    replace_file(path, "")
    assert path.stat().st_mode == plain.stat().st_mode


def test_a_draft_is_removed_when_the_file_cannot_be_replaced(tmp_path: Path) -> None:
    """A full disk must not fill up further with drafts."""
    (tmp_path / "minimize.prom").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace_file(tmp_path / "minimize.prom", "")
    assert [each.name for each in tmp_path.iterdir()] == ["minimize.prom"]


def test_no_symbolic_link_is_followed_to_write_the_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link planted at the name of the draft is an error, and its target is not overwritten."""
    victim = tmp_path / "victim"
    victim.write_text("precious")
    monkeypatch.setattr(secrets, "token_hex", lambda _: "guessed")
    (tmp_path / ".minimize.prom.guessed").symlink_to(victim)
    with pytest.raises(FileExistsError):
        replace_file(tmp_path / "minimize.prom", "text")
    assert victim.read_text() == "precious"
