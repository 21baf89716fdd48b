"""`minimize guard test`: the attacks as a command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimize.cli import main
from minimize.guard.attacks import WRITE_PATH_NAMES

from .conftest import POLICY


def guard_test(url: str, directory: Path, *options: str) -> Result:
    """Run the command."""
    policy = directory / "minimize.toml"
    policy.write_text(POLICY)
    return CliRunner().invoke(main, ["--policy", str(policy), "--database-url", url, *options, "guard", "test"])


def test_a_sound_guard_is_exit_code_0(database: str, guard: Callable[[], None], tmp_path: Path) -> None:
    """Every attack is listed with its result, as one JSON document."""
    guard()
    result = guard_test(database, tmp_path, "--format", "json")
    rows = json.loads(result.stdout)["results"]
    assert (result.exit_code, len(rows)) == (0, 5 * len(WRITE_PATH_NAMES))
    assert all(set(row) == {"location", "path", "result", "why"} for row in rows)


@pytest.mark.usefixtures("conn")
def test_a_hole_is_exit_code_1(database: str, tmp_path: Path) -> None:
    """A write that succeeds is a finding, and the table names location and path."""
    result = guard_test(database, tmp_path)
    assert result.exit_code == 1
    assert "let through" in result.stdout
