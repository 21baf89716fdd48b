"""`--dry-run`: report what a purge would do and what would refuse it; changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.row_counts import RowCounts, count_rows
from minimize.catalog.side_effects.side_effect import SideEffect
from minimize.catalog.survey import Presence, Survey, SurveyedTable
from minimize.errors import MinimizeError
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.preconditions import (
    PreflightResult,
    find_side_effects,
    refuse_side_effects,
    require_preconditions,
)
from minimize.purge.strategy.choice import choose_strategy
from minimize.purge.throttle.governor import Governor, refusal_by
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationPreview:
    """What a purge would do at one location."""

    field: str
    location: str
    strategy: str
    reason: str
    rows: RowCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgePreview:
    """What a purge would do; `refusal` is why it would be refused before the first row."""

    locations: tuple[LocationPreview, ...]
    findings: tuple[SideEffect, ...]
    not_checked: dict[str, str]
    refusal: MinimizeError | None
    throttles: tuple[Reading, ...]
    """The current reading of every throttle, as if all tables of the policy were being purged."""


def preview_database(
    conn: Connection,
    survey: Survey,
    options: PurgeOptions | None = None,
    *,
    stop: StopRequest | None = None,
    on_table: Callable[[SurveyedTable], None] = lambda _: None,
) -> PurgePreview:
    """Count what each location carries and what would be erased; reads every table once, under ACCESS SHARE.

    Raises:
        PolicyError: The policy does not fit this database.
        InterruptedRunError: A stop was requested; the count on the server is cancelled.
    """
    stop = stop or StopRequest()
    with stop.cancelling(conn):
        preview = _preview(conn, survey, options or PurgeOptions(), stop, on_table)
    # A cancelled count is recorded as not checked, but the stop request is the result here.
    stop.check()
    return preview


def _preview(
    conn: Connection,
    survey: Survey,
    options: PurgeOptions,
    stop: StopRequest,
    on_table: Callable[[SurveyedTable], None],
) -> PurgePreview:
    check_survey(conn, survey)
    side_effects, refusal = _preflight(conn, survey, options)
    counts: dict[str, RowCounts] = {}
    not_checked: dict[str, str] = {}
    for table in survey.tables:
        stop.check()
        on_table(table)
        check = count_rows(conn, table)
        counts |= check.counts
        not_checked |= check.not_checked
    strategies = {table.name: _strategies(conn, table, options) for table in survey.tables}
    locations: list[LocationPreview] = []
    for table, site in survey.sites():
        is_present = site.presence is Presence.PRESENT
        strategy, reason = strategies[table.name] if is_present else ("none", site.presence.value)
        rows = counts.get(site.name, RowCounts())
        locations.append(
            LocationPreview(field=site.field.id, location=site.name, strategy=strategy, reason=reason, rows=rows)
        )
    throttles = _read_throttles(conn, survey, options)
    return PurgePreview(
        locations=tuple(locations),
        findings=side_effects.findings,
        not_checked=not_checked,
        refusal=refusal or refusal_by(throttles),
        throttles=throttles,
    )


def _preflight(conn: Connection, survey: Survey, options: PurgeOptions) -> tuple[PreflightResult, MinimizeError | None]:
    """Return the side effects, and the first reason why the purge would be refused."""
    side_effects = find_side_effects(conn, survey, options)
    try:
        require_preconditions(conn, survey, options.strategy)
        refuse_side_effects(conn, side_effects, triggers_suppressed=options.triggers_suppressed)
    except MinimizeError as error:
        return side_effects, error
    return side_effects, None


def _read_throttles(conn: Connection, survey: Survey, options: PurgeOptions) -> tuple[Reading, ...]:
    relations = [leaf.oid for table in survey.tables if table.facts and table.present for leaf in table.facts.leaves]
    return Governor(options.limits, OwnActivity(relations)).read_all(conn)


def _strategies(conn: Connection, table: SurveyedTable, options: PurgeOptions) -> tuple[str, str]:
    """Return the strategies for a table's leaves and the reasons, each once."""
    leaves = table.facts.heaps if table.facts and table.present else ()
    choices = [
        choose_strategy(conn, table, leaf, options.strategy, triggers_suppressed=options.triggers_suppressed)
        for leaf in leaves
    ]
    names = ", ".join(sorted({choice.name for choice in choices})) or "none"
    return names, "; ".join(dict.fromkeys(choice.reason for choice in choices))
