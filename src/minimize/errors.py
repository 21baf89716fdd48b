"""The whole exception tree: what failed, and the next action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import ClassVar, Self


class ExitCode(IntEnum):
    """What the command `minimize` exits with."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    INTERRUPTED = 4
    FAILED = 5

    @property
    def words(self) -> str:
        """The meaning, as `minimize --help` and the README state it."""
        return _EXIT_CODE_WORDS[self]

    @staticmethod
    def worst(codes: Iterable[ExitCode]) -> ExitCode:
        """Return the code of several databases; DONE if there are none.

        Precedence: failure, operator action, rerun, findings, done.
        """
        return min(codes, key=_WORST_FIRST.index, default=ExitCode.DONE)


_EXIT_CODE_WORDS = {
    ExitCode.DONE: "done or clean",
    ExitCode.FINDINGS: "findings: residue, drift, lint",
    ExitCode.USAGE: "usage or policy error",
    ExitCode.REFUSED: "refused, a precondition is not met",
    ExitCode.INTERRUPTED: "interrupted, run again to resume",
    ExitCode.FAILED: "the database could not be reached or failed",
}
_WORST_FIRST = (
    ExitCode.FAILED,
    ExitCode.USAGE,
    ExitCode.REFUSED,
    ExitCode.INTERRUPTED,
    ExitCode.FINDINGS,
    ExitCode.DONE,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and the next action; for a problem with a policy file also where in the file."""

    what: str
    hint: str
    source: str | None = field(default=None, kw_only=True)
    line: int | None = field(default=None, kw_only=True)
    key: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.what) if part)


class MinimizeError(Exception):
    """Anything that stops the tool.

    The message is lower case and says what failed; the hint is one sentence and says what to do next.
    Neither ever holds a value of a row. An error with several problems has a line and a hint for each.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, message: str, *, hint: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems) or (Problem(message, hint),)

    @classmethod
    def from_problems(cls, problems: Sequence[Problem]) -> Self:
        """Join several problems into one error: a line for each, and every hint once."""
        hints = dict.fromkeys(problem.hint for problem in problems)
        return cls("\n".join(map(str, problems)), hint=" ".join(hints), problems=problems)

    def by_hint(self) -> dict[str, list[str]]:
        """Return the lines of the message under the hint that is for them, in order."""
        grouped: dict[str, list[str]] = {}
        for problem in self.problems:
            grouped.setdefault(problem.hint, []).extend(str(problem).splitlines())
        return grouped


class UsageError(MinimizeError):
    """The command line asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class PolicyError(MinimizeError):
    """The policy cannot be read, contradicts itself, or does not fit the database."""

    exit_code = ExitCode.USAGE


class RefusedError(MinimizeError):
    """A precondition is not met, so nothing was changed."""

    exit_code = ExitCode.REFUSED


class LockNotAvailableError(RefusedError):
    """A lock was not granted within its budget; the message names who holds it."""


class InterruptedRunError(MinimizeError):
    """The run was asked to stop; what it committed stays, and the next run goes on from there."""

    exit_code = ExitCode.INTERRUPTED


class DatabaseError(MinimizeError):
    """The database could not be reached, or failed."""


class RowRefusedError(DatabaseError):
    """A constraint or a trigger of a table refuses what was written to it."""


class MissingPrivilegeError(DatabaseError):
    """The role may not do what this step needs."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Where a write was refused: the names the server sent with SQLSTATE MZ001."""

    schema: str | None
    table: str | None
    column: str | None


class RetiredFieldError(MinimizeError):
    """A write carried a retired field and was refused, by the database (SQLSTATE MZ001) or before it was sent.

    `field` is the retired field's id, `location` is written as in the policy, `authority` is the citations of what
    retires it. They are None where the refusal reached us through a connection that knows no policy.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        rejection: Rejection,
        field: str | None = None,
        location: str | None = None,
        authority: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.rejection = rejection
        self.field = field
        self.location = location
        self.authority = authority
