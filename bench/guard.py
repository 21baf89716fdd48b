"""What a guard costs on clean writes: guarded against unguarded tables, side by side in alternating rounds.

    python bench/guard.py postgresql://user@host/database

Makes schema `bench_guard` and drops it at the end. The tables have 25 columns and 5 indexes. Every round runs each
workload on the unguarded and on the guarded table, in turn; the figure is the median of the rounds' ratios, beside
the noise: the median ratio of the unguarded table to itself in the same rounds.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
from psycopg import sql

from minimize.catalog.survey import survey
from minimize.guard.drift import guard_of
from minimize.policy import parse_policy
from minimize.sql import install

DOCUMENT = '{"applicant": {"name": "' + "x" * 500 + '", "dob": "1980-01-01"}, "office": "SEA", "channel": "counter"}'
POLICY = """
schema_version = 1
[policy]
id = "bench"
title = "Place of birth"
jurisdiction = "US-WA"
[[authority]]
id = "rule"
citation = "WSR 18-10-030"
title = "Application"
[[field]]
id = "place_of_birth"
title = "Place of birth"
authorities = ["rule"]
[[field.location]]
column = "bench_guard.guarded.place_of_birth"
[[field.location]]
column = "bench_guard.guarded_json.form"
json_path = "$.applicant.placeOfBirth"
"""
TABLES = ("plain", "again", "guarded", "plain_json", "again_json", "guarded_json")

type_of = {True: "jsonb", False: "text"}


def main() -> None:
    """Run every workload and print a line for each."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("url")
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="rows of the COPY")
    options = arguments.parse_args()
    with psycopg.connect(options.url, autocommit=True) as conn:
        prepare(conn)
        try:
            print(
                f"{'workload':34} {'guarded':>9} {'noise':>9}   median of {options.rounds} rounds, ratio to unguarded"
            )
            for name, suffix, run in workloads(options.url, options.rows):
                report(conn, name, suffix, run, options.rounds)
        finally:
            conn.execute("DROP SCHEMA bench_guard CASCADE")


def prepare(conn: psycopg.Connection[tuple[object, ...]]) -> None:
    """Make the tables alike, and guard two of them."""
    conn.execute("DROP SCHEMA IF EXISTS bench_guard CASCADE")
    conn.execute("CREATE SCHEMA bench_guard")
    for table in TABLES:
        document = "jsonb" if table.endswith("json") else "text"
        filler = ", ".join(f"c{n} {'integer' if n % 2 else 'text'}" for n in range(1, 22))
        name = sql.Identifier("bench_guard", table)
        conn.execute(
            sql.SQL(
                "CREATE TABLE {} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, place_of_birth text, "
            ).format(name)
            + sql.SQL(f"form {document}, n integer, {filler})")
        )
        for column in ("c1", "c2", "c3", "c4"):
            conn.execute(sql.SQL("CREATE INDEX ON {} ({})").format(name, sql.Identifier(column)))
    policy = parse_policy(POLICY, "bench")
    found = survey(conn, policy)
    for statement in install():
        conn.execute(statement)
    with conn.transaction():
        for _, site in found.sites():
            for statement in guard_of(found, site).install():
                conn.execute(statement)


def workloads(url: str, rows: int) -> Iterator[tuple[str, str, Callable[[str], float]]]:
    """Yield name, suffix of the tables and what to run on a table; it returns seconds."""
    yield "single-row INSERT, 2 clients", "", lambda table: clients(url, table, "NULL", 4_000)
    yield "INSERT of 1,000 rows", "", lambda table: timed(url, insert_many(table, "'x'", 1_000), 20)
    yield f"COPY of {rows:,} rows", "", lambda table: copy(url, table, rows)
    yield "UPDATE of another column", "", lambda table: update(url, table)
    yield "single-row INSERT, json, 2 clients", "_json", lambda table: clients(url, table, f"'{DOCUMENT}'", 4_000)
    yield (
        "INSERT of 1,000 rows, json",
        "_json",
        lambda table: timed(url, insert_many(table, f"'{DOCUMENT}'", 1_000), 20),
    )


def report(
    conn: psycopg.Connection[tuple[object, ...]], name: str, suffix: str, run: Callable[[str], float], rounds: int
) -> None:
    """Run the rounds and print the two medians; the first round warms up."""
    guarded, noise = [], []
    for turn in range(rounds + 1):
        seconds: dict[str, float] = {}
        order = ("plain", "guarded", "again")
        for table in order if turn % 2 else reversed(order):
            conn.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier("bench_guard", table + suffix)))
            conn.execute("CHECKPOINT")
            seconds[table] = run(table + suffix)
        if turn:
            unguarded = (seconds["plain"] + seconds["again"]) / 2
            guarded.append(seconds["guarded"] / unguarded)
            noise.append(seconds["again"] / seconds["plain"])
    spread = f"[{min(guarded):.3f} to {max(guarded):.3f}]"
    print(f"{name:34} {statistics.median(guarded):9.3f} {statistics.median(noise):9.3f}   {spread}", flush=True)


def insert_one(table: str, document: str) -> sql.Composed:
    """Return a one-row INSERT."""
    return sql.SQL("INSERT INTO {} (form, n, c1, c2) VALUES ({}, 1, 1, 'a')").format(
        sql.Identifier("bench_guard", table), sql.SQL(document)
    )


def insert_many(table: str, document: str, rows: int) -> sql.Composed:
    """Return an INSERT of many rows."""
    return sql.SQL("INSERT INTO {} (form, n, c1, c2) SELECT {}, g, g, g::text FROM generate_series(1, {}) AS g").format(
        sql.Identifier("bench_guard", table),
        sql.SQL(f"{document}::{type_of[table.endswith('json')]}"),
        sql.Literal(rows),
    )


def timed(url: str, statement: sql.Composed, times: int) -> float:
    """Return the seconds that a statement takes, run several times on one connection."""
    with psycopg.connect(url, autocommit=True) as conn:
        began = time.perf_counter()
        for _ in range(times):
            conn.execute(statement)
        return time.perf_counter() - began


def clients(url: str, table: str, document: str, times: int) -> float:
    """Return the seconds that two clients take for single-row transactions."""
    with ThreadPoolExecutor(2) as pool:
        began = time.perf_counter()
        list(pool.map(lambda _: timed(url, insert_one(table, document), times // 2), range(2)))
        return time.perf_counter() - began


def copy(url: str, table: str, rows: int) -> float:
    """Return the seconds that a COPY takes."""
    data = io.BytesIO(b"".join(b"%d\ttext %d\t%d\t%d\n" % (n, n, n, n) for n in range(rows))).getvalue()
    target = sql.SQL("COPY {} (n, form, c1, c3) FROM STDIN").format(sql.Identifier("bench_guard", table))
    with psycopg.connect(url, autocommit=True) as conn, conn.cursor() as cursor:
        began = time.perf_counter()
        with cursor.copy(target) as stream:
            stream.write(data)
        return time.perf_counter() - began


def update(url: str, table: str) -> float:
    """Return the seconds that an UPDATE of another column takes, row by row statements of 50,000 rows."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(insert_many(table, "'x'", 50_000))
        began = time.perf_counter()
        conn.execute(sql.SQL("UPDATE {} SET n = n + 1").format(sql.Identifier("bench_guard", table)))
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
