"""`minimize purge` over the databases of a policy: each is purged and reported, with one exit code for all."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.acceptance.command import Answer, minimize, start
from tests.acceptance.conftest import HOLD, LOCATIONS, SECRET
from tests.integration.purge.scenario import execute, fetch, one, policy_text

PASSWORD = "Zo3-pPassw0rd"
NAMES = ("one", "two", "three")
LEFT = "SELECT (SELECT count(*) FROM app.form WHERE doc ? 'pob')"
ERASED = {"app.person.birthplace": 68, "app.form.doc $.pob": 50}


def variable(name: str) -> str:
    """Return the name of the variable that holds a database's URL."""
    return f"ESTATE_{name.upper()}_URL"


def entry(name: str, server: str) -> str:
    """Return a database as a policy writes it."""
    return f'[[database]]\nid = "{name}"\nurl_env = "{variable(name)}"\nserver = "{server}"'


@pytest.fixture
def policy(tmp_path: Path) -> str:
    """Give the path of a policy with three databases on two servers."""
    path = tmp_path / "minimize.toml"
    databases = (entry("one", "left"), entry("two", "right"), entry("three", "left"))
    path.write_text(policy_text(*LOCATIONS, HOLD, *databases))
    return str(path)


@pytest.fixture
def estate(small: str, clone: Callable[[str], str]) -> dict[str, str]:
    """Give the URLs of three databases, 150 rows that carry the field in each."""
    return dict(zip(NAMES, [small, clone("acceptance_small"), clone("acceptance_small")], strict=True))


def purge(policy: str, urls: Mapping[str, str], *arguments: str, output: str = "json") -> Answer:
    """Purge the databases of a policy, and check that the output holds no password and no value."""
    more = {variable(name): url for name, url in urls.items()}
    answer = minimize("--policy", policy, "--format", output, "purge", "--profile", "fast", *arguments, more=more)
    assert not any(word in answer.out + answer.err for word in (PASSWORD, SECRET, "postgresql://", "Traceback"))
    return answer


def test_all_databases_are_purged_into_one_document(policy: str, estate: dict[str, str]) -> None:
    """Each has its id, its server and the document of one purge; the lines of progress name the database."""
    answer = purge(policy, estate)
    assert answer.code == 0
    assert set(answer.document) == {"databases", "seconds"}
    found = answer.document["databases"]
    keys = {"database", "server", "exit_code", "error", "run", "seconds", "locations", "notes"}
    assert [keys - set(each) for each in found] == [set()] * 3
    assert [(each["database"], each["server"], each["exit_code"], each["error"]) for each in found] == [
        *(("one", "left", 0, None), ("two", "right", 0, None), ("three", "left", 0, None)),
    ]
    assert [{o["location"]: o["erased"] for o in each["locations"]} for each in found] == [ERASED] * 3
    assert [one(url, LEFT) for url in estate.values()] == [0, 0, 0]
    lines = [line for line in answer.err.splitlines() if not line.startswith("{")]
    for kind in ("target", "warning"):
        named = [line.split(": ")[1] for line in lines if line.startswith(f"{kind}: ")]
        assert (kind, sorted(named)) == (kind, sorted(NAMES))
        # Servers are connected to in parallel: the order is that of the policy for each server only.
        assert [name for name in named if name != "two"] == ["one", "three"]
    assert len(lines) == 2 * len(NAMES)
    reported = [json.loads(line)["database"] for line in answer.err.splitlines() if line.startswith("{")]
    assert set(reported) == set(NAMES)


def test_one_table_for_people(policy: str, estate: dict[str, str]) -> None:
    """Each line names its database, the last one has the sums, and so it is in a dry run, which changes nothing."""
    dry = purge(policy, estate, "--dry-run", output="text")
    assert (dry.code, dry.errors) == (0, [])
    assert [one(url, LEFT) for url in estate.values()] == [50, 50, 50]
    answer = purge(policy, estate, output="text")
    for out, total in ((dry.out, ["total", "450", "60", "36", "354"]), (answer.out, ["total", "354", "60", "36", "0"])):
        lines = [line.split() for line in out.splitlines()]
        assert [line[0] for line in lines if "app.person.birthplace" in line] == list(NAMES)
        assert total in lines
    assert answer.out.splitlines()[-1].startswith("3 database(s): one done, two done, three done; ")
    assert "one would start, two would start, three would start" in dry.out.splitlines()[-1]


