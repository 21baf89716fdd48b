"""A database of the last release continues under this one: guard, purge, verify and status."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from minimize.catalog.connection import connect
from minimize.cli import main
from minimize.purge.state.upgrade import upgrade_state
from minimize.purge.state.version import CURRENT_VERSION
from tests.integration.purge.scenario import execute, fetch, one
from tests.integration.upgrade.conftest import POLICY

LIMITS = ("--profile", "fast", "--limit", "lag=off", "--limit", "lag-time=off", "--limit", "lock-waiters=off")
QUICK = (*LIMITS, "--no-vacuum")


@pytest.fixture
def ask(interrupted: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give a function that runs a command with JSON output on the database."""
    monkeypatch.delenv("MINIMIZE_POLICY", raising=False)
    target = ["--policy", str(POLICY), "--database-url", interrupted, "--format", "json"]
    return lambda *words: CliRunner().invoke(main, [*target, *words])


def document(result: Result, exit_code: int = 0) -> Any:
    """Return the document of a command that ended with this code."""
    assert result.exit_code == exit_code, result.output
    return json.loads(result.stdout)


@pytest.mark.majors
def test_a_purge_of_the_last_release_is_resumed(interrupted: str, ask: Callable[..., Result]) -> None:
    """Nothing is lost and nothing is counted twice: for each location the counts add up to those before the purge."""
    erased_before = dict(
        fetch(interrupted, "SELECT location, sum(erased)::int FROM minimize.purge_count GROUP BY location")
    )
    result = document(ask("purge", *LIMITS))
    assert result["run"] == 1
    assert any("run 1 is resumed" in note for note in result["notes"])
    assert "the state in schema minimize was upgraded from version 1" in result["notes"]
    assert sum(o["erased"] for o in result["locations"]) > sum(erased_before.values()) > 0
    assert {o["location"] for o in result["locations"]} >= set(erased_before)
    for found in result["locations"]:
        assert found["erased"] >= erased_before.get(found["location"], 0)
        assert (found["by_others"], found["left"]) == (0, 0), found
    assert one(interrupted, "SELECT count(*) FROM minimize.purge_run") == 1
    assert one(interrupted, "SELECT version FROM minimize.state_version") == CURRENT_VERSION
    assert document(ask("verify"))["clean"] is True


def test_a_restored_run_is_resumed(interrupted: str, ask: Callable[..., Result]) -> None:
    """A restored database has other OIDs: the run begins its passes again, and its counts still add up."""
    execute(interrupted, "UPDATE minimize.purge_range SET relation = relation::bigint + 1000000")
    result = document(ask("purge", *QUICK))
    assert result["run"] == 1
    assert {(found["by_others"], found["left"]) for found in result["locations"]} == {(0, 0)}


def test_a_dry_run_does_not_upgrade(interrupted: str, ask: Callable[..., Result]) -> None:
    """It only reads."""
    assert document(ask("purge", "--dry-run", *LIMITS))["refusal"] is None
    assert one(interrupted, "SELECT to_regclass('minimize.state_version')") is None


def test_the_status_of_the_purge_is_read_without_an_upgrade(interrupted: str, ask: Callable[..., Result]) -> None:
    """`purge status` shows the counts under their present names, and limits too; before and after the upgrade."""
    before = document(ask("purge", "status"))
    assert (before["run"], before["state"]) == (1, "no_process")
    assert before["changed_limits"] == {
        "active-sessions": "90",
        "duty-cycle": "0.9",
        "interleave": "1",
        "lag": "off",
        "lag-time": "off",
        "pages": "1",
    }
    by_location = {entry["location"]: entry for entry in before["locations"]}
    held = by_location["core.application.place_of_birth"]
    assert (held["carrying"], held["erased"], held["exempt"], held["held"], held["left"]) == (40, 32, 5, 3, 0)
    left = by_location["hist.change_log.old_row $.place_of_birth"]
    assert (left["carrying"], left["erased"], left["left"]) == (13, 13, 13)
    assert one(interrupted, "SELECT to_regclass('minimize.state_version')") is None
    document(ask("purge", *QUICK))
    after = document(ask("purge", "status"))
    assert (after["run"], after["state"]) == (1, "finished")
    assert set(after) == set(before)


