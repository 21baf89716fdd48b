"""The state of each location, observed in the database and never remembered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.row_counts import RowCounts
from minimize.catalog.survey import Presence, Site, Survey, SurveyedTable
from minimize.plan.proof import has_proof
from minimize.verify.residue import verify_rows

STATES = ("declared", "guarded", "purged", "dropped")


@dataclass(frozen=True, slots=True)
class LocationState:
    """What was seen of one location."""

    field: str
    location: str
    kind: str
    state: str
    """One of STATES, or `unknown` where it could not be looked at."""
    level: str | None
    """E0 guarded, E1 logically erased, None where not even writes are refused."""
    proven: bool
    """The proof constraint is there and validated, so the database itself refuses a value."""
    rows: RowCounts
    not_checked: tuple[str, ...]


def observe(
    conn: Connection,
    survey: Survey,
    unguarded: Collection[str],
    *,
    on_table: Callable[[SurveyedTable], None] = lambda _: None,
) -> tuple[LocationState, ...]:
    """Observe every location of the policy; reads each table once, under ACCESS SHARE.

    Args:
        unguarded: Names of the locations whose guard drifts from the policy or is missing.
        on_table: Called before each table is read, for progress.
    """
    verification = verify_rows(conn, survey, on_table=on_table)
    why = {entry.location: entry.why for entry in verification.not_checked}
    states = []
    for _, site in survey.sites():
        rows = verification.counts.get(site.name, RowCounts())
        proven = site.presence is Presence.PRESENT and _is_proven(conn, site)
        # A field that is only warned about is not guarded: its values still get in.
        is_guarded = site.name not in unguarded and site.field.on_write != "warn"
        state = _state(site, rows, is_guarded=is_guarded, is_counted=site.name not in why)
        reasons = (why[site.name],) if site.name in why else ()
        states.append(
            LocationState(site.field.id, site.name, site.location.kind, state, _LEVELS[state], proven, rows, reasons)
        )
    return tuple(states)


_LEVELS = {"unknown": None, "declared": None, "guarded": "E0", "purged": "E1", "dropped": "E1"}


def weakest_level(states: tuple[LocationState, ...]) -> str | None:
    """Return the level of the estate: that of its weakest location, None if one has none."""
    levels = [state.level for state in states]
    return None if None in levels or not levels else min(str(level) for level in levels)


def _state(site: Site, rows: RowCounts, *, is_guarded: bool, is_counted: bool) -> str:
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
