"""A purge that is killed or stopped ends, once resumed, as one that never was."""

from __future__ import annotations

import json
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from minimize.purge.options import StrategyChoice
from tests.acceptance.command import minimize, start
from tests.acceptance.conftest import LOCATIONS
from tests.acceptance.victim import start_victim
from tests.integration.purge.losses import POLICY, build, check_nothing_lost, options
from tests.integration.purge.scenario import fetch, hold, one, policy_text, purge

KILLS = 17
"""For each strategy, and as many again for three workers."""

COUNTED = "SELECT location, sum(erased)::int FROM minimize.purge_count GROUP BY location ORDER BY location"
AT_WORK = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'minimize' AND datname = current_database()"
CARRYING = "SELECT count(*) FROM app.form WHERE doc ? 'pob'"


def arguments(policy: str, url: str) -> list[str]:
    """Return a purge in many small batches, its progress as JSON lines."""
    return [
        *("--policy", policy, "--database-url", url, "--format", "json", "purge"),
        *("--profile", "fast", "--limit", "target=5ms", "--strategy", "sequential"),
    ]


def read_lines(process: subprocess.Popen[str], count: int) -> None:
    """Wait until the command has reported so many steps, or is done."""
    assert process.stderr is not None
    for _ in range(count):
        while (line := process.stderr.readline()) and not line.startswith('{"phase": "erase"'):
            pass


def wait_until_gone(url: str) -> None:
    """Wait until the server has noticed that its client is dead."""
    while one(url, AT_WORK):
        time.sleep(0.01)


