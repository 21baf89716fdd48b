"""The status and the commands of a run, from another terminal."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minimize.cli import main
from minimize.errors import InterruptedRunError, RefusedError
from minimize.policy import digest, parse_policy
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from minimize.purge.result import PurgeResult
from minimize.purge.run import strategy_in_force
from minimize.purge.strategy.choice import ChosenStrategy
from minimize.purge.strategy.interface import Strategy
from minimize.purge.throttle.limits import Limits
from minimize.purge.tuning import Tuning
from tests.integration.purge.scenario import (
    FAST,
    FOUR_BLOCKS,
    at,
    execute,
    hold,
    one,
    policy_of,
    policy_text,
)
from tests.integration.purge.scenario import purge_in_small_batches as purge

TEXT = policy_text(at("app.person.birthplace"))
POLICY = parse_policy(TEXT, "minimize.toml")
# The purge begins, and then waits until the test changes its limits.
WAITING = PurgeOptions(limits=FAST.changed(["query=SELECT false"]))


@dataclass(slots=True, kw_only=True)
class Running:
    """A purge in a thread that waits for its throttle; its row says so unless it polls rarely."""

    url: str
    poll_seconds: float = 0.05
    reports: list[Progress] = field(default_factory=list)
    stop: StopRequest = field(default_factory=StopRequest)
    outcome: list[PurgeResult | InterruptedRunError] = field(default_factory=list)
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        """Start it, and wait until it waits."""
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        while not any(progress.waiting_for for progress in self.reports) or not self._is_reported():
            time.sleep(0.01)

    def _is_reported(self) -> bool:
        if self.poll_seconds > 1:
            return True
        return bool(one(self.url, "SELECT activity ->> 'waiting_for' IS NOT NULL FROM minimize.purge_run"))

    def _run(self) -> None:
        try:
            tuning = replace(FOUR_BLOCKS, poll_seconds=self.poll_seconds)
            purged = purge(self.url, POLICY, WAITING, stop=self.stop, on_progress=self.reports.append, tuning=tuning)
            self.outcome.append(purged)
        except InterruptedRunError as error:
            self.outcome.append(error)

    def end(self) -> None:
        """Stop it, if it still runs."""
        self.stop.ask()
        self.thread.join()


@pytest.fixture
def running(people: str) -> Iterator[Running]:
    """Give a purge that waits for its throttle, and reads requests at once."""
    purging = Running(url=people)
    yield purging
    purging.end()


@pytest.fixture
def busy(people: str) -> Iterator[Running]:
    """Give a purge that waits for its throttle, and reads no request, as during the count of a large table."""
    purging = Running(url=people, poll_seconds=60.0)
    yield purging
    purging.end()


@pytest.fixture
def ask(people: str, tmp_path: Path) -> Callable[..., Result]:
    """Give a function that runs `minimize purge ...` with the policy of the run, as from another terminal."""
    policy = tmp_path / "minimize.toml"
    policy.write_text(TEXT)

    def run(*words: str, text: bool = False) -> Result:
        options = ["--policy", str(policy), "--database-url", people, *([] if text else ["--format", "json"])]
        return CliRunner().invoke(main, [*options, "purge", *words])

    return run


def document(result: Result) -> Any:
    """Return the JSON document of a command that ended with exit code 0."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_status_shows_a_run_at_work(running: Running, ask: Callable[..., Result]) -> None:
    """The role, the policy, the reason of the wait, and the limits that differ from the profile, all from its row."""
    assert running.reports
    found = document(ask("status"))
    assert (found["state"], found["policy"], found["digest"]) == ("waiting", "test-policy", digest(POLICY))
    assert found["is_policy_given"] is True
    assert found["waiting_for"].startswith("query: ")
    assert found["changed_limits"] == {"lag": "off", "lag-time": "off", "query": "SELECT false"}
    assert [t["clear"] for t in found["throttles"] if t["name"] == "query"] == [False]
    assert found["started_by"] == one(running.url, "SELECT started_by FROM minimize.purge_run")
    assert set(found) == {
        *("run", "policy", "digest", "is_policy_given", "state", "started_at", "started_by", "seen_at", "ended_at"),
        *("options", "limits", "changed_limits", "phase", "place", "waiting_for", "throttles", "throttled_seconds"),
        *("relations", "locations"),
    }


