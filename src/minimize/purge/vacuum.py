"""VACUUM of a leaf while it is purged, so that what a purge frees is used again within the run, and at its end."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field
from typing import Literal

from psycopg import sql

from minimize.catalog.connection import Connection, translated
from minimize.catalog.tables import Leaf
from minimize.purge.shared import Shared
from minimize.purge.worker import LeafWork

MIN_PAGES = 1024
"""To take up fewer pages again is not worth a VACUUM, which reads all indexes."""

TOAST_SHARE = 0.04
"""A document that is stored out of line is written anew as a whole: its TOAST table grows by the share that is purged
between two VACUUMs, the heap only by one row of each page of it."""

PROCESS_MAIN_VERSION = 160000
"""From here on VACUUM takes PROCESS_MAIN, and so can pass over the table to its TOAST table."""

GENTLE_DELAY = "2ms"
"""What autovacuum rests for after each 200 units of cost, unless told otherwise; VACUUM of itself never rests."""

_Part = Literal["all", "toast"]


def vacuum(conn: Connection, leaf: Leaf, shared: Shared, *, analyze: bool = False, part: _Part = "all") -> None:
    """Make the space of erased versions reusable; with `analyze`, have the statistics forget the values, too.

    It neither waits for a lock nor takes an exclusive one, and in a purge that rests between its batches it rests as
    autovacuum does, and is one process. A wish to stop cancels it.
    """
    options = ["SKIP_LOCKED", "TRUNCATE off"]
    options += ["ANALYZE"] if analyze else []
    options += ["PROCESS_MAIN off"] if part == "toast" else []
    options += ["PARALLEL 0"] if shared.limits.rests else []
    delay = GENTLE_DELAY if shared.limits.rests else "0"
    name = sql.Identifier(leaf.name.schema, leaf.name.table)
    with shared.control.stop.cancelling(conn), translated(f"vacuuming {leaf.name}"):
        conn.execute("SELECT set_config('vacuum_cost_delay', %s, false)", [delay])
        conn.execute(sql.SQL("VACUUM ({}) {}").format(sql.SQL(", ").join(map(sql.SQL, options)), name))


@dataclass(slots=True)
class Vacuuming:
    """The VACUUMs within one pass over a leaf: one at a time, by whichever worker finds one due."""

    work: LeafWork
    shared: Shared
    pages: int
    """How many pages the pass is over."""
    _since: dict[_Part, int] = field(default_factory=lambda: {"all": 0, "toast": 0})
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def add(self, blocks: int) -> None:
        """Take in that so many blocks were purged."""
        with self._lock:
            for part in self._since:
                self._since[part] += blocks

    @property
    def room(self) -> int:
        """How many blocks a worker may purge until it should ask whether a VACUUM is due: its part of what is left."""
        return max(1, math.ceil(min(self._room(part) for part in self._since)))

    def run_if_due(self, conn: Connection) -> bool:
        """Vacuum if enough was purged since the last time, and say whether that was so."""
        part = next((part for part in self._since if self._since[part] >= self._due(part)), None)
        if part is None or not self._busy.acquire(blocking=False):
            return False
        try:
            can_pass_over = conn.info.server_version >= PROCESS_MAIN_VERSION
            with self._lock:
                self._since |= {"toast": 0} if part == "toast" and can_pass_over else {"all": 0, "toast": 0}
            vacuum(conn, self.work.leaf, self.shared, part=part if can_pass_over else "all")
        finally:
            self._busy.release()
        return True

    def _room(self, part: _Part) -> float:
        due = self._due(part)
        # Never next to nothing: other workers may take up what is left before this one is done.
        return min(max((due - self._since[part]) / self.shared.options.jobs, due / 8), self.pages)

    def _due(self, part: _Part) -> float:
        """Return after how many blocks of the leaf a VACUUM is due."""
        share, leaf = self.shared.limits.vacuum_share, self.work.leaf
        if not self.shared.options.vacuum or share is None:
            return math.inf
        if part == "all":
            return max(MIN_PAGES, share * self.pages)
        rewrites = any(site.location.kind not in ("column", "table") for site in self.work.table.present)
        if not rewrites or leaf.toast_pages < leaf.pages:
            return math.inf
        return max(MIN_PAGES * leaf.pages / leaf.toast_pages, min(share, TOAST_SHARE) * self.pages)
