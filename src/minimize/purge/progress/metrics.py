"""The counters of purges as text for Prometheus, in its exposition format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from minimize.purge.progress.counters import ProcessTotals
from minimize.purge.state.location_progress import LatestCount
from minimize.purge.state.relation_progress import RelationProgress

State = Literal["pending", "running", "waiting", "finished", "interrupted", "failed"]
"""`pending`: the purge of this database has not begun yet, because another one is first."""

_Family = CounterMetricFamily | GaugeMetricFamily


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The counters of a run at one moment: names and numbers, never a value of a row."""

    run_id: int | None = None
    """None before the run has begun."""
    totals: ProcessTotals = field(default_factory=ProcessTotals)
    """Of this process."""
    locations: Mapping[str, int] = field(default_factory=dict)
    """Values erased by the whole run."""
    latest: Mapping[str, LatestCount] = field(default_factory=dict)
    """By the latest count of each table in the run."""
    relations: Mapping[str, RelationProgress] = field(default_factory=dict)
    """Of the whole run."""
    throttled_seconds: Mapping[str, float] = field(default_factory=dict)
    rested_seconds: float = 0.0
    is_waiting: bool = False


class MetricsView(NamedTuple):
    """State and counters of the purge of one database."""

    database: str | None
    """The database's id in the policy. None if the purge is of one database only: its samples have no such label."""
    state: State
    snapshot: Snapshot


class _Metric(NamedTuple):
    """One metric: `read` returns its values by the content of `label`, or one value by "" if it has no label."""

    name: str
    kind: Literal["counter", "gauge"]
    help: str
    label: str | None
    read: Callable[[MetricsView], Mapping[str, float]]


def render(views: Sequence[MetricsView], now: float) -> str:
    """Return the text exposition format: each metric is described once, with the samples of all databases.

    Args:
        views: Either one view without a database, or any number of views with different databases.
        now: Seconds since 1970.
    """
    registry = CollectorRegistry()
    registry.register(_ViewsCollector(views, now))
    return generate_latest(registry).decode()


class _ViewsCollector(Collector):
    def __init__(self, views: Sequence[MetricsView], now: float) -> None:
        self._views = views
        self._now = now

    def collect(self) -> Iterator[_Family]:
        updated_at = _Metric(
            "last_update_timestamp_seconds",
            "gauge",
            "When this was written, since 1970.",
            None,
            lambda _: {"": self._now},
        )
        for metric in (*_METRICS, updated_at):
            family = _family(metric, self._views)
            if family.samples:
                yield family


def _family(metric: _Metric, views: Sequence[MetricsView]) -> _Family:
    has_database = any(view.database is not None for view in views)
    labels = [*(["database"] if has_database else []), *([metric.label] if metric.label else [])]
    make = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
    family: _Family = make(f"minimize_purge_{metric.name}", metric.help, labels=labels)
    for view in views:
        for content, value in metric.read(view).items():
            # A counter given no creation time has no _created sample.
            family.add_metric([*([view.database or ""] if has_database else []), content][: len(labels)], value)
    return family


def _relations(number: Callable[[RelationProgress], int]) -> Callable[[MetricsView], Mapping[str, float]]:
    return lambda view: {name: number(totals) for name, totals in view.snapshot.relations.items()}


def _latest(number: Callable[[LatestCount], int]) -> Callable[[MetricsView], Mapping[str, float]]:
    return lambda view: {name: number(count) for name, count in view.snapshot.latest.items()}


def _by(read: Callable[[Snapshot], Mapping[str, float]]) -> Callable[[MetricsView], Mapping[str, float]]:
    return lambda view: read(view.snapshot)


def _single(read: Callable[[Snapshot], float | None]) -> Callable[[MetricsView], Mapping[str, float]]:
    return lambda view: {} if (value := read(view.snapshot)) is None else {"": value}


def _states(view: MetricsView) -> Mapping[str, float]:
    return {state: state == view.state for state in get_args(State)}


_METRICS: tuple[_Metric, ...] = (
    _Metric("values_erased_total", "counter", "Values erased by the run.", "location", _by(lambda s: s.locations)),
    _Metric(
        "values_exempt",
        "gauge",
        "Values that stay by an exception, by the latest count.",
        "location",
        _latest(lambda c: c.exempt),
    ),
    _Metric(
        "values_held",
        "gauge",
        "Values that stay under a hold, by the latest count.",
        "location",
        _latest(lambda c: c.held),
    ),
    _Metric(
        "values_left",
        "gauge",
        "Values to erase or not readable, by the latest count.",
        "location",
        _latest(lambda c: c.left),
    ),
    _Metric("rows_updated_total", "counter", "Rows updated by the run.", "relation", _relations(lambda r: r.rows)),
    _Metric(
        "hot_rows_updated_total",
        "counter",
        "Rows updated without a new index entry.",
        "relation",
        _relations(lambda r: r.hot_rows),
    ),
    _Metric("pass", "gauge", "The present pass over the relation.", "relation", _relations(lambda r: r.run_pass)),
    _Metric(
        "blocks_done", "gauge", "Blocks done in the present pass.", "relation", _relations(lambda r: r.blocks_done)
    ),
    _Metric("blocks", "gauge", "Blocks of the present pass.", "relation", _relations(lambda r: r.blocks_total)),
    _Metric(
        "throttled_seconds_total", "counter", "Held back, this process.", "throttle", _by(lambda s: s.throttled_seconds)
    ),
    _Metric("conflicts_total", "counter", "Batches undone, this process.", "kind", _by(lambda s: s.totals.conflicts)),
    _Metric(
        "rested_seconds_total",
        "counter",
        "Rested by all workers, this process.",
        None,
        _single(lambda s: s.rested_seconds),
    ),
    _Metric(
        "batches_total", "counter", "Batches committed by this process.", None, _single(lambda s: s.totals.batches)
    ),
    _Metric(
        "slowest_batch_seconds",
        "gauge",
        "The slowest batch, this process.",
        None,
        _single(lambda s: s.totals.slowest_seconds),
    ),
    _Metric(
        "connections_lost_total", "counter", "Connections lost, this process.", None, _single(lambda s: s.totals.losses)
    ),
    _Metric(
        "server_wal_bytes_total",
        "counter",
        "WAL of the whole server meanwhile.",
        None,
        _single(lambda s: s.totals.wal_bytes),
    ),
    _Metric("run_id", "gauge", "The number of the run.", None, _single(lambda s: s.run_id)),
    _Metric("run_state", "gauge", "1 for the state the run is in, 0 for the others.", "state", _states),
)
