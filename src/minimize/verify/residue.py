"""Searches for residue in rows (level E1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.row_counts import RowCounts, count_rows
from minimize.catalog.survey import Presence, Survey, SurveyedTable, describe_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """Values that remain in one place of a location without an exception or a hold."""

    location: str
    place: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """A place that could not be checked, and the reason."""

    location: str
    place: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result of a verification; clean only if every place was checked and none has residue."""

    level: str
    findings: tuple[Residue, ...]
    not_checked: tuple[NotChecked, ...]
    counts: dict[str, RowCounts]

    @property
    def clean(self) -> bool:
        """Whether everything was checked and nothing was found."""
        return not self.findings and not self.not_checked


def verify_rows(
    conn: Connection, survey: Survey, *, on_table: Callable[[SurveyedTable], None] = lambda _: None
) -> Verification:
    """Count the residue of every location (level E1). Reads each table once, under ACCESS SHARE.

    Rows that an exception or a hold keeps are counted, but are not residue. A dropped column has no rows.

    Args:
        conn: A connection.
        survey: The survey of the policy.
        on_table: Called before each table is read, for progress.
    """
    counts: dict[str, RowCounts] = {}
    not_checked: list[NotChecked] = []
    for table in survey.tables:
        on_table(table)
        check = count_rows(conn, table)
        counts |= check.counts
        not_checked += [NotChecked(location=name, place="rows", why=why) for name, why in check.not_checked.items()]
        not_checked += [
            NotChecked(location=site.name, place="rows", why=f"{unreadable:,} row(s) {site.location.unreadable_reason}")
            for site in table.present
            if site.name in check.counts and (unreadable := check.counts[site.name].unreadable)
        ]
        not_checked += [
            NotChecked(
                location=site.name,
                place="rows",
                why=f"{describe_missing(table, site)} does not exist, and nothing shows that it was dropped",
            )
            for site in table.sites
            if site.presence is Presence.MISSING
        ]
    findings = tuple(finding for name, count in counts.items() for finding in _findings(name, count))
    return Verification(level="E1", findings=findings, not_checked=tuple(not_checked), counts=counts)


def _findings(location: str, count: RowCounts) -> Iterator[Residue]:
    if count.removable:
        yield Residue(location=location, place="rows", count=count.removable)
    if count.unremovable:
        # Another purge would not erase these rows: they need a manual correction.
        yield Residue(location=location, place="rows that cannot be read", count=count.unremovable)
