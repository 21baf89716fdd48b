"""What a purge warns of before it begins, and while it goes on in spite of it."""

from __future__ import annotations

from minimize.catalog.connection import Connection
from minimize.catalog.survey import Survey
from minimize.cli.output.stderr import print_to_stderr
from minimize.guard.drift import find_drift


def warn(text: str) -> None:
    """Print a warning."""
    print_to_stderr(f"warning: {text}")


def warn_unguarded(conn: Connection, survey: Survey, database: str | None = None) -> None:
    """Name the locations that a write may still reach; of an estate with the id of the database."""
    locations = sorted({entry.location for entry in find_drift(conn, survey) if entry.location})
    if locations:
        where = "" if database is None else f"{database}: "
        warn(f"{where}not guarded, so values can come back: {', '.join(locations)}")
