"""What must be true before the first row is erased; each refusal says what is in the way and the way on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from minimize.catalog.check import check_survey
from minimize.catalog.connection import Connection, translated
from minimize.catalog.survey import Survey
from minimize.catalog.triggers import CopyingTrigger, find_copying_triggers
from minimize.errors import MissingPrivilegeError, RefusedError

TriggerChoice = Literal["refuse", "fire", "suppress"]


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found out before the first batch."""

    copying_triggers: tuple[CopyingTrigger, ...]


def preflight(conn: Connection, survey: Survey, triggers: TriggerChoice) -> Preflight:
    """Check everything a purge needs, in the order in which an operator would mend it.

    Raises:
        PolicyError: The policy does not fit this database.
        RefusedError: No authority to destroy, a read-only server, a NOT NULL column, a trigger that would copy.
        MissingPrivilegeError: A table is not the role's own, or `suppress` without the right to set
            session_replication_role.
    """
    _require_disposition(survey)
    _require_primary(conn)
    check_survey(conn, survey)
    _require_ownership(conn, survey)
    _require_no_rules(conn, survey)
    _require_nullable(survey)
    found = tuple(trigger for table in survey.tables for trigger in find_copying_triggers(conn, table))
    if found and triggers == "refuse":
        raise _would_copy(found)
    if triggers == "suppress":
        _require_suppression(conn)
    return Preflight(found)


def _require_disposition(survey: Survey) -> None:
    if not survey.policy.is_disposition_given:
        raise RefusedError(
            f"policy {survey.policy.id} names no authority to destroy what was collected",
            hint="Fill in authority and approved_by of [disposition]; minimize erases nothing without them.",
        )


def _require_primary(conn: Connection) -> None:
    with translated("asking whether the server is writable"):
        row = conn.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean").fetchone()
    if row and row[0]:
        raise RefusedError(
            "this server is read-only",
            hint="Connect to the primary, not to a standby or a read-only session.",
        )


def _require_ownership(conn: Connection, survey: Survey) -> None:
    """Find out before the first row what the proof constraint at the end would fail on."""
    tables = [table for table in survey.tables if table.facts and table.present]
    with translated("asking who owns the tables"):
        rows = conn.execute(
            "SELECT oid FROM pg_class WHERE oid = ANY (%s) AND NOT pg_has_role(relowner, 'USAGE')",
            [[table.facts.oid for table in tables if table.facts]],
        ).fetchall()
    missing = [str(table.name) for table in tables if table.facts and (table.facts.oid,) in rows]
    if missing:
        raise MissingPrivilegeError(
            f"this role is not the owner of {', '.join(missing)}",
            hint="Run it as the owner of the tables, or as a member of the role that owns them.",
        )


def _require_nullable(survey: Survey) -> None:
    columns = list(_not_null(survey))
    if columns:
        raise RefusedError(
            f"NOT NULL is still on {', '.join(columns)}",
            hint="Run the revision with op.guard_field first: it drops NOT NULL and the default; that of a domain, or "
            "of a partition alone, is yours to drop.",
        )


def _not_null(survey: Survey) -> Iterator[str]:
    for table in survey.tables:
        for site in table.present:
            column = site.location.column_name
            if site.location.kind == "column" and table.facts and column and table.facts.columns[column].is_not_null:
                yield site.name


def _require_no_rules(conn: Connection, survey: Survey) -> None:
    """Find the rules that would rewrite a batch's UPDATE; PostgreSQL would refuse it, in the middle of the run."""
    relations = [leaf.oid for table in survey.tables if table.facts and table.present for leaf in table.facts.leaves]
    with translated("reading the rules"):
        rows = conn.execute(
            "SELECT rulename, ev_class::regclass::text FROM pg_rewrite WHERE ev_class = ANY (%s) AND ev_type = '2'"
            " AND ev_enabled IN ('O', 'A')",
            [relations],
        ).fetchall()
    if rows:
        names = ", ".join(f"{rule} on {relation}" for rule, relation in rows)
        raise RefusedError(
            f"a rule rewrites every UPDATE: {names}", hint="Drop the rule, or disable it for the time of the purge."
        )


def _would_copy(found: tuple[CopyingTrigger, ...]) -> RefusedError:
    lines = [f"trigger {t.name} on {t.relation} ({t.function}) would copy erased values: {t.why}" for t in found]
    return RefusedError(
        "\n".join(lines),
        hint="Change the function to leave the field out, or choose: --triggers=suppress (they do not fire for the "
        "purge; needs SET on session_replication_role) or --triggers=fire (then purge what they wrote as well).",
    )


def _require_suppression(conn: Connection) -> None:
    with (
        translated("suppressing triggers (SET session_replication_role)"),
        conn.transaction(force_rollback=True),
    ):
        # minimize: ignore[MZL006] the purge's own batches; the guard is ENABLE ALWAYS
        conn.execute("SET LOCAL session_replication_role = replica")