@pytest.fixture
def tables(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Give the URL of a database with 2,400 values to erase in some 400 pages."""
    return clone(template("purge_losses", build))


@pytest.mark.parametrize(("strategy", "jobs"), [("sequential", 1), ("cascade", 1), ("cascade", 3)])
def test_a_purge_killed_at_any_moment_is_resumed(tables: str, strategy: StrategyChoice, jobs: int) -> None:
    """Killed again and again, from connecting to committing, it loses nothing and does nothing twice."""
    dice = random.Random(7)  # noqa: S311 - a choice of moments, not a secret
    for kill in range(KILLS):
        process, reports = start_victim(tables, strategy, jobs)
        if kill % 4 == 3:
            time.sleep(dice.uniform(0, 0.1))  # while it connects and looks around
        else:
            for _ in range(dice.randint(1, 2)):
                reports.poll(10)
                reports.recv()
            time.sleep(dice.uniform(0, 0.004 if strategy == "sequential" else 0.02))
        process.kill()
        process.join()
        reports.close()
        assert process.exitcode == -signal.SIGKILL
        wait_until_gone(tables)
    purge(tables, POLICY, options(strategy, jobs))
    check_nothing_lost(tables)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_the_batch(policy: str, large: Callable[[], str], number: signal.Signals) -> None:
    """SIGINT and SIGTERM end the run after a whole batch with exit code 4 and no output; the next run finishes it."""
    url = large()
    forms = one(url, CARRYING)
    process = start(*arguments(policy, url))
    read_lines(process, 1)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (4, "")
    assert err.splitlines()[-2:] == [
        "error: stopped after the last whole batch",
        "hint: Run the same command again: it goes on from there.",
    ]
    assert one(url, CARRYING) > 0
    answer = minimize(*arguments(policy, url))
    assert (answer.code, one(url, CARRYING)) == (0, 0)
    assert dict(fetch(url, COUNTED))["app.form.doc $.pob"] == forms


def test_a_second_signal_waits_for_nothing(policy: str, large: Callable[[], str]) -> None:
    """Also while the server does not answer: the process ends with exit code 4, and the next run goes on."""
    url = large()
    process = start(*arguments(policy, url))
    read_lines(process, 1)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE minimize.purge_run")
        while not one(url, f"{AT_WORK} AND wait_event_type = 'Lock'"):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        while not process.stderr.readline().startswith("stopping after this batch"):
            pass
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=5)
    assert process.returncode == 4
    assert err.splitlines()[-2].startswith("error: ended at once; what was committed stays")
    wait_until_gone(url)
    assert minimize(*arguments(policy, url)).code == 0


@pytest.mark.parametrize(("is_stopped", "code"), [(False, 0), (True, 4)], ids=["to its end", "until a signal"])
def test_a_purge_outlives_the_reader_of_its_progress(
    policy: str, large: Callable[[], str], *, is_stopped: bool, code: int
) -> None:
    """A pipe or a terminal that has gone changes nothing, the exit code included."""
    url = large()
    with start(*arguments(policy, url)) as process:
        read_lines(process, 1)
        assert process.stderr is not None
        process.stderr.close()
        if is_stopped:
            process.send_signal(signal.SIGTERM)
        assert process.wait(60) == code
    assert (one(url, CARRYING) == 0) is not is_stopped


def stop_when(url: str, wait_event: LiteralString, *words: str) -> tuple[int, str]:
    """Send a signal to the command when its session waits so; return exit code and output once the session ended."""
    with start(*words) as process:
        while process.poll() is None and not one(url, f"{AT_WORK} AND '{wait_event}' IN (wait_event_type, wait_event)"):
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=5)
        wait_until_gone(url)
    return process.returncode, out


def test_a_signal_cancels_the_count_of_a_dry_run(small: str, tmp_path: Path) -> None:
    """Exit code 4, and the server stops counting."""
    policy = tmp_path / "slow.toml"
    policy.write_text(policy_text(*LOCATIONS, hold("app.person", "pg_sleep(1) IS NULL")))
    assert stop_when(small, "PgSleep", "--policy", str(policy), "--database-url", small, "purge", "--dry-run") == (
        4,
        "",
    )


@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["purge", "dry run"])
def test_a_signal_while_it_looks_around(policy: str, small: str, options: tuple[str, ...]) -> None:
    """Exit code 4, without waiting for a lock."""
    with psycopg.connect(small) as other:
        other.execute("LOCK TABLE app.person")
        assert stop_when(small, "Lock", "--policy", policy, "--database-url", small, "purge", *options) == (4, "")


@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["purge", "dry run"])
def test_a_signal_while_it_looks_around_in_an_estate(
    small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """As in a database of its own; the report says so of each."""
    monkeypatch.setenv("ESTATE_EAST_URL", small)
    policy = tmp_path / "estate.toml"
    policy.write_text(policy_text(*LOCATIONS, '[[database]]\nid = "east"\nurl_env = "ESTATE_EAST_URL"'))
    with psycopg.connect(small) as other:
        other.execute("LOCK TABLE app.person")
        code, out = stop_when(small, "Lock", "--policy", str(policy), "purge", *options)
    assert (code, "east interrupted" in out) == (4, True)


@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["purge", "dry run"])
def test_a_signal_while_it_connects(policy: str, options: tuple[str, ...]) -> None:
    """Exit code 4 as soon as there is an answer, or none to be had."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"postgresql://someone@127.0.0.1:{server.getsockname()[1]}/somewhere?connect_timeout=2"
        process = start("--policy", policy, "--database-url", url, "purge", *options)
        with server.accept()[0]:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
    assert process.returncode == 4


def test_a_resumed_run_reports_the_whole_run(policy: str, large: Callable[[], str]) -> None:
    """The counters of the answer are those of all processes of the run together."""
    url = large()
    process = start(*arguments(policy, url))
    read_lines(process, 2)
    process.kill()
    process.communicate()
    wait_until_gone(url)
    answer = minimize(*arguments(policy, url))
    assert {o["location"]: o["erased"] for o in answer.document["locations"]} == dict(fetch(url, COUNTED))
    reported = [json.loads(line)["erased"] for line in answer.err.splitlines() if line.startswith("{")]
    assert reported[-1] < sum(o["erased"] for o in answer.document["locations"])
