"""How each location of a run stands: what was erased there, and what the counts of its table found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts
from minimize.catalog.survey import Site


@dataclass(frozen=True, slots=True)
class LatestCount:
    """Values that a count of the whole table found and that stood there after it."""

    exempt: int = 0
    held: int = 0
    left: int = 0
    """To be erased, or not readable."""

    @classmethod
    def of(cls, rows: RowCounts) -> LatestCount:
        """Return what a count found at one location."""
        return cls(rows.exempt, rows.held, rows.to_erase + rows.unreadable)


@dataclass(frozen=True, slots=True)
class LocationProgress:
    """What the state tables tell of one location in a run."""

    erased: int = 0
    """By all processes of the run."""
    at_start: int | None = None
    """Values before the first batch; None where they were not counted."""
    found: LatestCount | None = None
    """By the latest count; None before the first."""
    counted_at: datetime | None = None
    """When that was."""


_STANDINGS = """
SELECT location, coalesce(erased, 0), at_start, exempt, held, remaining, counted_at
FROM (SELECT location, sum(erased)::bigint AS erased FROM minimize.purge_count
      JOIN minimize.purge_range USING (range_id) WHERE run_id = %(run)s GROUP BY location) AS erased
FULL JOIN (SELECT * FROM minimize.purge_found WHERE run_id = %(run)s) AS found USING (location)
ORDER BY location
"""
_RECORD = """
INSERT INTO minimize.purge_found AS f (run_id, location, at_start, exempt, held, remaining)
SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
ON CONFLICT (run_id, location) DO UPDATE SET at_start = coalesce(f.at_start, excluded.at_start),
  exempt = excluded.exempt, held = excluded.held, remaining = excluded.remaining, counted_at = excluded.counted_at
"""


def read_location_progress(conn: Connection, run_id: int) -> dict[str, LocationProgress]:
    """Return how the locations of a run stand that were counted or erased yet, by name."""
    with translate_errors("reading the state of the run"):
        rows = conn.execute(_STANDINGS, {"run": run_id}).fetchall()
    return {str(name): _standing(numbers) for name, *numbers in rows}


def _standing(row: Sequence[object]) -> LocationProgress:
    erased, at_start, *found, counted_at = row
    assert counted_at is None or isinstance(counted_at, datetime)
    return LocationProgress(
        integer(erased),
        None if at_start is None else integer(at_start),
        None if counted_at is None else LatestCount(*map(integer, found)),
        counted_at,
    )


def needs_first_count(conn: Connection, run_id: int, locations: Sequence[str], relations: Sequence[int]) -> bool:
    """Return whether the values of a table are still to be counted: not yet done, and no batch has changed it."""
    with translate_errors("reading the state of the run"):
        row = conn.execute(
            "SELECT NOT EXISTS (SELECT FROM minimize.purge_found"
            " WHERE run_id = %(run)s AND location = ANY (%(names)s) AND at_start IS NOT NULL)"
            " AND NOT EXISTS (SELECT FROM minimize.purge_range WHERE run_id = %(run)s AND relation = ANY (%(oids)s))",
            {"run": run_id, "names": list(locations), "oids": list(relations)},
        ).fetchone()
    return bool(row and row[0])


def record_count(conn: Connection, run_id: int, counts: Mapping[str, RowCounts], *, is_start: bool) -> None:
    """Keep what a count of a table found, by location name.

    Args:
        is_start: Whether no batch of the run has changed the table yet. What cannot be read is among what there was: it
            is left at the end.
    """
    found = [astuple(LatestCount.of(rows)) for rows in counts.values()]
    at_start = [rows.carrying + rows.unreadable if is_start else None for rows in counts.values()]
    columns = [list(column) for column in zip(*found, strict=True)] or [[], [], []]
    with translate_errors("keeping the count"):
        conn.execute(_RECORD, [run_id, list(counts), at_start, *columns])


def describe_remaining(site: Site, rows: RowCounts) -> Iterator[str]:
    """Yield a note for each reason why values stay at a location at the end of its purge, and for what that entails."""
    if rows.unremovable:
        yield f"{site.name}: {rows.unremovable:,} value(s) cannot be read and taken out: correct or clear them"
    if rows.unreadable:
        yield f"{site.name}: {rows.unreadable:,} row(s) cannot be judged: {site.location.unreadable_reason}"
    if staying := rows.to_erase + rows.held:
        yield f"{site.name}: no proof constraint while {staying:,} held or unerased values stay"
