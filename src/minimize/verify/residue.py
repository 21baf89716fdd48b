"""Level E1: does any row still answer with a retired field?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.row_counts import RowCounts, count_rows
from minimize.catalog.survey import Presence, Survey, SurveyedTable, describe_missing


@dataclass(frozen=True, slots=True)
class Residue:
    """Residue: a place of a location where values that nothing keeps are left."""

    location: str
    place: str
    count: int


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A place that could not be looked at, and why."""

    location: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look for residue found; clean only if every place was looked at and none held any."""

    level: str
    findings: tuple[Residue, ...]
    not_checked: tuple[NotChecked, ...]
    counts: dict[str, RowCounts]

    @property
    def clean(self) -> bool:
        """Whether everything was checked and nothing found."""
        return not self.findings and not self.not_checked


def verify_rows(
    conn: Connection, survey: Survey, *, on_table: Callable[[SurveyedTable], None] = lambda _: None
) -> Verification:
    """Count the residue of every location (level E1); a whole read of each table under ACCESS SHARE.

    Rows that an exception or a hold keeps are counted but are not residue. A column that was dropped has no rows.

    Args:
        on_table: Called before each table is read, for progress.
    """
    counts: dict[str, RowCounts] = {}
    not_checked: list[NotChecked] = []
    for table in survey.tables:
        on_table(table)
        check = count_rows(conn, table)
        counts |= check.counts
        not_checked += [NotChecked(name, "rows", why) for name, why in check.not_checked.items()]
        not_checked += [
            NotChecked(site.name, "rows", f"{unreadable:,} row(s) {site.location.unreadable_reason}")
            for site in table.present
            if site.name in check.counts and (unreadable := check.counts[site.name].unreadable)
        ]
        not_checked += [
            NotChecked(
                site.name,
                "rows",
                f"{describe_missing(table, site)} does not exist, and nothing shows that it was dropped",
            )
            for site in table.sites
            if site.presence is Presence.MISSING
        ]
    findings = tuple(finding for name, count in counts.items() for finding in _findings(name, count))
    return Verification("E1", findings, tuple(not_checked), counts)


def _findings(location: str, count: RowCounts) -> Iterator[Residue]:
    if count.removable:
        yield Residue(location, "rows", count.removable)
    if count.unremovable:
        # Another purge would not help: a person has to look at these.
        yield Residue(location, "rows that cannot be read", count.unremovable)
