"""Run `minimize` in this process as its console script would, and tell what it took.

    python child.py REPORT ARGUMENT...

Writes to the file REPORT, as JSON: the peak memory of the largest process, this one or a child of it; the milliseconds
of each statement that updated `bench.person` through psycopg in this process; and the seconds from the beginning of the
first of these to the end of the last.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

from minimize.cli import main

statements: list[tuple[float, float]] = []
"""When each began and when it ended, in seconds."""
_execute = psycopg.Cursor.execute


def timed_execute(cursor: psycopg.Cursor[Any], *arguments: Any, **named: Any) -> psycopg.Cursor[Any]:  # noqa: ANN401
    """Execute, and note the time if it was an UPDATE of the table."""
    began = time.perf_counter()
    try:
        return _execute(cursor, *arguments, **named)
    finally:
        ended = time.perf_counter()
        # The purge writes by ready-made statements; to compose any other would cost more than it tells.
        sent = arguments[0]
        if isinstance(sent, bytes) and b"UPDATE" in sent and b'"person"' in sent:
            statements.append((began, ended))


def run() -> None:
    """Run the command, and report however it ends."""
    report, sys.argv = Path(sys.argv[1]), ["minimize", *sys.argv[2:]]
    psycopg.Cursor.execute = timed_execute  # type: ignore[method-assign,assignment]
    try:
        main()
    finally:
        used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        told: dict[str, object] = {"memory_kib": max(used), "statements": [(b - a) * 1000 for a, b in statements]}
        if statements:
            told["erase_seconds"] = max(b for _, b in statements) - min(a for a, _ in statements)
        report.write_text(json.dumps(told))


if __name__ == "__main__":
    run()
