"""What a purge prints when it has finished."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

import click

from minimize.cli.output.estate_report import Report
from minimize.cli.output.text_table import print_table
from minimize.cli.purge.totals import print_totals
from minimize.errors import ExitCode
from minimize.purge.result import LocationResult, ProcessResult, PurgeResult
from minimize.purge.throttle.units import format_seconds, format_size

PrintedNotes = Collection[tuple[str | None, str]]
"""Notes that the progress display has printed, each with the id of its database."""


def result_report(printed: PrintedNotes) -> Report[PurgeResult]:
    """Return how the result of a purge is shown; notes that were printed during the run are not repeated in text."""
    return Report(
        document=_document,
        print_one=partial(_print_one, printed=printed),
        print_several=partial(_print_several, printed=printed),
        words={ExitCode.FINDINGS: "values left or not checked"},
        is_work=True,
    )


def _document(result: PurgeResult) -> dict[str, object]:
    return {
        "run": result.run,
        "seconds": round(result.seconds, 3),
        "process": _process_document(result.process),
        "locations": [
            {
                "field": each.field,
                "location": each.location,
                "strategy": each.strategy,
                "erased": each.erased,
                "exempt": each.exempt,
                "held": each.held,
                "left": each.left,
                "carrying": each.carrying,
                "by_others": each.by_others,
            }
            for each in result.locations
        ],
        "notes": list(result.notes),
        "not_checked": not_checked_document(result.not_checked),
    }


def not_checked_document(not_checked: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the places that were not checked, as `--format json` prints them."""
    return [{"location": name, "why": why} for name, why in not_checked.items()]


def _process_document(process: ProcessResult) -> dict[str, object]:
    return {
        "rows": process.rows,
        "hot_share": process.hot_share,
        "batches": process.batches,
        "slowest_ms": round(1000 * process.slowest_seconds, 1),
        "conflicts": dict(process.conflicts),
        "connections_lost": process.connections_lost,
        "throttled_seconds": {name: round(seconds, 1) for name, seconds in process.throttled_seconds.items()},
        "rested_seconds": round(process.rested_seconds, 1),
        "wal_bytes": process.wal_bytes,
    }


def _print_one(result: PurgeResult, *, printed: PrintedNotes) -> None:
    print_table(
        ["location", "erased", "exempt", "held", "left"],
        [[each.location, each.erased, each.exempt, each.held, each.left] for each in result.locations],
    )
    _print_notes(None, result, printed)
    erased = sum(each.erased for each in result.locations)
    click.echo(_sum_check(result.locations))
    click.echo(f"run {result.run}: {erased:,} value(s) erased; this process took {result.seconds:.1f} s")
    for line in _process_lines(result.process):
        click.echo(line)


def _print_several(results: Sequence[tuple[str, PurgeResult]], *, printed: PrintedNotes) -> None:
    print_totals(
        ["erased", "exempt", "held", "left"],
        [
            (database, each.location, [each.erased, each.exempt, each.held, each.left])
            for database, result in results
            for each in result.locations
        ],
    )
    for database, result in results:
        _print_notes(database, result, printed)


def _print_notes(database: str | None, result: PurgeResult, printed: PrintedNotes) -> None:
    prefix = "" if database is None else f"{database}: "
    for note in result.notes:
        if (database, note) not in printed:
            click.echo(f"note: {prefix}{note}")
    for name, why in result.not_checked.items():
        click.echo(f"not checked: {prefix}{name}: {why}")


def _sum_check(locations: Sequence[LocationResult]) -> str:
    """Return whether erased, exempt, held and left add up to the count at the start, and the difference if not."""
    unknown = [each.location for each in locations if each.carrying is None and each.strategy != "none"]
    if unknown:
        return f"not counted before the first batch: {', '.join(unknown)}"
    differences = [f"{each.location} {each.by_others:+,}" for each in locations if each.by_others]
    carrying = sum(each.carrying or 0 for each in locations)
    text = f"{carrying:,} value(s) at the start: erased, exempt, held and left add up to that"
    if not differences:
        return text
    return f"{text} and to what others wrote (+) or took out (-) meanwhile: {', '.join(differences)}"


def _process_lines(process: ProcessResult) -> Iterator[str]:
    hot = "" if process.hot_share is None else f" ({process.hot_share:.0%} HOT)"
    yield (
        f"rows updated: {process.rows:,}{hot} in {process.batches:,} batch(es), the slowest"
        f" {1000 * process.slowest_seconds:.0f} ms"
    )
    conflicts = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in process.conflicts.items())
    yield f"conflicts: {conflicts or 'none'}; connections lost: {process.connections_lost}"
    waits = ", ".join(f"{name} {format_seconds(seconds)}" for name, seconds in process.throttled_seconds.items())
    yield f"waits for limits: {waits or 'none'}; rests: {format_seconds(process.rested_seconds)}"
    if process.wal_bytes is not None:
        yield f"WAL written by the whole server: {format_size(process.wal_bytes)}"
