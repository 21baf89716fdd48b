"""Measures the cost of a guard on clean writes: guarded and unguarded tables in rounds of random order.

    python bench/guard.py postgresql://user@host/database
    python bench/guard.py --rounds 3 --seconds 2 --rows 100000 --only copy postgresql://user@host/database

Use a separate database on any server. The benchmark creates schema `bench_guard` and drops it at the end; the routines
and two counters in schema `minimize` remain. It needs pgbench on PATH and an otherwise idle machine.

The tables have 25 columns and 5 indexes. Three tables are identical, except that one has a guard. In every round each
workload runs on all three in random order, after TRUNCATE and CHECKPOINT. The result is the median ratio of the guarded
table to the mean of the two unguarded ones, with minimum and maximum. The noise is the same ratio for the two unguarded
tables. The guard has a measurable cost if its median is outside the noise.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql
from purge_bench.shape import policy_text

from minimize.catalog.survey import survey
from minimize.guard.drift import guard_of
from minimize.policy import parse_policy
from minimize.sql.install import install

Connection = psycopg.Connection[tuple[object, ...]]

CLIENTS = 2
FILLED = 100_000
"""Rows of the table for the UPDATE workload."""

POLICY = policy_text(
    'column = "bench_guard.column_guarded.place_of_birth"',
    'column = "bench_guard.json_guarded.form"\njson_path = "$.applicant.placeOfBirth"',
)

DOCUMENT = '{"applicant": {"name": "' + "x" * 540 + '", "dob": "1980-01-01"}, "office": "SEA"}'
FORMS = {"column": "x", "json": DOCUMENT}
"""The value of column `form`; in the json tables it is jsonb and guarded."""

ROLES = ("plain", "again", "guarded")

INSERT = "INSERT INTO {table} (form, n, c1, c2, c3, c4) VALUES ({form}, 1, random() * 1e6, random()::text, 5, 'abc');"
INSERT_1000 = "INSERT INTO {table} (form, n, c1, c2) SELECT {form}, g, g, g::text FROM generate_series(1, 1000) AS g;"
UPDATE = "\\set id random(1, {filled})\nUPDATE {table} SET n = n + 1 WHERE id = :id;"


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One server, and the number and length of the runs."""

    url: str
    conn: Connection
    rounds: int
    seconds: int
    rows: int

    def workloads(self, kind: str) -> Iterator[tuple[str, Callable[[str], float]]]:
        """Yield the name of each workload, and the function that runs it on a table and returns its seconds."""
        yield "INSERT of 1 row", lambda table: self.pgbench(table, kind, INSERT)
        yield "INSERT of 1,000 rows", lambda table: self.pgbench(table, kind, INSERT_1000)
        yield "UPDATE of another column", lambda table: self.update(table, kind)
        rows = self.rows if kind == "column" else self.rows // 10
        yield f"COPY of {rows:,} rows", lambda table: self.copy(table, kind, rows)

    def compare(self, name: str, kind: str, run: Callable[[str], float]) -> None:
        """Run the rounds and print one line."""
        guarded, noise = [], []
        for turn in range(self.rounds + 1):
            seconds = {}
            for role in random.sample(ROLES, len(ROLES)):
                self.empty(f"{kind}_{role}")
                seconds[role] = run(f"{kind}_{role}")
            if turn:  # the first round warms up
                guarded.append(2 * seconds["guarded"] / (seconds["plain"] + seconds["again"]))
                noise.append(seconds["again"] / seconds["plain"])
        print(f"{kind:8}{name:28}{_spread(guarded):>28}{_spread(noise):>28}", flush=True)

    def empty(self, table: str) -> None:
        """Empty a table."""
        self.conn.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(_name(table)))
        self.conn.execute("CHECKPOINT")

    def pgbench(self, table: str, kind: str, script: str) -> float:
        """Return the seconds per transaction of two clients that repeat the script."""
        form = sql.Literal(FORMS[kind]).as_string(None)
        text = script.format(table=f"bench_guard.{table}", form=form, filled=FILLED)
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(text)
            file.flush()
            options = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", str(CLIENTS), "-T", str(self.seconds)]
            done = subprocess.run(  # noqa: S603  the URL is an argument of the user
                ["pgbench", *options, "-f", file.name, self.url],  # noqa: S607
                capture_output=True,
                text=True,
                check=False,
            )
        rate = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
        if done.returncode or rate is None:
            raise SystemExit(f"pgbench failed: {done.stderr}")
        return 1 / float(rate[1])

    def update(self, table: str, kind: str) -> float:
        """Return the seconds per single-row UPDATE of a filled table."""
        fill = sql.SQL(
            "INSERT INTO {} (form, n, c1, c2, c3, c4) SELECT {}, g, g, g::text, g, g::text"
            " FROM generate_series(1, {}) AS g"
        )
        self.conn.execute(fill.format(_name(table), sql.Literal(FORMS[kind]), sql.Literal(FILLED)))
        self.conn.execute(sql.SQL("VACUUM (ANALYZE) {}").format(_name(table)))
        self.conn.execute("CHECKPOINT")
        return self.pgbench(table, kind, UPDATE)

    def copy(self, table: str, kind: str, rows: int) -> float:
        """Return the seconds of one COPY."""
        form = FORMS[kind].encode()
        block = b"".join(b"%d\t%s\t%d\t%d\n" % (n, form, n, n) for n in range(10_000))
        statement = sql.SQL("COPY {} (n, form, c1, c3) FROM STDIN").format(_name(table))
        began = time.perf_counter()
        with self.conn.cursor() as cursor, cursor.copy(statement) as stream:
            for _ in range(max(1, rows // 10_000)):
                stream.write(block)
        return time.perf_counter() - began


def main() -> None:
    """Create the tables, run every workload and print one line for each."""
    options = _options()
    with psycopg.connect(options.url, autocommit=True) as conn:
        bench = Bench(url=options.url, conn=conn, rounds=options.rounds, seconds=options.seconds, rows=options.rows)
        try:
            prepare(conn)
            title = f"{options.rounds} rounds: median (least to most)"
            print(f"{title:36}{'guarded : unguarded':>28}{'noise':>28}")
            for kind in FORMS:
                for name, run in bench.workloads(kind):
                    if options.only.lower() in f"{kind} {name}".lower():
                        bench.compare(name, kind, run)
        finally:
            conn.execute("DROP SCHEMA IF EXISTS bench_guard CASCADE")
            _guard(conn, is_installing=False)


def prepare(conn: Connection) -> None:
    """Create identical tables, and guard one of each kind."""
    conn.execute("DROP SCHEMA IF EXISTS bench_guard CASCADE")
    conn.execute("CREATE SCHEMA bench_guard")
    filler = ", ".join(f"c{n} {'integer' if n % 2 else 'text'}" for n in range(1, 22))
    for kind, form in (("column", "text"), ("json", "jsonb")):
        for role in ROLES:
            table = _name(f"{kind}_{role}")
            key = "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
            columns = sql.SQL(f"({key}, place_of_birth text, form {form}, n integer, {filler})")
            conn.execute(sql.SQL("CREATE TABLE {} {}").format(table, columns))
            for column in ("c1", "c2", "c3", "c4"):
                conn.execute(sql.SQL("CREATE INDEX ON {} ({})").format(table, sql.Identifier(column)))
    for statement in install():
        conn.execute(statement)
    _guard(conn, is_installing=True)


def _guard(conn: Connection, *, is_installing: bool) -> None:
    found = survey(conn, parse_policy(POLICY, "bench"))
    with conn.transaction():
        for _, site in found.sites():
            guard = guard_of(found, site)
            for statement in guard.install() if is_installing else guard.remove():
                conn.execute(statement)


def _name(table: str) -> sql.Identifier:
    return sql.Identifier("bench_guard", table)


def _spread(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.3f} ({min(ratios):.2f} to {max(ratios):.2f})"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="any PostgreSQL server, as postgresql://user@host/database")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--seconds", type=int, default=10, help="length of each pgbench run")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of a COPY; a tenth of that for documents")
    parser.add_argument("--only", default="", help="part of the name of a workload, such as copy, json or update")
    return parser.parse_args()


if __name__ == "__main__":
    main()
