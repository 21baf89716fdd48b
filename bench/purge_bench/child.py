"""Run `minimize` in this process, and report its memory and the duration of its statements.

    python child.py REPORT ARGUMENT...

Writes to the file REPORT, as JSON: the peak memory of this process or of its largest child; the milliseconds of each
statement that updated `bench.person` through psycopg in this process; and the seconds from the start of the first of
these statements to the end of the last.
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
"""Start and end of each statement, in seconds."""
_execute = psycopg.Cursor.execute


def timed_execute(cursor: psycopg.Cursor[Any], *arguments: Any, **named: Any) -> psycopg.Cursor[Any]:  # noqa: ANN401
    """Execute, and record the time if the statement updates the table."""
    began = time.perf_counter()
    try:
        return _execute(cursor, *arguments, **named)
    finally:
        ended = time.perf_counter()
        # The statements of the purge are bytes. Rendering other statements to inspect them would distort the result.
        sent = arguments[0]
        if isinstance(sent, bytes) and b"UPDATE" in sent and b'"person"' in sent:
            statements.append((began, ended))


def run() -> None:
    """Run the command and write the report, also if the command fails."""
    report, sys.argv = Path(sys.argv[1]), ["minimize", *sys.argv[2:]]
    psycopg.Cursor.execute = timed_execute  # type: ignore[method-assign,assignment]
    try:
        main()
    finally:
        used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        measured: dict[str, object] = {"memory_kib": max(used), "statements": [(b - a) * 1000 for a, b in statements]}
        if statements:
            measured["erase_seconds"] = max(b for _, b in statements) - min(a for a, _ in statements)
        report.write_text(json.dumps(measured))


if __name__ == "__main__":
    run()
