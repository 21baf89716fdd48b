"""Locations that share a column and undo each other's work: what one erases, the other keeps or puts back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Site, Survey, SurveyedTable
from minimize.errors import Problem
from minimize.locations.json_path import JsonPathLocation
from minimize.locations.pattern import PatternLocation
from minimize.policy import Location


def find_conflicting_locations(conn: Connection, survey: Survey) -> Iterator[Problem]:
    """Yield the locations of one column that cannot all have their way, and the way on."""
    for table in survey.tables:
        for sites in _by_column(table):
            yield from _lost_exceptions(sites)
            yield from _matched_replacements(conn, sites)


def _by_column(table: SurveyedTable) -> list[list[Site]]:
    """Return the locations of each column that has several."""
    columns: dict[str, list[Site]] = {}
    for site in table.present:
        columns.setdefault(site.location.column_name or "", []).append(site)
    return [sites for column, sites in columns.items() if column and len(sites) > 1]


def _lost_exceptions(sites: list[Site]) -> Iterator[Problem]:
    """Yield what is kept of a value that goes as a whole; a part may well be taken out of a value that is kept."""
    for outer, inner in permutations(sites, 2):
        kept = set(inner.location.keep_where.values())
        if _contains(outer.location, inner.location) and not kept.issubset(outer.location.keep_where.values()):
            yield Problem(
                f"{inner.name} is part of {outer.name}, which would erase what its keep_where keeps",
                f"Give {outer.name} the same keep_where, word for word.",
            )


def _contains(outer: Location, inner: Location) -> bool:
    if isinstance(outer, JsonPathLocation) and isinstance(inner, JsonPathLocation):
        return outer.contains(inner)
    return not outer.is_part


def _matched_replacements(conn: Connection, sites: list[Site]) -> Iterator[Problem]:
    """Yield the replacements that another pattern takes for a value: the guard refuses it, or both chase each other."""
    patterns = {site.name: site.location for site in sites if isinstance(site.location, PatternLocation)}
    asked = {
        (one, other): question
        for one, other in permutations(patterns, 2)
        if (question := patterns[other].changes_replacement_of(patterns[one])) is not None
    }
    if not asked:
        return
    with translate_errors("trying the patterns on each other's replacements"):
        answers = conn.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(asked.values()))).fetchone()
    for (one, other), is_changed in zip(asked, answers or (), strict=True):
        if is_changed:
            yield Problem(
                f"{one}: replacement: {other} matches it, and would change it again",
                "Choose one that no pattern of the column matches, or replaces by itself.",
            )
