"""What the purge writes into a row that is due at some of its sites. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from psycopg import sql

from minimize.catalog.survey import Site

Numbered = tuple[int, Site]
"""A site, and which of its table's it is."""


def flag(index: int) -> sql.Identifier:
    """Return the name of the column that says whether a row is residue at the n-th site: found so, and still so."""
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

    Locations with the same exceptions are taken out together: a row is residue at all of them or exempt at all of
    them, and taking out what is not there changes nothing.
    """
    by_column: dict[str, list[Numbered]] = {}
    for index, site in enumerate(sites):
        by_column.setdefault(site.location.column_name or "", []).append((index, site))
    for column, numbered in by_column.items():
        value: sql.Composable = sql.Identifier(column)
        for group in _by_exceptions(numbered):
            value = _taken_out(column, value, group)
        yield sql.SQL("{} = {}").format(sql.Identifier(column), value)


def _by_exceptions(numbered: Iterable[Numbered]) -> list[list[Numbered]]:
    groups: dict[frozenset[tuple[str, str]], list[Numbered]] = {}
    for index, site in numbered:
        groups.setdefault(frozenset(site.location.keep_where.items()), []).append((index, site))
    return list(groups.values())


def _taken_out(column: str, value: sql.Composable, group: Sequence[Numbered]) -> sql.Composable:
    changed = value
    for _, site in group:
        changed = site.location.without(site.row.with_value(column, changed))
    due = sql.SQL(" OR ").join(flag(index) for index, _ in group)
    return sql.SQL("CASE WHEN {} THEN {} ELSE {} END").format(due, changed, value)
