"""What the commands print: one JSON document with fixed keys on standard output, everything else beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minimize.policy import load_policy
from tests.acceptance.command import minimize
from tests.acceptance.conftest import SECRET
from tests.integration.purge.scenario import execute, fetch, guard, one

COMMANDS = [
    (),
    ("policy",),
    ("policy", "check"),
    ("policy", "schema"),
    ("guard",),
    ("guard", "check"),
    ("purge",),
    ("purge", "status"),
    ("purge", "pause"),
    ("purge", "resume"),
    ("purge", "cancel"),
    ("purge", "tune"),
    ("verify",),
    ("status",),
    ("demo",),
]
PROGRESS = {
    *("phase", "place", "pass", "blocks_done", "blocks_total", "erased", "values_per_second", "seconds_left"),
    *("rows", "hot_share", "wal_bytes", "waiting_for", "note", "overall_seconds_left"),
}
LOCATIONS = ["app.person.birthplace", "app.form.doc $.pob"]


def run(policy: str, url: str, *arguments: str) -> Any:
    """Run a command with JSON output."""
    return minimize("--policy", policy, "--database-url", url, "--format", "json", *arguments)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "minimize")
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    """--help and -h say the same, on standard output, with exit code 0, and need neither policy nor database."""
    answer = minimize(*command, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: {' '.join(('minimize', *command))} ")
    assert minimize(*command, "-h").out == answer.out


def test_the_exit_codes_are_in_the_help() -> None:
    """The command's own help lists what 0 to 5 mean."""
    text = minimize("--help").out
    assert [line.split()[0] for line in text.splitlines() if line.strip()[:1].isdigit()] == list("012345")


@pytest.mark.majors
def test_purge_prints_one_document(small: str, policy: str) -> None:
    """The keys of run and locations are fixed, and the counts are those of the database."""
    answer = run(policy, small, "purge")
    assert answer.code == 0
    assert set(answer.document) == {"run", "seconds", "process", "locations", "notes", "not_checked"}
    keys = {"field", "location", "strategy", "erased", "exempt", "held", "left", "carrying", "by_others"}
    assert [set(entry) for entry in answer.document["locations"]] == [keys] * 2
    found = {e["location"]: (e["erased"], e["exempt"], e["held"], e["left"]) for e in answer.document["locations"]}
    assert found == {LOCATIONS[0]: (68, 20, 12, 0), LOCATIONS[1]: (50, 0, 0, 0)}


def test_progress_is_json_lines_on_standard_error(small: str, policy: str) -> None:
    """Each line is an object with the same keys, after the target and a warning; no value is in it."""
    answer = run(policy, small, "purge")
    target, warning, *lines = answer.err.splitlines()
    assert target.startswith("target: host ")
    assert warning.startswith("warning: not guarded")
    assert [set(json.loads(line)) for line in lines] == [PROGRESS] * len(lines)
    assert {json.loads(line)["phase"] for line in lines} == {"erase", "count", "vacuum", "prove"}
    assert SECRET not in answer.err + answer.out


def test_a_dry_run_counts_and_changes_nothing(small: str, policy: str) -> None:
    """It says what a purge would erase, which is then what the purge erases."""
    before = fetch(small, "SELECT xmin::text FROM app.person UNION ALL SELECT xmin::text FROM app.form")
    answer = run(policy, small, "purge", "--dry-run")
    assert answer.code == 0
    assert set(answer.document) == {
        *("run", "seconds", "locations", "findings", "not_checked", "refusal", "throttles", "estimated_seconds"),
    }
    assert set(answer.document["estimated_seconds"]) == {"gentle", "fast"}
    keys = {
        *("field", "location", "strategy", "reason", "carrying", "exempt", "held", "to_erase", "erased", "left"),
    }
    assert [set(entry) for entry in answer.document["locations"]] == [keys] * 2
    assert (answer.document["refusal"], answer.document["not_checked"]) == (None, [])
    assert fetch(small, "SELECT xmin::text FROM app.person UNION ALL SELECT xmin::text FROM app.form") == before
    assert one(small, "SELECT to_regnamespace('minimize')") is None
    expected = {entry["location"]: entry["to_erase"] for entry in answer.document["locations"]}
    assert {e["location"]: e["erased"] for e in run(policy, small, "purge").document["locations"]} == expected


def test_a_dry_run_that_would_be_refused_says_so(small: str, policy: str) -> None:
    """The document holds the counts and the refusal, and the exit code is that of the refusal."""
    execute(
        small, "DELETE FROM app.person WHERE birthplace IS NULL", "ALTER TABLE app.person ALTER birthplace SET NOT NULL"
    )
    answer = run(policy, small, "purge", "--dry-run")
    assert answer.code == 3
    assert answer.document["refusal"] == "NOT NULL is still on app.person.birthplace"
    assert len(answer.errors) == len(answer.hints) == 1


