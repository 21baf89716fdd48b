"""Counts the rows that still carry a retired field; purge, verify and dry run share this row check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from psycopg import errors as pg
from psycopg import sql

from minimize.catalog.connection import Connection, integer
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Site, SurveyedTable
from minimize.locations import exempt, held, unremovable
from minimize.locations.object_names import identifier
from minimize.policy import TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """Rows of one location; `carrying` = `exempt` + `held` + `to_erase`, and `unreadable` rows are separate."""

    carrying: int = 0
    exempt: int = 0
    held: int = 0
    to_erase: int = 0
    unremovable: int = 0
    """Those rows of `to_erase` whose value cannot be removed, for example in a malformed barcode."""
    unreadable: int = 0
    """Rows that may contain the value in a form that the location kind cannot read."""

    @property
    def removable(self) -> int:
        """The rows that another pass can still erase."""
        return self.to_erase - self.unremovable


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Row counts by location name, and the reason for each location that could not be counted."""

    counts: dict[str, RowCounts]
    not_checked: dict[str, str]


_NOT_READABLE = (pg.InsufficientPrivilege, pg.UndefinedFunction, pg.InvalidSchemaName)


def relation(name: TableName) -> sql.Composable:
    """Return a relation for FROM, aliased to its own name, so that a hold can qualify columns with it."""
    return sql.SQL("{} AS {}").format(identifier(name), sql.Identifier(name.table))


def count_rows(conn: Connection, table: SurveyedTable) -> RowCheck:
    """Count the rows of every present location of a table in one pass.

    Reads the whole table under ACCESS SHARE. A location that cannot be read (missing privilege, or a function of
    the guard that is not installed yet) is in `not_checked`, and the others are counted.

    Raises:
        DatabaseError: The server failed; the message contains no value of a row.
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
    conditions = _conditions_by_site(sites)
    with translate_errors(f"counting {table.name}", passing=_NOT_READABLE):
        # Binary: the extended protocol, in which the server accepts one statement only, whatever a predicate contains.
        rows = conn.execute(count_statement(table, sites), binary=True).fetchall()
    groups = [_Group(states=_row_states(conditions, row), is_held=bool(row[-2]), rows=integer(row[-1])) for row in rows]
    return {site.name: _sum(groups, index) for index, site in enumerate(sites)}


def count_statement(table: SurveyedTable, sites: Sequence[Site]) -> sql.Composed:
    """Return the query that counts the rows by their state at each of the sites; it can run in parallel."""
    conditions = [condition for each in _conditions_by_site(sites) for condition in each.values()]
    # GROUP BY booleans: the planner estimates two groups for each, so few in total, and chooses a parallel plan.
    return sql.SQL("SELECT {conditions}, {held}, count(*) FROM {table} WHERE {may_carry} GROUP BY {keys}").format(
        conditions=sql.SQL(", ").join(conditions),
        held=held(table.holds),
        table=relation(table.name),
        may_carry=sql.SQL(" OR ").join(_may_carry(site) for site in sites),
        keys=sql.SQL(", ").join(sql.Literal(number) for number in range(1, len(conditions) + 2)),
    )


class _Group(NamedTuple):
    """The number of rows with the same state at every site, held or not."""

    states: list[_RowState]
    is_held: bool
    rows: int


_RowState = Literal["absent", "exempt", "removable", "unremovable", "unreadable"]
_Condition = Literal["carries", "exempt", "unremovable", "unreadable"]


def _may_carry(site: Site) -> sql.Composable:
    """Return the condition that a row carries the value at a site, or may carry it."""
    carries, unreadable = site.location.carries(site.row), site.location.unreadable(site.row)
    return carries if unreadable is None else sql.SQL("({} OR {})").format(carries, unreadable)


def _conditions_by_site(sites: Sequence[Site]) -> list[dict[_Condition, sql.Composable]]:
    return [_conditions(site, is_alone=len(sites) == 1) for site in sites]


def _conditions(site: Site, *, is_alone: bool) -> dict[_Condition, sql.Composable]:
    """Return the conditions that determine the state of a row at a site, without those that are never true."""
    location, row = site.location, site.row
    unreadable = location.unreadable(row)
    # With one site, WHERE has evaluated `carries` already. For long documents that is most of the cost of the count.
    carries = sql.SQL("true") if is_alone and unreadable is None else location.carries(row)
    conditions: dict[_Condition, sql.Composable] = {"carries": carries}
    if location.keep_where:
        # The predicate may fail, in a cast for example, on a row that only another site selects.
        conditions["exempt"] = exempt(location, row) if is_alone else _only_if(_may_carry(site), exempt(location, row))
    if location.removable(row) is not None:
        conditions["unremovable"] = _only_if(carries, unremovable(location, row))
    if unreadable is not None:
        conditions["unreadable"] = sql.SQL("CASE WHEN {} THEN false ELSE {} END").format(carries, unreadable)
    return conditions


def _only_if(guard: sql.Composable, condition: sql.Composable) -> sql.Composable:
    """Evaluate a condition only for the rows that meet another one."""
    return sql.SQL("CASE WHEN {} THEN {} ELSE false END").format(guard, condition)


def _row_states(conditions: Sequence[Iterable[_Condition]], row: Sequence[object]) -> list[_RowState]:
    values = iter(row)
    return [_row_state({condition for condition in each if next(values)}) for each in conditions]


def _row_state(met: set[_Condition]) -> _RowState:
    if "carries" in met:
        return "exempt" if "exempt" in met else "unremovable" if "unremovable" in met else "removable"
    return "unreadable" if "unreadable" in met and "exempt" not in met else "absent"


def _sum(groups: list[_Group], index: int) -> RowCounts:
    def rows(*states: _RowState, is_held: bool | None = None) -> int:
        return sum(group.rows for group in groups if group.states[index] in states and is_held in (None, group.is_held))

    return RowCounts(
        carrying=rows("exempt", "removable", "unremovable"),
        exempt=rows("exempt"),
        held=rows("removable", "unremovable", is_held=True),
        to_erase=rows("removable", "unremovable", is_held=False),
        unremovable=rows("unremovable", is_held=False),
        unreadable=rows("unreadable"),
    )
