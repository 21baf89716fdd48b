"""The leaves of one table while it is purged: which came and which went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.catalog.tables import Leaf, read_tables
from minimize.purge.batch.context import RunContext
from minimize.purge.preflight.preconditions import preflight_attached

_EXISTING = "SELECT oid, oid::regclass::text FROM pg_class WHERE oid = ANY (%s)"
_DETACHED = "was detached meanwhile and may still carry values: name it in the policy and run it again, or drop it"
_ATTACHED = "was attached meanwhile, after the last count, and may still carry values: run it again"


@dataclass(slots=True)
class Partitions:
    """What there is to purge of a table; `notes` and `not_checked` say afterwards what became of the rest."""

    survey: Survey
    table: SurveyedTable
    """As of the last look."""
    context: RunContext
    notes: list[str] = field(default_factory=list)
    not_checked: dict[str, str] = field(default_factory=dict)
    """Tables that were part of it and still exist, and why nothing is claimed of them."""
    _seen: dict[int, Leaf] = field(default_factory=dict)
    _swept: set[int] = field(default_factory=set)

    @property
    def conn(self) -> Connection:
        """The present connection: another one after the first was lost."""
        return self.context.control.lock_session.conn

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves as of the last look."""
        return self.table.facts.heaps if self.table.facts else ()

    def has(self, leaf: Leaf) -> bool:
        """Whether a leaf is one of them as of the last look."""
        return leaf.oid in {now.oid for now in self.leaves}

    @property
    def unswept(self) -> tuple[Leaf, ...]:
        """The leaves that were no part of the last pass, or not all the time since it began."""
        return tuple(leaf for leaf in self.leaves if leaf.oid not in self._swept)

    def begin_pass(self) -> tuple[Leaf, ...]:
        """Look, and return the leaves for a pass to go over."""
        self.refresh()
        self._swept = {leaf.oid for leaf in self.leaves}
        return self.leaves

    def refresh(self) -> None:
        """Take in partitions that were attached, detached or dropped since the last look.

        What is attached after it is no part of a pass that has begun: the next look comes before its first row.

        Raises:
            RefusedError: The preflight would have refused what was attached; none of its rows was touched.
            MissingPrivilegeError: What was attached is not the role's own.
        """
        self._seen |= {leaf.oid: leaf for leaf in self.leaves}
        with translate_errors(f"reading the partitions of {self.table.name}"):
            facts = read_tables(self.conn, [self.table.name]).get(self.table.name)
        if facts:
            found = preflight_attached(self.conn, self.survey, self.table, facts, self.context.options)
            self.notes += found.notes
        self.table = replace(self.table, facts=facts)
        self._swept &= {leaf.oid for leaf in self.leaves}
        self._note_gone({oid: leaf for oid, leaf in self._seen.items() if not self.has(leaf)})

    def mark_unswept(self) -> None:
        """Claim nothing of the leaves that no pass has gone over."""
        self.not_checked |= {str(leaf.name): _ATTACHED for leaf in self.unswept}

    def _note_gone(self, gone: Mapping[int, Leaf]) -> None:
        """Tell a partition that was dropped, and is gone with its values, from one that only left the table."""
        with translate_errors(f"looking for what was detached from {self.table.name}"):
            rows = self.conn.execute(_EXISTING, [list(gone)]).fetchall()
        existing = {oid: str(name) for oid, name in rows}
        self.notes += (f"{leaf.name} was dropped meanwhile" for oid, leaf in gone.items() if oid not in existing)
        for name in existing.values():
            if name not in self.not_checked:
                self.context.reporter.report_note(f"{name} {_DETACHED}")
        self.not_checked = dict.fromkeys(existing.values(), _DETACHED)