def test_a_dry_run_lists_what_would_see_the_old_values(small: str, policy: str) -> None:
    """Each finding has object, what would happen, the way on, and whether it refuses; no value is in it."""
    execute(small, "ALTER TABLE app.person REPLICA IDENTITY FULL", "CREATE PUBLICATION p FOR TABLE app.person")
    answer = run(policy, small, "purge", "--dry-run")
    assert answer.code == 3
    assert [set(entry) for entry in answer.document["findings"]] == [{"object", "what", "hint", "refuses"}] * len(
        answer.document["findings"]
    )
    (entry,) = [entry for entry in answer.document["findings"] if entry["refuses"]]
    assert entry["object"] == "publication p of app.person"
    assert answer.document["refusal"] == f"{entry['object']} {entry['what']}"
    text = minimize("--policy", policy, "--database-url", small, "purge", "--dry-run", "--consumers=send")
    assert text.code == 0
    assert "note: publication p of app.person sends the old row, with the value" in text.out
    assert SECRET not in answer.out + text.out


@pytest.mark.majors
def test_verify_prints_one_document_also_on_findings(small: str, policy: str) -> None:
    """With residue the exit code is 1 and the counts are in the document; purged, it is 0 and what is kept is named."""
    answer = run(policy, small, "verify")
    assert (answer.code, answer.err) == (1, "")
    keys = {"level", "clean", "findings", "not_checked", "kept"}
    assert set(answer.document) == keys
    assert answer.document["findings"] == [
        {"location": LOCATIONS[0], "place": "rows", "count": 68},
        {"location": LOCATIONS[1], "place": "rows", "count": 50},
    ]
    run(policy, small, "purge")
    answer = run(policy, small, "verify")
    assert (answer.code, set(answer.document)) == (0, keys)
    assert (answer.document["level"], answer.document["clean"], answer.document["findings"]) == ("E1", True, [])
    assert answer.document["kept"] == [{"location": LOCATIONS[0], "exempt": 20, "held": 12}]


def test_verify_names_what_it_could_not_check(small: str, policy: str) -> None:
    """A table that is gone is not clean: exit code 1, and the entry says what and why."""
    execute(small, "DROP TABLE app.form")
    answer = run(policy, small, "verify")
    assert answer.code == 1
    (entry,) = answer.document["not_checked"]
    assert set(entry) == {"location", "place", "why"}
    assert (entry["location"], entry["place"]) == (LOCATIONS[1], "rows")


@pytest.mark.majors
def test_status_prints_one_document(small: str, policy: str) -> None:
    """The keys are fixed, and the level is that of the weakest location."""
    guard(small, load_policy(Path(policy)))
    run(policy, small, "purge")
    answer = run(policy, small, "status")
    assert (answer.code, answer.err) == (0, "")
    assert set(answer.document) == {"policy", "level", "locations"}
    keys = {"field", "location", "kind", "state", "level", "proven", "rows", "not_checked"}
    assert [set(entry) for entry in answer.document["locations"]] == [keys] * 2
    assert [set(entry["rows"]) for entry in answer.document["locations"]] == [{"carrying", "exempt", "held"}] * 2
    assert [entry["state"] for entry in answer.document["locations"]] == ["purged", "purged"]
    assert (answer.document["policy"], answer.document["level"]) == ("test-policy", "E1")


def test_guard_check_prints_one_document_also_on_drift(small: str, policy: str) -> None:
    """Without a guard every trigger is missing, with exit code 1; with it no location drifts."""
    answer = run(policy, small, "guard", "check")
    assert answer.code == 1
    assert {(entry["location"], entry["problem"]) for entry in answer.document["drift"]} == {
        (location, "missing") for location in LOCATIONS
    }
    guard(small, load_policy(Path(policy)))
    answer = run(policy, small, "guard", "check")
    assert (answer.document["guarded"], answer.document["drift"]) == (LOCATIONS, [])


def test_policy_check_prints_one_document(small: str, policy: str) -> None:
    """It says whether the database was asked as well."""
    answer = run(policy, small, "policy", "check")
    assert (answer.code, answer.document["checked_against_database"], answer.document["locations"]) == (0, True, 2)
    answer = minimize("--policy", policy, "--format", "json", "policy", "check")
    assert (answer.code, answer.document["checked_against_database"]) == (0, False)


def test_text_output_holds_no_value(small: str, policy: str) -> None:
    """Tables and totals for people show counts and names only."""
    for command in (("verify",), ("purge", "--dry-run"), ("purge",), ("status",)):
        answer = minimize("--policy", policy, "--database-url", small, *command)
        assert SECRET not in answer.out + answer.err
        assert LOCATIONS[0] in answer.out
