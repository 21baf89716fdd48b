"""The command `minimize demo` as a subprocess: every step has the expected result, and nothing is left behind."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.markdown import README, fenced_blocks, headings, read, samples

ROOT = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).with_name("minimize"))
DEMO = ("demo", "--applications", "2000")
# Each of them would select another database or policy if the demo used it.
MISLEADING = {
    "DATABASE_URL": "postgresql://stranger@nowhere.invalid/nothing",
    "MINIMIZE_DATABASE_URL": "postgresql://stranger@nowhere.invalid/nothing",
    "MINIMIZE_POLICY": "/nonexistent/minimize.toml",
    "PGHOSTADDR": "192.0.2.1",
    "PGSERVICE": "nowhere",
}
WITHOUT_FAKER = "import sys; sys.modules['faker'] = None; from minimize.cli import main; main(['demo'])"


@pytest.fixture
def place() -> Iterator[Path]:
    """Provide an empty directory for temporary files, and check afterwards that it is empty again."""
    # The directory of pytest does not work: other users cannot enter it, and its path is too long for a socket.
    directory = Path(tempfile.mkdtemp(prefix="mz-", dir="/tmp"))
    directory.chmod(0o755)
    yield directory
    running, left = processes_in(directory), list(directory.iterdir())
    for pid in running:
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(directory)
    assert not running
    assert not left


def processes_in(place: Path) -> list[int]:
    """Return the running processes that name this directory or work in it."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            # Processes that ended without being reaped stay as zombies.
            is_alive = process.status() != psutil.STATUS_ZOMBIE
            if is_alive and any(str(place) in text for text in (*process.cmdline(), process.cwd())):
                found.append(process.pid)
    return found


def environment(place: Path, **others: str) -> dict[str, str]:
    """Return an environment in which all temporary files are in one directory."""
    return {**os.environ, "TMPDIR": str(place), **others}


def run(place: Path, *command: str, **others: str) -> subprocess.CompletedProcess[str]:
    """Run a command until it exits, in a directory that is not a checkout."""
    return subprocess.run(
        command,
        env=environment(place, **others),
        cwd=place,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_every_step_has_the_expected_result(place: Path) -> None:
    """Every step is shown, the guard refuses the write, and the table accounts for every value."""
    done = run(place, COMMAND, *DEMO, **MISLEADING)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SQLSTATE 23MZ1" in done.stdout
    assert "hint     Field place_of_birth is no longer collected (WSR 18-03-117" in done.stdout
    assert "hint     Run `minimize purge`, then upgrade again." in done.stdout
    assert done.stdout.count("E1 clean") == 2
    assert "core.application.form $.previousApplications[*].placeOfBirth" in done.stdout
    assert "seconds: start" in done.stdout
    assert "DEVIATION" not in done.stdout
    proves, does_not = done.stdout.splitlines()[-2:]
    assert proves.startswith("Proves")
    assert does_not.startswith("Does not prove")
    assert_readme_shows(done.stdout.splitlines())


def assert_readme_shows(printed: list[str]) -> None:
    """Check that the README shows the locations, columns and closing lines of this output, whatever the counts."""
    (shown,) = [s for block in fenced_blocks(read(README)) for s in samples(block) if s.command == "minimize demo"]
    assert headings(shown.lines) == headings(printed)
    (total,) = [line for line in printed if " locations  " in line]
    assert any(line.startswith(f"{total.split('  ')[0]}  ") for line in shown.lines)
    rows = {line.split("  ")[0] for line in shown.lines if re.match(r"(core|mart|hist|stg)\.", line)}
    assert rows <= {line.split("  ")[0] for line in printed}
    assert len(rows) >= 5
    assert list(shown.lines[-2:]) == printed[-2:]


def test_json_is_one_document(place: Path) -> None:
    """Standard output contains only JSON, the steps go to standard error, and the values of every location add up."""
    done = run(place, COMMAND, "--format", "json", *DEMO)
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert (document["as_expected"], document["deviations"], document["level"]) == (True, [], "E1")
    assert document["refusals"]["refused_write"]["sqlstate"] == "23MZ1"
    assert document["refusals"]["refused_drop"]["sqlstate"] == "MZ002"
    assert {each["state"] for each in document["locations"]} == {"purged", "dropped"}
    for each in document["locations"]:
        assert each["before"] == each["erased"] + each["exempt"] + each["held"] + each["left"]
    assert sum(each["exempt"] for each in document["locations"]) > 0
    assert document["server"] is None
    assert "E1 clean" in done.stderr


def test_a_kept_server_can_be_reached_and_stopped(place: Path) -> None:
    """With --keep the server keeps running, its URL works, and the printed command stops it."""
    done = run(place, COMMAND, "--format", "json", *DEMO, "--keep")
    server = json.loads(done.stdout)["server"]
    with psycopg.connect(server["url"]) as conn:
        assert conn.execute("SELECT version_num FROM alembic_version").fetchone() == ("0003",)
    assert server["stop"] in done.stderr
    assert run(place, *shlex.split(server["stop"])).returncode == 0


@pytest.mark.parametrize("moment", ["start", "load", "purge"])
@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "process"])
def test_an_interrupt_leaves_nothing_behind(place: Path, moment: str, whole_group: bool) -> None:  # noqa: FBT001
    """Ctrl-C, which a terminal sends to the whole group, ends the demo with exit code 4 and a hint, at any moment."""
    with subprocess.Popen(
        [COMMAND, "demo", "--applications", "40000" if moment == "load" else "10000"],
        env=environment(place),
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert any(f"  {moment}" in line for line in process.stdout)
        # Interrupt during the step.
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.7 if moment != "start" else 0.05)
        if whole_group:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 4
    # The signal may arrive while a line is printed.
    assert [line.strip() for line in stderr.splitlines()[-2:]] == [
        "error: the demo was interrupted; nothing is left behind",
        "hint: Run it again: it starts from the beginning.",
    ]


def test_a_wheel_brings_its_own_reference_schema(place: Path, tmp_path: Path) -> None:
    """The wheel contains everything that the demo needs outside a checkout."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    installed = tmp_path / "installed"
    zipfile.ZipFile(next(tmp_path.glob("*.whl"))).extractall(installed)
    where = "from minimize.demo.reference import find_reference; print(find_reference())"
    found = run(place, sys.executable, "-c", where, PYTHONPATH=str(installed))
    assert Path(found.stdout.strip()) == installed / "minimize" / "demo" / "reference"
    assert (installed / "minimize" / "example-policy.toml").read_text() == (
        ROOT / "docs/example-policy.toml"
    ).read_text()
    done = run(place, COMMAND, *DEMO, PYTHONPATH=str(installed))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_extra_is_one_line_and_a_hint(place: Path) -> None:
    """Without the extra nothing is started, and the hint names the package to install."""
    done = run(place, sys.executable, "-c", WITHOUT_FAKER)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: the demo needs packages that are not installed: faker",
        "hint: Run `pip install 'minimize[demo]'`.",
    ]


def test_another_database_is_refused(place: Path) -> None:
    """A database on the command line is refused, since the demo would not use it."""
    done = run(place, COMMAND, "--database-url", "postgresql://somewhere/else", *DEMO)
    assert done.returncode == 2
    assert "--database-url has no meaning here" in done.stderr
