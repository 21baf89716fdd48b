"""A finding of the linter and its position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Position(NamedTuple):
    """A line and a column of a file; both count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One match of a rule; it becomes a finding unless a comment ignores it."""

    position: Position
    subject: str
    """What was found, such as `column core.applicant.pob`."""

    field: str = ""
    """Id of the retired field, if the rule names one."""

    last_line: int | None = None
    """Last line of the literal that contains the hit; an ignore comment on that line covers the hit too."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class LintFinding:
    """One line of a report; findings sort by position."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.rule} {self.message}"
