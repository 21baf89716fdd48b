"""Observes the state of each location in the database."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts
from minimize.catalog.survey import Presence, Site, Survey, SurveyedTable
from minimize.plan.proof_constraint import has_proof
from minimize.verify.residue import verify_rows

State = Literal["unknown", "declared", "guarded", "purged", "dropped"]
"""`unknown`: the location could not be checked. The others are in the order of the process."""

Level = Literal["E0", "E1"]

_LEVELS: dict[State, Level | None] = {
    "unknown": None,
    "declared": None,
    "guarded": "E0",
    "purged": "E1",
    "dropped": "E1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationState:
    """The observed state of one location."""

    field: str
    location: str
    kind: str
    state: State
    level: Level | None
    """E0 guarded, E1 logically erased, None if writes are not refused or the state is unknown."""
    proven: bool
    """Whether the proof constraint exists and is validated, so that the database refuses the value."""
    rows: RowCounts
    not_checked: tuple[str, ...]


def observe(
    conn: Connection,
    survey: Survey,
    unguarded: Collection[str],
    *,
    on_table: Callable[[SurveyedTable], None] = lambda _: None,
) -> tuple[LocationState, ...]:
    """Observe every location of the policy. Reads each table once, under ACCESS SHARE.

    Args:
        conn: A connection.
        survey: The survey of the policy.
        unguarded: Names of the locations whose guard is missing or drifts from the policy.
        on_table: Called before each table is read, for progress.
    """
    verification = verify_rows(conn, survey, on_table=on_table)
    why = {entry.location: entry.why for entry in verification.not_checked}
    states = []
    for _, site in survey.sites():
        rows = verification.counts.get(site.name, RowCounts())
        proven = site.presence is Presence.PRESENT and _is_proven(conn, site)
        # With `warn` the location is not guarded: values are still written.
        is_guarded = site.name not in unguarded and site.field.on_write != "warn"
        state = _state(site, rows, is_guarded=is_guarded, is_counted=site.name not in why)
        reasons = (why[site.name],) if site.name in why else ()
        states.append(
            LocationState(
                field=site.field.id,
                location=site.name,
                kind=site.location.kind,
                state=state,
                level=_LEVELS[state],
                proven=proven,
                rows=rows,
                not_checked=reasons,
            )
        )
    return tuple(states)


def weakest_level(states: tuple[LocationState, ...]) -> Level | None:
    """Return the level of the weakest location, None if any location has no level."""
    levels = [state.level for state in states if state.level is not None]
    return min(levels) if levels and len(levels) == len(states) else None


def _state(site: Site, rows: RowCounts, *, is_guarded: bool, is_counted: bool) -> State:
    if site.presence is Presence.DROPPED:
        return "dropped"
    if site.presence is Presence.MISSING or (is_guarded and not is_counted):
        return "unknown"
    if not is_guarded:
        return "declared"
    return "guarded" if rows.to_erase else "purged"


def _is_proven(conn: Connection, site: Site) -> bool:
    with translate_errors(f"reading the proof of {site.name}"):
        row = conn.execute(sql.SQL("SELECT {}").format(has_proof(site.location))).fetchone()
    return bool(row and row[0])
