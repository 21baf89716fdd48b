"""What must be true before the first row is erased; each refusal says what is in the way and the way on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.policy_fit.overlaps import find_overlaps
from minimize.catalog.policy_fit.protections import find_erased_protections
from minimize.catalog.side_effects.side_effect import SideEffect, listed
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.catalog.tables import TableFacts, read_tables
from minimize.errors import MissingPrivilegeError, Problem, RefusedError, UsageError
from minimize.purge.options import PurgeOptions, StrategyChoice, TriggerChoice
from minimize.purge.preflight.nullability import require_nullable
from minimize.purge.preflight.side_effects import find_all_side_effects, find_table_side_effects
from minimize.purge.strategy.choice import SUBJECTS, is_applicable, uses_truncate
from minimize.purge.strategy.truncate import truncate_obstacle

# Inner partitions have no rows, but the proof constraint goes through them.
_TREE = sql.SQL("""
WITH RECURSIVE tree AS (
  SELECT unnest(%s::oid[]) AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid)
SELECT oid::regclass::text FROM tree JOIN pg_class USING (oid) WHERE {} ORDER BY 1
""")
_NOT_OWNED = _TREE.format(sql.SQL("NOT pg_has_role(relowner, 'USAGE')"))
_HIDING = _TREE.format(sql.SQL("row_security_active(oid)"))


@dataclass(frozen=True, slots=True)
class PreflightResult:
    """What was found out before the first batch."""

    findings: tuple[SideEffect, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be told of a purge that starts all the same."""
        return tuple(str(finding) for finding in self.findings if not finding.refuses)


def check_preconditions(conn: Connection, survey: Survey, options: PurgeOptions) -> PreflightResult:
    """Check everything a purge needs, in the order in which an operator would mend it.

    Raises:
        PolicyError: The policy does not fit this database.
        UsageError: The strategy fits no location.
        RefusedError: No authority to destroy, a read-only server, rows that row security hides, a column that cannot be
            NULL, a whole table that cannot be emptied at once though the strategy says so, or a finding that refuses.
        MissingPrivilegeError: A table or a part of it is not the role's own, or `suppress` without the right to set
            session_replication_role.
    """
    require_preconditions(conn, survey, options.strategy)
    found = find_side_effects(conn, survey, options)
    refuse_side_effects(conn, found, options.triggers)
    return found


def find_side_effects(conn: Connection, survey: Survey, options: PurgeOptions) -> PreflightResult:
    """Return everything that would see, copy or be hurt by the purge, whether or not it is refused for that."""
    truncated = [table.name for table in survey.tables if uses_truncate(conn, table, options.strategy)]
    return PreflightResult(find_all_side_effects(conn, survey, options.triggers, options.consumers, truncated))


def preflight_attached(
    conn: Connection, survey: Survey, table: SurveyedTable, facts: TableFacts, options: PurgeOptions
) -> PreflightResult:
    """Check what has been attached to a table since it was surveyed as the preflight would have.

    Args:
        conn: A connection.
        survey: The policy and what this database had of it.
        table: The table as it was surveyed, or seen last.
        facts: The table as it is now.
        options: How to purge.

    Raises:
        RefusedError: A hold or an exception of the policy that does not stand at both of two tables that have rows in
            common by now, a column that cannot be NULL, or a finding that refuses; none of the new rows was touched.
        MissingPrivilegeError: What was attached is not the role's own.
    """
    _require_same_protection(conn, survey, table, facts)
    known = {leaf.oid for leaf in table.facts.leaves} if table.facts else set()
    attached = tuple(leaf for leaf in facts.leaves if leaf.oid not in known)
    if not attached:
        return PreflightResult(())
    _require_protection(conn, survey, replace(table, facts=facts))
    part = replace(table, facts=replace(facts, leaves=attached))
    _require_ownership(conn, [part])
    _require_all_rows(conn, [part])
    require_nullable(conn, [part])
    going = uses_truncate(conn, part, options.strategy)
    found = PreflightResult(
        tuple(find_table_side_effects(conn, part, options.triggers, options.consumers, uses_truncate=going))
    )
    refuse_side_effects(conn, found, options.triggers)
    return found


def require_preconditions(conn: Connection, survey: Survey, strategy: StrategyChoice) -> None:
    """Check that the policy, the server, the role and the columns let values be erased, and by this strategy.

    Raises:
        PolicyError: The policy does not fit this database.
        UsageError: The strategy fits no location.
        RefusedError: No authority to destroy, a read-only server, rows that row security hides, a column that cannot be
            NULL, a whole table that cannot be emptied at once though the strategy says so.
        MissingPrivilegeError: A table or a part of it is not the role's own.
    """
    _require_disposition(survey)
    _require_primary(conn)
    check_survey(conn, survey)
    _require_ownership(conn, survey.tables)
    _require_all_rows(conn, survey.tables)
    require_nullable(conn, survey.tables)
    _require_strategy(conn, survey, strategy)


