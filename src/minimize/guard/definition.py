"""The guard of one location: functions, the triggers and the CHECK that call them, and a counter, as DDL. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from psycopg import sql

from minimize.guard.constraint import GuardConstraint, accepted_seals, check_condition, seal
from minimize.guard.function import CURRENT, EARLIER, check_function, function_name, guard_function
from minimize.locations import TableRow
from minimize.locations.object_names import guard_name, identifier, literal
from minimize.locations.row import NEW
from minimize.policy import Field, Location, TableName
from minimize.sql import do

PREFIX = "~minimize_"
"""Row triggers fire in the byte order of their names, and `~` is the last printable ASCII character."""

# Of the trigger as PostgreSQL prints it and of its function's body. The major version is part of it because a new
# release may print the same definition differently. Both sides compute it with search_path = pg_catalog, so that names
# are printed with their schema whoever looks.
DEFINITION_DIGEST = sql.SQL(
    "current_setting('server_version_num')::int / 10000 || ':' || "
    "md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, ''))"
)

_EVERY_WRITE: Final = "INSERT OR UPDATE"
_FIRING: Final[dict[str, tuple[tuple[LiteralString, LiteralString], ...]]] = {
    # No BEFORE INSERT: COPY would insert row by row where it inserts by the page, and the CHECK comes early enough.
    "reject": (("BEFORE", "UPDATE"), ("AFTER", _EVERY_WRITE)),
    "strip": (("BEFORE", _EVERY_WRITE), ("AFTER", _EVERY_WRITE)),
    "warn": (("BEFORE", _EVERY_WRITE),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardTrigger:
    """One trigger of a guard, on the location's table or on one that inherits from it."""

    table: TableName
    name: str
    create: sql.Composed
    policy_digest: str
    earlier_digests: tuple[str, ...]
    """Digests that earlier releases recorded for the same policy."""

    def install(self) -> tuple[sql.Composed, ...]:
        """Return the statements that create or replace it, firing always, sealed with its digests."""
        alter = sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(
            identifier(self.table), sql.Identifier(self.name)
        )
        return (self.create, alter, self._seal())

    def remove(self) -> sql.Composed:
        """Return the statement that drops it."""
        return sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(sql.Identifier(self.name), identifier(self.table))

    def is_intact(self) -> sql.Composed:
        """Return a condition: it is there, fires always, and is what this policy made. Ask it on path pg_catalog."""
        return sql.SQL(
            "EXISTS (SELECT FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = to_regclass({table}) AND t.tgname = {name} AND t.tgenabled = 'A'"
            " AND obj_description(t.oid, 'pg_trigger') = ANY ({seals}))"
        ).format(
            table=literal(self.table),
            name=sql.Literal(self.name),
            seals=accepted_seals(self, DEFINITION_DIGEST),
        )

    def _seal(self) -> sql.Composed:
        """Record in the trigger's comment what it was made from and what PostgreSQL made of it."""
        return do(
            sql.SQL(
                "DECLARE\n  definition text;\n  path text := current_setting('search_path');\nBEGIN\n"
                "  PERFORM set_config('search_path', 'pg_catalog', true);\n"
                "  SELECT {digest} INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid\n"
                "    WHERE t.tgrelid = {table}::regclass AND t.tgname = {name};\n"
                "  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', {name}, {table}, {policy} || definition);\n"
                "  PERFORM set_config('search_path', path, true);\nEND"
            ).format(
                digest=DEFINITION_DIGEST,
                table=literal(self.table),
                name=sql.Literal(self.name),
                policy=sql.Literal(seal(self.policy_digest)),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Everything in the database that refuses, strips or reports a retired field at one location.

    BEFORE and the CHECK keep a value from ever reaching a page or the WAL; the CHECK does it for an INSERT, because
    any BEFORE INSERT trigger makes COPY insert row by row. AFTER catches what neither could know. All of them ask
    `carries` first, so a clean write calls no function.
    """

    field: Field
    location: Location
    name: str
    functions: tuple[sql.Composed, ...]
    triggers: tuple[GuardTrigger, ...]
    constraint: GuardConstraint
    """Part of the guard in mode `reject` only; in the others it is what a change of mode has to remove."""

    @property
    def parts(self) -> tuple[GuardTrigger | GuardConstraint, ...]:
        """What has to be there and unaltered."""
        return (*self.triggers, self.constraint) if self.field.on_write == "reject" else self.triggers

    @property
    def counter(self) -> str:
        """Name of the sequence that counts what the guard did in its present mode."""
        return f"{self.field.on_write}_{self.name}"

    def install(self) -> Iterator[sql.Composed]:
        """Yield the statements that bring it to what the policy says, whatever was there."""
        # A sequence because it keeps its value when the transaction it counts is rolled back.
        yield sql.SQL("CREATE SEQUENCE IF NOT EXISTS {}").format(sql.Identifier("minimize", self.counter))
        yield from self.functions
        for table in {trigger.table for trigger in self.triggers}:
            yield _drop_others(table, self.name, [t.name for t in self.triggers if t.table == table])
        for trigger in self.triggers:
            yield from trigger.install()
        yield self.constraint.install() if self.constraint in self.parts else self.constraint.remove()

    def remove(self) -> Iterator[sql.Composed]:
        """Yield the statements that take it away; its counters stay, as a record."""
        for trigger in self.triggers:
            yield trigger.remove()
        yield self.constraint.remove()
        yield sql.SQL("DROP FUNCTION IF EXISTS {}()").format(function_name(self.name))

    def is_intact(self) -> sql.Composed:
        """Return a condition: all of it is there, enabled, and what this policy made. Ask it on path pg_catalog."""
        return sql.SQL(" AND ").join(part.is_intact() for part in self.parts)


def guard_of_location(
    field: Field, location: Location, row: TableRow, citations: str, hosts: Sequence[TableName] = ()
) -> Guard:
    """Return the guard of a location in the mode the field's `on_write` asks for.

    Args:
        field: The retired field.
        location: Where it lives.
        row: The location's columns and their types.
        citations: Authorities, for the hint of a refusal.
        hosts: Tables that need triggers of their own: the location's and what inherits from it. Partitions get
            theirs from PostgreSQL.
    """
    name = guard_name(field.id, location)
    function, *earlier = (
        guard_function(field, location, row, citations, name, routines) for routines in (CURRENT, *EARLIER)
    )
    triggers = tuple(
        _trigger(table, create, functions=(function, *earlier))
        for table in hosts or (location.table_name,)
        for create in _create_triggers(field, location, row, name, table)
    )
    checking = check_function(field, location, citations, name)
    return Guard(
        field=field,
        location=location,
        name=name,
        functions=(function, *checking) if field.on_write == "reject" else (function,),
        triggers=triggers,
        constraint=_constraint(field, location, row, citations, name),
    )


def _constraint(field: Field, location: Location, row: TableRow, citations: str, name: str) -> GuardConstraint:
    check = check_condition(location, row, name)
    digest, *earlier = (
        _digest(sql.Composed([check, *check_function(field, location, citations, name, routines)]).as_string(None))
        for routines in (CURRENT, *EARLIER)
    )
    return GuardConstraint(
        table=location.table_name, guard=name, check=check, policy_digest=digest, earlier_digests=tuple(earlier)
    )


def trigger_names(field: Field, location: Location) -> tuple[str, str]:
    """Return the names of a location's triggers, BEFORE and AFTER."""
    name = guard_name(field.id, location)
    return f"{PREFIX}{name}", f"{PREFIX}{name}_after"


def _create_triggers(
    field: Field, location: Location, row: TableRow, name: str, table: TableName
) -> Iterator[tuple[str, sql.Composed]]:
    """Yield the name of each trigger that the mode needs on one table, and the statement that creates it."""
    before, after = trigger_names(field, location)
    for timing, events in _FIRING[field.on_write]:
        trigger = before if timing == "BEFORE" else after
        yield (
            trigger,
            sql.SQL(
                "CREATE OR REPLACE TRIGGER {} {} {} ON {}\n  FOR EACH ROW WHEN ({})\n  EXECUTE FUNCTION {}()"
            ).format(
                sql.Identifier(trigger),
                sql.SQL(timing),
                sql.SQL(events),
                identifier(table),
                location.carries(row.aliased(NEW)),
                function_name(name),
            ),
        )


def _trigger(table: TableName, named: tuple[str, sql.Composed], functions: Sequence[sql.Composed]) -> GuardTrigger:
    """Return a trigger with the digests for the function it calls, of this release first."""
    name, create = named
    # A digest of digests, as the first release computed it.
    digest, *earlier = (_digest(create.as_string(None) + _digest(each.as_string(None))) for each in functions)
    return GuardTrigger(table=table, name=name, create=create, policy_digest=digest, earlier_digests=tuple(earlier))


def _drop_others(table: TableName, name: str, kept: Sequence[str]) -> sql.Composed:
    """Return the statement that drops this guard's triggers that its mode has no use for."""
    return do(
        sql.SQL(
            "DECLARE\n  other name;\nBEGIN\n"
            "  FOR other IN SELECT tgname FROM pg_trigger WHERE tgrelid = {table}::regclass AND tgparentid = 0\n"
            "      AND starts_with(tgname, {prefix}) AND tgname <> ALL ({kept}::name[]) LOOP\n"
            "    EXECUTE format('DROP TRIGGER %I ON %s', other, {table});\n"
            "  END LOOP;\nEND"
        ).format(
            table=literal(table),
            prefix=sql.Literal(f"{PREFIX}{name}"),
            kept=sql.Literal(list(kept)),
        )
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
