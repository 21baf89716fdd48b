"""`--dry-run`: what a purge would do, and what stands in its way; changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minimize.catalog.check import check_survey
from minimize.catalog.connection import Connection
from minimize.catalog.rows import RowCounts, count_rows
from minimize.catalog.survey import Presence, Site, Survey, SurveyedTable
from minimize.errors import MinimizeError
from minimize.purge.outcome import PurgeOptions
from minimize.purge.planner import choose
from minimize.purge.preflight import preflight


@dataclass(frozen=True, slots=True)
class LocationForecast:
    """What a purge would do at one location."""

    field: str
    location: str
    strategy: str
    reason: str
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
    options: PurgeOptions | None = None,
    *,
    on_table: Callable[[SurveyedTable], None] = lambda _: None,
) -> Forecast:
    """Count what each location carries and would lose; reads every table once, under ACCESS SHARE.

    Raises:
        PolicyError: The policy does not fit this database.
    """
    options = options or PurgeOptions()
    check_survey(conn, survey)
    refusal: MinimizeError | None = None
    try:
        preflight(conn, survey, options.triggers)
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
            *_strategy(conn, table, site, options),
            counts.get(site.name, RowCounts()),
        )
        for table, site in survey.sites()
    )
    return Forecast(locations, not_checked, refusal)


def _strategy(conn: Connection, table: SurveyedTable, site: Site, options: PurgeOptions) -> tuple[str, str]:
    """Return the strategies of a location's leaves and why, each once."""
    if site.presence is not Presence.PRESENT or table.facts is None:
        return "none", site.presence.value
    choices = [choose(conn, table, leaf, options.strategy) for leaf in table.facts.leaves if leaf.kind == "r"]
    names = ", ".join(sorted({choice.name for choice in choices})) or "none"
    return names, "; ".join(dict.fromkeys(choice.reason for choice in choices))
