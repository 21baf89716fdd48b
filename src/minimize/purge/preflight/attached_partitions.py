"""Check partitions that were attached during the run, before the first of their rows is erased."""

from __future__ import annotations

from dataclasses import replace

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.policy_fit.overlaps import find_overlaps
from minimize.catalog.policy_fit.protections import find_erased_protections
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.catalog.tables import TableFacts, read_tables
from minimize.errors import RefusedError
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.nullability import require_nullable
from minimize.purge.preflight.preconditions import PreflightResult, refuse_side_effects
from minimize.purge.preflight.privileges import require_all_rows, require_ownership
from minimize.purge.preflight.side_effects import find_table_side_effects
from minimize.purge.strategy.choice import uses_truncate


def check_attached(
    conn: Connection, survey: Survey, table: SurveyedTable, facts: TableFacts, options: PurgeOptions
) -> PreflightResult:
    """Run the preflight for the partitions that were attached to a table since it was surveyed.

    Args:
        conn: A connection.
        survey: The policy and what this database had of it.
        table: The table as it was surveyed or last refreshed.
        facts: The table as it is now.
        options: How to purge.

    Raises:
        RefusedError: Two tables of the policy now share rows but not their holds and exceptions, a column cannot be
            NULL, or a side effect refuses. None of the new rows was touched.
        MissingPrivilegeError: The role does not own what was attached.
    """
    _require_same_protection(conn, survey, table, facts)
    known = {leaf.oid for leaf in table.facts.leaves} if table.facts else set()
    attached = tuple(leaf for leaf in facts.leaves if leaf.oid not in known)
    if not attached:
        return PreflightResult(())
    _require_protection(conn, survey, replace(table, facts=facts))
    part = replace(table, facts=replace(facts, leaves=attached))
    require_ownership(conn, [part])
    require_all_rows(conn, [part])
    require_nullable(conn, [part])
    is_truncated = uses_truncate(conn, part, options.strategy)
    side_effects = PreflightResult(tuple(find_table_side_effects(conn, part, options, uses_truncate=is_truncated)))
    refuse_side_effects(conn, side_effects, triggers_suppressed=options.triggers_suppressed)
    return side_effects


def _require_same_protection(conn: Connection, survey: Survey, table: SurveyedTable, facts: TableFacts) -> None:
    """Refuse tables that now share rows, but not the holds and exceptions that protect those."""
    involved = [each for each in survey.tables if each.name == table.name or each.keeps_rows or table.keeps_rows]
    with translate_errors("reading the partitions of other tables of the policy"):
        now = {**read_tables(conn, [each.name for each in involved if each.name != table.name]), table.name: facts}
    tables = tuple(replace(each, facts=now.get(each.name)) for each in involved)
    problems = list(find_overlaps(replace(survey, tables=tables)))
    if problems:
        raise RefusedError.from_problems(problems)


def _require_protection(conn: Connection, survey: Survey, table: SurveyedTable) -> None:
    """Refuse exceptions and holds that now read what the policy erases."""
    tables = tuple(table if each.name == table.name else each for each in survey.tables)
    problems = list(find_erased_protections(conn, replace(survey, tables=tables)))
    if problems:
        raise RefusedError.from_problems(problems)
