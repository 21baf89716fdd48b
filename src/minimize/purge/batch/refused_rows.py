"""Rows that the server does not let be erased: left and named, and no reason to stop before there are many."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import psycopg

from minimize.catalog.error_translation import describe_error, translate
from minimize.catalog.tables import Leaf
from minimize.errors import RowRefusedError

MAX_REFUSED = 100
"""Rows of one table that may be refused: what refuses more of them refuses them all, as a rule."""

_CLASSES = {"23", "44", "P0"}
"""Violated constraints, WITH CHECK OPTION, RAISE: what constraints and triggers say no by.

A data exception (22) is not among them: it may be a hold's, and what cannot be asked stops the run.
"""

_SHOWN = 5


def is_refusal(error: psycopg.Error) -> bool:
    """Whether a constraint says no to some row, or a trigger by RAISE, with its own SQLSTATE or a class of its own."""
    return (error.sqlstate or "")[:2] in _CLASSES or type(error) is psycopg.DatabaseError


@dataclass(slots=True)
class RefusedRows:
    """The rows of one table that are left so far; any worker may add to them."""

    _left: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, leaf: Leaf, tid: str, refusal: psycopg.Error) -> None:
        """Take it that a row cannot be erased.

        Raises:
            MisfitError: So many cannot that this is no matter of single rows.
        """
        with self._lock:
            rows = self._left.setdefault((str(leaf.name), describe_error(refusal)), [])
            if tid not in rows:
                rows.append(tid)
            if sum(map(len, self._left.values())) > MAX_REFUSED:
                error = translate(refusal, f"erasing {leaf.name}")
                raise RowRefusedError(error.message, hint=error.hint)

    @property
    def notes(self) -> list[str]:
        """A line for each reason in each leaf: what an operator looks up and corrects."""
        return [
            f"{leaf}: {len(rows):,} row(s) refused: {why}; ctid {_listed(rows)}"
            for (leaf, why), rows in self._left.items()
        ]


def _listed(rows: list[str]) -> str:
    return ", ".join(rows[:_SHOWN]) + (", ..." if len(rows) > _SHOWN else "")