def test_some_databases_are_purged(policy: str, estate: dict[str, str]) -> None:
    """--database names them; the variables of the others are not needed."""
    chosen = {name: estate[name] for name in ("one", "three")}
    answer = purge(policy, chosen, "--database", "three", "--database", "one")
    assert [each["database"] for each in answer.document["databases"]] == ["one", "three"]
    assert [one(url, LEFT) for url in estate.values()] == [0, 50, 0]


def test_one_file_of_metrics_for_all(policy: str, estate: dict[str, str], tmp_path: Path) -> None:
    """Databases purged at the same time, and one that cannot be, stand in it each under its name."""
    path = tmp_path / "minimize.prom"
    execute(estate["three"], "DROP TABLE app.form")
    assert purge(policy, estate, "--metrics", str(path)).code == 2
    lines = path.read_text().splitlines()
    for location, erased in ERASED.items():
        labels = [f'{{database="{name}",location="{location}"}}' for name in ("one", "two")]
        found = [line for line in lines if line.startswith("minimize_purge_values_erased_total{") and location in line]
        assert found == [f"minimize_purge_values_erased_total{each} {float(erased)}" for each in labels]
    ended = {"one": "finished", "two": "finished", "three": "failed"}
    states = [f'minimize_purge_run_state{{database="{name}",state="{state}"}} 1.0' for name, state in ended.items()]
    assert [line for line in lines if "run_state{" in line and line.endswith(" 1.0")] == states
    described = [line.split()[2] for line in lines if line.startswith("# TYPE ")]
    assert len(described) == len(set(described))


def test_metrics_that_cannot_be_written_stop_it_before_it_begins(
    policy: str, estate: dict[str, str], tmp_path: Path
) -> None:
    """Exit code 2, and no database is touched."""
    answer = purge(policy, estate, "--metrics", str(tmp_path / "none" / "minimize.prom"))
    assert (answer.code, answer.out, len(answer.errors), len(answer.hints)) == (2, "", 1, 1)
    assert [one(url, LEFT) for url in estate.values()] == [50, 50, 50]


def test_a_url_means_one_database_as_ever(policy: str, estate: dict[str, str]) -> None:
    """The others are left alone, which is said; a URL and --database together are a mistake."""
    answer = minimize("--policy", policy, "--database-url", estate["two"], "--format", "json", "purge")
    assert (answer.code, "run" in answer.document, "databases" in answer.document) == (0, True, False)
    assert "these databases of the policy are not used: one, two, three" in answer.err
    assert [one(url, LEFT) for url in estate.values()] == [50, 0, 50]
    answer = minimize("--policy", policy, "--database-url", estate["two"], "purge", "--database", "one")
    assert (answer.code, len(answer.errors), len(answer.hints)) == (2, 1, 1)


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)], ids=["purge", "dry run"])
def test_an_error_of_one_leaves_the_others_alone(
    policy: str, estate: dict[str, str], arguments: tuple[str, ...]
) -> None:
    """A missing table and a missing server are reported with their database; the third database is purged."""
    execute(estate["one"], "DROP TABLE app.form")
    nowhere = f"postgresql://someone:{PASSWORD}@127.0.0.1:1/somewhere"
    answer = purge(policy, {**estate, "two": nowhere}, *arguments)
    assert answer.code == 5
    first, second, third = answer.document["databases"]
    assert (first["exit_code"], second["exit_code"], third["exit_code"]) == (2, 5, 0)
    assert first["error"]["message"] == "table app.form does not exist"
    assert variable("two") in second["error"]["hint"]
    assert "locations" not in first
    assert third["error"] is None
    assert [line.split(":")[1] for line in answer.errors] == [" one", " two"]
    assert [line.split(":")[1] for line in answer.hints] == [" one", " two"]
    assert one(estate["three"], LEFT) == (50 if arguments else 0)


