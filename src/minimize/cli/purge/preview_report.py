"""What `minimize purge --dry-run` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click

from minimize.cli.output.estate_report import Report
from minimize.cli.output.text_table import print_table
from minimize.cli.purge.result_report import not_checked_document
from minimize.cli.purge.totals import print_totals
from minimize.errors import ExitCode
from minimize.purge.estate.preview import DatabasePreview
from minimize.purge.preflight.dry_run import PurgePreview
from minimize.purge.throttle.reading import Reading
from minimize.purge.throttle.units import format_duration

_BASIS = "from the pages to read and to erase, at the rates of docs/performance.md, without waits"


def _document(result: DatabasePreview) -> dict[str, object]:
    preview = result.preview
    return {
        "run": None,
        "seconds": 0,
        "locations": [
            {
                "field": each.field,
                "location": each.location,
                "strategy": each.strategy,
                "reason": each.reason,
                "carrying": each.rows.carrying,
                "exempt": each.rows.exempt,
                "held": each.rows.held,
                "to_erase": each.rows.to_erase,
                "erased": 0,
                "left": each.rows.to_erase,
            }
            for each in preview.locations
        ],
        "findings": [
            {"object": each.object, "what": each.what, "hint": each.hint, "refuses": each.refuses}
            for each in preview.findings
        ],
        "not_checked": not_checked_document(preview.not_checked),
        "refusal": preview.refusal and preview.refusal.message,
        "throttles": [reading.as_json() for reading in preview.throttles],
        "estimated_seconds": {name: round(seconds, 1) for name, seconds in result.estimated_seconds.items()},
    }


def _print_one(result: DatabasePreview) -> None:
    preview = result.preview
    print_table(
        ["location", "carrying", "exempt", "held", "to erase", "strategy"],
        [
            [each.location, each.rows.carrying, each.rows.exempt, each.rows.held, each.rows.to_erase, each.strategy]
            for each in preview.locations
        ],
    )
    for kind, text in _remarks(preview):
        click.echo(f"{kind}: {text}")
    _print_estimate(result.estimated_seconds)
    if preview.refusal is None:
        verdict = "would stop at what cannot be read" if preview.not_checked else "would start"
        click.echo(f"dry run: nothing was changed; the purge {verdict}")


def _print_several(results: Sequence[tuple[str, DatabasePreview]]) -> None:
    print_totals(
        ["carrying", "exempt", "held", "to erase"],
        [
            (database, each.location, [each.rows.carrying, each.rows.exempt, each.rows.held, each.rows.to_erase])
            for database, result in results
            for each in result.preview.locations
        ],
    )
    databases: dict[tuple[str, str], list[str]] = {}
    for database, result in results:
        for remark in _remarks(result.preview):
            databases.setdefault(remark, []).append(database)
    # Shards are alike: a remark that holds for several is printed once.
    for (kind, text), ids in databases.items():
        click.echo(f"{kind}: {', '.join(ids)}: {text}")
    seconds: dict[str, float] = {}
    for _, result in results:
        for profile, value in result.estimated_seconds.items():
            seconds[profile] = max(seconds.get(profile, 0.0), value)
    # Databases of one server are purged one after the other, those of several at the same time.
    _print_estimate(seconds, "of the largest database alone, ")
    click.echo("dry run: nothing was changed")


def _print_estimate(seconds: Mapping[str, float], condition: str = "") -> None:
    if seconds:
        times = ", ".join(f"{format_duration(max(1.0, value))} ({name})" for name, value in seconds.items())
        click.echo(f"estimated duration: {condition}at least {times}; {_BASIS}")


def _remarks(preview: PurgePreview) -> Iterator[tuple[str, str]]:
    """Yield what is printed below the counts: the kind of each remark, and its text."""
    for (strategy, reason), names in _locations_by_reason(preview).items():
        yield strategy, f"{reason}: {', '.join(names)}"
    for finding in preview.findings:
        yield "in the way" if finding.refuses else "note", str(finding)
    for throttle in preview.throttles:
        yield f"throttle {throttle.name}", f"{throttle.text}{_effect(throttle)}"
    for name, why in preview.not_checked.items():
        yield "not checked", f"{name}: {why}"


def _effect(throttle: Reading) -> str:
    if not throttle.is_readable:
        return " (it would not start)"
    return "" if throttle.is_clear else " (it would wait)"


def _locations_by_reason(preview: PurgePreview) -> dict[tuple[str, str], list[str]]:
    """Return the locations of each strategy and reason."""
    locations: dict[tuple[str, str], list[str]] = {}
    for each in preview.locations:
        locations.setdefault((each.strategy, each.reason), []).append(each.location)
    return locations


PREVIEW_REPORT = Report(
    document=_document,
    print_one=_print_one,
    print_several=_print_several,
    words={ExitCode.DONE: "would start", ExitCode.FINDINGS: "not checked"},
    error_of=lambda result: result.preview.refusal,
    is_work=True,
)
