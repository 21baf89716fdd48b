"""Check what must be true before the first row is erased; each refusal names the obstacle and the next action."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.side_effects.side_effect import SideEffect
from minimize.catalog.survey import Survey
from minimize.errors import Problem, RefusedError, UsageError
from minimize.purge.options import PurgeOptions, StrategyChoice
from minimize.purge.preflight.nullability import require_nullable
from minimize.purge.preflight.privileges import require_all_rows, require_ownership
from minimize.purge.preflight.side_effects import find_all_side_effects
from minimize.purge.state.upgrade import require_usable_state
from minimize.purge.strategy.choice import SCOPE, is_applicable, truncate_obstacle, uses_truncate


@dataclass(frozen=True, slots=True)
class PreflightResult:
    """Side effects that were found before the first batch."""

    findings: tuple[SideEffect, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes for a purge that starts nevertheless."""
        return tuple(str(finding) for finding in self.findings if not finding.refuses)


def check_preconditions(conn: Connection, survey: Survey, options: PurgeOptions) -> PreflightResult:
    """Check everything a purge needs, in the order in which an operator would fix it.

    Raises:
        PolicyError: The policy does not fit this database.
        UsageError: The strategy fits no location.
        RefusedError: No authority to destroy, a read-only server, rows that row security hides, a column that cannot be
            NULL, strategy `truncate` for a table that cannot be emptied at once, or a side effect that refuses.
        MissingPrivilegeError: The role does not own a table or a part of it, or may not set session_replication_role
            although triggers are to be suppressed.
    """
    require_preconditions(conn, survey, options.strategy)
    side_effects = find_side_effects(conn, survey, options)
    refuse_side_effects(conn, side_effects, triggers_suppressed=options.triggers_suppressed)
    return side_effects


def find_side_effects(conn: Connection, survey: Survey, options: PurgeOptions) -> PreflightResult:
    """Return everything that would see, copy or be affected by the purge, whether or not that refuses it."""
    truncated = [table.name for table in survey.tables if uses_truncate(conn, table, options.strategy)]
    return PreflightResult(find_all_side_effects(conn, survey, options, truncated))


def require_preconditions(conn: Connection, survey: Survey, strategy: StrategyChoice) -> None:
    """Check that the policy, the server, the role, the columns and the strategy allow values to be erased.

    Raises:
        PolicyError: The policy does not fit this database.
        UsageError: The strategy fits no location.
        RefusedError: No authority to destroy, a read-only server, a state of a later release, rows that row security
            hides, a column that cannot be NULL, or strategy `truncate` for a table that cannot be emptied at once.
        MissingPrivilegeError: The role does not own a table or a part of it.
    """
    _require_disposition(survey)
    _require_primary(conn)
    check_survey(conn, survey)
    require_ownership(conn, survey.tables)
    # After the ownership: a role that may not read schema minimize is seldom the owner of the tables.
    require_usable_state(conn)
    require_all_rows(conn, survey.tables)
    require_nullable(conn, survey.tables)
    _require_strategy(conn, survey, strategy)


def refuse_side_effects(conn: Connection, side_effects: PreflightResult, *, triggers_suppressed: bool) -> None:
    """Refuse the purge for the side effects that refuse it, and if it may not suppress triggers.

    Raises:
        RefusedError: One line and one hint for each of them.
        MissingPrivilegeError: `suppress` without the right to set session_replication_role.
    """
    refusing = [finding for finding in side_effects.findings if finding.refuses]
    if refusing:
        raise RefusedError.from_problems(
            [Problem(f"{finding.object} {finding.what}", finding.hint) for finding in refusing]
        )
    if triggers_suppressed:
        _require_suppression(conn)


def _require_disposition(survey: Survey) -> None:
    if not survey.policy.is_disposition_given:
        raise RefusedError(
            f"policy {survey.policy.id} names no authority to destroy what was collected",
            hint="Fill in authority and approved_by of [disposition]; minimize erases nothing without them.",
        )


def _require_primary(conn: Connection) -> None:
    with translate_errors("reading whether the server is writable"):
        row = conn.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean").fetchone()
    if row and row[0]:
        raise RefusedError(
            "this server is read-only",
            hint="Connect to the primary, not to a standby or a read-only session.",
        )


def _require_strategy(conn: Connection, survey: Survey, strategy: StrategyChoice) -> None:
    tables = [table for table in survey.tables if is_applicable(strategy, table)]
    if not tables:
        raise UsageError(
            f"strategy {strategy} fits no location of the policy: it is for {SCOPE[strategy]}",
            hint="Leave it out: auto chooses for each table; the preview (--dry-run) shows why.",
        )
    if strategy == "truncate":
        present = [table for table in tables if table.present]
        obstacles = [(table.name, why) for table in present if (why := truncate_obstacle(conn, table))]
        if obstacles:
            raise RefusedError(
                "\n".join(f"{name} cannot be emptied at once: {why}" for name, why in obstacles),
                hint="Leave out strategy truncate: the rows are then deleted in batches.",
            )


def _require_suppression(conn: Connection) -> None:
    with (
        translate_errors("suppressing triggers (SET session_replication_role)"),
        conn.transaction(force_rollback=True),
    ):
        # minimize: ignore[MZL006] the purge's own batches; the guard is ENABLE ALWAYS
        conn.execute("SET LOCAL session_replication_role = replica")
