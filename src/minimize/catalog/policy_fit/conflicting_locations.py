"""Locations of one column that conflict: one erases what the other keeps, or puts back what the other erases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Site, Survey, SurveyedTable
from minimize.errors import Problem


def find_conflicting_locations(conn: Connection, survey: Survey) -> Iterator[Problem]:
    """Yield each conflict between locations of one column, with its remedy."""
    for table in survey.tables:
        for sites in _by_column(table):
            yield from _lost_exceptions(sites)
            yield from _conflicts(conn, sites)


def _by_column(table: SurveyedTable) -> list[list[Site]]:
    """Return the locations of each column that has several."""
    columns: dict[str, list[Site]] = {}
    for site in table.present:
        columns.setdefault(site.location.column_name or "", []).append(site)
    return [sites for column, sites in columns.items() if column and len(sites) > 1]


def _lost_exceptions(sites: list[Site]) -> Iterator[Problem]:
    """Yield each exception of a part that the erasure of the whole ignores. A part of a kept value may be erased."""
    for outer, inner in permutations(sites, 2):
        kept = set(inner.location.keep_where.values())
        if outer.location.contains(inner.location) and not kept.issubset(outer.location.keep_where.values()):
            yield Problem(
                f"{inner.name} is part of {outer.name}, which would erase what its keep_where keeps",
                f"Give {outer.name} the same keep_where, word for word.",
            )


def _conflicts(conn: Connection, sites: list[Site]) -> Iterator[Problem]:
    """Ask the server about each pair of locations, in one query."""
    probes = [(one, probe) for one, other in permutations(sites, 2) for probe in one.location.conflicts(other.location)]
    if not probes:
        return
    questions = sql.SQL(", ").join(probe.question for _, probe in probes)
    with translate_errors("checking the locations of one column against each other"):
        answers = conn.execute(sql.SQL("SELECT {}").format(questions)).fetchone()
    for (site, probe), is_conflict in zip(probes, answers or (), strict=True):
        if is_conflict:
            yield Problem(f"{site.name}: {probe.key}: {probe.what}", probe.hint)
