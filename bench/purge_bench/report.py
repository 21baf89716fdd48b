"""Prints the measurements as tables of medians with their spread, and the targets."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from purge_bench.measure import Key, Sample
from purge_bench.targets import judge, median_of, ratios

Cell = Callable[[Sample], float | None]

_MB = 1_000_000
_COLUMNS: dict[str, tuple[Cell, str]] = {
    "seconds": (lambda s: s.seconds, ".1f"),
    "of these erasing": (lambda s: s.erase_seconds, ".1f"),
    "WAL MB": (lambda s: s.wal_bytes / _MB, ",.0f"),
    "HOT %": (lambda s: s.hot_percent, ".1f"),
    "heap %": (lambda s: s.heap_growth, "+.1f"),
    "heap and TOAST %": (lambda s: s.table_growth, "+.1f"),
    "indexes %": (lambda s: s.index_growth, "+.1f"),
    "median statement ms": (lambda s: s.median_ms, ",.1f"),
    "longest statement ms": (lambda s: s.max_ms, ",.0f"),
    "client MB": (lambda s: s.memory_mb, ".0f"),
    "load": (lambda s: s.load, ".1f"),
}


def _latency(name: str) -> Cell:
    return lambda sample: sample.latency[name] if sample.latency else None


_OLTP_COLUMNS: dict[str, tuple[Cell, str]] = {
    "seconds": (lambda s: s.seconds, ".1f"),
    "p50 before": (_latency("baseline_p50"), ".2f"),
    "p50 during": (_latency("p50"), ".2f"),
    "p99 before": (_latency("baseline_p99"), ".1f"),
    "p99 during": (_latency("p99"), ".1f"),
    "longest before": (_latency("baseline_max"), ".0f"),
    "longest during": (_latency("max"), ".0f"),
    "p99 ratio": (lambda s: s.latency["p99"] / s.latency["baseline_p99"] if s.latency else None, ".2f"),
    "WAL MB": (lambda s: s.wal_bytes / _MB, ",.0f"),
    "client MB": (lambda s: s.memory_mb, ".0f"),
    "load": (lambda s: s.load, ".1f"),
}


def report(settings: dict[str, dict[str, str]], samples: Sequence[Sample]) -> Iterator[str]:
    """Yield the lines of a Markdown report: a table and the targets for each server and workload."""
    for (server, workload), group in _grouped(samples, lambda key: (key.server, key.workload)).items():
        rounds = {(s.key.started, s.key.round) for s in group}
        yield f"### {workload}, PostgreSQL {server}, {len(rounds)} round(s)"
        yield ""
        for line in sorted({_settings_line(settings[started]) for started in {s.key.started for s in group}}):
            yield line
            yield ""
        yield from _table(workload, group)
        yield ""
        verdicts = list(judge(workload, group))
        if verdicts:
            yield from _aligned([["target", "measured", "verdict"], *verdicts])
            yield ""


def _settings_line(settings: dict[str, str]) -> str:
    return "Settings: " + ", ".join(f"{name} {value}" for name, value in settings.items()) + "."


def _table(workload: str, samples: Sequence[Sample]) -> Iterator[str]:
    columns = _OLTP_COLUMNS if workload == "oltp" else _COLUMNS
    lines, absent = list[list[str]](), list[str]()
    for (rows, method), group in _by_method(samples).items():
        measured = [sample for sample in group if not sample.not_available]
        label = [f"{rows:,}", method]
        if measured:
            cells = [_cell([of(sample) for sample in measured], form) for of, form in columns.values()]
            lines.append([*label, *cells, _speed(samples, rows, method)])
        else:
            lines.append([*label, "not available"])
            absent.append(f"{method} is not available: {group[0].not_available}.")
    yield from _aligned([["rows", "method", *columns, "times ours"], *lines])
    for line in absent:
        yield f"\n{line}"


def _by_method(samples: Iterable[Sample]) -> dict[tuple[int, str], list[Sample]]:
    found: dict[tuple[int, str], list[Sample]] = {}
    for sample in samples:
        found.setdefault((sample.key.rows, sample.method), []).append(sample)
    # Fastest first; unmeasured methods last.
    return dict(sorted(found.items(), key=lambda item: (item[0][0], median_of(item[1], "seconds") or float("inf"))))


def _speed(samples: Sequence[Sample], rows: int, method: str) -> str:
    """Return the duration of a method relative to minimize, by round."""
    return _cell(ratios([s for s in samples if s.key.rows == rows], method, "ours", "seconds"), ".2f")


def _cell(values: Sequence[float | None], form: str) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return ""
    median, low, high = (format(value, form) for value in (statistics.median(known), min(known), max(known)))
    return median if low == high else f"{median} ({low} to {high})"


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table with columns aligned for a terminal."""
    full = [list(line) + [""] * (len(lines[0]) - len(line)) for line in lines]
    widths = [max(map(len, column)) for column in zip_longest(*full, fillvalue="")]
    for number, line in enumerate(full):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def _grouped(samples: Iterable[Sample], by: Callable[[Key], tuple[str, str]]) -> dict[tuple[str, str], list[Sample]]:
    groups: dict[tuple[str, str], list[Sample]] = {}
    for sample in samples:
        groups.setdefault(by(sample.key), []).append(sample)
    return groups