def test_a_paused_run_waits_until_it_is_resumed(running: Running, ask: Callable[..., Result]) -> None:
    """After a pause it waits between two batches, even if its throttle is clear; after a resume it finishes."""
    assert document(ask("pause"))["state"] == "paused"
    assert document(ask("tune", "query=off"))["changed"] == {"query": "off"}
    assert document(ask("status"))["state"] == "paused"
    assert one(running.url, "SELECT count(birthplace) FROM app.person") == 1500
    assert document(ask("resume"))["state"] in {"running", "finished"}
    running.thread.join()
    assert isinstance(running.outcome[0], PurgeResult)
    assert one(running.url, "SELECT count(birthplace) FROM app.person") == 0


def test_tune_changes_limits_during_a_wait(running: Running, ask: Callable[..., Result]) -> None:
    """The output has the changed limits, and the purge continues with them."""
    assert document(ask("tune", "query=off", "duty-cycle=0.9"))["changed"] == {"query": "off", "duty-cycle": "0.9"}
    running.thread.join()
    assert isinstance(running.outcome[0], PurgeResult)


def test_tune_adds_no_limit_that_it_does_not_change(running: Running, ask: Callable[..., Result]) -> None:
    """A process of an earlier release would fail at the name of a limit that it does not know."""
    execute(running.url, "UPDATE minimize.purge_run SET limits = limits - 'disk-free'")
    assert document(ask("tune", "lag=1GB"))["changed"] == {"lag": "1GB"}
    assert one(running.url, "SELECT limits ? 'disk-free' FROM minimize.purge_run") is False
    assert document(ask("tune", "disk-free=1GB"))["changed"] == {"disk-free": "1GB"}
    assert one(running.url, "SELECT limits ->> 'disk-free' FROM minimize.purge_run") == "1GB"


def test_tune_refuses_a_limit_that_does_not_exist(running: Running, ask: Callable[..., Result]) -> None:
    """Exit code 2; no limit is changed, not even the valid one."""
    result = ask("tune", "duty-cycle=0.9", "lagg=1MB")
    assert (result.exit_code, "'lagg' is no limit" in result.stderr) == (2, True)
    assert one(running.url, "SELECT limits ->> 'duty-cycle' FROM minimize.purge_run") == "1.0"


def test_a_cancelled_run_is_closed_and_the_next_one_is_new(running: Running, ask: Callable[..., Result]) -> None:
    """The process ends as interrupted, and the next purge does not resume the run."""
    assert document(ask("cancel"))["state"] == "cancelled"
    running.thread.join()
    assert isinstance(running.outcome[0], InterruptedRunError)
    assert "begins a new run" in running.outcome[0].hint
    result = purge(running.url, POLICY)
    assert (result.run, result.notes) == (2, ())


def test_a_run_without_a_process_is_shown_as_such(running: Running, ask: Callable[..., Result]) -> None:
    """After its process ended, pause, resume and tune are refused with exit code 3 and name the next action."""
    running.end()
    assert document(ask("status"))["state"] == "no_process"
    assert "no process at work, last seen" in ask("status", text=True).output
    for words in (("pause",), ("resume",), ("tune", "lag=32MB")):
        result = ask(*words)
        assert result.exit_code == 3
        assert f"there is nothing to {words[0]}: no process is at work on run 1" in result.stderr
        assert "`minimize purge` resumes the run" in result.stderr
    assert one(running.url, "SELECT wanted FROM minimize.purge_run") == "run"


def test_a_run_without_a_process_can_be_cancelled(running: Running, ask: Callable[..., Result]) -> None:
    """It is closed at once, and cannot be cancelled twice."""
    running.end()
    assert document(ask("cancel"))["state"] == "cancelled"
    result = ask("cancel")
    assert (result.exit_code, "no run is unfinished: run 1" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    "words", [("status",), ("pause",), ("resume",), ("cancel",), ("tune", "lag=1MB")], ids=" ".join
)
def test_without_any_run_every_command_is_refused(database: str, words: list[str]) -> None:
    """Without schema minimize the message is that no purge was ever begun; exit code 3."""
    result = CliRunner().invoke(main, ["--policy", "none.toml", "--database-url", database, "purge", *words])
    assert (result.exit_code, "no purge was ever begun" in result.stderr) == (3, True)


