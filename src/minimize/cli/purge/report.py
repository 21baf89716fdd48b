"""What a purge, or its dry run, prints at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click

from minimize.cli.output.text_table import print_table
from minimize.cli.settings import Settings, print_json
from minimize.purge.preflight.dry_run import PurgePreview
from minimize.purge.result import LocationResult, ProcessResult, PurgeResult
from minimize.purge.throttle.reading import Reading
from minimize.purge.throttle.units import format_seconds, format_size


def result_document(result: PurgeResult) -> dict[str, object]:
    """Return what a finished run did, as `--format json` has it."""
    return {
        "run": result.run,
        "seconds": round(result.seconds, 3),
        "process": _process(result.process),
        "locations": [
            {
                "field": o.field,
                "location": o.location,
                "strategy": o.strategy,
                "erased": o.erased,
                "exempt": o.exempt,
                "held": o.held,
                "left": o.left,
                "carrying": o.carrying,
                "by_others": o.by_others,
            }
            for o in result.locations
        ],
        "notes": list(result.notes),
        "not_checked": _not_checked(result.not_checked),
    }


def print_result(settings: Settings, result: PurgeResult) -> None:
    """Print what a finished run did."""
    if settings.is_json:
        print_json(result_document(result))
        return
    print_table(
        ["location", "erased", "exempt", "held", "left"],
        [[o.location, o.erased, o.exempt, o.held, o.left] for o in result.locations],
    )
    for note in result.notes:
        click.echo(f"note: {note}")
    print_not_checked(result.not_checked)
    erased = sum(outcome.erased for outcome in result.locations)
    click.echo(_sum_check(result.locations))
    click.echo(f"run {result.run}: {erased:,} value(s) erased; this process took {result.seconds:.1f} s")
    for line in _process_lines(result.process):
        click.echo(line)


def print_not_checked(not_checked: Mapping[str, str], prefix: str = "") -> None:
    """Print a line for each place of which nothing is claimed."""
    for name, why in not_checked.items():
        click.echo(f"not checked: {prefix}{name}: {why}")


def _not_checked(not_checked: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"location": name, "why": why} for name, why in not_checked.items()]


def _process(process: ProcessResult) -> dict[str, object]:
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


def _sum_check(locations: Sequence[LocationResult]) -> str:
    """Say whether erased, exempt, held and left are what there was at the start, and by how much they are not."""
    unknown = [o.location for o in locations if o.carrying is None and o.strategy != "none"]
    if unknown:
        return f"not counted before the first batch: {', '.join(unknown)}"
    off = [f"{o.location} {o.by_others:+,}" for o in locations if o.by_others]
    carrying = sum(o.carrying or 0 for o in locations)
    text = f"{carrying:,} value(s) at the start: erased, exempt, held and left add up to that"
    return f"{text} and to what others wrote (+) or took out (-) meanwhile: {', '.join(off)}" if off else text


def _process_lines(process: ProcessResult) -> Iterator[str]:
    hot = "" if process.hot_share is None else f" ({process.hot_share:.0%} HOT)"
    yield (
        f"rows updated: {process.rows:,}{hot} in {process.batches:,} batch(es), the slowest"
        f" {1000 * process.slowest_seconds:.0f} ms"
    )
    conflicts = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in process.conflicts.items())
    yield f"conflicts: {conflicts or 'none'}; connections lost: {process.connections_lost}"
    held = ", ".join(f"{name} {format_seconds(seconds)}" for name, seconds in process.throttled_seconds.items())
    yield f"held back by throttles: {held or 'never'}; rested {format_seconds(process.rested_seconds)}"
    if process.wal_bytes is not None:
        yield f"WAL of the whole server meanwhile: {format_size(process.wal_bytes)}"


def forecast_document(expected: PurgePreview) -> dict[str, object]:
    """Return what a run would do, as `--format json` has it."""
    return {
        "run": None,
        "seconds": 0,
        "locations": [
            {
                "field": entry.field,
                "location": entry.location,
                "strategy": entry.strategy,
                "reason": entry.reason,
                "carrying": entry.rows.carrying,
                "exempt": entry.rows.exempt,
                "held": entry.rows.held,
                "to_erase": entry.rows.to_erase,
                "erased": 0,
                "left": entry.rows.to_erase,
            }
            for entry in expected.locations
        ],
        "findings": [
            {"object": f.object, "what": f.what, "hint": f.hint, "refuses": f.refuses} for f in expected.findings
        ],
        "not_checked": _not_checked(expected.not_checked),
        "refusal": expected.refusal and expected.refusal.message,
        "throttles": [reading.as_json() for reading in expected.throttles],
    }


def print_forecast(settings: Settings, expected: PurgePreview) -> None:
    """Print what a run would do."""
    if settings.is_json:
        print_json(forecast_document(expected))
        return
    print_table(
        ["location", "carrying", "exempt", "held", "to erase", "strategy"],
        [
            [e.location, e.rows.carrying, e.rows.exempt, e.rows.held, e.rows.to_erase, e.strategy]
            for e in expected.locations
        ],
    )
    for kind, text in forecast_remarks(expected):
        click.echo(f"{kind}: {text}")
    if expected.refusal is None:
        verdict = "would stop at what cannot be read" if expected.not_checked else "would start"
        click.echo(f"dry run: nothing was changed; the purge {verdict}")


def forecast_remarks(expected: PurgePreview) -> Iterator[tuple[str, str]]:
    """Yield what is to be said beside the counts, each time what kind of remark it is and its text."""
    for (strategy, reason), names in _reasons(expected).items():
        yield strategy, f"{reason}: {', '.join(names)}"
    for finding in expected.findings:
        yield "in the way" if finding.refuses else "note", str(finding)
    for throttle in expected.throttles:
        yield f"throttle {throttle.name}", f"{throttle.text}{_outlook(throttle)}"
    for name, why in expected.not_checked.items():
        yield "not checked", f"{name}: {why}"


def _outlook(throttle: Reading) -> str:
    if not throttle.is_readable:
        return " (it would not begin)"
    return "" if throttle.is_clear else " (it would wait)"


def _reasons(expected: PurgePreview) -> dict[tuple[str, str], list[str]]:
    """Return the locations of each strategy and reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for entry in expected.locations:
        found.setdefault((entry.strategy, entry.reason), []).append(entry.location)
    return found
