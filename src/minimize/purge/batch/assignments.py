"""What the purge writes into a row that is due at some of its sites. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from psycopg import sql

from minimize.catalog.survey import Site

_READ = sql.Identifier("minimize_read")
Numbered = tuple[int, Site]
"""A site, and which of its table's it is."""


def flag(index: int) -> sql.Identifier:
    """Return the name of the column that says whether to erase at the n-th site: found so, and still so."""
    return sql.Identifier(f"minimize_{index}")


def write(relation: sql.Composable, sites: Sequence[Site], *, is_plain: bool) -> sql.Composed:
    """Return the beginning of the statement that erases: a DELETE of whole rows, or an UPDATE up to what it sets.

    Args:
        relation: What is written to, with its alias.
        sites: What is erased.
        is_plain: Its condition asks all that there is to ask.
    """
    location, row = sites[0].location, sites[0].row
    if location.column_name is None:
        return sql.SQL("DELETE FROM {}").format(relation)
    if is_plain:
        assigned: sql.Composable = sql.SQL("{} = {}").format(
            sql.Identifier(location.column_name), location.without(row)
        )
    else:
        assigned = sql.SQL(", ").join(list(_assignments(sites)))
    return sql.SQL("UPDATE {} SET {}").format(relation, assigned)


def _assignments(sites: Iterable[Site]) -> Iterator[sql.Composable]:
    """Yield one assignment per column, each location in it taken out of what the one before left.

    Locations with the same exceptions are taken out together: a row is exempt at all of them or at none,
    and taking out what is not there changes nothing.
    """
    by_column: dict[str, list[Numbered]] = {}
    for index, site in enumerate(sites):
        by_column.setdefault(site.location.column_name or "", []).append((index, site))
    for column, numbered in by_column.items():
        first, *others = _by_exceptions(numbered)
        value = _read_once(column, first)
        for group in others:
            value = _taken_out(column, value, group)
        yield sql.SQL("{} = {}").format(sql.Identifier(column), value)


def _by_exceptions(numbered: Iterable[Numbered]) -> list[list[Numbered]]:
    groups: dict[frozenset[tuple[str, str]], list[Numbered]] = {}
    for index, site in numbered:
        groups.setdefault(frozenset(site.location.keep_where.items()), []).append((index, site))
    return list(groups.values())


def _read_once(column: str, group: Sequence[Numbered]) -> sql.Composable:
    """Return what is left of a column's own value.

    A document that is stored out of line would be fetched for each function that it is given to; `#>` with no step
    fetches it, and the name of what it returns may be given to as many. A row that is not due keeps its value as it is
    stored.
    """
    own = sql.Identifier(column)
    (_, site), *others = group
    if site.row.type_of(column) != "jsonb":
        return _taken_out(column, own, group)
    changed = site.location.without(site.row.aliased(_READ))
    for _, other in others:
        changed = other.location.without(other.row.with_value(column, changed))
    return sql.SQL(
        "CASE WHEN {due} THEN (SELECT {changed} FROM (SELECT {own} #> '{{}}'::text[] AS {own} OFFSET 0) AS {read})"
        " ELSE {own} END"
    ).format(due=_due(group), changed=changed, own=own, read=_READ)


def _taken_out(column: str, value: sql.Composable, group: Sequence[Numbered]) -> sql.Composable:
    changed = value
    for _, site in group:
        changed = site.location.without(site.row.with_value(column, changed))
    return sql.SQL("CASE WHEN {} THEN {} ELSE {} END").format(_due(group), changed, value)


def _due(group: Sequence[Numbered]) -> sql.Composable:
    return sql.SQL(" OR ").join(flag(index) for index, _ in group)