def test_the_next_purge_begins_a_new_run(interrupted: str, ask: Callable[..., Result]) -> None:
    """The upgrade happens once. A run that was cancelled under the last release is not resumed."""
    assert document(ask("purge", "cancel"))["state"] == "cancelled"
    assert one(interrupted, "SELECT state FROM minimize.purge_run") == "cancelled"
    first = document(ask("purge", *QUICK))
    again = document(ask("purge", *QUICK))
    assert (first["run"], again["run"], sum(o["erased"] for o in again["locations"])) == (2, 3, 0)
    assert [any("upgraded" in note for note in result["notes"]) for result in (first, again)] == [True, False]


def test_a_process_of_the_last_release_is_controlled(interrupted: str, ask: Callable[..., Result]) -> None:
    """It can be paused, resumed and cancelled, not tuned: it does not know the present names of the limits."""
    with psycopg.connect(interrupted, autocommit=True) as conn:
        # What such a process does: it holds the purge lock and reports over the same session.
        conn.execute("SELECT pg_advisory_lock(x'6d696e696d697a65'::bigint)")
        conn.execute('UPDATE minimize.purge_run SET backend = pg_backend_pid(), activity = \'{"wanted": "pause"}\'')
        assert document(ask("purge", "pause"))["state"] == "paused"
        refused = ask("purge", "tune", "lag=1GB")
        assert (refused.exit_code, "under an earlier release of minimize" in refused.stderr) == (3, True)
        refused = ask("purge", *LIMITS)
        assert (refused.exit_code, "another purge is at work" in refused.stderr) == (3, True)
    assert one(interrupted, "SELECT to_regclass('minimize.state_version')") is None


def test_the_last_release_fails_before_it_changes_an_upgraded_state(interrupted: str) -> None:
    """The first statement with which it resumes a run names a column that is no longer there."""
    with connect(interrupted) as conn:
        upgrade_state(conn)
    with pytest.raises(psycopg.errors.UndefinedColumn, match="backend"):
        execute(
            interrupted,
            "UPDATE minimize.purge_run SET wanted = 'run', activity = '{}', seen_at = now(),"
            " backend = pg_backend_pid() WHERE state = 'running'",
        )


def test_the_status_of_the_locations_is_shown(ask: Callable[..., Result]) -> None:
    """`minimize status` reads guards and rows."""
    locations = {entry["location"]: entry for entry in document(ask("status"))["locations"]}
    assert len(locations) == 35
    assert locations["core.application.place_of_birth"]["rows"] == {"carrying": 8, "exempt": 5, "held": 3}


@pytest.mark.majors
def test_the_guard_of_the_last_release_still_refuses(interrupted: str, ask: Callable[..., Result]) -> None:
    """Every location is guarded; at most the guard is of another release of minimize or of PostgreSQL."""
    result = ask("guard", "check")
    assert result.exit_code in {0, 1}, result.output
    checked = json.loads(result.stdout)
    assert len(checked["guarded"]) == 35
    broken = ("missing", "disabled", "not enabled always", "fires after the guard", "orphaned")
    assert [entry for entry in checked["drift"] if entry["location"] and entry["problem"].startswith(broken)] == []
    with pytest.raises(psycopg.Error) as caught:
        execute(interrupted, "UPDATE core.application SET place_of_birth = 'Kent' WHERE app_type = 'DL'")
    assert caught.value.diag.column_name == "place_of_birth"
    assert one(interrupted, "SELECT count(*) FROM core.application WHERE place_of_birth = 'Kent'") == 0
