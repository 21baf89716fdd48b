"""A purge that is killed, stopped or cut off ends, once resumed, as one that never was."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.acceptance.command import minimize, start
from tests.integration.purge.scenario import digests, execute, fetch, one

KILLS = 25
COUNTED = "SELECT location, sum(erased)::int FROM minimize.purge_count GROUP BY location ORDER BY location"
AT_WORK = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'minimize' AND datname = current_database()"


def arguments(policy: str, url: str, strategy: str = "sequential") -> list[str]:
    """Return a purge in many small batches, its progress as JSON lines."""
    return [
        *("--policy", policy, "--database-url", url, "--format", "json", "purge"),
        *("--profile", "fast", "--limit", "target=5ms", "--limit", "pages=8", "--strategy", strategy),
    ]


def contents(url: str) -> Any:
    """Return the digest of every row, and how often each location was counted as erased."""
    return digests(url, "app.person"), digests(url, "app.form"), fetch(url, COUNTED)


def read_lines(process: subprocess.Popen[str], count: int) -> None:
    """Wait until the command has told of so many steps, or is done."""
    assert process.stderr is not None
    for _ in range(count):
        while (line := process.stderr.readline()) and not line.startswith('{"phase": "erase"'):
            pass


def wait_until_gone(url: str) -> None:
    """Wait until the server has noticed that its client is dead."""
    while one(url, AT_WORK):
        time.sleep(0.01)


@pytest.fixture
def undisturbed(policy: str, large: Callable[[], str]) -> Any:
    """Give the contents of a database after a purge that nobody disturbed."""
    url = large()
    assert minimize(*arguments(policy, url)).code == 0
    return contents(url)


@pytest.mark.parametrize("strategy", ["sequential", "cascade"])
def test_a_purge_killed_at_any_moment_is_resumed(
    policy: str, large: Callable[[], str], undisturbed: Any, strategy: str
) -> None:
    """Killed at two dozen random moments, from connecting to committing, it loses nothing and counts nothing twice."""
    url, dice = large(), random.Random(7)  # noqa: S311 - a repeatable choice of moments, not a secret
    killed = 0
    for kill in range(KILLS):
        process = start(*arguments(policy, url, strategy))
        if kill % 4 == 3:
            time.sleep(dice.uniform(0.2, 0.9))  # while it starts, connects and looks around, or a little later
        else:
            read_lines(process, dice.randint(0, 3))
            time.sleep(dice.uniform(0, 0.012))
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        wait_until_gone(url)
    assert killed >= 15
    answer = minimize(*arguments(policy, url))
    assert (answer.code, [o["left"] for o in answer.document["locations"]]) == (0, [0, 0])
    assert contents(url) == undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_the_batch(
    policy: str, large: Callable[[], str], undisturbed: Any, number: signal.Signals
) -> None:
    """SIGINT and SIGTERM end the run after a whole batch with exit code 4 and no output; the next run finishes it."""
    url = large()
    process = start(*arguments(policy, url))
    read_lines(process, 1)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (4, "")
    assert err.splitlines()[-2:] == [
        "error: stopped after the last whole batch",
        "hint: Run the same command again: it goes on from there.",
    ]
    left = one(url, "SELECT count(*) FROM app.form WHERE doc ? 'pob'")
    assert left > 0
    answer = minimize(*arguments(policy, url))
    assert answer.code == 0
    assert contents(url) == undisturbed


def test_terminated_connections_are_opened_again(policy: str, large: Callable[[], str], undisturbed: Any) -> None:
    """What the server's restart would do to the command does not stop it, and nothing is counted twice."""
    url = large()
    process = start(*arguments(policy, url))
    for _ in range(3):
        read_lines(process, 1)
        execute(
            url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'minimize' AND datname = current_database()",
        )
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert contents(url) == undisturbed


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
    told = [json.loads(line)["erased"] for line in answer.err.splitlines() if line.startswith("{")]
    assert told[-1] < sum(o["erased"] for o in answer.document["locations"])
