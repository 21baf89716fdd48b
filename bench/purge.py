"""Measures the speed and the cost of the purge, compared with the usual methods.

    python bench/purge.py postgresql://user:password@host:5432/postgres --workload column
    python bench/purge.py --markdown purge.jsonl

Each method runs on a fresh copy of the same table. The order is shuffled again for each round, and each run is appended
to a file of JSON lines. `--markdown` prints such a file as tables. The role must be a superuser. The names of the
databases are `minimize_bench_…`; the templates remain for the next benchmark, until `--drop-templates`. Use an
otherwise idle server, because WAL is counted for the whole server. docs/performance.md explains what is measured.
"""

from __future__ import annotations

import argparse
import functools
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from purge_bench import measure, oltp
from purge_bench.measure import Key, Log, Sample, read_log
from purge_bench.methods import Tools, methods, type_of_method
from purge_bench.report import report
from purge_bench.server import Server
from purge_bench.shape import COLUMN, INLINE, TOASTED, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A table, its default number of rows, and the methods that run on it."""

    shape: Shape
    rows: int
    methods: tuple[str, ...]
    scales: tuple[int, ...] = (1,)


WORKLOADS = {
    "column": Workload(
        shape=COLUMN, rows=2_000_000, methods=("ours", "ours-jobs1", "keyset", "update", "vacuum-full", "pg-repack")
    ),
    "jsonb-inline": Workload(shape=INLINE, rows=600_000, methods=("ours", "ours-jobs1", "keyset")),
    "jsonb-toasted": Workload(shape=TOASTED, rows=120_000, methods=("ours", "ours-jobs1", "keyset")),
    "oltp": Workload(shape=COLUMN, rows=2_000_000, methods=("ours-gentle", "ours", "keyset")),
    "jobs": Workload(shape=COLUMN, rows=2_000_000, methods=("ours-jobs1", "ours-jobs2")),
    "scale": Workload(shape=COLUMN, rows=2_000_000, methods=("ours",), scales=(1, 10)),
}


def main() -> None:
    """Run the benchmark, or print an earlier one."""
    options = _parser().parse_args()
    if options.markdown:
        print("\n".join(report(*read_log(options.markdown))))
        return
    if options.url is None:
        raise SystemExit("error: name a server, or a file with --markdown")
    server = Server(options.url)
    if options.drop_templates:
        server.drop_templates()
        return
    settings, started = server.settings(), datetime.now(UTC).isoformat(timespec="seconds")
    log = Log(options.out)
    log.settings(started, settings)
    for sample in run(server, options, started, settings["server_version"].split()[0]):
        log.add(sample)
        _report_progress(sample)
    print("\n".join(report({started: settings}, log.samples)))


def run(server: Server, options: argparse.Namespace, started: str, version: str) -> Iterator[Sample]:
    """Yield each run of each round."""
    workload = WORKLOADS[options.workload]
    known = methods(Tools(options.repack, options.engine_options))
    chosen = options.methods.split(",") if options.methods else workload.methods
    if unknown := [name for name in chosen if name not in known]:
        raise SystemExit(f"error: no method {', '.join(unknown)}; there are {', '.join(known)}")
    one: Callable[[Server, Shape, Key, str, type_of_method], Sample] = measure.run
    if options.workload == "oltp":
        one = functools.partial(oltp.run, calm=options.calm)
    shuffled = random.Random(options.seed)  # noqa: S311
    for turn in range(1, options.rounds + 1):
        order = [(name, scale) for name in chosen for scale in workload.scales]
        shuffled.shuffle(order)
        for name, scale in order:
            key = Key(
                started=started,
                server=version,
                workload=options.workload,
                rows=(options.rows or workload.rows) * scale,
                round=turn,
            )
            yield one(server, workload.shape, key, name, known[name])


def _report_progress(sample: Sample) -> None:
    result = sample.not_available or f"{sample.seconds:.1f} s, {sample.wal_bytes / 1e6:,.0f} MB of WAL"
    print(f"round {sample.key.round}: {sample.method}, {sample.key.rows:,} rows: {result}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", help="URL of any database of the server, as postgresql://")
    parser.add_argument("--workload", choices=WORKLOADS, default="column")
    parser.add_argument("--rows", type=int, help="rows of the table; for `scale`, of the smaller one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--methods", help="methods to run instead of those of the workload, separated by commas")
    parser.add_argument("--engine-options", default="", help="further options of `minimize purge`, as one argument")
    parser.add_argument("--repack", help="the pg_repack client, such as 'docker exec NAME pg_repack -U postgres'")
    parser.add_argument("--calm", type=float, default=30, help="seconds of `oltp` without a purge, before each run")
    parser.add_argument("--seed", type=int, default=1, help="seed for the order of the methods")
    parser.add_argument("--out", type=Path, default=Path("purge.jsonl"), help="file to which the runs are appended")
    parser.add_argument(
        "--markdown", type=Path, metavar="FILE", help="print the tables of an earlier --out without running anything"
    )
    parser.add_argument(
        "--drop-templates", action="store_true", help="drop the databases of this benchmark without running anything"
    )
    return parser


if __name__ == "__main__":
    main()