def test_a_dry_run_that_would_be_refused_somewhere_says_where(policy: str, estate: dict[str, str]) -> None:
    """The counts are there all the same, and the exit code is that of the refusal."""
    execute(estate["one"], "DELETE FROM app.person", "ALTER TABLE app.person ALTER birthplace SET NOT NULL")
    answer = purge(policy, estate, "--dry-run")
    first, *others = answer.document["databases"]
    assert (answer.code, first["exit_code"], [each["exit_code"] for each in others]) == (3, 3, [0, 0])
    assert "NOT NULL" in first["refusal"]
    assert answer.errors == ["error: one: NOT NULL is still on app.person.birthplace"]


def test_a_dry_run_says_where_it_found_what(policy: str, estate: dict[str, str]) -> None:
    """Strategies, findings and throttles are printed once, with the ids of the databases that they are about."""
    execute(estate["one"], "ALTER TABLE app.person REPLICA IDENTITY FULL", "CREATE PUBLICATION p FOR TABLE app.person")
    execute(estate["two"], "CREATE PUBLICATION p FOR TABLE app.person")
    answer = purge(policy, estate, "--dry-run", output="text")
    assert answer.code == 3
    for line in (
        r"in the way: one: publication p of app\.person sends the old row, with the value",
        r"note: two: publication p of app\.person ",
        r"sequential: one, two, three: small: \d+ page\(s\): app\.person\.birthplace",
        r"throttle archive-backlog: one, two, three: ",
    ):
        assert len(re.findall(f"^{line}", answer.out, re.MULTILINE)) == 1, line


def test_a_missing_variable_stops_it_before_it_begins(policy: str, estate: dict[str, str]) -> None:
    """Exit code 2, with file, line and key; no database is touched."""
    answer = purge(policy, {name: estate[name] for name in ("one", "three")})
    assert (answer.code, answer.out, len(answer.errors), len(answer.hints)) == (2, "", 1, 1)
    assert "database[1].url_env: the environment variable ESTATE_TWO_URL is not set" in answer.err
    assert [one(url, LEFT) for url in estate.values()] == [50, 50, 50]


