"""The whole exception tree: what failed, and the next action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar, Self

from minimize.diagnostics import Diagnostics, read_diagnostics, unwrap


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
    ExitCode.FAILED: "database unreachable or failed, or missing privilege",
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

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
        """Pickle every attribute, so that a worker process can return the error.

        The constructor is not called again: pickle passes positional arguments only, and those of a subclass differ.
        """
        return _new_error, (type(self), self.args), vars(self).copy()

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


def _new_error(kind: type[MinimizeError], arguments: tuple[Any, ...]) -> MinimizeError:
    """Return an error without attributes; pickle sets them afterwards."""
    return kind.__new__(kind, *arguments)


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


class RetiredFieldError(MinimizeError):
    """A write carried a retired field and was refused, by the database or before it was sent.

    `field` is the id of the retired field, `location` is written as in the policy, `schema`, `table` and `column` name
    the column, and `authority` is the citations of what retires the field. An attribute is None where it is not known:
    `authority` without a policy, `column` where a whole table is retired, and `field` and `location` where the DDL
    watch of an earlier release refused a column.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        field: str | None = None,
        location: str | None = None,
        schema: str | None = None,
        table: str | None = None,
        column: str | None = None,
        authority: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.field = field
        self.location = location
        self.schema = schema
        self.table = table
        self.column = column
        self.authority = authority

    @classmethod
    def from_exception(cls, error: BaseException) -> Self | None:
        """Return the refusal of a retired field in any exception, or None if the exception is about something else.

        An exception that is or wraps a RetiredFieldError gives that one. Otherwise this reads the fields that the
        server sent, never its message. It knows the errors of psycopg 3, psycopg2, asyncpg and pg8000, and the
        exceptions of SQLAlchemy, Django and others that wrap them.
        """
        for each in unwrap(error):
            if isinstance(each, cls):
                return each
        found = read_diagnostics(error)
        return None if found is None else cls.from_diagnostics(found)

    @classmethod
    def from_diagnostics(cls, found: Diagnostics) -> Self | None:
        """Return the refusal that a server error is, or None if it is another error."""
        if not found.is_refusal:
            return None
        return cls(
            found.message or "a retired field was written",
            hint=found.hint or "Leave the field out of the statement.",
            field=found.field,
            location=found.location,
            schema=found.schema,
            table=found.table,
            column=found.column,
        )
