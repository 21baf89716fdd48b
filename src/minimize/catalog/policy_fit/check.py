"""Checks whether a policy fits a database: names, types and predicates, with catalog queries and EXPLAIN."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import psycopg
from psycopg import sql

from minimize.catalog.connection import Connection, dry_transaction
from minimize.catalog.error_translation import safe_message, translate
from minimize.catalog.policy_fit.conflicting_locations import find_conflicting_locations
from minimize.catalog.policy_fit.one_condition import why_not_one_condition
from minimize.catalog.policy_fit.overlaps import find_overlaps
from minimize.catalog.policy_fit.protections import find_erased_protections
from minimize.catalog.row_counts import relation
from minimize.catalog.survey import Presence, Site, Survey, SurveyedTable, describe_missing
from minimize.errors import PolicyError, Problem
from minimize.locations import carries_unexempt, exempt, held
from minimize.locations.predicate import shortened
from minimize.sql import SCHEMA

_POLICY_TEXT_CLASSES = ("0A", "21", "22", "2F", "38", "39", "3F", "42", "54", "P0")
"""SQLSTATE classes for errors in the text of a statement, or in a constant that it computes."""

_CONDITION_HINT = "Write one SQL condition, such as app_type IN ('EDL', 'EID'), without a semicolon after it."


def check_survey(conn: Connection, survey: Survey) -> None:
    """Refuse a policy that does not fit this database.

    Raises:
        PolicyError: With every problem and its hint.
        LockNotAvailableError: Another session locks a table that a predicate reads.
        DatabaseError: The server failed.
    """
    problems = [problem for table in survey.tables for problem in _problems(conn, table)]
    problems += _idle_holds(survey)
    problems += find_overlaps(survey)
    # These checks need predicates and patterns that work.
    problems = problems or [*find_conflicting_locations(conn, survey), *find_erased_protections(conn, survey)]
    if problems:
        raise PolicyError.from_problems(problems)


def _problems(conn: Connection, table: SurveyedTable) -> Iterator[Problem]:
    if any(s.location.is_whole_table and s.presence is Presence.DROPPED for s in table.sites):
        return
    if table.facts is None:
        yield Problem(
            f"table {table.name} does not exist",
            "Correct the name, or connect to the database that has it.",
        )
        return
    if table.facts.kind not in ("r", "p"):
        yield Problem(f"{table.name} is not a table", "Name the table that stores the values, not a view of it.")
        return
    for site in table.sites:
        problem = _site_problem(conn, table, site)
        if problem:
            yield problem
    yield from _hold_problems(conn, table)


def _site_problem(conn: Connection, table: SurveyedTable, site: Site) -> Problem | None:
    assert table.facts is not None
    column = site.location.column_name
    if site.presence is Presence.MISSING and column is not None:
        close = difflib.get_close_matches(column, table.facts.columns, n=1)
        hint = f'Did you mean "{close[0]}"?' if close else f"{table.name} has {', '.join(table.facts.columns)}."
        return Problem(f"{describe_missing(table, site)} does not exist", hint)
    if site.presence is not Presence.PRESENT:
        return None
    if column is not None:
        facts = table.facts.columns[column]
        accepted = site.location.column_types
        if accepted is not None and facts.type not in accepted:
            names = " or ".join(sorted(map(_type_name, accepted)))
            return Problem(
                f"{site.name}: the column is of type {_type_name(facts.type)}",
                f"A {site.location.kind} location needs a column of type {names}.",
            )
        if facts.is_generated:
            return Problem(
                f"{site.name}: the column is generated from others",
                "Name the columns from which it is generated.",
            )
    return _probe_problem(conn, site) or _predicate_problem(conn, table, site)


def _type_name(name: str) -> str:
    """Return a type name as it is written in SQL; in pg_type the name of an array begins with an underscore."""
    return f"{name[1:]}[]" if name.startswith("_") else name


def _probe_problem(conn: Connection, site: Site) -> Problem | None:
    for probe in site.location.probes(site.row):
        try:
            with dry_transaction(conn):
                found = conn.execute(sql.SQL("SELECT {}").format(probe.question)).fetchone()
        except psycopg.errors.InsufficientPrivilege:
            continue
        except psycopg.Error as error:
            return Problem(f"{site.name}: {probe.key}: {_fault(error, f'checking {site.name}')}", probe.hint)
        if found and found[0]:
            return Problem(f"{site.name}: {probe.key}: {probe.what}", probe.hint)
    return None


def _predicate_problem(conn: Connection, table: SurveyedTable, site: Site) -> Problem | None:
    try:
        # First the exception alone: the second condition may call functions that are not installed yet.
        conditions = exempt(site.location, site.row), carries_unexempt(site.location, site.row)
    except PolicyError as error:
        return Problem(f"{site.name}: {error.message}", error.hint)
    for text in site.location.keep_where.values():
        if why := why_not_one_condition(conn, table, text):
            return Problem(f"{site.name}: keep_where {shortened(text)}: {why}", _CONDITION_HINT)
    why = next(filter(None, (_explain(conn, table, condition) for condition in conditions)), None)
    if why is None:
        return None
    return Problem(
        f"{site.name}: keep_where does not work on {table.name}: {why}",
        "It is one SQL condition over the columns of that table.",
    )


def _idle_holds(survey: Survey) -> Iterator[Problem]:
    """Find the holds without effect: their table has no location under this name, so their rows would be erased."""
    names = {table.name for table in survey.tables}
    for hold in survey.policy.holds:
        if hold.table not in names:
            yield Problem(
                f"hold {hold.id}: no location of the policy is in {hold.table}, so it has no effect",
                f"Name the table as its locations do: {', '.join(sorted(map(str, names)))}.",
            )


def _hold_problems(conn: Connection, table: SurveyedTable) -> Iterator[Problem]:
    for hold in table.holds:
        if why := why_not_one_condition(conn, table, hold.rows):
            yield Problem(f"hold {hold.id}: rows {shortened(hold.rows)}: {why}", _CONDITION_HINT)
        elif why := _explain(conn, table, held([hold])):
            yield Problem(
                f"hold {hold.id}: rows does not work on {table.name}: {why}",
                "It is one SQL condition; it may read other tables.",
            )


def _explain(conn: Connection, table: SurveyedTable, condition: sql.Composable) -> str | None:
    """Return the error of the server for a condition, None if there is none. Reads only catalogs."""
    statement = sql.SQL("EXPLAIN SELECT 1 FROM {} WHERE {}").format(relation(table.name), condition)
    try:
        with dry_transaction(conn):
            # Binary: the extended protocol, in which the server accepts one statement only.
            conn.execute(statement, binary=True)
    except (psycopg.errors.UndefinedFunction, psycopg.errors.InvalidSchemaName) as error:
        # The routines of minimize do not exist before the first guard is installed.
        return None if _is_at_own_routine(error, statement.as_string(conn)) else error.diag.message_primary
    except psycopg.errors.InsufficientPrivilege:
        # The step that reads the table reports this.
        return None
    except psycopg.Error as error:
        return _fault(error, f"checking the predicates on {table.name}")
    return None


def _is_at_own_routine(error: psycopg.Error, statement: str) -> bool:
    """Whether the error is about a name in schema `minimize`, by the position that the server reports."""
    position = int(error.diag.statement_position or 0)
    return position > 0 and statement[position - 1 :].startswith((f"{SCHEMA}.", f'"{SCHEMA}".'))


def _fault(error: psycopg.Error, doing: str) -> str:
    """Return the message of an error that the text of the policy causes; raise any other error."""
    is_policy_error = (error.sqlstate or "").startswith(_POLICY_TEXT_CLASSES) or isinstance(
        error, psycopg.errors.ReadOnlySqlTransaction
    )
    if not is_policy_error:
        raise translate(error, doing) from None
    return safe_message(error)