def refuse_side_effects(conn: Connection, found: PreflightResult, triggers: TriggerChoice) -> None:
    """Refuse what a finding refuses, and triggers that cannot be suppressed.

    Raises:
        RefusedError: A line for each finding; the hint is theirs.
        MissingPrivilegeError: `suppress` without the right to set session_replication_role.
    """
    refusing = [finding for finding in found.findings if finding.refuses]
    if refusing:
        raise RefusedError.from_problems(
            [Problem(f"{finding.object} {finding.what}", finding.hint) for finding in refusing]
        )
    if triggers == "suppress":
        _require_suppression(conn)


def _require_same_protection(conn: Connection, survey: Survey, table: SurveyedTable, facts: TableFacts) -> None:
    """Refuse tables that by now share rows, but not the holds and exceptions that protect those."""
    involved = [each for each in survey.tables if each.name == table.name or each.keeps_rows or table.keeps_rows]
    with translate_errors("reading the partitions of other tables of the policy"):
        now = {**read_tables(conn, [each.name for each in involved if each.name != table.name]), table.name: facts}
    tables = tuple(replace(each, facts=now.get(each.name)) for each in involved)
    problems = list(find_overlaps(replace(survey, tables=tables)))
    if problems:
        raise RefusedError.from_problems(problems)


def _require_protection(conn: Connection, survey: Survey, table: SurveyedTable) -> None:
    """Refuse exceptions and holds that by now read what the policy erases."""
    tables = tuple(table if each.name == table.name else each for each in survey.tables)
    problems = list(find_erased_protections(conn, replace(survey, tables=tables)))
    if problems:
        raise RefusedError.from_problems(problems)


def _require_disposition(survey: Survey) -> None:
    if not survey.policy.is_disposition_given:
        raise RefusedError(
            f"policy {survey.policy.id} names no authority to destroy what was collected",
            hint="Fill in authority and approved_by of [disposition]; minimize erases nothing without them.",
        )


def _require_primary(conn: Connection) -> None:
    with translate_errors("asking whether the server is writable"):
        row = conn.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean").fetchone()
    if row and row[0]:
        raise RefusedError(
            "this server is read-only",
            hint="Connect to the primary, not to a standby or a read-only session.",
        )


def _require_ownership(conn: Connection, tables: Iterable[SurveyedTable]) -> None:
    """Find out before the first row what the proof constraint and the VACUUM at the end would fail on."""
    oids = [table.facts.oid for table in tables if table.facts and table.present]
    with translate_errors("asking who owns the tables"):
        missing = [str(name) for (name,) in conn.execute(_NOT_OWNED, [oids])]
    if missing:
        raise MissingPrivilegeError(
            f"this role is not the owner of {listed(missing)}",
            hint="Run it as the owner of the tables, of their partitions and of what inherits from them, or as a member"
            " of the roles that own them.",
        )


def _require_all_rows(conn: Connection, tables: Iterable[SurveyedTable]) -> None:
    """Find out before the first count that a policy of the tables would hide rows from it."""
    oids = [table.facts.oid for table in tables if table.facts and table.present]
    with translate_errors("asking about row security"):
        hiding = [str(name) for (name,) in conn.execute(_HIDING, [oids])]
    if hiding:
        raise RefusedError(
            f"row security applies to this role on {listed(hiding)}: rows would be hidden from the purge",
            hint="Run it as a role with BYPASSRLS, or ALTER TABLE ... NO FORCE ROW LEVEL SECURITY for the time.",
        )


def _require_strategy(conn: Connection, survey: Survey, strategy: StrategyChoice) -> None:
    tables = [table for table in survey.tables if is_applicable(strategy, table)]
    if not tables:
        raise UsageError(
            f"--strategy {strategy} fits no location of the policy: it is for {SUBJECTS[strategy]}",
            hint="Leave it out: auto chooses for each table, and --dry-run says why.",
        )
    if strategy == "truncate":
        present = [table for table in tables if table.present]
        obstacles = [(table.name, why) for table in present if (why := truncate_obstacle(conn, table))]
        if obstacles:
            raise RefusedError(
                "\n".join(f"{name} cannot be emptied at once: {why}" for name, why in obstacles),
                hint="Leave out --strategy truncate: what may go is then deleted in batches.",
            )


def _require_suppression(conn: Connection) -> None:
    with (
        translate_errors("suppressing triggers (SET session_replication_role)"),
        conn.transaction(force_rollback=True),
    ):
        # minimize: ignore[MZL006] the purge's own batches; the guard is ENABLE ALWAYS
        conn.execute("SET LOCAL session_replication_role = replica")
