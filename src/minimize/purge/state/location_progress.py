"""Progress of a run at each location: values erased, and the row counts of its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from psycopg import sql

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts
from minimize.catalog.survey import Site
from minimize.purge.state.version import CURRENT_VERSION, column


@dataclass(frozen=True, slots=True)
class LatestCount:
    """Rows at one location that still carried a value at the latest count of the whole table."""

    exempt: int = 0
    held: int = 0
    left: int = 0
    """Rows to erase, and unreadable rows."""

    @classmethod
    def of(cls, rows: RowCounts) -> LatestCount:
        """Return what a count found at one location."""
        return cls(rows.exempt, rows.held, rows.to_erase + rows.unreadable)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationProgress:
    """Progress of one run at one location, from the state tables."""

    erased: int = 0
    """By all processes of the run."""
    carrying_at_start: int | None = None
    """Rows that carried a value before the first batch, unreadable rows included; None if they were not counted."""
    latest: LatestCount | None = None
    """None before the first count."""
    counted_at: datetime | None = None
    """When the latest count ended."""


_PROGRESS = sql.SQL("""
SELECT location, coalesce(erased, 0), {rows_carrying}, {rows_exempt}, {rows_held}, {rows_left}, counted_at
FROM (SELECT location, sum(erased)::bigint AS erased FROM minimize.purge_count
      JOIN minimize.purge_range USING (range_id) WHERE run_id = %(run)s GROUP BY location) AS erased
FULL JOIN (SELECT * FROM minimize.purge_found WHERE run_id = %(run)s) AS counted USING (location)
ORDER BY location
""")
_RECORD = """
INSERT INTO minimize.purge_found AS f (run_id, location, rows_carrying, rows_exempt, rows_held, rows_left)
SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
ON CONFLICT (run_id, location) DO UPDATE SET rows_carrying = coalesce(f.rows_carrying, excluded.rows_carrying),
  rows_exempt = excluded.rows_exempt, rows_held = excluded.rows_held, rows_left = excluded.rows_left,
  counted_at = excluded.counted_at
"""


def read_location_progress(
    conn: Connection, run_id: int, state_version: int = CURRENT_VERSION
) -> dict[str, LocationProgress]:
    """Return the progress at each location of a run that was counted or erased, by name.

    Args:
        conn: A connection.
        run_id: The run.
        state_version: Version of the state tables, from `RunRecord`; a purge has upgraded them.
    """
    names = ("rows_carrying", "rows_exempt", "rows_held", "rows_left")
    query = _PROGRESS.format(**{name: column(state_version, name) for name in names})
    with translate_errors("reading the state of the run"):
        rows = conn.execute(query, {"run": run_id}).fetchall()
    return {str(name): _location_progress(numbers) for name, *numbers in rows}


def _location_progress(row: Sequence[object]) -> LocationProgress:
    erased, carrying, *latest, counted_at = row
    assert counted_at is None or isinstance(counted_at, datetime)
    return LocationProgress(
        erased=integer(erased),
        carrying_at_start=None if carrying is None else integer(carrying),
        latest=None if counted_at is None else LatestCount(*map(integer, latest)),
        counted_at=counted_at,
    )


def needs_first_count(conn: Connection, run_id: int, locations: Sequence[str], relations: Sequence[int]) -> bool:
    """Return whether to count a table before its first batch: it was not counted, and no batch has changed it."""
    with translate_errors("reading the state of the run"):
        row = conn.execute(
            "SELECT NOT EXISTS (SELECT FROM minimize.purge_found"
            " WHERE run_id = %(run)s AND location = ANY (%(names)s) AND rows_carrying IS NOT NULL)"
            " AND NOT EXISTS (SELECT FROM minimize.purge_range WHERE run_id = %(run)s AND relation = ANY (%(oids)s))",
            {"run": run_id, "names": list(locations), "oids": list(relations)},
        ).fetchone()
    return bool(row and row[0])


def record_count(conn: Connection, run_id: int, counts: Mapping[str, RowCounts], *, is_first_count: bool) -> None:
    """Store the counts of one table, by location name.

    Args:
        conn: A connection.
        run_id: The run.
        counts: What the count found.
        is_first_count: Whether no batch of the run has changed the table yet. Unreadable rows then count as carrying,
            because they are left at the end.
    """
    latest = [astuple(LatestCount.of(rows)) for rows in counts.values()]
    carrying = [rows.carrying + rows.unreadable if is_first_count else None for rows in counts.values()]
    columns = [list(numbers) for numbers in zip(*latest, strict=True)] or [[], [], []]
    with translate_errors("storing the count"):
        conn.execute(_RECORD, [run_id, list(counts), carrying, *columns])


def describe_staying(site: Site, rows: RowCounts) -> Iterator[str]:
    """Yield a note for each reason why values stay at a location, held ones included, and for what that prevents."""
    if rows.unremovable:
        yield f"{site.name}: {rows.unremovable:,} value(s) cannot be read and taken out: correct or clear them"
    if rows.unreadable:
        yield f"{site.name}: {rows.unreadable:,} row(s) cannot be judged: {site.location.unreadable_reason}"
    if staying := rows.to_erase + rows.held:
        yield f"{site.name}: no proof constraint while {staying:,} held or unerased values stay"
