"""Counting the rows that still carry a retired field: the row check that every other layer shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import Connection, integer, translated
from minimize.catalog.survey import Site, SurveyedTable
from minimize.locations import exempt, held, stuck
from minimize.locations.naming import identifier
from minimize.policy import TableName


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows of one location; `carrying` is the sum of exempt, held and to erase, `unread` are others."""

    carrying: int = 0
    exempt: int = 0
    held: int = 0
    to_erase: int = 0
    stuck: int = 0
    """Those of `to_erase` that carry what cannot be taken out, such as a barcode that cannot be read."""
    unread: int = 0
    """Rows in which the value may be, in a form that the location's kind cannot read."""

    @property
    def erasable(self) -> int:
        """What another pass could still erase."""
        return self.to_erase - self.stuck


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Row counts by location name, and why for those that could not be counted."""

    counts: dict[str, RowCounts]
    not_checked: dict[str, str]


_NOT_READABLE = (pg.InsufficientPrivilege, pg.UndefinedFunction, pg.InvalidSchemaName)


def relation(name: TableName) -> sql.Composable:
    """Return a relation for FROM, under its own name as alias so that a hold may qualify its columns by it."""
    return sql.SQL("{} AS {}").format(identifier(name), sql.Identifier(name.table))


def count_rows(conn: Connection, table: SurveyedTable) -> RowCheck:
    """Count, in one pass over the table, the rows of each of its locations that are present.

    Reads the whole table and takes ACCESS SHARE only. A location that cannot be read (no privilege, or a guard
    function that is not installed yet) is named in `not_checked` and does not stop the others.

    Raises:
        DatabaseError: The server failed; its message is reduced to what holds no value.
    """
    try:
        return RowCheck(_count_sites(conn, table, table.present), {})
    except _NOT_READABLE:
        pass
    counts: dict[str, RowCounts] = {}
    not_checked: dict[str, str] = {}
    for site in table.present:
        try:
            counts |= _count_sites(conn, table, (site,))
        except _NOT_READABLE as error:
            not_checked[site.name] = error.diag.message_primary or f"SQLSTATE {error.sqlstate}"
    return RowCheck(counts, not_checked)


def _count_sites(conn: Connection, table: SurveyedTable, sites: tuple[Site, ...]) -> dict[str, RowCounts]:
    if not sites:
        return {}
    # Grouped by what a row is at each site, so that every expression is evaluated once a row, in parallel workers too.
    standings = [_standing(site) for site in sites]
    statement = sql.SQL("SELECT {standings}, {held}, count(*) FROM {table} WHERE {carrying} GROUP BY {keys}").format(
        standings=sql.SQL(", ").join(standings),
        held=held(table.holds),
        table=relation(table.name),
        carrying=sql.SQL(" OR ").join(_concerned(sites)),
        keys=sql.SQL(", ").join(sql.Literal(number) for number in range(1, len(sites) + 2)),
    )
    with translated(f"counting {table.name}", passing=_NOT_READABLE):
        groups = [_Group(row[:-2], bool(row[-2]), integer(row[-1])) for row in conn.execute(statement)]
    return {site.name: _sum(groups, index) for index, site in enumerate(sites)}


class _Group(NamedTuple):
    """Rows that stand alike: per site absent, exempt, residue or stuck residue, and held or not."""

    standings: tuple[object, ...]
    is_held: bool
    rows: int


_ABSENT, _EXEMPT, _RESIDUE, _STUCK, _UNREAD = 0, 1, 2, 3, 4


def _concerned(sites: tuple[Site, ...]) -> Iterator[sql.Composable]:
    for site in sites:
        yield site.location.carries(site.row)
        unread = site.location.unread(site.row)
        if unread is not None:
            yield unread


def _standing(site: Site) -> sql.Composable:
    absent: sql.Composable = sql.Literal(_ABSENT)
    unread = site.location.unread(site.row)
    if unread is not None:
        absent = sql.SQL("CASE WHEN {} AND NOT ({}) THEN {} ELSE {} END").format(
            unread, exempt(site.location, site.row), sql.Literal(_UNREAD), absent
        )
    return sql.SQL("CASE WHEN NOT {} THEN {} WHEN {} THEN {} WHEN {} THEN {} ELSE {} END").format(
        site.location.carries(site.row),
        absent,
        exempt(site.location, site.row),
        sql.Literal(_EXEMPT),
        stuck(site.location, site.row),
        sql.Literal(_STUCK),
        sql.Literal(_RESIDUE),
    )


def _sum(groups: list[_Group], index: int) -> RowCounts:
    def rows(*standings: int, is_held: bool | None = None) -> int:
        return sum(
            group.rows for group in groups if group.standings[index] in standings and is_held in (None, group.is_held)
        )

    return RowCounts(
        carrying=rows(_EXEMPT, _RESIDUE, _STUCK),
        exempt=rows(_EXEMPT),
        held=rows(_RESIDUE, _STUCK, is_held=True),
        to_erase=rows(_RESIDUE, _STUCK, is_held=False),
        stuck=rows(_STUCK, is_held=False),
        unread=rows(_UNREAD),
    )
