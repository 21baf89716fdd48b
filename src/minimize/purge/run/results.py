"""Build the result of a purge: what the run did at each location, and what this process did."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from minimize.catalog.survey import Survey
from minimize.policy import TableName
from minimize.purge.progress.counters import ProcessTotals
from minimize.purge.result import LocationResult, ProcessResult
from minimize.purge.state.location_progress import LatestCount, LocationProgress
from minimize.purge.throttle.governor import Governor


def process_result(totals: ProcessTotals, governor: Governor) -> ProcessResult:
    """Return what this process did, and what held it back."""
    return ProcessResult(
        rows=totals.rows,
        hot_share=totals.hot_share,
        batches=totals.batches,
        slowest_seconds=totals.slowest_seconds,
        conflicts=totals.conflicts,
        connections_lost=totals.losses,
        throttled_seconds=governor.throttled_seconds,
        rested_seconds=governor.rested_seconds,
        wal_bytes=totals.wal_bytes,
    )


def location_results(
    survey: Survey, progress: Mapping[str, LocationProgress], strategies: Mapping[TableName, Collection[str]]
) -> Iterator[LocationResult]:
    """Yield what the run did at each location of the policy.

    Args:
        survey: The policy and what this database has of it.
        progress: The progress of the run by location name, from the state tables.
        strategies: The strategies that this process used for each table.
    """
    for table, site in survey.sites():
        at_site = progress.get(site.name, LocationProgress())
        latest = at_site.latest or LatestCount()
        yield LocationResult(
            field=site.field.id,
            location=site.name,
            strategy=", ".join(sorted(strategies.get(table.name, ()))) or "none",
            erased=at_site.erased,
            exempt=latest.exempt,
            held=latest.held,
            left=latest.left,
            carrying=at_site.carrying_at_start,
        )
