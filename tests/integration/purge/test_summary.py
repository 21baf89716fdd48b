"""The result of a purge: counts that add up, what it did, and what held it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from minimize.cli import main
from minimize.errors import InterruptedRunError
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from tests.integration.purge.scenario import FAST, at, execute, hold, one, policy_of, policy_text
from tests.integration.purge.scenario import purge_in_small_batches as purge

SECTIONS = (at("app.person.birthplace", keep="kind = 'EDL'"), hold("app.person", "id % 7 = 0"))
POLICY = policy_of(*SECTIONS)
NAME = "app.person.birthplace"


def test_the_counts_add_up_to_what_there_was(people: str) -> None:
    """Erased, exempt, held and left are the rows that carried a value before the first batch."""
    carrying = one(people, "SELECT count(birthplace) FROM app.person")
    (found,) = purge(people, POLICY).locations
    assert found.erased + found.exempt + found.held + found.left == carrying
    assert (found.carrying, found.by_others) == (carrying, 0)
    assert min(found.erased, found.exempt, found.held) > 0


def test_what_cannot_be_read_adds_up_too(database: str) -> None:
    """Unreadable documents that may contain the value are counted at the start, and as left at the end."""
    execute(
        database,
        "CREATE TABLE letter (id int, raw text)",
        'INSERT INTO letter SELECT n, CASE WHEN n % 10 > 0 THEN \'{"pob": "Kent"}\' ELSE \'{"pob": "Ke\' END'
        " FROM generate_series(1, 100) AS n",
    )
    (found,) = purge(database, policy_of(at("public.letter.raw", "$.pob"), hold("public.letter", "id > 90"))).locations
    assert (found.erased, found.held, found.left) == (81, 9, 10)
    assert (found.carrying, found.by_others) == (100, 0)


def test_what_others_did_meanwhile_is_the_difference(people: str) -> None:
    """Values that others write during the run are counted as more, values that they delete as less."""
    done = False

    def write(progress: Progress) -> None:
        nonlocal done
        if progress.phase == "erase" and not done:
            done = True
            execute(
                people,
                "INSERT INTO app.person (id, kind, city, birthplace)"
                " SELECT n, 'DL', 'Kent', 'Kent' FROM generate_series(9001, 9010) AS n",
                "DELETE FROM app.person WHERE id IN (SELECT id FROM app.person WHERE birthplace IS NOT NULL"
                " AND id <= 2000 ORDER BY id DESC LIMIT 3)",
            )

    (found,) = purge(people, policy_of(at(NAME)), on_progress=write).locations
    assert (found.carrying, found.by_others, found.left) == (1500, 7, 0)
    assert found.erased == 1507


def test_a_resumed_run_keeps_the_count_of_its_start(people: str) -> None:
    """The result of the whole run is compared with the count of its first process."""
    stop = StopRequest()

    def ask(progress: Progress) -> None:
        if progress.blocks_done >= 20:
            stop.ask()

    with pytest.raises(InterruptedRunError):
        purge(people, POLICY, stop=stop, on_progress=ask)
    assert 0 < one(people, "SELECT sum(erased)::int FROM minimize.purge_count") < 1500
    (found,) = purge(people, POLICY).locations
    assert (found.carrying, found.by_others) == (1500, 0)


def test_without_the_first_count_nothing_is_claimed(people: str) -> None:
    """It is reported as not counted, also by a later process of the run, for which it is too late to count."""
    stop = StopRequest()

    def ask(progress: Progress) -> None:
        if progress.blocks_done >= 20:
            stop.ask()

    options = PurgeOptions(count_first=False, limits=FAST)
    with pytest.raises(InterruptedRunError):
        purge(people, POLICY, options, stop=stop, on_progress=ask)
    (found,) = purge(people, POLICY).locations
    assert (found.carrying, found.by_others) == (None, None)


def test_a_process_says_what_it_did(people: str) -> None:
    """Rows, batches, the slowest batch, lost connections and WAL are counted."""
    lost = False

    def terminate(progress: Progress) -> None:
        nonlocal lost
        if progress.blocks_done >= 20 and not lost:
            lost = True
            execute(
                people,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'minimize' AND datname = current_database()",
            )

    process = purge(people, policy_of(at(NAME)), on_progress=terminate).process
    assert process.rows == 1500
    assert process.batches > 10
    assert process.slowest_seconds > 0
    assert process.connections_lost >= 1
    assert process.wal_bytes
    assert process.hot_share is not None
    assert 0 <= process.hot_share <= 1


def test_the_command_prints_the_check_and_keeps_the_metrics(people: str, tmp_path: Path) -> None:
    """The text output has a line with the counts that add up; the Prometheus file has the same numbers."""
    policy, metrics = tmp_path / "minimize.toml", tmp_path / "minimize.prom"
    policy.write_text(policy_text(*SECTIONS))
    limits = [word for name in ("lag=off", "lag-time=off") for word in ("--limit", name)]
    options = ["purge", "--profile", "fast", "--metrics", str(metrics), *limits]
    result = CliRunner().invoke(main, ["--policy", str(policy), "--database-url", people, *options])
    assert result.exit_code == 0, result.output
    assert "1,500 value(s) at the start: erased, exempt, held and left add up to that" in result.stdout
    erased = one(people, "SELECT sum(erased)::int FROM minimize.purge_count")
    lines = metrics.read_text().splitlines()
    assert f'minimize_purge_values_erased_total{{location="{NAME}"}} {float(erased)}' in lines
    assert 'minimize_purge_run_state{state="finished"} 1.0' in lines
    blocks = {line.split("{")[0]: line.split()[-1] for line in lines if 'relation="app.person"' in line}
    assert blocks["minimize_purge_blocks_done"] == blocks["minimize_purge_blocks"]


def test_the_metrics_report_a_database_that_is_not_reached(tmp_path: Path) -> None:
    """It is reported as failed, and the metrics of the previous purge are replaced."""
    policy, metrics = tmp_path / "minimize.toml", tmp_path / "minimize.prom"
    policy.write_text(policy_text(*SECTIONS))
    metrics.write_text("before")
    nowhere = ["--policy", str(policy), "--database-url", "postgresql://127.0.0.1:1/somewhere"]
    assert CliRunner().invoke(main, [*nowhere, "purge", "--metrics", str(metrics)]).exit_code == 5
    assert 'minimize_purge_run_state{state="failed"} 1.0' in metrics.read_text().splitlines()


def test_a_dry_run_shows_strategies_and_throttles(people: str, tmp_path: Path) -> None:
    """The reason for each strategy and the reading of every throttle, in text and JSON output."""
    policy = tmp_path / "minimize.toml"
    policy.write_text(policy_text(*SECTIONS))
    command = ["--policy", str(policy), "--database-url", people]
    text = CliRunner().invoke(main, [*command, "purge", "--dry-run", "--limit", "query=SELECT false"]).stdout
    assert any(line.startswith("cascade: no index uses ") and line.endswith(f": {NAME}") for line in text.splitlines())
    assert "throttle query: " in text
    assert "(it would wait)" in text
    result = CliRunner().invoke(main, [*command, "--format", "json", "purge", "--dry-run"])
    readings = json.loads(result.stdout)["throttles"]
    assert {"lag", "archive-backlog", "vacuum", "lock-waiters"} <= {reading["name"] for reading in readings}


@pytest.mark.parametrize("output", ["text", "json"])
def test_a_dry_run_is_refused_where_a_throttle_cannot_be_read(people: str, tmp_path: Path, output: str) -> None:
    """The dry run has the exit code of the purge, and does not report that the purge would start or wait."""
    policy = tmp_path / "minimize.toml"
    policy.write_text(policy_text(*SECTIONS))
    command = ["--policy", str(policy), "--database-url", people, "--format", output, "purge"]
    result = CliRunner().invoke(main, [*command, "--dry-run", "--limit", "query=SELECT 1"])
    assert result.exit_code == 3
    assert "error: throttle query cannot be read" in result.stderr
    if output == "json":
        assert json.loads(result.stdout)["refusal"].startswith("throttle query cannot be read")
    else:
        assert "(it would not start)" in result.stdout
        assert "would start" not in result.stdout
    begun = CliRunner().invoke(main, [*command, "--limit", "query=SELECT 1"])
    assert (begun.exit_code, begun.stderr.splitlines()[-2:]) == (3, result.stderr.splitlines()[-2:])
