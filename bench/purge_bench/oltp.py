"""Measures the effect on other sessions: the latency of pgbench transactions before and during a method."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from purge_bench.measure import Key, Sample, verify
from purge_bench.methods import NotAvailableError, type_of_method
from purge_bench.server import Copy, Server
from purge_bench.shape import Shape

CLIENTS, RATE = 4, 400
SETTLE = 3.0
"""Seconds of pgbench before and after, because pgbench writes its log with a delay."""

SCRIPT = """\\set id random(1, {rows})
BEGIN;
SELECT last_name, status FROM bench.person WHERE id = :id;
UPDATE bench.person SET status = 'seen' WHERE id = :id;
COMMIT;
"""


def run(server: Server, shape: Shape, key: Key, name: str, method: type_of_method, calm: float) -> Sample:
    """Measure one method with 400 concurrent transactions per second, after `calm` seconds without the method.

    Latency is measured from the scheduled start of a transaction, so that stalls are included.
    """
    if shutil.which("pgbench") is None:
        raise SystemExit("error: no pgbench on PATH")
    sample = Sample(key=key, method=name, load=os.getloadavg()[0])
    with server.copy(shape, key.rows) as copy, tempfile.TemporaryDirectory() as directory:
        carrying = copy.carrying()
        server.admin.execute("CHECKPOINT")
        with _pgbench(copy, Path(directory)):
            time.sleep(SETTLE)
            calm_from = time.time()
            time.sleep(calm)
            position, began = server.wal_position(), time.time()
            try:
                work = method(copy)
            except NotAvailableError as error:
                return replace(sample, not_available=str(error))
            ended, wal = time.time(), server.wal_position() - position
            time.sleep(SETTLE)
        logged = list(_latencies(Path(directory)))
        verify(copy, name)
    return replace(
        sample,
        seconds=ended - began,
        erased=carrying,
        wal_bytes=wal,
        memory_mb=work.memory_kib / 1024 if work.memory_kib else None,
        latency=_summary([ms for at, ms in logged if calm_from <= at < began], "baseline_")
        | _summary([ms for at, ms in logged if began <= at < ended], ""),
    )


@contextmanager
def _pgbench(copy: Copy, directory: Path) -> Iterator[None]:
    """Run pgbench during the block; raise if it ends early."""
    script = directory / "script.sql"
    script.write_text(SCRIPT.format(rows=copy.rows))
    command = ["pgbench", "--no-vacuum", f"--client={CLIENTS}", f"--jobs={CLIENTS}", f"--rate={RATE}", "--time=86400"]
    command += ["--protocol=prepared", "--log", f"--log-prefix={directory / 'log'}", f"--file={script}", copy.url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield
            if process.poll() is not None:
                assert process.stderr is not None
                raise SystemExit(f"error: pgbench ended with {process.returncode}: {process.stderr.read()[-500:]}")
        finally:
            process.terminate()


def _latencies(directory: Path) -> Iterator[tuple[float, float]]:
    """Yield the end of each transaction, in seconds since 1970, and its duration in milliseconds."""
    for path in directory.glob("log.*"):
        for line in path.read_text().splitlines()[:-1]:  # the last line may be incomplete
            columns = line.split()
            if columns[2].isdigit():
                yield int(columns[4]) + int(columns[5]) / 1e6, int(columns[2]) / 1000
            else:
                raise SystemExit(f"error: pgbench logged a transaction as {columns[2]}")


def _summary(latencies: list[float], prefix: str) -> dict[str, float]:
    if len(latencies) < 100:  # noqa: PLR2004  # with fewer, the 99th percentile is the maximum
        raise SystemExit(f"error: only {len(latencies)} transactions during the run: use more --rows")
    hundredths = statistics.quantiles(latencies, n=100)
    return {
        f"{prefix}p50": hundredths[49],
        f"{prefix}p99": hundredths[98],
        f"{prefix}max": max(latencies),
        f"{prefix}transactions": len(latencies),
    }
