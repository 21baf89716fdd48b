"""Measures one run of one method on a fresh copy."""

from __future__ import annotations

import json
import os
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from purge_bench.methods import NotAvailableError, type_of_method
from purge_bench.server import Copy, Server
from purge_bench.shape import Shape

REWRITES = ("vacuum-full", "pg-repack")
"""Methods that drop the column: no values and no HOT updates can be counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The key of comparable runs; ratios are computed within a round."""

    started: str
    """Start of the benchmark, as ISO 8601."""
    server: str
    workload: str
    rows: int
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The measurements of one run; only `not_available` is set if the method could not be measured."""

    key: Key
    method: str
    load: float
    """Load average of the machine at the start of the run."""
    not_available: str = ""
    seconds: float = 0.0
    erase_seconds: float | None = None
    """For minimize: from the first UPDATE to the end of the last, without final VACUUM, counts and proof."""
    erased: int = 0
    wal_bytes: int = 0
    hot_percent: float | None = None
    heap_growth: float = 0.0
    """Percent, like the next two; `table_growth` is heap and TOAST."""
    table_growth: float = 0.0
    index_growth: float = 0.0
    median_ms: float | None = None
    max_ms: float | None = None
    memory_mb: float | None = None
    latency: dict[str, float] | None = None
    """Milliseconds of concurrent transactions: baseline_p50, baseline_p99, p50, p99, max; and their counts."""


class Log:
    """The file to which every run is appended as a line of JSON."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.samples: list[Sample] = []

    def settings(self, started: str, settings: dict[str, str]) -> None:
        """Append the settings of the server."""
        self._append({"started": started, "settings": settings})

    def add(self, sample: Sample) -> None:
        """Append one run."""
        self.samples.append(sample)
        self._append({"sample": asdict(sample)})

    def _append(self, entry: dict[str, object]) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(entry) + "\n")


def read_log(path: Path) -> tuple[dict[str, dict[str, str]], list[Sample]]:
    """Return the settings by start of the benchmark, and the runs of a file."""
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    settings = {entry["started"]: entry["settings"] for entry in entries if "settings" in entry}
    found = [entry["sample"] for entry in entries if "sample" in entry]
    return settings, [Sample(**{**sample, "key": Key(**sample["key"])}) for sample in found]


def run(server: Server, shape: Shape, key: Key, name: str, method: type_of_method) -> Sample:
    """Measure one method once.

    Raises:
        SystemExit: The method did not erase every value, so the measurements would be invalid.
    """
    load = os.getloadavg()[0]
    with server.copy(shape, key.rows) as copy:
        carrying, before = copy.carrying(), copy.sizes()
        # Writes before this point do not belong to the method. (The template is frozen, so counting sets no hint bits.)
        server.admin.execute("CHECKPOINT")
        position, began = server.wal_position(), time.perf_counter()
        try:
            work = method(copy)
        except NotAvailableError as error:
            return Sample(key=key, method=name, load=load, not_available=str(error))
        seconds, wal = time.perf_counter() - began, server.wal_position() - position
        updates, hot = copy.updates()
        verify(copy, name)
        after = copy.sizes()
    return Sample(
        key=key,
        method=name,
        load=load,
        seconds=seconds,
        erase_seconds=work.erase_seconds,
        erased=carrying,
        wal_bytes=wal,
        hot_percent=100 * hot / updates if updates else None,
        heap_growth=_growth(before.heap, after.heap),
        table_growth=_growth(before.heap + before.toast, after.heap + after.toast),
        index_growth=_growth(before.indexes, after.indexes),
        median_ms=statistics.median(work.statements) if work.statements else None,
        max_ms=max(work.statements, default=None),
        memory_mb=work.memory_kib / 1024 if work.memory_kib else None,
    )


def verify(copy: Copy, name: str) -> None:
    """Check that the method is complete.

    Raises:
        SystemExit: It left values or the column.
    """
    if name not in REWRITES and (left := copy.carrying()):
        raise SystemExit(f"error: {name} did not erase {left:,} values")
    if name in REWRITES:
        with copy.connect() as conn:
            found = conn.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'bench.person'::regclass AND attname = %s",
                [copy.shape.retired],
            ).fetchone()
        if found:
            raise SystemExit(f"error: {name} did not drop the column")


def _growth(before: int, after: int) -> float:
    return 100 * (after / before - 1) if before else 0.0
