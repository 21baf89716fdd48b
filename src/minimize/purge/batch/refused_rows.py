"""Rows that a constraint or a trigger refuses to change: they are left and reported, and the purge continues.

If a batch is refused, it is halved until the refused row is alone.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import psycopg

from minimize.catalog.error_translation import describe_error, translate
from minimize.catalog.tables import Leaf
from minimize.errors import RetiredFieldError, RowRefusedError
from minimize.purge.tuning import DEFAULT_TUNING

_CLASSES = {"23", "44", "P0"}
"""SQLSTATE classes of a refusal: violated constraint, WITH CHECK OPTION, RAISE.

Class 22 (data exception) is not among them. It may come from the condition of a hold, and a hold that cannot be
evaluated must stop the run.
"""

_SHOWN = 5

_BY_GUARD = (
    "A trigger or a rule writes the value to that location: drop or disable it, or purge with triggers=suppress."
)


def is_refusal(error: psycopg.Error) -> bool:
    """Whether a constraint or a trigger has refused a row; a trigger may raise an SQLSTATE of its own."""
    return (error.sqlstate or "")[:2] in _CLASSES or type(error) is psycopg.DatabaseError


@dataclass(slots=True)
class RefusedRows:
    """The refused rows of one table. Thread-safe."""

    max_rows: int = DEFAULT_TUNING.max_refused_rows
    _rows: dict[tuple[str, str], list[str]] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def add(self, leaf: Leaf, tid: str, refusal: psycopg.Error) -> None:
        """Record a refused row.

        Raises:
            RowRefusedError: More than `max_rows` rows of the table are refused.
        """
        with self._lock:
            rows = self._rows.setdefault((str(leaf.name), describe_error(refusal)), [])
            if tid not in rows:
                rows.append(tid)
            if sum(map(len, self._rows.values())) > self.max_rows:
                error = translate(refusal, f"erasing {leaf.name}")
                if isinstance(error, RetiredFieldError):
                    raise RowRefusedError(f"erasing {leaf.name}: refused by {describe_error(refusal)}", hint=_BY_GUARD)
                raise RowRefusedError(error.message, hint=error.hint)

    @property
    def notes(self) -> list[str]:
        """One line per leaf and reason, with the ctid of the first rows, so that an operator can correct them."""
        return [
            f"{leaf}: {len(rows):,} row(s) refused: {reason}; ctid {_first_of(rows)}"
            for (leaf, reason), rows in self._rows.items()
        ]


def _first_of(rows: list[str]) -> str:
    return ", ".join(rows[:_SHOWN]) + (", ..." if len(rows) > _SHOWN else "")
