"""VACUUM of a leaf while it is purged, so that what a purge frees is used again within the run, and at its end."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

import psycopg
from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.tables import Leaf
from minimize.errors import MinimizeError
from minimize.locations.object_names import identifier
from minimize.policy import TableName
from minimize.purge.batch.context import RunContext
from minimize.purge.batch.worker import LeafWork
from minimize.purge.connection.session import Session

MIN_PAGES = 1024
"""To take up fewer pages again is not worth a VACUUM, which reads all indexes."""

TOAST_SHARE = 0.04
"""A document that is stored out of line is written anew as a whole: its TOAST table grows by the share that is purged
between two VACUUMs, the heap only by one row of each page of it."""

PROCESS_MAIN_VERSION = 160000
"""From here on VACUUM takes PROCESS_MAIN, and so can pass over the table to its TOAST table."""

GENTLE_DELAY = "2ms"
"""What autovacuum rests for after each 200 units of cost, unless told otherwise; VACUUM of itself never rests."""

MAX_VACUUMS = 5
"""A VACUUM at the end that was kept from it so often, over ten seconds, is left to whoever is in the way."""

GAVE_WAY = "it made way"
LOCKED = "somebody else is at work on it"

_SETTINGS = "SELECT set_config('vacuum_cost_delay', %s, false), set_config('client_min_messages', 'warning', false)"

_Part = Literal["all", "toast"]


def vacuum_at_end(context: RunContext, leaf: Leaf) -> str | None:
    """Vacuum a leaf that is purged, and have its statistics forget the values; return why that was not done, if so."""
    return _retry_while_locked(context, lambda: vacuum(context.control.lock_session, leaf, context, analyze=True))


def analyze_at_end(context: RunContext, table: TableName) -> str | None:
    """Have the statistics of a partitioned table forget the values, which no VACUUM of its partitions does.

    Returns why that was not done, None where it was.
    """

    def analyze() -> str | None:
        conn, passing = context.control.lock_session.conn, (pg.QueryCanceled, pg.LockNotAvailable)
        with context.control.stop.cancelling(conn), translate_errors(f"analysing {table}", passing=passing):
            try:
                conn.execute(_SETTINGS, [_delay(context)])
                # Of a partition that is skipped no word is heard, nor need there be: its own VACUUM has analysed it.
                with _collect_warnings(conn) as skipped:
                    conn.execute(sql.SQL("ANALYZE (SKIP_LOCKED) {}").format(identifier(table)))
            except pg.QueryCanceled:
                context.control.stop.check()
                return GAVE_WAY
            except pg.LockNotAvailable:  # of a partition, which is waited for all the same while rows are sampled
                return LOCKED
        return skipped[0] if skipped else None

    return _retry_while_locked(context, analyze)


def _retry_while_locked(context: RunContext, attempt: Callable[[], str | None]) -> str | None:
    """Attempt something that others may keep us from for a while; return why it was not done, if so."""
    why: str | None = None
    for number in range(MAX_VACUUMS):
        context.control.stop.wait(number)
        context.governor.wait(context.control.lock_session.conn, 0)
        why = attempt()
        if why not in {GAVE_WAY, LOCKED}:
            break
    return why


def _delay(context: RunContext) -> str:
    return GENTLE_DELAY if context.limits.rests else "0"


def vacuum(
    session: Session, leaf: Leaf, context: RunContext, *, analyze: bool = False, part: _Part = "all"
) -> str | None:
    """Make the space of erased versions reusable; with `analyze`, have the statistics forget the values, too.

    It neither waits for a lock nor takes an exclusive one, and in a purge that rests between its batches it rests as
    autovacuum does, and is one process. A wish to stop cancels it.

    Returns why it was not done, None where it was. It makes way where a throttle is no longer clear, such as for a
    session that waits for the table, or somebody cancels it.
    """
    options = ["SKIP_LOCKED", "TRUNCATE off"]
    options += ["ANALYZE"] if analyze else []
    options += ["PROCESS_MAIN off"] if part == "toast" else []
    options += ["PARALLEL 0"] if context.limits.rests else []
    statement = sql.SQL("VACUUM ({}) {}").format(sql.SQL(", ").join(map(sql.SQL, options)), identifier(leaf.name))
    conn = session.conn
    with context.control.stop.cancelling(conn), translate_errors(f"vacuuming {leaf.name}", passing=(pg.QueryCanceled,)):
        try:
            conn.execute(_SETTINGS, [_delay(context)])
            with _collect_warnings(conn) as skipped, _cancel_when_throttled(session, context):
                conn.execute(statement)
        except pg.QueryCanceled:
            context.control.stop.check()
            return GAVE_WAY
    return skipped[0] if skipped else None


@contextmanager
def _collect_warnings(conn: Connection) -> Iterator[list[str]]:
    """Collect why the server left something out: VACUUM says so by a WARNING, and ends as if all were done.

    Those with a hint are about transactions that are too old, and nothing was left out. The text of none is handed on:
    ANALYZE runs functions of others, which may quote a value.
    """
    skipped: list[str] = []

    def hear(notice: pg.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING" and not notice.message_hint:
            is_locked = notice.sqlstate == pg.LockNotAvailable.sqlstate
            otherwise = f"the server warns ({notice.sqlstate}), as if it were not permitted"
            skipped.append(LOCKED if is_locked else otherwise)

    conn.add_notice_handler(hear)
    try:
        yield skipped
    finally:
        conn.remove_notice_handler(hear)


@contextmanager
def _cancel_when_throttled(session: Session, context: RunContext) -> Iterator[None]:
    """Cancel what runs inside the block once a throttle is not clear; nobody else would, as PostgreSQL does autovacuum.

    A VACUUM that takes less than the time between two readings costs no connection.
    """
    is_over = threading.Event()

    def watch() -> None:
        if is_over.wait(context.limits.interval):
            return
        with suppress(MinimizeError, psycopg.Error), session.another() as own:
            context.governor.own_activity.add_session(own.conn.info.backend_pid)
            while context.governor.is_clear(own.conn):
                if is_over.wait(context.limits.interval):
                    return
        # Not clear, or nobody can tell any more; in the latter case the worker meets the reason after it.
        with suppress(psycopg.Error):
            session.conn.cancel()

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        is_over.set()
        watching.join()


@dataclass(slots=True)
class Vacuuming:
    """The VACUUMs within one pass over a leaf: one at a time, by whichever worker finds one due."""

    work: LeafWork
    context: RunContext
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

    def run_if_due(self, session: Session) -> bool:
        """Vacuum if enough was purged since the last time, and say whether that was so.

        One that is not done comes again when the next is due, one whose connection is lost at once.
        """
        part = next((part for part in self._since if self._since[part] >= self._due(part)), None)
        if part is None or not self._busy.acquire(blocking=False):
            return False
        try:
            self._run(session, part)
        finally:
            self._busy.release()
        return True

    def _run(self, session: Session, part: _Part) -> None:
        before = dict(self._since)
        if session.conn.info.server_version < PROCESS_MAIN_VERSION:
            part = "all"
        leaf, reporter = self.work.leaf, self.context.reporter
        reporter.record_position("vacuum", str(leaf.name))
        self.context.control.check(is_due=True)
        if why := vacuum(session, leaf, self.context, part=part):
            reporter.report_note(f"no VACUUM of {leaf.name} within the run: {why}; it comes again after the next share")
        with self._lock:
            for each, blocks in before.items():
                if part in ("all", each):
                    self._since[each] -= blocks

    def _room(self, part: _Part) -> float:
        due = self._due(part)
        # What is purged while a VACUUM is under way is for the next one.
        since = 0 if self._busy.locked() else self._since[part]
        # Never next to nothing: other workers may take up what is left before this one is done.
        return min(max((due - since) / self.context.options.jobs, due / 8), self.pages)

    def _due(self, part: _Part) -> float:
        """Return after how many blocks of the leaf a VACUUM is due."""
        share, leaf = self.context.limits.vacuum_share, self.work.leaf
        if not self.context.options.vacuum or share is None:
            return math.inf
        if part == "all":
            return max(MIN_PAGES, share * self.pages)
        rewrites = any(site.location.is_part for site in self.work.table.present)
        if not rewrites or leaf.toast_pages < leaf.pages:
            return math.inf
        return max(MIN_PAGES * leaf.pages / leaf.toast_pages, min(share, TOAST_SHARE) * self.pages)
