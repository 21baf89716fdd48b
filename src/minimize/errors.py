"""The whole exception tree: what failed, and the next action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class MinimizeError(Exception):
    """Anything that stops the tool.

    The message is lower case and says what failed; the hint is one sentence and says what to do next.
    Neither ever holds a value of a row.
    """

    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MinimizeError):
    """The command line asks for something that cannot be."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a policy file, and where."""

    source: str
    line: int | None
    key: str
    what: str
    hint: str

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.key}: {self.what}" if self.key else f"{place}: {self.what}"


class PolicyError(MinimizeError):
    """The policy cannot be read, contradicts itself, or does not fit the database."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.problems = problems

    @classmethod
    def from_problems(cls, problems: tuple[Problem, ...]) -> PolicyError:
        """Join every problem of one file into one error, a line each."""
        return cls("\n".join(map(str, problems)), hint=problems[0].hint, problems=problems)


class RefusedError(MinimizeError):
    """A precondition is not met, so nothing was changed."""

    exit_code = 3


class LockNotAvailableError(RefusedError):
    """A lock was not granted within its budget; the message names who holds it."""


class InterruptedRunError(MinimizeError):
    """The run was asked to stop; what it committed stays, and the next run goes on from there."""

    exit_code = 4


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
