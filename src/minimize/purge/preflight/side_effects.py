"""What would see, copy or be hurt by the writes of a purge, found before the first row; reads catalogs only."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.policy_fit.protections import find_hold_side_effects
from minimize.catalog.side_effects.consumers import find_consumers
from minimize.catalog.side_effects.foreign_keys import find_references
from minimize.catalog.side_effects.side_effect import SideEffect, listed
from minimize.catalog.side_effects.snapshot_holders import find_holders
from minimize.catalog.side_effects.triggers import CopyingTrigger, find_copying_triggers, session_is_replica
from minimize.catalog.survey import Survey, SurveyedTable, written_columns
from minimize.policy import TableName
from minimize.purge.options import ConsumerChoice, TriggerChoice

_UPDATE_RULE, _DELETE_RULE = "2", "4"


def find_all_side_effects(
    conn: Connection,
    survey: Survey,
    triggers: TriggerChoice,
    consumers: ConsumerChoice,
    truncated: Collection[TableName] = (),
) -> tuple[SideEffect, ...]:
    """Return everything that would see, copy or be hurt by the purge, with what it would do and the way on.

    Args:
        conn: A connection.
        survey: The policy and what this database has of it.
        triggers: What to do about triggers that copy.
        consumers: What to do about consumers of old values.
        truncated: The tables that go by TRUNCATE.
    """
    found = list(_role(conn, triggers))
    for table in survey.tables:
        found += find_table_side_effects(conn, table, triggers, consumers, uses_truncate=table.name in truncated)
    return (*dict.fromkeys(found), *find_hold_side_effects(conn, survey), *find_holders(conn))


def find_table_side_effects(
    conn: Connection, table: SurveyedTable, triggers: TriggerChoice, consumers: ConsumerChoice, *, uses_truncate: bool
) -> Iterator[SideEffect]:
    """Yield what would see, copy or be hurt by the purge of one table."""
    if table.facts is None or not table.present:
        return
    is_suppressing = triggers == "suppress"
    yield from _triggers(conn, table, triggers)
    yield from _unwritable(conn, table)
    yield from _rules(conn, table, is_suppressing=is_suppressing)
    yield from find_references(conn, table, is_suppressing=is_suppressing)
    yield from find_consumers(conn, table, is_sending=consumers == "send", is_truncated=uses_truncate)
    yield from _foreign(table)


def _role(conn: Connection, triggers: TriggerChoice) -> Iterator[SideEffect]:
    if triggers != "suppress" and session_is_replica(conn):
        yield SideEffect(
            "session_replication_role",
            "is replica for this role: ordinary triggers and foreign keys do not fire for the purge",
            "ALTER ROLE ... RESET session_replication_role if they should.",
            refuses=False,
        )


def _triggers(conn: Connection, table: SurveyedTable, triggers: TriggerChoice) -> Iterator[SideEffect]:
    is_suppressing = triggers == "suppress"
    firing = find_copying_triggers(conn, table, is_suppressing=is_suppressing)
    for trigger in firing:
        yield _trigger(trigger, triggers)
    for trigger in find_copying_triggers(conn, table) if is_suppressing else ():
        if trigger not in firing:
            hint = "Logical decoding goes on."
            yield SideEffect(_name(trigger), "does not fire for the purge, whatever else it does", hint, refuses=False)


def _trigger(trigger: CopyingTrigger, triggers: TriggerChoice) -> SideEffect:
    if triggers == "fire":
        what = f"fires and may copy what is erased: {trigger.why}"
        return SideEffect(_name(trigger), what, "Purge what it writes as well.", refuses=False)
    what, hint = f"would copy erased values: {trigger.why}", "Change the function to leave the field out, or choose: "
    if triggers == "suppress":
        what += "; it fires even where triggers are suppressed"
        hint += "make it an ordinary trigger (ENABLE TRIGGER), or --triggers=fire (then purge what it wrote as well)."
    else:
        hint += (
            "--triggers=suppress (they do not fire for the purge; needs SET on session_replication_role) or"
            " --triggers=fire (then purge what they wrote as well)."
        )
    return SideEffect(_name(trigger), what, hint, refuses=True)


def _name(trigger: CopyingTrigger) -> str:
    return f"trigger {trigger.name} on {trigger.relation} ({trigger.function})"


def _rules(conn: Connection, table: SurveyedTable, *, is_suppressing: bool) -> Iterator[SideEffect]:
    """Yield the rules that would rewrite a batch's statement; PostgreSQL would refuse it, in the middle of the run."""
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
            f"rule {rule} on {relation}",
            f"rewrites every {'UPDATE' if is_update else 'DELETE'}",
            "Drop the rule, or disable it for the time of the purge.",
            refuses=True,
        )


def _unwritable(conn: Connection, table: SurveyedTable) -> Iterator[SideEffect]:
    """Yield what the role may not write to, though it may own it."""
    assert table.facts is not None
    columns = sorted(written_columns(table))
    action = "UPDATE" if columns else "DELETE"
    oids = [leaf.oid for leaf in table.facts.heaps]
    with translate_errors("asking for the right to write"):
        rows = conn.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE oid = ANY (%(oids)s)"
            " AND NOT has_table_privilege(oid, %(action)s) AND (%(columns)s::text[] = '{}' OR EXISTS ("
            " SELECT FROM unnest(%(columns)s::text[]) AS c (name) WHERE NOT has_column_privilege(oid, name, 'UPDATE')))"
            " ORDER BY 1",
            {
                "oids": oids,
                "action": action,
                "columns": columns,
            },
        ).fetchall()
    if rows:
        yield SideEffect(
            f"table {listed([str(name) for (name,) in rows])}",
            f"may not be written to by this role: it lacks {action}",
            f"GRANT {action} on it to the role.",
            refuses=True,
        )


def _foreign(table: SurveyedTable) -> Iterator[SideEffect]:
    assert table.facts is not None
    if names := [str(leaf.name) for leaf in table.facts.leaves if leaf.kind == "f"]:
        yield SideEffect(
            f"foreign table {listed(names)}",
            "is not purged here: its rows are another server's",
            "Purge it where it is stored.",
            refuses=False,
        )
