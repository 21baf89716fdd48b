"""`minimize purge` over the databases that the policy names: one report, one exit code."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from minimize.cli.output.stderr import ignoring_closed_stderr, print_error
from minimize.cli.output.streams import outlasting_report
from minimize.cli.output.text_table import print_table, reading
from minimize.cli.purge.database import both_given
from minimize.cli.purge.progress import estate_progress, keeping
from minimize.cli.purge.report import forecast_document, forecast_remarks, print_not_checked, result_document
from minimize.cli.purge.surveyed import surveyed
from minimize.cli.purge.warning import warn, warn_unguarded
from minimize.cli.settings import Settings, print_json
from minimize.errors import ExitCode, MinimizeError
from minimize.policy import Policy
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.estate.databases import DatabaseResult, for_each_database
from minimize.purge.estate.targets import Target, find_targets
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.dry_run import PurgePreview, preview_purge
from minimize.purge.progress.metrics_file import MetricsSource
from minimize.purge.result import PurgeResult
from minimize.purge.run.engine import Purge

T = TypeVar("T", bound=PurgeResult | PurgePreview)

_WORDS = {
    ExitCode.DONE: "done",
    ExitCode.FINDINGS: "values left or not checked",
    ExitCode.USAGE: "policy error",
    ExitCode.REFUSED: "refused",
    ExitCode.INTERRUPTED: "interrupted",
    ExitCode.FAILED: "failed",
}


def is_estate(settings: Settings, databases: Sequence[str]) -> bool:
    """Return whether the policy's databases are meant, rather than the one of the URL or of libpq's variables.

    Raises:
        UsageError: Both are.
        PolicyError: The policy cannot be read.
    """
    if settings.database_url is None:
        return bool(databases or settings.load_policy().databases)
    if databases:
        raise both_given()
    if others := settings.load_policy().databases:
        ids = ", ".join(database.id for database in others)
        warn(f"a database URL is given, so the policy's own databases are left alone: {ids}")
    return False


def purge_estate(
    settings: Settings,
    databases: Sequence[str],
    options: PurgeOptions,
    stop: StopRequest,
    *,
    dry_run: bool,
    metrics: Path | None,
) -> int:
    """Purge the databases with these ids, or all, or count what that would erase; print it and return the exit code.

    Raises:
        UsageError: The policy has no database with such an id, or the metrics cannot be written.
        PolicyError: The policy cannot be read, or does not lead to a database.
    """
    policy = settings.load_policy()
    targets = find_targets(policy, settings.policy_path, databases, os.environ)
    began = time.monotonic()
    if dry_run:
        forecasts = _forecast(policy, targets, options, stop)
        return _report(settings, forecasts, forecast_document, _print_forecasts, time.monotonic() - began)
    results = _purge(settings, policy, targets, options, stop, metrics)
    return _report(settings, results, result_document, _print_results, time.monotonic() - began)


def _purge(
    settings: Settings,
    policy: Policy,
    targets: Sequence[Target],
    options: PurgeOptions,
    stop: StopRequest,
    metrics: Path | None,
) -> tuple[DatabaseResult[PurgeResult], ...]:
    subjects = {target.id: MetricsSource(target.id) for target in targets}
    with estate_progress(as_json=settings.is_json) as on_progress_of, keeping(metrics, subjects.values()):

        def act(target: Target, stop: StopRequest) -> PurgeResult:
            with subjects[target.id] as subject, surveyed(target.connected(), policy, stop) as (conn, found):
                warn_unguarded(conn, found, target.id)
                at_work = Purge(conn, found, options, stop=stop, on_progress=on_progress_of(target.id))
                subject.snapshot = at_work.snapshot
                return at_work.run()

        return for_each_database(targets, act, stop)


def _forecast(
    policy: Policy, targets: Sequence[Target], options: PurgeOptions, stop: StopRequest
) -> tuple[DatabaseResult[PurgePreview], ...]:
    with reading() as tell_table:

        def act(target: Target, stop: StopRequest) -> PurgePreview:
            with surveyed(target.connected(), policy, stop) as (conn, found):
                return preview_purge(conn, found, options, stop=stop, on_table=tell_table)

        return for_each_database(targets, act, stop)


def _report(
    settings: Settings,
    results: Sequence[DatabaseResult[T]],
    document_of: Callable[[T], dict[str, object]],
    print_all: Callable[[Sequence[tuple[Target, T]]], None],
    seconds: float,
) -> int:
    """Print everything that came out, and every error; return the exit code."""
    codes = {each.target.id: _exit_code(each) for each in results}
    with outlasting_report():
        _print_report(settings, results, codes, document_of, print_all, seconds)
    for each in results:
        if error := _error_of(each):
            _print_error(each.target, error, is_traced=settings.verbose > 1)
    return ExitCode.worst(codes.values())


def _print_report(
    settings: Settings,
    results: Sequence[DatabaseResult[T]],
    codes: dict[str, ExitCode],
    document_of: Callable[[T], dict[str, object]],
    print_all: Callable[[Sequence[tuple[Target, T]]], None],
    seconds: float,
) -> None:
    if settings.is_json:
        entries = [{**_heading(each, codes), **(document_of(each.result) if each.result else {})} for each in results]
        print_json({"databases": entries, "seconds": round(seconds, 3)})
    else:
        print_all([(each.target, each.result) for each in results if each.result])
        ended = ", ".join(f"{each.target.id} {_word(each)}" for each in results)
        click.echo(f"{len(results)} database(s): {ended}; {seconds:.1f} s")


def _heading(each: DatabaseResult[T], codes: dict[str, ExitCode]) -> dict[str, object]:
    return {
        "database": each.target.id,
        "server": each.target.server,
        "exit_code": codes[each.target.id],
        "error": each.error and {"message": each.error.message, "hint": each.error.hint},
    }


def _error_of(each: DatabaseResult[T]) -> MinimizeError | None:
    """Return what ended the visit, or what would stop the purge that was forecast."""
    return each.result.refusal if isinstance(each.result, PurgePreview) else each.error


def _exit_code(each: DatabaseResult[T]) -> ExitCode:
    if error := _error_of(each):
        return error.exit_code
    if isinstance(each.result, PurgePreview):
        return ExitCode.FINDINGS if each.result.not_checked else ExitCode.DONE
    assert each.result is not None
    return ExitCode.DONE if each.result.is_complete else ExitCode.FINDINGS


def _word(each: DatabaseResult[T]) -> str:
    code = _exit_code(each)
    return "would start" if isinstance(each.result, PurgePreview) and not code else _WORDS[code]


def _print_error(target: Target, error: MinimizeError, *, is_traced: bool) -> None:
    if is_traced:
        with ignoring_closed_stderr():
            traceback.print_exception(error)
    print_error(error, f"{target.id}: ")


def _print_results(results: Sequence[tuple[Target, PurgeResult]]) -> None:
    _print_totals(
        ["erased", "exempt", "held", "left"],
        [
            (target.id, o.location, [o.erased, o.exempt, o.held, o.left])
            for target, result in results
            for o in result.locations
        ],
    )
    for target, result in results:
        for note in result.notes:
            click.echo(f"note: {target.id}: {note}")
        print_not_checked(result.not_checked, f"{target.id}: ")


def _print_forecasts(forecasts: Sequence[tuple[Target, PurgePreview]]) -> None:
    _print_totals(
        ["carrying", "exempt", "held", "to erase"],
        [
            (target.id, e.location, [e.rows.carrying, e.rows.exempt, e.rows.held, e.rows.to_erase])
            for target, expected in forecasts
            for e in expected.locations
        ],
    )
    databases: dict[tuple[str, str], list[str]] = {}
    for target, expected in forecasts:
        for remark in forecast_remarks(expected):
            databases.setdefault(remark, []).append(target.id)
    # Shards are alike: what is the same everywhere is said once.
    for (kind, text), ids in databases.items():
        click.echo(f"{kind}: {', '.join(ids)}: {text}")
    click.echo("dry run: nothing was changed")


def _print_totals(columns: Sequence[str], rows: Sequence[tuple[str, str, list[int]]]) -> None:
    """Print a line for each location of each database, and their sums."""
    if rows:
        totals = [sum(column) for column in zip(*(counts for *_, counts in rows), strict=True)]
        lines = [[database, location, *counts] for database, location, counts in rows]
        print_table(["database", "location", *columns], [*lines, ["total", "", *totals]])
