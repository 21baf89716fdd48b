"""The global options before and after the name of a command, and the two ways to start the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.command import ROOT, environment, minimize


def both(*command: str, option: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """Return exit code and output with an option before the command, and after it."""
    answers = [minimize(*option, *command), minimize(*command, *option)]
    return [(answer.code, answer.out, answer.err) for answer in answers]


@pytest.mark.parametrize("command", [("verify",), ("status",), ("guard", "check"), ("policy", "check")], ids=" ".join)
def test_options_have_the_same_effect_on_both_sides(small: str, policy: str, command: tuple[str, ...]) -> None:
    """--policy, --database-url and --format."""
    options = ("--policy", policy, "--database-url", small, "--format", "json")
    before, after = both(*command, option=options)
    assert before == after
    assert before[1].startswith("{")


def test_options_go_between_the_names_of_a_command(small: str, policy: str) -> None:
    """After a group, and of two values the last one counts."""
    answer = minimize(
        *("--policy", "nowhere.toml", "guard", "--policy", policy, "check", "--database-url", small, "--format", "json")
    )
    assert (answer.code, len(answer.document["guarded"])) == (1, 2)


@pytest.mark.parametrize(
    "option",
    [("--format", "xml"), ("--policy", "nowhere.toml"), ("--database-url", "mysql://host/db")],
    ids=" ".join,
)
def test_a_mistake_has_the_same_error_on_both_sides(policy: str, option: tuple[str, ...]) -> None:
    """The same exit code, error and hint."""
    sound = () if option[0] == "--policy" else ("--policy", policy)
    before, after = minimize(*sound, *option, "verify"), minimize(*sound, "verify", *option)
    assert before == after
    assert (before.code, before.out, len(before.errors), len(before.hints)) == (2, "", 1, 1)


def test_a_value_that_is_missing_has_the_same_error_on_both_sides() -> None:
    """At the end of the line there is none."""
    before, after = minimize("--policy"), minimize("verify", "--policy")
    assert before == after
    assert before.hints == ["hint: Run `minimize --help`."]


def test_verbose_counts_on_both_sides(tmp_path: Path) -> None:
    """One -v on each side is -vv."""
    nowhere = ("--policy", str(tmp_path / "none.toml"))
    for words in (("-vv", "verify"), ("verify", "-vv"), ("-v", "verify", "-v")):
        assert "Traceback" in minimize(*nowhere, *words).err
    assert "Traceback" not in minimize(*nowhere, "-v", "verify").err


def test_the_environment_is_overridden_after_the_command(small: str, policy: str) -> None:
    """An option on the command line takes precedence wherever it is."""
    more = {"MINIMIZE_POLICY": "nowhere.toml", "DATABASE_URL": "mysql://host/db"}
    answer = minimize("verify", "--policy", policy, "--database-url", small, more=more)
    assert (answer.code, answer.errors) == (1, [])


@pytest.mark.parametrize("option", ["--policy", "--database-url"])
def test_the_demo_refuses_another_database_on_both_sides(option: str) -> None:
    """It brings its own."""
    for answer in (minimize(option, "x", "demo"), minimize("demo", option, "x")):
        assert (answer.code, answer.errors) == (
            2,
            [f"error: the demo brings its own database and policy, so {option} has no meaning here"],
        )


def test_help_lists_the_global_options_of_every_command() -> None:
    """Under a heading of their own."""
    text = minimize("purge", "status", "--help").out
    _, _, listed = text.partition("Global options:")
    assert all(option in listed for option in ("--policy", "--database-url", "--format", "--verbose"))


def test_the_package_can_be_run(small: str, policy: str) -> None:
    """`python -m minimize` is `minimize`."""
    done = subprocess.run(
        [sys.executable, "-m", "minimize", "verify", "--policy", policy, "--database-url", small],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        cwd=ROOT,
        timeout=60,
    )
    answer = minimize("verify", "--policy", policy, "--database-url", small)
    assert (done.returncode, done.stdout, done.stderr) == (answer.code, answer.out, answer.err)


def test_completion_offers_commands_and_options() -> None:
    """As bash asks for it; the script itself names the variable that the help names."""
    script = minimize(more={"_MINIMIZE_COMPLETE": "bash_source"})
    assert "_MINIMIZE_COMPLETE=bash_complete" in script.out
    asked = {"_MINIMIZE_COMPLETE": "bash_complete", "COMP_WORDS": "minimize purge --pro", "COMP_CWORD": "2"}
    assert "plain,--profile" in minimize(more=asked).out.splitlines()
