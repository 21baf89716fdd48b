"""The public functions against a real database: what they return, raise and log."""

from __future__ import annotations

import logging
from pathlib import Path

import psycopg
import pytest

import minimize
from minimize.errors import ExitCode
from minimize.policy import load_policy
from tests.integration.purge.scenario import at, execute, guard, one, policy_text

NOWHERE = "postgresql://127.0.0.1:1/somewhere"
LEFT = "SELECT count(birthplace) FROM app.person"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """Give the path of a policy with one location of the database `people`."""
    path = tmp_path / "minimize.toml"
    path.write_text(policy_text(at("app.person.birthplace")))
    return path


def test_a_field_is_taken_through_every_state(policy: Path, people: str) -> None:
    """By URL, with the path of the policy or the policy itself; each function reports what the others did."""
    loaded = minimize.load_policy(policy)
    assert minimize.status(policy, people).result.level is None
    assert minimize.guard(policy, people).result.unguarded == {"app.person": ("app.person.birthplace",)}
    guard(people, loaded)
    check = minimize.guard(loaded, people).result
    assert (check.drift, check.unguarded) == ((), {})
    assert not minimize.verify(policy, people).result.clean
    preview = minimize.preview_purge(policy, people).result
    assert preview.preview.locations[0].rows.to_erase == one(people, LEFT) > 0
    assert preview.estimated_seconds["gentle"] > preview.estimated_seconds["fast"] > 0
    purged = minimize.purge(loaded, people, profile="fast", limits=["lag=off", "lag-time=off"])
    assert (purged.exit_code, purged.is_single) == (ExitCode.DONE, True)
    assert purged.result.locations[0].erased == preview.preview.locations[0].rows.to_erase
    assert minimize.verify(policy, people).result.clean
    assert minimize.status(policy, people).result.level == "E1"


def test_a_connection_gives_the_address_only(policy: Path, people: str) -> None:
    """What its transaction has changed is neither seen nor committed, and it stays open."""
    with psycopg.connect(people) as conn:
        before = one(people, LEFT)
        conn.execute("CREATE TABLE app.mine (id int)")
        result = minimize.verify(policy, conn).result
        assert result.counts["app.person.birthplace"].to_erase == before
        conn.rollback()
        assert conn.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert one(people, "SELECT to_regclass('app.mine')") is None


@pytest.mark.parametrize("function", [minimize.verify, minimize.status, minimize.guard, minimize.purge])
def test_an_error_is_raised_unless_it_is_not_to_be(policy: Path, function: object) -> None:
    """The error of the database itself; with check=False it is in the result."""
    assert callable(function)
    with pytest.raises(minimize.DatabaseError, match="could not connect"):
        function(policy, NOWHERE)
    estate = function(policy, NOWHERE, check=False)
    assert (estate.exit_code, estate.databases[0].result) == (ExitCode.FAILED, None)
    with pytest.raises(minimize.DatabaseError, match="could not connect"):
        _ = estate.result


def test_databases_of_the_policy_are_purged_as_one_estate(
    tmp_path: Path, people: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, or those that are named; the error of one is raised when all are done."""
    monkeypatch.setenv("EAST_URL", people)
    monkeypatch.setenv("WEST_URL", NOWHERE)
    entries = [f'[[database]]\nid = "{name}"\nurl_env = "{name.upper()}_URL"' for name in ("west", "east")]
    path = tmp_path / "estate.toml"
    path.write_text(policy_text(at("app.person.birthplace"), *entries))
    with pytest.raises(minimize.DatabaseError, match=r"^west: could not connect"):
        minimize.purge(path, limits=["lag=off", "lag-time=off"], profile="fast")
    assert one(people, LEFT) == 0
    verified = minimize.verify(load_policy(path), databases=["east"])
    assert [(each.target.id, each.exit_code) for each in verified.databases] == [("east", ExitCode.DONE)]


def test_arguments_that_do_not_fit_are_refused_before_a_connection(policy: Path) -> None:
    """As on the command line."""
    with pytest.raises(minimize.UsageError, match="'lagg' is no limit"):
        minimize.purge(policy, NOWHERE, limits=["lagg=1MB"])
    with pytest.raises(minimize.UsageError, match="lock_timeout: 'soon' is not a time"):
        minimize.purge(policy, NOWHERE, lock_timeout="soon")
    with pytest.raises(minimize.UsageError, match="exclude each other"):
        minimize.verify(policy, NOWHERE, databases=["east"])
    with pytest.raises(minimize.UsageError, match=r"^level is 'E9'") as refused:
        minimize.verify(policy, NOWHERE, level="E9")  # type: ignore[arg-type]
    assert "E1" in refused.value.hint


def test_progress_is_logged_where_no_callback_is_given(
    policy: Path, people: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Names and numbers, and no value of a row."""
    execute(people, "UPDATE app.person SET birthplace = 'Xylofonia' WHERE id = 1")
    caplog.set_level(logging.DEBUG, "minimize")
    minimize.purge(policy, people, profile="fast", limits=["lag=off", "lag-time=off"])
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert {record.name for record in caplog.records} == {"minimize.purge"}
    assert "erase app.person: " in text
    assert "Xylofonia" not in text


@pytest.mark.parametrize("function", [minimize.verify, minimize.status, minimize.guard, minimize.purge])
def test_a_closed_connection_is_an_error_of_the_database(policy: Path, people: str, function: object) -> None:
    """Not one of the driver."""
    assert callable(function)
    with psycopg.connect(people) as conn:
        pass
    with pytest.raises(minimize.DatabaseError, match="the connection that was passed is closed"):
        function(policy, conn)
