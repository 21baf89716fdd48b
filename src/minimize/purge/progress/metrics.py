"""The counters of purges as text for Prometheus, in its exposition format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from minimize.purge.progress.counters import Totals
from minimize.purge.state.location_progress import LatestCount
from minimize.purge.state.relation_progress import RelationTotals

State = Literal["pending", "running", "waiting", "finished", "interrupted", "failed"]
"""`pending` is a database of an estate whose turn has not come."""

_Sample = tuple[Mapping[str, str], float]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known of a run at one moment: names and numbers, never a value of a row."""

    run_id: int | None = None
    """None before the run has begun."""
    totals: Totals = field(default_factory=Totals)
    """Of this process."""
    locations: Mapping[str, int] = field(default_factory=dict)
    """Values erased by the whole run."""
    found: Mapping[str, LatestCount] = field(default_factory=dict)
    """By the latest count of each table in the run."""
    relations: Mapping[str, RelationTotals] = field(default_factory=dict)
    """Of the whole run."""
    throttled_seconds: Mapping[str, float] = field(default_factory=dict)
    rested_seconds: float = 0.0
    is_waiting: bool = False


class MetricsView(NamedTuple):
    """How the purge of one database stands."""

    database: str | None
    """Its id in the policy; None where the purge is of one database only, which goes without the label."""
    state: State
    snapshot: Snapshot


def render(metrics_views: Sequence[MetricsView], now: float) -> str:
    """Return the text exposition format of what is known of each database; each metric is described once.

    Args:
        views: Either one without a database, or any number with different ones.
        now: Seconds since 1970.
    """
    return "\n".join([*_lines(metrics_views, now), ""])


def _lines(metrics_views: Sequence[MetricsView], now: float) -> Iterator[str]:
    for name, kind, text, read in _METRICS:
        samples = [({**_labels(view), **labels}, value) for view in metrics_views for labels, value in read(view)]
        yield from _metric(name, kind, text, samples)
    written = [(_labels(view), now) for view in metrics_views]
    yield from _metric("last_update_timestamp_seconds", "gauge", "When this was written, since 1970.", written)


def _labels(view: MetricsView) -> dict[str, str]:
    return {} if view.database is None else {"database": view.database}


def _by(label: str, read: Callable[[Snapshot], Mapping[str, float]]) -> Callable[[MetricsView], Iterable[_Sample]]:
    return lambda view: [({label: name}, value) for name, value in read(view.snapshot).items()]


def _relations(number: Callable[[RelationTotals], int]) -> Callable[[MetricsView], Iterable[_Sample]]:
    return _by("relation", lambda snapshot: {name: number(so_far) for name, so_far in snapshot.relations.items()})


def _found(number: Callable[[LatestCount], int]) -> Callable[[MetricsView], Iterable[_Sample]]:
    return _by("location", lambda snapshot: {name: number(found) for name, found in snapshot.found.items()})


def _plain(read: Callable[[Snapshot], float | None]) -> Callable[[MetricsView], Iterable[_Sample]]:
    return lambda view: [] if (value := read(view.snapshot)) is None else [({}, value)]


def _states(view: MetricsView) -> Iterable[_Sample]:
    return [({"state": each}, each == view.state) for each in get_args(State)]


_METRICS: tuple[tuple[str, str, str, Callable[[MetricsView], Iterable[_Sample]]], ...] = (
    ("values_erased_total", "counter", "Values erased by the run.", _by("location", lambda s: s.locations)),
    ("values_exempt", "gauge", "Values that stay by an exception, by the latest count.", _found(lambda f: f.exempt)),
    ("values_held", "gauge", "Values that stay under a hold, by the latest count.", _found(lambda f: f.held)),
    ("values_left", "gauge", "Values to erase or not readable, by the latest count.", _found(lambda f: f.left)),
    ("rows_updated_total", "counter", "Rows updated by the run.", _relations(lambda r: r.rows)),
    ("hot_rows_updated_total", "counter", "Rows updated without a new index entry.", _relations(lambda r: r.hot_rows)),
    ("pass", "gauge", "The present pass over the relation.", _relations(lambda r: r.run_pass)),
    ("blocks_done", "gauge", "Blocks done in the present pass.", _relations(lambda r: r.blocks_done)),
    ("blocks", "gauge", "Blocks of the present pass.", _relations(lambda r: r.blocks_total)),
    ("throttled_seconds_total", "counter", "Held back, this process.", _by("throttle", lambda s: s.throttled_seconds)),
    ("conflicts_total", "counter", "Batches undone, this process.", _by("kind", lambda s: s.totals.conflicts)),
    ("rested_seconds_total", "counter", "Rested by all workers, this process.", _plain(lambda s: s.rested_seconds)),
    ("batches_total", "counter", "Batches committed by this process.", _plain(lambda s: s.totals.batches)),
    ("slowest_batch_seconds", "gauge", "The slowest batch, this process.", _plain(lambda s: s.totals.slowest_seconds)),
    ("connections_lost_total", "counter", "Connections lost, this process.", _plain(lambda s: s.totals.losses)),
    ("server_wal_bytes_total", "counter", "WAL of the whole server meanwhile.", _plain(lambda s: s.totals.wal_bytes)),
    ("run_id", "gauge", "The number of the run.", _plain(lambda s: s.run_id)),
    ("run_state", "gauge", "1 for the state the run is in, 0 for the others.", _states),
)


def _metric(name: str, kind: str, text: str, samples: Sequence[_Sample]) -> Iterator[str]:
    if not samples:
        return
    yield f"# HELP minimize_purge_{name} {text}"
    yield f"# TYPE minimize_purge_{name} {kind}"
    for labels, value in samples:
        pairs = ",".join(f'{label}="{_escaped(content)}"' for label, content in labels.items())
        yield f"minimize_purge_{name}{'{' + pairs + '}' if pairs else ''} {float(value)!r}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
