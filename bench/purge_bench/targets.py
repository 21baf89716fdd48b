"""The performance targets of the purge, checked against the medians of the rounds."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from purge_bench.measure import Sample

Figure = Literal["seconds", "wal_bytes", "heap_growth", "table_growth", "index_growth", "memory_mb"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A bound for a measurement of one method, or for its ratio to that of another method."""

    text: str
    workload: str
    method: str
    figure: Figure | Literal["latency"]
    bound: Literal["at least", "at most"]
    limit: float
    against: str = ""

    def is_met(self, value: float) -> bool:
        """Return whether a value, rounded as printed, is within the bound."""
        shown = round(value, 2)
        return shown >= self.limit if self.bound == "at least" else shown <= self.limit


TARGETS = (
    Target(
        text="times as fast as keyset",
        workload="column",
        method="keyset",
        figure="seconds",
        bound="at least",
        limit=4,
        against="ours",
    ),
    Target(
        text="of the WAL of keyset",
        workload="column",
        method="ours",
        figure="wal_bytes",
        bound="at most",
        limit=0.55,
        against="keyset",
    ),
    Target(
        text="% growth of the heap", workload="column", method="ours", figure="heap_growth", bound="at most", limit=5
    ),
    Target(
        text="% growth of the indexes",
        workload="column",
        method="ours",
        figure="index_growth",
        bound="at most",
        limit=0.05,
    ),
    Target(
        text="of the time of VACUUM FULL",
        workload="column",
        method="ours",
        figure="seconds",
        bound="at most",
        limit=1.6,
        against="vacuum-full",
    ),
    Target(
        text="MB of memory in the client",
        workload="column",
        method="ours",
        figure="memory_mb",
        bound="at most",
        limit=150,
    ),
    Target(
        text="times as fast as keyset",
        workload="jsonb-inline",
        method="keyset",
        figure="seconds",
        bound="at least",
        limit=3,
        against="ours",
    ),
    Target(
        text="times as fast as keyset",
        workload="jsonb-toasted",
        method="keyset",
        figure="seconds",
        bound="at least",
        limit=1,
        against="ours",
    ),
    Target(
        text="% growth of heap and TOAST",
        workload="jsonb-toasted",
        method="ours",
        figure="table_growth",
        bound="at most",
        limit=6,
    ),
    Target(
        text="of the p99 without a purge, gentle",
        workload="oltp",
        method="ours-gentle",
        figure="latency",
        bound="at most",
        limit=1.5,
    ),
    Target(
        text="times as fast with two workers",
        workload="jobs",
        method="ours-jobs1",
        figure="seconds",
        bound="at least",
        limit=1.4,
        against="ours-jobs2",
    ),
    Target(
        text="MB of memory in the client",
        workload="scale",
        method="ours",
        figure="memory_mb",
        bound="at most",
        limit=150,
    ),
)


def judge(workload: str, samples: Sequence[Sample]) -> Iterator[list[str]]:
    """Yield the target, the measured value and the verdict, for each target of a workload."""
    for target in (target for target in TARGETS if target.workload == workload):
        value = _value(target, samples)
        verdict = "not measured" if value is None else "pass" if target.is_met(value) else "miss"
        shown = "" if value is None else f"{value:.2f}"
        yield [f"{target.bound} {target.limit:g} {target.text}", shown, verdict]
    if workload == "scale":
        yield _scaling(samples)


def _value(target: Target, samples: Sequence[Sample]) -> float | None:
    if target.figure == "latency":
        found = [
            s.latency["p99"] / s.latency["baseline_p99"] for s in samples if s.method == target.method and s.latency
        ]
        return statistics.median(found) if found else None
    if target.against:
        found = ratios(samples, target.method, target.against, target.figure)
        return statistics.median(found) if found else None
    largest = max(sample.key.rows for sample in samples)
    return median_of([s for s in samples if s.method == target.method and s.key.rows == largest], target.figure)


def _scaling(samples: Sequence[Sample]) -> list[str]:
    """Compare the time per row of the largest table with that of the smallest."""
    sizes = sorted({sample.key.rows for sample in samples})
    times = {rows: median_of([s for s in samples if s.key.rows == rows], "seconds") for rows in sizes}
    small, large = times[sizes[0]], times[sizes[-1]]
    aim = "at most 1.15 of the time per row of a tenth of the table"
    if len(sizes) == 1 or small is None or large is None:
        return [aim, "", "not measured"]
    value = (large / sizes[-1]) / (small / sizes[0])
    return [aim, f"{value:.2f}", "pass" if round(value, 2) <= 1.15 else "miss"]  # noqa: PLR2004


def median_of(samples: Sequence[Sample], figure: Figure) -> float | None:
    """Return the median of a measurement over the runs that were measured."""
    values = [getattr(sample, figure) for sample in samples if not sample.not_available]
    known = [float(value) for value in values if value is not None]
    return statistics.median(known) if known else None


def ratios(samples: Sequence[Sample], method: str, against: str, figure: Figure) -> list[float]:
    """Return the ratio of a measurement of two methods, for each round in which both were measured."""
    by_round = {
        (s.key.started, s.key.round, s.key.rows, s.method): float(getattr(s, figure))
        for s in samples
        if not s.not_available
    }
    return [
        value / other
        for (started, turn, rows, name), value in by_round.items()
        if name == method and (other := by_round.get((started, turn, rows, against)))
    ]
