"""The drop gate: a DO block that refuses a drop unless every precondition is met. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from psycopg import sql

from minimize.catalog.survey import Site
from minimize.locations import carries_unexempt, held
from minimize.locations.object_names import identifier, literal
from minimize.plan.drop import columns_by_table, sites_by_table, tables_to_drop
from minimize.plan.proof_constraint import PIN_SETTINGS, RESTORE_SETTINGS, SETTINGS_DECLARATIONS, has_proof
from minimize.policy import Hold, Policy, TableName
from minimize.sql import do_block

Route = Literal["purge", "direct"]


@dataclass(frozen=True, slots=True)
class GuardCheck:
    """The trigger names of one guard, and the condition that the guard matches the policy."""

    triggers: tuple[str, ...]
    is_intact: sql.Composable


def drop_gate(
    policy: Policy,
    sites: Sequence[Site],
    *,
    guards: Mapping[str, GuardCheck],
    route: Route,
    ignored: Sequence[str],
) -> sql.Composed:
    """Return a DO block that raises MZ002 unless the field may be dropped.

    It checks, in this order: no dependents outside the column, the guard in place, no value left to erase, no held
    value in a column to drop. It reads the rows of a table unless validated proof constraints cover all its sites.

    Args:
        policy: The policy.
        sites: The sites of the field.
        guards: The check of each guard, by location name.
        route: `purge` refuses while a value remains; `direct` allows dropping the column with its values.
        ignored: Dependents to ignore, written as in the refusal.
    """
    checks = [_no_dependents(table, columns, ignored) for table, columns in columns_by_table(sites)]
    checks += [_no_table_dependents(table, ignored) for table in tables_to_drop(sites)]
    checks += [_is_guarded(site, guards[site.name]) for site in sites]
    checks += [_no_unexempt(table, group, policy.holds_on(table), route) for table, group in sites_by_table(sites)]
    return do_block(
        sql.SQL("DECLARE\n{}  found text;\n  hits boolean[];\nBEGIN\n{}{}\n{}END").format(
            SETTINGS_DECLARATIONS, PIN_SETTINGS, sql.SQL("\n").join(checks), RESTORE_SETTINGS
        )
    )


def _refuse(message: sql.Composable, hint: str) -> sql.Composable:
    return sql.SQL("RAISE EXCEPTION USING ERRCODE = 'MZ002', MESSAGE = {}, HINT = {};").format(
        message, sql.Literal(hint)
    )


def _no_dependents(table: TableName, columns: Sequence[str], ignored: Sequence[str]) -> sql.Composable:
    found = sql.SQL("minimize.dependents_v1({}, {}) WHERE NOT is_own").format(
        literal(table), sql.Literal(list(columns))
    )
    return _nothing_found(found, f"{', '.join(columns)} of {table}", ignored)


def _no_table_dependents(table: TableName, ignored: Sequence[str]) -> sql.Composable:
    found = sql.SQL("minimize.table_dependents_v1({}) WHERE true").format(literal(table))
    return _nothing_found(found, f"table {table}", ignored)


def _nothing_found(dependents: sql.Composable, what: str, ignored: Sequence[str]) -> sql.Composable:
    return sql.SQL(
        "  SELECT string_agg(object, ', ' ORDER BY object) INTO found FROM {} AND object <> ALL ({}::text[]);\n"
        "  IF found IS NOT NULL THEN\n    {}\n  END IF;"
    ).format(
        dependents,
        sql.Literal(list(ignored)),
        _refuse(
            sql.SQL("format('%s cannot be dropped, in the way: %s', {}, found)").format(sql.Literal(what)),
            "Drop or rewrite it earlier in the same revision; name it in ignore= if it only looks like a reader.",
        ),
    )


def _is_guarded(site: Site, guard: GuardCheck) -> sql.Composable:
    names = list(dict.fromkeys(guard.triggers))
    return sql.SQL(
        "  IF NOT ({intact}) OR EXISTS (\n"
        "      WITH RECURSIVE tree AS (\n"
        "        SELECT {table}::regclass::oid AS oid\n"
        "        UNION\n"
        "        SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)\n"
        "      SELECT FROM tree WHERE (SELECT count(*) FROM pg_trigger WHERE tgrelid = tree.oid AND tgenabled = 'A'\n"
        "        AND tgname = ANY ({names}::text[])) < {count}) THEN\n    {refuse}\n  END IF;"
    ).format(
        intact=guard.is_intact,
        table=literal(site.location.table_name),
        names=sql.Literal(names),
        count=sql.Literal(len(names)),
        refuse=_refuse(
            sql.Literal(f"{site.name} is not guarded as the policy says"),
            "`minimize guard check` says why; run op.guard_field again, in a revision before this one.",
        ),
    )


def _no_unexempt(table: TableName, sites: Sequence[Site], holds: Sequence[Hold], route: Route) -> sql.Composable:
    """Return the row check of one table: one scan for all of its sites, none if all of them are proven."""
    checks = [check for site in sites for check in _row_checks(site, holds, route)]
    if not checks:
        return sql.SQL("")
    return sql.SQL(
        "  IF NOT ({proven}) THEN\n    SELECT ARRAY[{conditions}] INTO hits FROM {table};\n{refusals}\n  END IF;"
    ).format(
        proven=sql.SQL(" AND ").join(has_proof(site.location) for site in sites),
        conditions=sql.SQL(", ").join(sql.SQL("bool_or({})").format(condition) for condition, _ in checks),
        table=identifier(table),
        refusals=sql.SQL("\n").join(
            sql.SQL("    IF hits[{}] THEN\n      {}\n    END IF;").format(sql.Literal(number), refusal)
            for number, (_, refusal) in enumerate(checks, start=1)
        ),
    )


def _row_checks(site: Site, holds: Sequence[Hold], route: Route) -> Iterator[tuple[sql.Composable, sql.Composable]]:
    carrying, is_held = carries_unexempt(site.location, site.row), held(holds)
    if route == "purge" or not site.location.is_dropped:
        refusal = _refuse(sql.Literal(f"{site.name} still carries values"), "Run `minimize purge`, then upgrade again.")
        yield sql.SQL("{} AND NOT ({})").format(carrying, is_held), refusal
    if holds and site.location.is_dropped:
        refusal = _refuse(
            sql.Literal(f"{site.name} has values under hold ({', '.join(hold.id for hold in holds)})"),
            "A held value may not be dropped: wait until the hold is released, then purge and upgrade.",
        )
        yield sql.SQL("{} AND {}").format(carrying, is_held), refusal
