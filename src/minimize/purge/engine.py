"""The purge: batch after batch, each with its checkpoint in one transaction, until nothing is left to erase."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import ROLES_PATH, Connection, translated
from minimize.catalog.rows import RowCounts, count_rows
from minimize.catalog.survey import Presence, Survey, SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.catalog.triggers import fires_triggers
from minimize.errors import DatabaseError
from minimize.plan.proof import add_proofs, table_literal, validate_proofs
from minimize.policy import TableName
from minimize.purge.batch import erase_range
from minimize.purge.checkpoint import Cursor, Run, advance, begin_run, erased_so_far, finish_run, open_cursor
from minimize.purge.outcome import STRATEGY, LocationOutcome, Progress, PurgeOptions, PurgeResult
from minimize.purge.pace import Pace
from minimize.purge.preflight import Preflight, preflight
from minimize.purge.stop import StopRequest
from minimize.sql import lock_tables

MAX_PASSES = 10
"""A sweep that still finds rows after this many passes is not racing writers any more; it reports what is left."""

MAX_CONFLICTS = 6
"""A block that another session undoes so many times in a row is left to the next pass."""

_CONFLICTS = (pg.DeadlockDetected, pg.SerializationFailure)
"""Rows locked in another order, and a row that moved to another partition: PostgreSQL undoes the batch."""


class Purge:
    """One process's part in a run: create it, then call `run` once."""

    def __init__(
        self,
        conn: Connection,
        survey: Survey,
        options: PurgeOptions | None = None,
        *,
        stop: StopRequest | None = None,
        on_progress: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        self.conn = conn
        self.survey = survey
        self.options = options or PurgeOptions()
        self.stop = stop or StopRequest()
        self.on_progress = on_progress
        self._erased = 0
        self._notes: list[str] = []
        # Where triggers of others fire, they may rely on the role's own path; elsewhere a predicate has the guard's.
        self._firing: set[TableName] = set()

    def run(self) -> PurgeResult:
        """Erase every location of the policy; go on where an earlier process stopped.

        Each batch is one transaction of about `target_seconds` that erases, counts and moves the cursor, so a
        process killed at any instant loses nothing and counts nothing twice. Passes go on until a count of the
        whole table finds nothing left to erase.

        Raises:
            PolicyError: The policy does not fit this database.
            RefusedError: A precondition is not met; nothing was changed.
            InterruptedRunError: It was asked to stop; the next run goes on from there.
            DatabaseError: The server failed; the next run goes on from there.
        """
        began = time.monotonic()
        found = preflight(self.conn, self.survey, self.options.triggers)
        run = begin_run(self.conn, self.survey.policy, {"triggers": self.options.triggers})
        self._note_fired(found)
        counts: dict[str, RowCounts] = {}
        for table in self.survey.tables:
            if table.present:
                if self.options.triggers != "suppress" and fires_triggers(self.conn, table):
                    self._firing.add(table.name)
                counts |= self._purge_table(run, table)
        with translated("closing the run"):
            erased = erased_so_far(self.conn, run)
            finish_run(self.conn, run)
        outcomes = tuple(self._outcomes(erased, counts))
        return PurgeResult(run.run_id, time.monotonic() - began, outcomes, tuple(self._notes))

    def _purge_table(self, run: Run, table: SurveyedTable) -> dict[str, RowCounts]:
        counts: dict[str, RowCounts] = {}
        for run_pass in range(1, MAX_PASSES + 1):
            for leaf in _leaves(table):
                self._purge_leaf(run, table, leaf, run_pass)
            counts = self._count(table, run_pass)
            if not any(count.to_erase for count in counts.values()):
                break
        self._vacuum(table)
        self._prove(table, counts)
        return counts

    def _purge_leaf(self, run: Run, table: SurveyedTable, leaf: Leaf, run_pass: int) -> None:
        pace = Pace(self.options.target_seconds)
        with translated(f"opening the cursor of {leaf.name}"):
            cursor = open_cursor(self.conn, run, leaf, run_pass)
        if cursor.run_pass > run_pass:
            return
        block = cursor.next_block
        while block < cursor.end_block:
            self.stop.check()
            began = time.monotonic()
            last = min(block + pace.blocks, cursor.end_block)
            self._erased += self._erase(run, table, leaf, cursor, range(block, last))
            pace.learn(time.monotonic() - began)
            block = last
            self._tell("erase", str(leaf.name), run_pass, block, cursor.end_block)

    def _erase(self, run: Run, table: SurveyedTable, leaf: Leaf, cursor: Cursor, blocks: range) -> int:
        """Erase some blocks; where another session makes PostgreSQL undo the batch, in halves, down to one block.

        A block that fails `MAX_CONFLICTS` times is left to the next pass.
        """
        for attempt in range(MAX_CONFLICTS):
            try:
                return self._try_to_erase(run, table, leaf, cursor, blocks)
            except _CONFLICTS:
                self.stop.check()
                # Apart from chance, whoever was in the way is still there at once.
                time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter, not a secret
            except pg.LockNotAvailable:
                raise DatabaseError(
                    f"erasing {leaf.name}: another session held a lock for more than {self.options.lock_timeout}",
                    hint="End or wait for that session, then run the same command again: it goes on where it was.",
                ) from None
            if len(blocks) > 1:
                middle = len(blocks) // 2
                return sum(self._erase(run, table, leaf, cursor, half) for half in (blocks[:middle], blocks[middle:]))
        with translated(f"leaving a block of {leaf.name} to the next pass"):
            advance(self.conn, run, cursor, blocks.stop, {})
        return 0

    def _try_to_erase(self, run: Run, table: SurveyedTable, leaf: Leaf, cursor: Cursor, blocks: range) -> int:
        """Erase some blocks and move the cursor past them, in one transaction; return the number of values."""
        passing = (*_CONFLICTS, pg.LockNotAvailable)
        with translated(f"erasing {leaf.name}", passing=passing), self.conn.transaction():
            # SET LOCAL, since behind a connection pooler a session's settings are not its own.
            self.conn.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(self.options.lock_timeout)))
            self.conn.execute("SET LOCAL row_security = off")
            self.conn.execute(ROLES_PATH if table.name in self._firing else "SET LOCAL search_path = pg_catalog")
            if self.options.triggers == "suppress":
                # minimize: ignore[MZL006] the purge's own batches; the guard is ENABLE ALWAYS
                self.conn.execute("SET LOCAL session_replication_role = replica")
            values = self.conn.execute(erase_range(table, leaf, blocks.start, blocks.stop)).fetchone() or ()
            names = (site.name for site in table.present)
            erased = {name: int(str(value)) for name, value in zip(names, values, strict=True)}
            advance(self.conn, run, cursor, blocks.stop, erased)
        return sum(erased.values())

    def _count(self, table: SurveyedTable, run_pass: int) -> dict[str, RowCounts]:
        self._tell("count", str(table.name), run_pass)
        with self.stop.cancelling(self.conn):
            check = count_rows(self.conn, table)
        for name, why in check.not_checked.items():
            raise DatabaseError(f"{name} cannot be counted: {why}", hint="Grant what is missing, then run it again.")
        return check.counts

    def _vacuum(self, table: SurveyedTable) -> None:
        """Make the space of erased versions reusable, and the statistics forget the most common values."""
        for leaf in _leaves(table) if self.options.vacuum else ():
            self._tell("vacuum", str(leaf.name))
            # SKIP_LOCKED and no truncation: it neither waits for a lock nor takes an exclusive one.
            statement = sql.SQL("VACUUM (ANALYZE, SKIP_LOCKED, TRUNCATE off) {}").format(
                sql.Identifier(leaf.name.schema, leaf.name.table)
            )
            with self.stop.cancelling(self.conn), translated(f"vacuuming {leaf.name}"):
                self.conn.execute(statement)

    def _prove(self, table: SurveyedTable, counts: dict[str, RowCounts]) -> None:
        """Leave a validated CHECK behind for every site of the table against which no row stands."""
        # Under `warn` a value may still be written, and a CHECK would refuse it.
        sites = [site for site in table.present if site.field.on_write != "warn"]
        for site in sites:
            staying = counts[site.name].to_erase + counts[site.name].held
            if staying:
                self._notes.append(f"{site.name}: no proof constraint while {staying:,} held or unerased values stay")
        if not sites:
            return
        self._tell("prove", str(table.name))
        lock = lock_tables([table_literal(sites[0].location)])
        with self.stop.cancelling(self.conn), translated(f"proving {table.name}"):
            self.conn.execute(add_proofs(sites, lock))
            self.conn.execute(validate_proofs(sites))

    def _note_fired(self, found: Preflight) -> None:
        if self.options.triggers == "fire":
            for trigger in found.copying_triggers:
                self._notes.append(
                    f"trigger {trigger.name} on {trigger.relation} fired and may have copied what was erased: "
                    "purge what it wrote as well"
                )

    def _tell(self, phase: str, place: str, run_pass: int = 1, done: int = 0, total: int = 0) -> None:
        self.on_progress(Progress(phase, place, run_pass, done, total, self._erased))

    def _outcomes(self, erased: dict[str, int], counts: dict[str, RowCounts]) -> Iterator[LocationOutcome]:
        for _, site in self.survey.sites():
            rows = counts.get(site.name, RowCounts())
            strategy = STRATEGY if site.presence is Presence.PRESENT else "none"
            yield LocationOutcome(
                site.field.id,
                site.name,
                strategy,
                erased.get(site.name, 0),
                rows.exempt,
                rows.held,
                rows.to_erase,
            )


def _leaves(table: SurveyedTable) -> tuple[Leaf, ...]:
    """Return the relations with heap storage of their own; a foreign partition is its own server's."""
    return tuple(leaf for leaf in table.facts.leaves if leaf.kind == "r") if table.facts else ()
