"""The leaves of one table during its purge: which were attached, detached or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.catalog.tables import Leaf, read_tables
from minimize.errors import DatabaseError, LockNotAvailableError
from minimize.purge.connection.control import Control
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.attached_partitions import check_attached
from minimize.purge.progress.reporter import Reporter

_EXISTING = "SELECT oid, oid::regclass::text FROM pg_class WHERE oid = ANY (%s)"
_DETACHED = "was detached meanwhile and may still carry values: name it in the policy and run it again, or drop it"
_ATTACHED = "was attached meanwhile, after the last count, and may still carry values: run it again"


@dataclass(slots=True, kw_only=True)
class Partitions:
    """The leaves to purge; afterwards, `notes` and `not_checked` name the others."""

    survey: Survey
    table: SurveyedTable
    """As of the last refresh."""
    options: PurgeOptions
    control: Control
    reporter: Reporter
    notes: list[str] = field(default_factory=list)
    not_checked: dict[str, str] = field(default_factory=dict)
    """Tables that were part of it and still exist, and why they were not checked."""
    _known: dict[int, Leaf] = field(default_factory=dict, init=False)
    """Every leaf since the beginning, by oid."""
    _in_last_pass: set[int] = field(default_factory=set, init=False)

    @property
    def conn(self) -> Connection:
        """The current connection."""
        return self.control.conn

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves as of the last refresh."""
        return self.table.facts.heaps if self.table.facts else ()

    def has(self, leaf: Leaf) -> bool:
        """Whether a leaf was part of the table at the last refresh."""
        return leaf.oid in {now.oid for now in self.leaves}

    @property
    def missed_by_last_pass(self) -> tuple[Leaf, ...]:
        """The leaves that the last pass did not purge, or that were detached since it began."""
        return tuple(leaf for leaf in self.leaves if leaf.oid not in self._in_last_pass)

    def start_pass(self) -> tuple[Leaf, ...]:
        """Refresh, and return the leaves for the next pass."""
        self.refresh()
        self._in_last_pass = {leaf.oid for leaf in self.leaves}
        return self.leaves

    def refresh(self) -> None:
        """Read which partitions were attached, detached or dropped since the last refresh.

        What is attached afterwards is not part of the current pass, and is checked here before its first row is erased.

        Raises:
            RefusedError: The preflight refuses what was attached; none of its rows was touched.
            MissingPrivilegeError: The role does not own what was attached.
        """
        self._known |= {leaf.oid: leaf for leaf in self.leaves}
        with translate_errors(f"reading the partitions of {self.table.name}"):
            facts = read_tables(self.conn, [self.table.name]).get(self.table.name)
        if facts:
            side_effects = check_attached(self.conn, self.survey, self.table, facts, self.options)
            self.notes += side_effects.notes
        self.table = replace(self.table, facts=facts)
        self._in_last_pass &= {leaf.oid for leaf in self.leaves}
        self._note_removed({oid: leaf for oid, leaf in self._known.items() if not self.has(leaf)})

    @contextmanager
    def unless_detached(self, leaf: Leaf) -> Iterator[None]:
        """Ignore an error of the block if the leaf is no longer part of the table; a note is added instead."""
        try:
            yield
        except (DatabaseError, LockNotAvailableError):
            if self.control.lock_session.is_lost:
                raise
            # The same lock may block this refresh too; the first error already names its holder.
            with suppress(LockNotAvailableError):
                self.control.retry_on_loss(self.refresh)
            if self.has(leaf):
                raise

    def report_missed(self) -> None:
        """Report the leaves that the last pass did not purge as not checked."""
        self.not_checked |= {str(leaf.name): _ATTACHED for leaf in self.missed_by_last_pass}

    def _note_removed(self, removed: Mapping[int, Leaf]) -> None:
        """Note dropped partitions, whose values are gone, and report detached ones as not checked."""
        with translate_errors(f"looking for what was detached from {self.table.name}"):
            rows = self.conn.execute(_EXISTING, [list(removed)]).fetchall()
        existing = {oid: str(name) for oid, name in rows}
        self.notes += (f"{leaf.name} was dropped meanwhile" for oid, leaf in removed.items() if oid not in existing)
        for name in existing.values():
            if name not in self.not_checked:
                self.reporter.report_note(f"{name} {_DETACHED}")
        self.not_checked = dict.fromkeys(existing.values(), _DETACHED)
