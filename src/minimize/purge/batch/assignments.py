"""The DELETE or UPDATE … SET that erases a row at all sites where it is due. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from psycopg import sql

from minimize.catalog.survey import Site
from minimize.purge.batch.due_columns import due_column

_READ = sql.Identifier("minimize_read")
NumberedSite = tuple[int, Site]
"""A site, and its number among the sites of its table."""


def erase_clause(relation: sql.Composable, sites: Sequence[Site], *, matches_by_tid_only: bool) -> sql.Composed:
    """Return the beginning of the statement that erases: a DELETE of whole rows, or an UPDATE with its SET clause.

    Args:
        relation: The leaf, with its alias.
        sites: What is erased.
        matches_by_tid_only: Whether the statement's own condition decides which rows are due, so that it has no columns
            that say so.
    """
    location, row = sites[0].location, sites[0].row
    if location.column_name is None:
        return sql.SQL("DELETE FROM {}").format(relation)
    if matches_by_tid_only:
        assigned: sql.Composable = sql.SQL("{} = {}").format(
            sql.Identifier(location.column_name), location.without(row)
        )
    else:
        assigned = sql.SQL(", ").join(list(_assignments(sites)))
    return sql.SQL("UPDATE {} SET {}").format(relation, assigned)


def _assignments(sites: Iterable[Site]) -> Iterator[sql.Composable]:
    """Yield one assignment per column; each location of the column is removed from the result of the one before.

    Locations with the same exceptions are removed together: a row is due at all of them or exempt at all of them, and
    removing a part that is absent changes nothing.
    """
    by_column: dict[str, list[NumberedSite]] = {}
    for index, site in enumerate(sites):
        by_column.setdefault(site.location.column_name or "", []).append((index, site))
    for column, numbered in by_column.items():
        first, *others = _by_exceptions(numbered)
        value = _first_value(column, first)
        for group in others:
            value = _value_without(column, value, group)
        yield sql.SQL("{} = {}").format(sql.Identifier(column), value)


def _by_exceptions(numbered: Iterable[NumberedSite]) -> list[list[NumberedSite]]:
    groups: dict[frozenset[tuple[str, str]], list[NumberedSite]] = {}
    for index, site in numbered:
        groups.setdefault(frozenset(site.location.keep_where.items()), []).append((index, site))
    return list(groups.values())


def _first_value(column: str, group: Sequence[NumberedSite]) -> sql.Composable:
    """Return the value of a column without the locations of its first group.

    PostgreSQL would fetch a TOASTed document once for each function that receives it. `#>` with an empty path fetches
    it once, and its result can be used by name several times. A row that is not due keeps its stored value as it is.
    """
    own = sql.Identifier(column)
    (_, site), *others = group
    if site.row.type_of(column) != "jsonb":
        return _value_without(column, own, group)
    changed = site.location.without(site.row.aliased(_READ))
    for _, other in others:
        changed = other.location.without(other.row.with_value(column, changed))
    return sql.SQL(
        "CASE WHEN {due} THEN (SELECT {changed} FROM (SELECT {own} #> '{{}}'::text[] AS {own} OFFSET 0) AS {read})"
        " ELSE {own} END"
    ).format(due=_is_due(group), changed=changed, own=own, read=_READ)


def _value_without(column: str, value: sql.Composable, group: Sequence[NumberedSite]) -> sql.Composable:
    changed = value
    for _, site in group:
        changed = site.location.without(site.row.with_value(column, changed))
    return sql.SQL("CASE WHEN {} THEN {} ELSE {} END").format(_is_due(group), changed, value)


def _is_due(group: Sequence[NumberedSite]) -> sql.Composable:
    return sql.SQL(" OR ").join(due_column(index) for index, _ in group)