def test_only_a_role_that_may_write_the_state_may_pause(
    running: Running, ask: Callable[..., Result], role: Callable[..., str]
) -> None:
    """A role that may read the state tables sees the status and cannot pause."""
    execute(running.url, "GRANT USAGE ON SCHEMA minimize TO PUBLIC", "GRANT SELECT ON minimize.purge_run TO PUBLIC")
    execute(running.url, "GRANT SELECT ON ALL TABLES IN SCHEMA minimize TO PUBLIC")
    onlooker = ["--policy", "none.toml", "--database-url", role(running.url), "--format", "json", "purge"]
    assert document(CliRunner().invoke(main, [*onlooker, "status"]))["is_policy_given"] is None
    result = CliRunner().invoke(main, [*onlooker, "pause"])
    assert (result.exit_code, "permission denied for table purge_run" in result.stderr) == (5, True)
    assert document(ask("status"))["state"] == "waiting"


def test_a_cancel_cannot_be_taken_back(busy: Running, ask: Callable[..., Result]) -> None:
    """Not even while the process has not read it: it is busy with a count, say."""
    execute(busy.url, "UPDATE minimize.purge_run SET wanted = 'cancel'")
    for command in ("pause", "resume"):
        assert ask(command).exit_code == 3
    assert one(busy.url, "SELECT wanted FROM minimize.purge_run") == "cancel"


def test_status_shows_that_the_policy_has_changed(people: str, ask: Callable[..., Result]) -> None:
    """A policy that has changed since the run began is another version."""
    purge(people, policy_of(at("app.person.doc", "$.person.pob")))
    assert document(ask("status"))["is_policy_given"] is False
    assert "another version of the policy given" in ask("status", text=True).output


def test_status_counts_blocks_rows_and_values(people: str, ask: Callable[..., Result]) -> None:
    """In a finished run every relation is done, and its rows and values are those that were erased."""
    purge(people, POLICY)
    found = document(ask("status"))
    (relation,) = found["relations"]
    assert (relation["relation"], relation["rows"]) == ("app.person", 1500)
    assert relation["blocks_done"] == relation["blocks_total"] > 100
    assert 0 <= relation["hot_share"] <= 1
    (location,) = found["locations"]
    assert (location["location"], location["erased"]) == ("app.person.birthplace", 1500)
    assert (found["state"], found["throttles"]) == ("finished", [])


def test_status_shows_exempt_held_and_left(people: str, tmp_path: Path) -> None:
    """They are of the latest count of the table: before the first batch all rows that carry a value, later the rest."""
    policy, stop = tmp_path / "minimize.toml", StopRequest()
    policy.write_text(policy_text(at("app.person.birthplace", keep="kind = 'EDL'"), hold("app.person", "id % 7 = 0")))

    def status(*options: str) -> Any:
        asked = CliRunner().invoke(main, ["--policy", str(policy), "--database-url", people, *options])
        return document(asked)["locations"][0] if "json" in options else asked.stdout

    def ask(progress: Progress) -> None:
        if progress.blocks_done >= 20:
            stop.ask()

    parsed = parse_policy(policy.read_text(), str(policy))
    with pytest.raises(InterruptedRunError):
        purge(people, parsed, stop=stop, on_progress=ask)
    begun = status("--format", "json", "purge", "status")
    assert begun["exempt"] + begun["held"] + begun["left"] == begun["at_start"] == 1500
    (outcome,) = purge(people, parsed).locations
    ended = status("--format", "json", "purge", "status")
    assert (ended["exempt"], ended["held"], ended["left"]) == (outcome.exempt, outcome.held, 0)
    assert (ended["exempt"], ended["held"], ended["erased"]) == (begun["exempt"], begun["held"], begun["left"])
    assert ended["counted_at"] > begun["counted_at"]
    assert f"1,500   {outcome.erased:>6,}" in status("purge", "status")


def test_a_cancel_that_no_process_has_read_is_kept(running: Running, ask: Callable[..., Result]) -> None:
    """The run is shown as cancelled, and the next purge closes it and begins a new one."""
    running.end()
    execute(running.url, "UPDATE minimize.purge_run SET wanted = 'cancel'")
    assert document(ask("status"))["state"] == "cancelled"
    assert "state: cancelled, last seen" in ask("status", text=True).output
    assert "run 1 of policy test-policy is cancelled" in ask("pause").stderr
    result = purge(running.url, POLICY)
    assert (result.run, result.notes[0]) == (2, "run 1 was cancelled; run 2 begins")
    assert one(running.url, "SELECT state FROM minimize.purge_run WHERE run_id = 1") == "cancelled"