def test_a_signal_stops_all_and_the_next_run_finishes_all(
    policy: str, large: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Purges at work end after a batch, the others are not started; the next run erases the rest and counts once."""
    estate = {name: large() for name in NAMES}
    for name, url in estate.items():
        monkeypatch.setenv(variable(name), url)
    arguments = ("--policy", policy, "--format", "json", "purge", "--strategy", "sequential")
    process = start(*arguments, "--limit", "target=5ms", "--limit", "duty-cycle=0.1")
    at_work = set[str]()
    assert process.stderr is not None
    while not at_work >= {"one", "two"} and (line := process.stderr.readline()):
        if line.startswith("{"):
            at_work.add(json.loads(line)["database"])
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 4
    stopped = json.loads(out)["databases"]
    assert [each["exit_code"] for each in stopped] == [4, 4, 4]
    assert stopped[2]["error"]["message"] == "stopped before it was started"
    assert one(estate["three"], "SELECT to_regnamespace('minimize')") is None
    answer = minimize(*arguments, "--profile", "fast")
    assert answer.code == 0, answer.err
    assert [one(url, LEFT) for url in estate.values()] == [0, 0, 0]
    counted = "SELECT sum(erased)::int FROM minimize.purge_count WHERE location LIKE 'app.form%'"
    assert [fetch(url, counted) for url in estate.values()] == [[11050]] * 3


def test_the_run_of_one_database_is_shown(policy: str, estate: dict[str, str]) -> None:
    """--database says which; without it, the database of libpq's variables is not used."""
    assert purge(policy, estate, "--database", "two").code == 0
    more = {variable(name): url for name, url in estate.items()}
    command = ("--policy", policy, "--format", "json", "purge", "status")
    shown = minimize(*command, "--database", "two", more=more)
    assert (shown.code, shown.document["run"], shown.document["state"]) == (0, 1, "finished")
    none = minimize(*command, "--database", "one", more=more)
    assert (none.code, none.errors) == (3, ["error: no purge was ever begun in this database"])
    for arguments in ((), ("--database", "four")):
        unclear = minimize(*command, *arguments, more=more)
        assert (unclear.code, len(unclear.errors)) == (2, 1)
        assert "one, two, three" in unclear.err
    both = minimize("--database-url", estate["two"], *command, "--database", "two", more=more)
    assert (both.code, "exclude each other" in both.err) == (2, True)


@pytest.mark.parametrize("words", [("pause",), ("resume",), ("cancel",), ("tune", "lag=1MB")], ids=" ".join)
def test_the_run_of_one_database_is_controlled(policy: str, estate: dict[str, str], words: tuple[str, ...]) -> None:
    """The answer is of the run there, here one that has ended."""
    assert purge(policy, estate, "--database", "two").code == 0
    answer = minimize("--policy", policy, "purge", *words, "--database", "two", more={variable("two"): estate["two"]})
    assert (answer.code, "no run is unfinished: run 1 of policy test-policy is finished" in answer.err) == (3, True)
    before = minimize("--policy", policy, "purge", "--database", "two", *words)
    assert (before.code, f"--database goes after purge {words[0]}" in before.err) == (2, True)


REPORTS = [("verify",), ("status",), ("guard", "check")]


@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_other_commands_report_every_database(policy: str, estate: dict[str, str], command: tuple[str, ...]) -> None:
    """One document with an entry for each, the worst exit code, and the error of one beside the results of others."""
    more = {variable(name): url for name, url in estate.items()}
    more[variable("two")] = f"postgresql://someone:{PASSWORD}@127.0.0.1:1/somewhere"
    answer = minimize("--policy", policy, *command, "--format", "json", more=more)
    assert set(answer.document) == {"databases", "seconds"}
    first, second, third = answer.document["databases"]
    assert [each["database"] for each in (first, second, third)] == list(NAMES)
    found = 0 if command == ("status",) else 1
    assert [each["exit_code"] for each in (first, second, third)] == [found, 5, found]
    assert (answer.code, [line.split(":")[1] for line in answer.errors]) == (5, [" two"])
    assert PASSWORD not in answer.out + answer.err
    alone = minimize("--policy", policy, "--database-url", estate["one"], *command, "--format", "json")
    assert set(first) == {*alone.document, "database", "server", "exit_code", "error"}


@pytest.mark.parametrize("command", REPORTS, ids=" ".join)
def test_other_commands_report_one_database(policy: str, estate: dict[str, str], command: tuple[str, ...]) -> None:
    """--database names it; the text of several has a heading for each and a line for all."""
    more = {variable("three"): estate["three"]}
    answer = minimize("--policy", policy, *command, "--database", "three", more=more)
    assert answer.code in {0, 1}
    assert answer.out.splitlines()[0] == "database three:"
    assert answer.out.splitlines()[-1].startswith("1 database(s): three ")
    unknown = minimize("--policy", policy, *command, "--database", "four", more=more)
    assert (unknown.code, len(unknown.errors), "one, two, three" in unknown.err) == (2, 1, True)


def test_the_policy_is_compared_with_its_databases(policy: str, estate: dict[str, str]) -> None:
    """--database says with which; what does not fit names the database."""
    more = {variable(name): url for name, url in estate.items()}
    execute(estate["two"], "DROP TABLE app.form")
    fits = minimize("--policy", policy, "policy", "check", "--database", "one", more=more)
    assert (fits.code, "it fits the database" in fits.out) == (0, True)
    answer = minimize("--policy", policy, "policy", "check", "--database", "one", "--database", "two", more=more)
    assert (answer.code, answer.out) == (2, "")
    assert answer.errors == ["error: two: table app.form does not exist"]


def test_a_guard_test_is_of_one_database(policy: str, estate: dict[str, str]) -> None:
    """It has to be named where there are several; the target is printed first."""
    more = {variable(name): url for name, url in estate.items()}
    unclear = minimize("--policy", policy, "guard", "test", more=more)
    assert (unclear.code, "one, two, three" in unclear.err) == (2, True)
    answer = minimize("--policy", policy, "guard", "test", "--database", "two", more=more)
    assert answer.code == 1
    assert answer.err.startswith("target: two: host ")
