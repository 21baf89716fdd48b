"""What became of each database of a call, and of all of them together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from minimize.catalog.error_translation import translate_errors
from minimize.catalog.estate.targets import Target
from minimize.errors import ExitCode, MinimizeError, Problem, UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseResult(Generic[T]):
    """What became of one database: a result, or the error that ended the work on it."""

    target: Target
    seconds: float
    exit_code: ExitCode
    result: T | None = None
    error: MinimizeError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateResult(Generic[T]):
    """What became of every database, in the order of the policy; of one database too, as an estate of one."""

    databases: tuple[DatabaseResult[T], ...]
    seconds: float

    @property
    def exit_code(self) -> ExitCode:
        """The code of the command line: the worst of all databases."""
        return ExitCode.worst(each.exit_code for each in self.databases)

    @property
    def is_single(self) -> bool:
        """Whether this is the one database of a URL, a connection or libpq's variables, not one of the policy."""
        return [each.target.id for each in self.databases] == [None]

    @property
    def result(self) -> T:
        """The result of the only database.

        Raises:
            UsageError: There are several databases.
            MinimizeError: The error that ended the work on it.
        """
        if len(self.databases) != 1:
            ids = ", ".join(str(each.target.id) for each in self.databases)
            raise UsageError(
                f"there is a result for each of several databases: {ids}", hint="Read `databases` instead of `result`."
            )
        (only,) = self.databases
        if only.result is None:
            raise only.error or AssertionError("neither a result nor an error")
        return only.result

    def raise_errors(self) -> None:
        """Raise the error of a database, if there is one.

        Of several errors the one with the worst exit code decides the class; all of them are in the message, each
        with the id of its database.

        Raises:
            MinimizeError: The work on a database ended with an error.
        """
        errors = [(each.target.id, each.error) for each in self.databases if each.error]
        if not errors:
            return
        worst = ExitCode.worst(error.exit_code for _, error in errors)
        first = next(error for _, error in errors if error.exit_code is worst)
        if self.is_single:
            raise first
        problems = [Problem(f"{name}: {p}", p.hint) for name, error in errors for p in error.problems]
        raise _class_of(first).from_problems(problems) from first


def _class_of(error: MinimizeError) -> type[MinimizeError]:
    """Return the class of an error, or the nearest one above it that can be made from problems alone."""
    kind = type(error)
    while "__init__" in vars(kind) and kind.__base__ is not None and issubclass(kind.__base__, MinimizeError):
        kind = kind.__base__
    return kind


def visit_database(
    target: Target, act: Callable[[Target], T], judge: Callable[[T], ExitCode] = lambda _: ExitCode.DONE
) -> DatabaseResult[T]:
    """Do something with one database, and return what became of it.

    Args:
        target: The database.
        act: Does the work. An error of ours or of the database goes into the result; any other is a defect and raised.
        judge: Returns the exit code that a result stands for.
    """
    began = time.monotonic()
    try:
        with translate_errors(f"working on database {target.id}" if target.id else "working on the database"):
            result = act(target)
    except MinimizeError as error:
        return DatabaseResult(target=target, seconds=time.monotonic() - began, exit_code=error.exit_code, error=error)
    return DatabaseResult(target=target, seconds=time.monotonic() - began, exit_code=judge(result), result=result)


def visit_databases(
    targets: Sequence[Target],
    act: Callable[[Target], T],
    judge: Callable[[T], ExitCode] = lambda _: ExitCode.DONE,
    *,
    check: bool,
) -> EstateResult[T]:
    """Do something with every database, one after the other; see `visit_database`.

    Args:
        check: Raise the error of a database, once all of them have been visited.

    Raises:
        MinimizeError: The work on a database ended with an error, and `check` is set.
    """
    began = time.monotonic()
    databases = tuple(visit_database(target, act, judge) for target in targets)
    result = EstateResult(databases=databases, seconds=time.monotonic() - began)
    if check:
        result.raise_errors()
    return result