def test_a_run_whose_process_ends_before_it_reads_the_cancel_is_cancelled(
    busy: Running, ask: Callable[..., Result]
) -> None:
    """The command that waits for the process closes the run."""
    ending = threading.Timer(0.5, busy.stop.ask)
    ending.start()
    assert document(ask("cancel"))["state"] == "cancelled"
    assert one(busy.url, "SELECT state FROM minimize.purge_run") == "cancelled"


@pytest.mark.parametrize("words", [("pause",), ("resume",), ("cancel",), ("tune", "query=off")], ids=" ".join)
def test_a_run_of_another_policy_is_not_changed(
    running: Running, ask: Callable[..., Result], tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Exit code 3; the message names both policies and the run. Without a policy file the run can be changed."""
    (tmp_path / "minimize.toml").write_text(TEXT.replace('"test-policy"', '"other"'))
    result = ask(*words)
    assert result.exit_code == 3
    assert "no run of policy other is unfinished: run 1 (waiting) is of policy test-policy" in result.stderr
    assert one(running.url, "SELECT ARRAY[wanted, limits ->> 'query'] FROM minimize.purge_run") == [
        "run",
        "SELECT false",
    ]
    assert document(ask("status"))["policy"] == "test-policy"
    (tmp_path / "minimize.toml").unlink()
    assert document(ask(*words))["run"] == 1


def test_the_unfinished_run_of_the_policy_is_cancelled_beside_another(running: Running, tmp_path: Path) -> None:
    """The unfinished run of the policy is cancelled, not the run of another policy that is at work."""
    execute(
        running.url,
        "INSERT INTO minimize.purge_run (policy_id, policy_digest, options, limits) VALUES ('other', '', '{}', '{}')",
    )
    policy = tmp_path / "other.toml"
    policy.write_text(TEXT.replace('"test-policy"', '"other"'))
    asked = ["--policy", str(policy), "--database-url", running.url, "--format", "json", "purge", "cancel"]
    assert document(CliRunner().invoke(main, asked)) == {"run": 2, "state": "cancelled"}
    assert one(running.url, "SELECT wanted FROM minimize.purge_run WHERE run_id = 1") == "run"


def test_a_throttle_that_cannot_be_read_is_refused_before_a_run(people: str) -> None:
    """No run begins, and an unfinished run is not superseded."""
    blind = PurgeOptions(limits=FAST.changed(["query=SELECT 1"]))
    with pytest.raises(RefusedError, match="throttle query cannot be read"):
        purge(people, POLICY, blind)
    assert one(people, "SELECT to_regnamespace('minimize')") is None


def test_another_purge_is_reported_before_a_throttle(running: Running) -> None:
    """A second purge is refused because of the first one, even if a throttle cannot be read."""
    blind = PurgeOptions(limits=FAST.changed(["query=SELECT 1"]))
    with pytest.raises(RefusedError, match="another purge is at work"):
        purge(running.url, POLICY, blind)


def test_options_of_the_purge_are_refused_with_its_commands(ask: Callable[..., Result]) -> None:
    """An option without effect is refused, not ignored."""
    result = ask("--jobs", "4", "status")
    assert (result.exit_code, "--jobs cannot be used with purge status" in result.stderr) == (2, True)


def test_a_new_limit_changes_the_batches_of_the_relation_at_work(people: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that is tuned in the middle of a relation applies from the next batch."""
    seen: list[float] = []
    made = strategy_in_force.make_strategy

    def note(choice: ChosenStrategy, limits: Limits, tuning: Tuning) -> Strategy:
        seen.append(limits.target)
        return made(choice, limits, tuning)

    monkeypatch.setattr(strategy_in_force, "make_strategy", note)

    def tune(progress: Progress) -> None:
        if progress.blocks_done == 20:
            execute(people, """UPDATE minimize.purge_run SET limits = limits || '{"target": "40ms"}'""")

    purge(people, POLICY, on_progress=tune, tuning=replace(FOUR_BLOCKS, poll_seconds=0.0))
    assert seen == [0.05, 0.04]
