"""The command `minimize` as a subprocess, and what it answered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from minimize.cli import main; main(prog_name='minimize')"]
VARIABLES = ("MINIMIZE_", "DATABASE_URL", "PG")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def errors(self) -> list[str]:
        """The lines that say what failed."""
        return [line for line in self.err.splitlines() if line.startswith("error: ")]

    @property
    def hints(self) -> list[str]:
        """The lines that say what to do."""
        return [line for line in self.err.splitlines() if line.startswith("hint: ")]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without the variables that lead to a database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(VARIABLES)}
    return {**kept, **(more or {})}


def minimize(*arguments: str, more: Mapping[str, str] | None = None, cwd: Path = ROOT, seconds: float = 120) -> Answer:
    """Run the command to its end."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        env=environment(more),
        cwd=cwd,
        timeout=seconds,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def start(*arguments: str) -> subprocess.Popen[str]:
    """Begin the command, its output in pipes."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
