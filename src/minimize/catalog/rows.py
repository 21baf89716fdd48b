"""Counting the rows that still carry a retired field: the row check that every other layer shares."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import Connection, translated
from minimize.catalog.survey import Site, SurveyedTable
from minimize.locations import exempt, held, residue
from minimize.policy import TableName


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows of one location; `carrying` is the sum of the other three."""

    carrying: int = 0
    exempt: int = 0
    held: int = 0
    to_erase: int = 0


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Row counts by location name, and why for those that could not be counted."""

    counts: dict[str, RowCounts]
    not_checked: dict[str, str]


_NOT_READABLE = (pg.InsufficientPrivilege, pg.UndefinedFunction, pg.InvalidSchemaName)


def relation(name: TableName, *, only: bool = False) -> sql.Composable:
    """Return a relation for FROM, under its own name as alias so that a hold may qualify its columns by it."""
    return sql.SQL("{}{} AS {}").format(
        sql.SQL("ONLY ") if only else sql.SQL(""),
        sql.Identifier(name.schema, name.table),
        sql.Identifier(name.table),
    )


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
    statement = sql.SQL("SELECT {} FROM {} WHERE {}").format(
        sql.SQL(", ").join(column for site in sites for column in _counters(site, table)),
        relation(table.name),
        sql.SQL(" OR ").join(site.location.carries(site.row) for site in sites),
    )
    with translated(f"counting {table.name}", passing=_NOT_READABLE):
        values = conn.execute(statement).fetchone() or ()
    counts = iter(int(str(value)) for value in values)
    return {site.name: RowCounts(next(counts), next(counts), next(counts), next(counts)) for site in sites}


def _counters(site: Site, table: SurveyedTable) -> list[sql.Composable]:
    carries, kept = site.location.carries(site.row), exempt(site.location, site.row)
    left, stopped = residue(site.location, site.row), held(table.holds)
    return [
        _count(carries),
        _count(sql.SQL("{} AND {}").format(carries, kept)),
        _count(sql.SQL("{} AND {}").format(left, stopped)),
        _count(sql.SQL("{} AND NOT ({})").format(left, stopped)),
    ]


def _count(condition: sql.Composable) -> sql.Composable:
    return sql.SQL("count(*) FILTER (WHERE {})").format(condition)
