"""Standard streams that cannot be written: the exit code reports what was done, and there is no traceback."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shlex import quote

import pytest

from tests.acceptance.command import COMMAND, ROOT, environment
from tests.integration.purge.scenario import one

LEFT = "SELECT count(*) FROM app.form WHERE doc ? 'pob'"
WHOLE = ("purge", "--profile", "fast", "--limit", "lag=off", "--limit", "lag-time=off")


def shell(redirected: str, *arguments: str) -> tuple[int, str]:
    """Run the command with some redirection by a shell; return its exit code and its standard error."""
    command = " ".join(map(quote, [*COMMAND, *arguments]))
    # Not of the shell's pipe, whose exit code would be that of the reader.
    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {command} {redirected}"],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=ROOT,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("redirected", [">/dev/full", "| true"])
def test_a_purge_outlives_its_report(policy: str, small: str, redirected: str, output: str) -> None:
    """It ends with the code of a purge that left nothing, and says that the report is lost."""
    where = ("--policy", policy, "--database-url", small, "--format", output)
    code, errors = shell(redirected, *where, *WHOLE)
    assert (code, one(small, LEFT)) == (0, 0)
    assert "error: the report could not be written to standard output: " in errors
    assert errors.splitlines()[-1].startswith("hint: The exit code is that of the purge")


@pytest.mark.parametrize("redirected", [">/dev/full", "| true"])
@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("command", ["verify", "status"])
def test_a_report_that_is_lost_is_an_error(policy: str, small: str, command: str, output: str, redirected: str) -> None:
    """Of a command that only reports; never 1, which means that something is left."""
    code, errors = shell(redirected, "--policy", policy, "--database-url", small, "--format", output, command)
    assert code == 5
    assert [line.partition(":")[0] for line in errors.splitlines()] == ["error", "hint"]


def test_help_that_is_lost_is_an_error() -> None:
    """As every report is."""
    code, errors = shell(">/dev/full", "--help")
    assert (code, errors.splitlines()[0].startswith("error: the report could not be written")) == (5, True)


@pytest.mark.parametrize("redirected", ["2>&-", ">&-", "<&- >&- 2>&-"])
def test_a_purge_needs_no_standard_stream(policy: str, small: str, redirected: str) -> None:
    """Closed before it begins, they are as good as /dev/null, and no connection takes the number of one."""
    code, _ = shell(redirected, "--policy", policy, "--database-url", small, *WHOLE)
    assert (code, one(small, LEFT)) == (0, 0)


def test_an_error_that_is_lost_keeps_its_exit_code(tmp_path: Path) -> None:
    """An error of the tool, and one of the command line."""
    assert shell("2>/dev/full", "--policy", str(tmp_path / "none.toml"), "verify")[0] == 2
    assert shell("2>/dev/full", "verify", "--level", "E9")[0] == 2
    assert shell("2>/dev/full", "-vv", "--policy", str(tmp_path / "none.toml"), "verify")[0] == 2
