"""The report of a command on one database or several: one document or text, every error, one exit code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import click

from minimize.catalog.estate.results import DatabaseResult, EstateResult
from minimize.cli.global_options import GlobalOptions
from minimize.cli.output.documents import print_json
from minimize.cli.output.stderr import print_error
from minimize.cli.output.streams import outlasting_report
from minimize.errors import ExitCode, MinimizeError

T = TypeVar("T")

_WORDS = {
    ExitCode.DONE: "done",
    ExitCode.FINDINGS: "findings",
    ExitCode.USAGE: "policy error",
    ExitCode.REFUSED: "refused",
    ExitCode.INTERRUPTED: "interrupted",
    ExitCode.FAILED: "failed",
}


def _print_each(print_one: Callable[[T], None]) -> Callable[[Sequence[tuple[str, T]]], None]:
    def print_several(results: Sequence[tuple[str, T]]) -> None:
        for name, result in results:
            click.echo(f"database {name}:")
            print_one(result)
            click.echo()

    return print_several


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Generic[T]):
    """How a command shows its results."""

    document: Callable[[T], dict[str, object]]
    """Returns the JSON document of one database."""
    print_one: Callable[[T], None]
    """Prints the text of one database."""
    print_several: Callable[[Sequence[tuple[str, T]]], None] | None = None
    """Prints the text of several databases; without it, the text of each is printed under its id."""
    words: Mapping[ExitCode, str] = field(default_factory=dict)
    """How the last line says that a database ended with a code, where it is not the usual word."""
    error_of: Callable[[T], MinimizeError | None] = lambda _: None
    """Returns what a result holds that is printed as an error."""
    is_work: bool = False
    """Whether the command has changed something: then a report that is lost is not an error."""

    def show(self, options: GlobalOptions, estate: EstateResult[T]) -> ExitCode:
        """Print the results, then every error; return the exit code of the command.

        The document of a single database has no `databases`; where its work ended with an error there is none.

        Raises:
            ReportLostError: Standard output cannot be written, and the command only reports.
        """
        with outlasting_report() if self.is_work else nullcontext():
            if options.is_json:
                self._print_document(estate)
            else:
                self._print_text(estate)
        print_errors(options, estate, self.error_of)
        return estate.exit_code

    def _print_document(self, estate: EstateResult[T]) -> None:
        if not estate.is_single:
            entries = [self._entry(each) for each in estate.databases]
            print_json({"databases": entries, "seconds": round(estate.seconds, 3)})
            return
        (only,) = estate.databases
        if only.result:
            print_json(self.document(only.result))

    def _entry(self, each: DatabaseResult[T]) -> dict[str, object]:
        return {
            "database": each.target.id,
            "server": each.target.server,
            "exit_code": each.exit_code,
            "error": each.error and {"message": each.error.message, "hint": each.error.hint},
            **(self.document(each.result) if each.result else {}),
        }

    def _print_text(self, estate: EstateResult[T]) -> None:
        results = [(str(each.target.id), each.result) for each in estate.databases if each.result]
        if estate.is_single:
            for _, result in results:
                self.print_one(result)
            return
        (self.print_several or _print_each(self.print_one))(results)
        words = {**_WORDS, **self.words}
        ended = ", ".join(f"{each.target.id} {words[each.exit_code]}" for each in estate.databases)
        click.echo(f"{len(estate.databases)} database(s): {ended}; {estate.seconds:.1f} s")


def print_errors(
    options: GlobalOptions,
    estate: EstateResult[T],
    error_of: Callable[[T], MinimizeError | None] = lambda _: None,
) -> None:
    """Print the error of each database, with the id of the database if it is one of the policy.

    Args:
        options: The global options.
        estate: The results.
        error_of: Returns what a result holds that is printed as an error.
    """
    for each in estate.databases:
        error = each.error or (each.result and error_of(each.result))
        if error:
            prefix = "" if estate.is_single else f"{each.target.id}: "
            print_error(error, prefix, with_traceback=options.verbose > 1)
