"""The counters of a purge as a file for Prometheus: node_exporter's textfile collector reads it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from minimize.errors import InterruptedRunError, UsageError
from minimize.purge.tally import RelationTotals, Totals

SECONDS_BETWEEN = 5.0

State = Literal["running", "waiting", "finished", "interrupted", "failed"]
STATES: tuple[State, ...] = ("running", "waiting", "finished", "interrupted", "failed")

_Sample = tuple[Mapping[str, str], float]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known of a run at one moment: names and numbers, never a value of a row."""

    run_id: int | None
    """None before the run has begun."""
    totals: Totals
    """Of this process."""
    locations: Mapping[str, int]
    """Values erased by the whole run."""
    relations: Mapping[str, RelationTotals]
    """Of the whole run."""
    throttled_seconds: Mapping[str, float]
    rested_seconds: float
    is_waiting: bool


def render(snapshot: Snapshot, state: State, now: float) -> str:
    """Return the text exposition format of a snapshot.

    Args:
        now: Seconds since 1970.
    """
    return "\n".join([*_lines(snapshot, state, now), ""])


def _lines(snapshot: Snapshot, state: State, now: float) -> Iterator[str]:
    totals, relations = snapshot.totals, snapshot.relations
    of_locations = [({"location": name}, float(count)) for name, count in snapshot.locations.items()]
    yield from _metric("values_erased_total", "counter", "Values erased by the run.", of_locations)
    for name, kind, text, number in _OF_RELATION:
        samples = [({"relation": relation}, float(number(so_far))) for relation, so_far in relations.items()]
        yield from _metric(name, kind, text, samples)
    throttled = [({"throttle": name}, seconds) for name, seconds in snapshot.throttled_seconds.items()]
    yield from _metric("throttled_seconds_total", "counter", "Held back by a throttle, this process.", throttled)
    conflicts = [({"kind": name}, float(count)) for name, count in totals.conflicts.items()]
    yield from _metric("conflicts_total", "counter", "Batches that PostgreSQL undid, this process.", conflicts)
    for name, kind, text, value in (
        ("rested_seconds_total", "counter", "Rested by all workers, this process.", snapshot.rested_seconds),
        ("batches_total", "counter", "Batches committed by this process.", totals.batches),
        ("slowest_batch_seconds", "gauge", "The slowest batch of this process.", totals.slowest_seconds),
        ("connections_lost_total", "counter", "Connections lost and opened again, this process.", totals.losses),
        ("server_wal_bytes_total", "counter", "WAL of the whole server since this process began.", totals.wal_bytes),
        ("run_id", "gauge", "The number of the run.", snapshot.run_id),
        ("last_update_timestamp_seconds", "gauge", "When this was written, in seconds since 1970.", now),
    ):
        yield from _metric(name, kind, text, [] if value is None else [({}, float(value))])
    states: list[_Sample] = [({"state": each}, float(each == state)) for each in STATES]
    yield from _metric("run_state", "gauge", "1 for the state the run is in, 0 for the others.", states)


_OF_RELATION: tuple[tuple[str, str, str, Callable[[RelationTotals], int]], ...] = (
    ("rows_updated_total", "counter", "Rows updated by the run.", lambda r: r.rows),
    ("hot_rows_updated_total", "counter", "Rows updated without a new index entry.", lambda r: r.hot_rows),
    ("pass", "gauge", "The present pass over the relation.", lambda r: r.run_pass),
    ("blocks_done", "gauge", "Blocks done in the present pass.", lambda r: r.blocks_done),
    ("blocks", "gauge", "Blocks of the present pass.", lambda r: r.blocks_total),
)


def _metric(name: str, kind: str, text: str, samples: Sequence[_Sample]) -> Iterator[str]:
    if not samples:
        return
    yield f"# HELP minimize_purge_{name} {text}"
    yield f"# TYPE minimize_purge_{name} {kind}"
    for labels, value in samples:
        pairs = ",".join(f'{label}="{_escaped(content)}"' for label, content in labels.items())
        yield f"minimize_purge_{name}{'{' + pairs + '}' if pairs else ''} {value!r}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class MetricsFile:
    """Keeps the file up to date while its block runs: every `SECONDS_BETWEEN`, and at its end with how that ended.

    Each version takes the place of the one before at once, so that nobody reads half of one. The directory must be
    there and writable; a write that fails later is told once and does not stop the purge.
    """

    def __init__(self, path: Path, snapshot: Callable[[], Snapshot], warn: Callable[[str], None]) -> None:
        self._path, self._snapshot, self._warn = path, snapshot, warn
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="metrics", daemon=True)
        self._has_warned = False

    def __enter__(self) -> Self:
        """Write it for the first time.

        Raises:
            UsageError: It cannot be written.
        """
        try:
            self._write()
        except OSError as error:
            raise UsageError(
                f"the metrics cannot be written to {self._path}: {error.strerror}",
                hint="Name a file in a directory that is there and that you may write to.",
            ) from None
        self._thread.start()
        return self

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        """Write it for the last time."""
        self._ended.set()
        self._thread.join()
        is_asked = isinstance(error, InterruptedRunError | KeyboardInterrupt)
        self._write_or_warn("finished" if error is None else "interrupted" if is_asked else "failed")

    def _keep(self) -> None:
        while not self._ended.wait(SECONDS_BETWEEN):
            self._write_or_warn()

    def _write_or_warn(self, state: State | None = None) -> None:
        try:
            self._write(state)
        except OSError as error:
            if not self._has_warned:
                self._warn(f"the metrics cannot be written to {self._path}: {error.strerror}")
            self._has_warned = True

    def _write(self, state: State | None = None) -> None:
        snapshot = self._snapshot()
        text = render(snapshot, state or ("waiting" if snapshot.is_waiting else "running"), time.time())
        # Beside it, since a rename is one step only within a file system; under a name that no collector reads.
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self._path)
