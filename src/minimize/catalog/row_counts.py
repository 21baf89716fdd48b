"""Counting the rows that still carry a retired field: the row check that every other layer shares."""

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


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows of one location; `carrying` is the sum of exempt, held and to erase, `unreadable` are others."""

    carrying: int = 0
    exempt: int = 0
    held: int = 0
    to_erase: int = 0
    unremovable: int = 0
    """Those of `to_erase` that carry what cannot be taken out, such as a barcode that cannot be read."""
    unreadable: int = 0
    """Rows in which the value may be, in a form that the location's kind cannot read."""

    @property
    def removable(self) -> int:
        """What another pass could still erase."""
        return self.to_erase - self.unremovable


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
    asked = _asked(sites)
    with translate_errors(f"counting {table.name}", passing=_NOT_READABLE):
        rows = conn.execute(count_statement(table, sites)).fetchall()
    groups = [_Group(_row_states(asked, row), bool(row[-2]), integer(row[-1])) for row in rows]
    return {site.name: _sum(groups, index) for index, site in enumerate(sites)}


def count_statement(table: SurveyedTable, sites: Sequence[Site]) -> sql.Composed:
    """Return the query that counts rows by how they stand at these sites, which may be done in parallel."""
    questions = [question for each in _asked(sites) for question in each.values()]
    # Grouped by booleans: PostgreSQL expects two groups of each, so few in all, and then counts in parallel.
    return sql.SQL("SELECT {questions}, {held}, count(*) FROM {table} WHERE {concerned} GROUP BY {keys}").format(
        questions=sql.SQL(", ").join(questions),
        held=held(table.holds),
        table=relation(table.name),
        concerned=sql.SQL(" OR ").join(_concerned(site) for site in sites),
        keys=sql.SQL(", ").join(sql.Literal(number) for number in range(1, len(questions) + 2)),
    )


class _Group(NamedTuple):
    """Rows that stand alike: per site absent, exempt, removable, unremovable or unreadable, and held or not."""

    states: list[_RowState]
    is_held: bool
    rows: int


_RowState = Literal["absent", "exempt", "removable", "unremovable", "unreadable"]
_Question = Literal["carries", "exempt", "unremovable", "unreadable"]


def _concerned(site: Site) -> sql.Composable:
    """Return the condition that a row carries or may carry at a site."""
    carries, unreadable = site.location.carries(site.row), site.location.unreadable(site.row)
    return carries if unreadable is None else sql.SQL("({} OR {})").format(carries, unreadable)


def _asked(sites: Sequence[Site]) -> list[dict[_Question, sql.Composable]]:
    return [_questions(site, is_alone=len(sites) == 1) for site in sites]


def _questions(site: Site, *, is_alone: bool) -> dict[_Question, sql.Composable]:
    """Return the conditions that tell how a row stands at a site, without those that no row can meet."""
    location, row = site.location, site.row
    unreadable = location.unreadable(row)
    # Asked once a row where there is nothing else to ask: of a long document that is most of the count.
    carries = sql.SQL("true") if is_alone and unreadable is None else location.carries(row)
    questions: dict[_Question, sql.Composable] = {"carries": carries}
    if location.keep_where:
        # An exception need not be askable of a row that only another site concerns: a cast in it may fail there.
        questions["exempt"] = exempt(location, row) if is_alone else _where(_concerned(site), exempt(location, row))
    if location.removable(row) is not None:
        questions["unremovable"] = _where(carries, unremovable(location, row))
    if unreadable is not None:
        questions["unreadable"] = sql.SQL("CASE WHEN {} THEN false ELSE {} END").format(carries, unreadable)
    return questions


def _where(condition: sql.Composable, question: sql.Composable) -> sql.Composable:
    """Ask a question of the rows that meet a condition, and of no other."""
    return sql.SQL("CASE WHEN {} THEN {} ELSE false END").format(condition, question)


def _row_states(asked: Sequence[Iterable[_Question]], answers: Sequence[object]) -> list[_RowState]:
    answer = iter(answers)
    return [_row_state({question for question in questions if next(answer)}) for questions in asked]


def _row_state(met: set[_Question]) -> _RowState:
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
