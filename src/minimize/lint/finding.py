"""What the linter reports, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file; both count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule applies, before it is known whether a comment ignores it."""

    position: Position
    subject: str
    """What stands there, such as `column core.applicant.pob`."""

    field: str = ""
    """Id of the retired field, where one is meant."""

    last_line: int | None = None
    """Where the hit is inside a longer literal: the last line of it, which takes an ignore as well."""


@dataclass(frozen=True, slots=True, order=True)
class LintFinding:
    """One line of a report; ordered by place."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.rule} {self.message}"
