"""`--dry-run`: what a purge would do, and what stands in its way; changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minimize.catalog.check import check_survey
from minimize.catalog.connection import Connection
from minimize.catalog.rows import RowCounts, count_rows
from minimize.catalog.survey import Presence, Survey, SurveyedTable
from minimize.errors import MinimizeError
from minimize.purge.outcome import STRATEGY
from minimize.purge.preflight import TriggerChoice, preflight


@dataclass(frozen=True, slots=True)
class LocationForecast:
    """What a purge would do at one location."""

    field: str
    location: str
    strategy: str
    rows: RowCounts


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a purge would do; `refusal` is what would stop it before the first row."""

    locations: tuple[LocationForecast, ...]
    not_checked: dict[str, str]
    refusal: MinimizeError | None


def forecast(
    conn: Connection,
    survey: Survey,
    triggers: TriggerChoice = "refuse",
    *,
    on_table: Callable[[SurveyedTable], None] = lambda _: None,
) -> Forecast:
    """Count what each location carries and would lose; reads every table once, under ACCESS SHARE.

    Raises:
        PolicyError: The policy does not fit this database.
    """
    check_survey(conn, survey)
    refusal: MinimizeError | None = None
    try:
        preflight(conn, survey, triggers)
    except MinimizeError as error:
        refusal = error
    counts: dict[str, RowCounts] = {}
    not_checked: dict[str, str] = {}
    for table in survey.tables:
        on_table(table)
        check = count_rows(conn, table)
        counts |= check.counts
        not_checked |= check.not_checked
    locations = tuple(
        LocationForecast(
            site.field.id,
            site.name,
            STRATEGY if site.presence is Presence.PRESENT else "none",
            counts.get(site.name, RowCounts()),
        )
        for _, site in survey.sites()
    )
    return Forecast(locations, not_checked, refusal)
