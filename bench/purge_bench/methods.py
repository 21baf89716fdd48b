"""The methods to erase a value: the purge, the usual batches, and rewrites of the table as a lower bound."""

from __future__ import annotations

import functools
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from purge_bench.server import Copy
from purge_bench.shape import TABLE

BATCH = 5_000
"""Rows in a batch of the keyset method."""

ENGINE: dict[str, tuple[str, ...]] = {
    "ours": ("--profile", "fast"),
    "ours-gentle": ("--profile", "gentle"),
    "ours-sequential": ("--profile", "fast", "--strategy", "sequential"),
    "ours-jobs1": ("--profile", "fast", "--jobs", "1"),
    "ours-jobs2": ("--profile", "fast", "--jobs", "2"),
}
"""The options of `minimize purge` for each variant."""


class NotAvailableError(Exception):
    """The method cannot be measured here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a method reports about its run."""

    statements: list[float] = field(default_factory=list)
    """Milliseconds of each statement that erases."""
    erase_seconds: float | None = None
    memory_kib: int | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """Options for external commands and for the purge."""

    repack: str | None = None
    engine_options: str = ""


type_of_method = Callable[[Copy], Work]


def methods(tools: Tools) -> dict[str, type_of_method]:
    """Return every method by its name."""
    ours = {name: functools.partial(purge, options=options, tools=tools) for name, options in ENGINE.items()}
    return ours | {
        "keyset": keyset,
        "update": one_update,
        "vacuum-full": vacuum_full,
        "pg-repack": functools.partial(repack, tools=tools),
    }


def purge(copy: Copy, *, options: tuple[str, ...], tools: Tools) -> Work:
    """Run `minimize purge` in its own process, from start to exit."""
    with tempfile.TemporaryDirectory() as directory:
        policy, report = Path(directory, "minimize.toml"), Path(directory, "report.json")
        policy.write_text(copy.shape.policy())
        command = [sys.executable, str(Path(__file__).with_name("child.py")), str(report), "--policy", str(policy)]
        command += ["--database-url", copy.url, "--format", "json", "purge", *options]
        command += shlex.split(tools.engine_options)
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise SystemExit(f"error: minimize purge ended with {done.returncode}\n{done.stderr[-2000:]}")
        measured = json.loads(report.read_text())
    return Work(
        statements=measured["statements"],
        erase_seconds=measured.get("erase_seconds"),
        memory_kib=measured["memory_kib"],
    )


def keyset(copy: Copy) -> Work:
    """Erase in batches by primary key, with a commit after each: the usual method."""
    query = sql.SQL(
        "WITH erased AS (UPDATE {table} SET {column} = {without} WHERE id IN ("
        "SELECT id FROM {table} WHERE id > %s AND {carries} ORDER BY id LIMIT {batch}) RETURNING id)"
        " SELECT max(id) FROM erased"
    ).format(
        table=TABLE,
        column=sql.Identifier(copy.shape.retired),
        without=sql.SQL(copy.shape.without),
        carries=sql.SQL(copy.shape.carries),
        batch=BATCH,
    )
    statements: list[float] = []
    last: object = 0
    with copy.connect() as conn:
        while last is not None:
            began = time.perf_counter()
            row = conn.execute(query, [last]).fetchone()
            statements.append((time.perf_counter() - began) * 1000)
            last = row[0] if row else None
    return Work(statements=statements)


def one_update(copy: Copy) -> Work:
    """Erase in one statement."""
    query = sql.SQL("UPDATE {} SET {} = {} WHERE {}").format(
        TABLE, sql.Identifier(copy.shape.retired), sql.SQL(copy.shape.without), sql.SQL(copy.shape.carries)
    )
    return _timed(copy, query)


def vacuum_full(copy: Copy) -> Work:
    """Drop the column and rewrite the table under an exclusive lock."""
    _drop_column(copy)
    return _timed(copy, sql.SQL("VACUUM FULL {}").format(TABLE))


def repack(copy: Copy, *, tools: Tools) -> Work:
    """Drop the column and rewrite the table with pg_repack.

    Raises:
        NotAvailableError: The extension or the client is missing.
    """
    client = tools.repack or shutil.which("pg_repack")
    if client is None:
        raise NotAvailableError("no pg_repack client on PATH; name one with --repack")
    with copy.connect() as conn:
        try:
            conn.execute("CREATE EXTENSION pg_repack")
        except psycopg.Error as error:
            raise NotAvailableError(f"the server has no extension pg_repack ({error.sqlstate})") from None
    _drop_column(copy)
    command = [*shlex.split(client), "--no-order", "--table=bench.person", f"--dbname={copy.database}"]
    # Its messages contain names of databases and tables, but no rows.
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise NotAvailableError(f"{client} ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    return Work()


def _drop_column(copy: Copy) -> None:
    drop = sql.SQL("ALTER TABLE {} DROP COLUMN {}").format(TABLE, sql.Identifier(copy.shape.retired))
    with copy.connect() as conn:
        conn.execute(drop)


def _timed(copy: Copy, query: sql.Composed) -> Work:
    with copy.connect() as conn:
        began = time.perf_counter()
        conn.execute(query)
        return Work(statements=[(time.perf_counter() - began) * 1000])
