"""Tables of the policy that share rows, by inheritance or partitioning: what protects a row must stand in each.

A purge goes table by table, and asks in each for the holds and exceptions of that table alone. A row of a partition
that is named beside its parent is reached twice, and stays only where both say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product

from minimize.catalog.survey import Site, Survey, SurveyedTable
from minimize.errors import Problem


def find_overlaps(survey: Survey) -> Iterator[Problem]:
    """Yield what would be erased by one location though it is held or kept at another, and the way on.

    Conditions are compared word for word. Of two locations of the same kind in a column only those with the same key
    are compared, so that a JSON path inside another is passed over.
    """
    for pair in combinations(survey.tables, 2):
        if share_rows(*pair):
            for one, other in permutations(pair):
                yield from _hold_problems(one, other)
            yield from _exception_problems(*pair)


def share_rows(one: SurveyedTable, other: SurveyedTable) -> bool:
    """Return whether a row may be in both tables, or they are the same."""
    return not stored_in(one).isdisjoint(stored_in(other))


def stored_in(table: SurveyedTable) -> frozenset[int]:
    """Return the relations that have the rows of a table; none where the policy has nothing to erase in it."""
    return frozenset(leaf.oid for leaf in table.facts.leaves) if table.facts and table.present else frozenset()


def _hold_problems(one: SurveyedTable, other: SurveyedTable) -> Iterator[Problem]:
    known = {hold.rows for hold in other.holds}
    shared = _shared(one.present[0], other.present[0])
    for hold in one.holds:
        if hold.rows not in known:
            yield Problem(
                f"{shared}, but hold {hold.id} is on {one.name} alone: the purge of {other.name} would pass it by",
                "Write the same hold for both tables, word for word, or name only one of them.",
            )


def _exception_problems(one: SurveyedTable, other: SurveyedTable) -> Iterator[Problem]:
    for pair in product(one.present, other.present):
        first, second = (frozenset(site.location.keep_where.values()) for site in pair)
        if first != second and pair[0].location.may_share_value(pair[1].location):
            yield Problem(
                f"{_shared(*pair)}, but not their keep_where: one would erase what the other keeps",
                "Write the same keep_where for both, word for word, or name only one of them.",
            )


def _shared(one: Site, other: Site) -> str:
    return f"{one.name} and {other.name} have rows in common"
