"""Finds tables of the policy that share rows by inheritance or partitioning, but not their holds and exceptions.

A purge processes one table at a time, with the holds and exceptions of that table only. If the policy names a partition
and its parent, the purge reads each row of the partition twice. It keeps the row only if both tables protect it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product

from minimize.catalog.survey import Site, Survey, SurveyedTable
from minimize.errors import Problem


def find_overlaps(survey: Survey) -> Iterator[Problem]:
    """Yield the values that one location would erase although another location holds or keeps them.

    Conditions are compared as text. Two locations of the same kind in one column are compared only if they have the
    same key, so a JSON path inside another one is not compared with it.
    """
    for pair in combinations(survey.tables, 2):
        if share_rows(*pair):
            for one, other in permutations(pair):
                yield from _hold_problems(one, other)
            yield from _exception_problems(*pair)


def share_rows(one: SurveyedTable, other: SurveyedTable) -> bool:
    """Return whether two tables can share rows; a table shares rows with itself."""
    return not stored_in(one).isdisjoint(stored_in(other))


def stored_in(table: SurveyedTable) -> frozenset[int]:
    """Return the relations that store the rows of a table; none if no location of it is present."""
    return frozenset(leaf.oid for leaf in table.facts.leaves) if table.facts and table.present else frozenset()


def _hold_problems(one: SurveyedTable, other: SurveyedTable) -> Iterator[Problem]:
    known = {hold.rows for hold in other.holds}
    shared = _shared_rows(one.present[0], other.present[0])
    for hold in one.holds:
        if hold.rows not in known:
            yield Problem(
                f"{shared}, but hold {hold.id} is on {one.name} alone: the purge of {other.name} would ignore it",
                "Write the same hold for both tables, word for word, or name only one of them.",
            )


def _exception_problems(one: SurveyedTable, other: SurveyedTable) -> Iterator[Problem]:
    for pair in product(one.present, other.present):
        first, second = (frozenset(site.location.keep_where.values()) for site in pair)
        if first != second and pair[0].location.may_share_value(pair[1].location):
            yield Problem(
                f"{_shared_rows(*pair)}, but not their keep_where: one would erase what the other keeps",
                "Write the same keep_where for both, word for word, or name only one of them.",
            )


def _shared_rows(one: Site, other: Site) -> str:
    return f"{one.name} and {other.name} have rows in common"
