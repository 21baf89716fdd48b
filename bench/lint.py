"""Measures how many files per second the linter checks, on the site-packages of this environment."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from minimize import load_policy
from minimize.lint import lint

POLICY = Path(__file__).parents[1] / "fixtures" / "policies" / "wa-dol-2018-place-of-birth.toml"
GOAL = 200
"""Files per second."""


def main() -> int:
    """Lint the directories on the command line, else site-packages; return 1 if the rate is below the goal."""
    paths = [Path(argument) for argument in sys.argv[1:]] or [Path(p) for p in sys.path if p.endswith("site-packages")]
    policy = load_policy(POLICY)
    start = time.perf_counter()
    report = lint(paths, policy)
    seconds = time.perf_counter() - start
    rate = report.files / seconds
    print(f"{report.files:,} files in {seconds:.1f} s: {rate:,.0f} files/s, {len(report.findings)} finding(s)")
    return 0 if rate >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
