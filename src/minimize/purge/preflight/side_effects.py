"""Find what would see, copy or be affected by the writes of a purge, before the first row. Reads catalogs only."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.policy_fit.protections import find_hold_side_effects
from minimize.catalog.side_effects.consumers import find_consumers
from minimize.catalog.side_effects.foreign_keys import find_references
from minimize.catalog.side_effects.side_effect import SideEffect, listed
from minimize.catalog.side_effects.snapshot_holders import find_holders
from minimize.catalog.side_effects.triggers import session_is_replica
from minimize.catalog.survey import Survey, SurveyedTable, written_columns
from minimize.policy import TableName
from minimize.purge.options import PurgeOptions
from minimize.purge.preflight.copying_triggers import find_trigger_side_effects

_UPDATE_RULE, _DELETE_RULE = "2", "4"


def find_all_side_effects(
    conn: Connection, survey: Survey, options: PurgeOptions, truncated: Collection[TableName] = ()
) -> tuple[SideEffect, ...]:
    """Return everything that would see, copy or be affected by the purge, with its effect and the way on.

    Args:
        conn: A connection.
        survey: The policy and what this database has of it.
        options: What to do about triggers that copy, and about consumers of old values.
        truncated: The tables that TRUNCATE empties.
    """
    side_effects = list(_role(conn, options))
    for table in survey.tables:
        side_effects += find_table_side_effects(conn, table, options, uses_truncate=table.name in truncated)
    return (*dict.fromkeys(side_effects), *find_hold_side_effects(conn, survey), *find_holders(conn))


def find_table_side_effects(
    conn: Connection, table: SurveyedTable, options: PurgeOptions, *, uses_truncate: bool
) -> Iterator[SideEffect]:
    """Yield what would see, copy or be affected by the purge of one table."""
    if table.facts is None or not table.present:
        return
    is_suppressing = options.triggers_suppressed
    yield from find_trigger_side_effects(conn, table, options)
    yield from _not_writable(conn, table)
    yield from _rules(conn, table, is_suppressing=is_suppressing)
    yield from find_references(conn, table, is_suppressing=is_suppressing)
    yield from find_consumers(conn, table, is_sending=options.consumers == "send", is_truncated=uses_truncate)
    yield from _foreign(table)


def _role(conn: Connection, options: PurgeOptions) -> Iterator[SideEffect]:
    if not options.triggers_suppressed and session_is_replica(conn):
        yield SideEffect(
            object="session_replication_role",
            what="is replica for this role: ordinary triggers and foreign keys do not fire for the purge",
            hint="ALTER ROLE ... RESET session_replication_role if they should.",
            refuses=False,
        )


def _rules(conn: Connection, table: SurveyedTable, *, is_suppressing: bool) -> Iterator[SideEffect]:
    """Yield the rules that would rewrite a batch's statement: PostgreSQL would refuse it during the run."""
    assert table.facts is not None
    is_update = bool(written_columns(table))
    enabled = "AR" if is_suppressing or session_is_replica(conn) else "OA"
    with translate_errors("reading the rules"):
        rows = conn.execute(
            "SELECT rulename::text, ev_class::regclass::text FROM pg_rewrite WHERE ev_class = ANY (%s)"
            " AND ev_type = %s AND ev_enabled = ANY (%s) ORDER BY 2, 1",
            [
                [table.facts.oid, *(leaf.oid for leaf in table.facts.leaves)],
                _UPDATE_RULE if is_update else _DELETE_RULE,
                list(enabled),
            ],
        ).fetchall()
    for rule, relation in rows:
        yield SideEffect(
            object=f"rule {rule} on {relation}",
            what=f"rewrites every {'UPDATE' if is_update else 'DELETE'}",
            hint="Drop the rule, or disable it for the time of the purge.",
            refuses=True,
        )


def _not_writable(conn: Connection, table: SurveyedTable) -> Iterator[SideEffect]:
    """Yield the tables that the role may not write to, even if it owns them."""
    assert table.facts is not None
    columns = sorted(written_columns(table))
    action = "UPDATE" if columns else "DELETE"
    oids = [leaf.oid for leaf in table.facts.heaps]
    with translate_errors("reading the privileges of the role"):
        rows = conn.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE oid = ANY (%(oids)s)"
            " AND NOT has_table_privilege(oid, %(action)s) AND (%(columns)s::text[] = '{}' OR EXISTS ("
            " SELECT FROM unnest(%(columns)s::text[]) AS c (name) WHERE NOT has_column_privilege(oid, name, 'UPDATE')))"
            " ORDER BY 1",
            {"oids": oids, "action": action, "columns": columns},
        ).fetchall()
    if rows:
        yield SideEffect(
            object=f"table {listed([str(name) for (name,) in rows])}",
            what=f"may not be written to by this role: it lacks {action}",
            hint=f"GRANT {action} on it to the role.",
            refuses=True,
        )


def _foreign(table: SurveyedTable) -> Iterator[SideEffect]:
    assert table.facts is not None
    if names := [str(leaf.name) for leaf in table.facts.leaves if leaf.kind == "f"]:
        yield SideEffect(
            object=f"foreign table {listed(names)}",
            what="is not purged here: its rows are another server's",
            hint="Purge it where it is stored.",
            refuses=False,
        )
