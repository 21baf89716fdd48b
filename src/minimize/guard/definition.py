"""The guard of one location: a function, the triggers that call it and a counter, as DDL. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from psycopg import sql

from minimize.guard.function import guard_function
from minimize.locations import TableRow
from minimize.locations.naming import guard_name
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


@dataclass(frozen=True, slots=True)
class GuardTrigger:
    """One trigger of a guard, on the location's table or on one that inherits from it."""

    table: TableName
    name: str
    create: sql.Composed
    policy_digest: str

    def install(self) -> tuple[sql.Composed, ...]:
        """Return the statements that create or replace it, firing always, sealed with its digests."""
        alter = sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(
            _identifier(self.table), sql.Identifier(self.name)
        )
        return (self.create, alter, self._seal())

    def remove(self) -> sql.Composed:
        """Return the statement that drops it."""
        return sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(sql.Identifier(self.name), _identifier(self.table))

    def is_intact(self) -> sql.Composed:
        """Return a condition: it is there, fires always, and is what this policy made. Ask it on path pg_catalog."""
        return sql.SQL(
            "EXISTS (SELECT FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = to_regclass({table}) AND t.tgname = {name} AND t.tgenabled = 'A'"
            " AND obj_description(t.oid, 'pg_trigger') = {policy} || ({digest}))"
        ).format(
            table=sql.Literal(_identifier(self.table).as_string(None)),
            name=sql.Literal(self.name),
            policy=sql.Literal(f"minimize guard policy={self.policy_digest} definition="),
            digest=DEFINITION_DIGEST,
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
                table=sql.Literal(_identifier(self.table).as_string(None)),
                name=sql.Literal(self.name),
                policy=sql.Literal(f"minimize guard policy={self.policy_digest} definition="),
            )
        )


@dataclass(frozen=True, slots=True)
class Guard:
    """Everything in the database that refuses, strips or reports a retired field at one location.

    BEFORE keeps a value from ever reaching a page or the WAL. AFTER catches one that a trigger which fires later
    than BEFORE put back. Both ask `carries` in their WHEN, so a clean write calls no function.
    """

    field: Field
    location: Location
    name: str
    function: sql.Composed
    triggers: tuple[GuardTrigger, ...]

    @property
    def counter(self) -> str:
        """Name of the sequence that counts what the guard did in its present mode."""
        return f"{self.field.on_write}_{self.name}"

    def install(self) -> Iterator[sql.Composed]:
        """Yield the statements that bring it to what the policy says, whatever was there."""
        # A sequence because it keeps its value when the transaction it counts is rolled back.
        yield sql.SQL("CREATE SEQUENCE IF NOT EXISTS {}").format(sql.Identifier("minimize", self.counter))
        yield self.function
        for table in {trigger.table for trigger in self.triggers}:
            yield _drop_others(table, self.name, [t.name for t in self.triggers if t.table == table])
        for trigger in self.triggers:
            yield from trigger.install()

    def remove(self) -> Iterator[sql.Composed]:
        """Yield the statements that take it away; its counters stay, as a record."""
        for trigger in self.triggers:
            yield trigger.remove()
        yield sql.SQL("DROP FUNCTION IF EXISTS {}()").format(function_name(self.name))


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
    function = guard_function(field, location, row, citations, name)
    timings = ("BEFORE",) if field.on_write == "warn" else ("BEFORE", "AFTER")
    triggers = tuple(
        _trigger(location, row, name, table, timing, _digest(function.as_string(None)))
        for table in hosts or (location.table_name,)
        for timing in timings
    )
    return Guard(field, location, name, function, triggers)


def trigger_names(field: Field, location: Location) -> tuple[str, str]:
    """Return the names of a location's triggers, BEFORE and AFTER."""
    name = guard_name(field.id, location)
    return f"{PREFIX}{name}", f"{PREFIX}{name}_after"


def function_name(name: str) -> sql.Identifier:
    """Return the trigger function of the guard with this name."""
    return sql.Identifier("minimize", f"guard_{name}")


def _trigger(
    location: Location, row: TableRow, name: str, table: TableName, timing: str, function_digest: str
) -> GuardTrigger:
    trigger = f"{PREFIX}{name}" if timing == "BEFORE" else f"{PREFIX}{name}_after"
    create = sql.SQL(
        "CREATE OR REPLACE TRIGGER {} {} INSERT OR UPDATE ON {}\n  FOR EACH ROW WHEN ({})\n  EXECUTE FUNCTION {}()"
    ).format(
        sql.Identifier(trigger),
        sql.SQL("BEFORE") if timing == "BEFORE" else sql.SQL("AFTER"),
        _identifier(table),
        location.carries(row.aliased(NEW)),
        function_name(name),
    )
    return GuardTrigger(table, trigger, create, _digest(create.as_string(None) + function_digest))


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
            table=sql.Literal(_identifier(table).as_string(None)),
            prefix=sql.Literal(f"{PREFIX}{name}"),
            kept=sql.Literal(list(kept)),
        )
    )


def _identifier(table: TableName) -> sql.Identifier:
    return sql.Identifier(table.schema, table.table)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def release_column(location: Location) -> Iterator[sql.Composed]:
    """Yield the statements that stop a plain column from asking for a value: NOT NULL and default.

    The second is for partitions and children that ask on their own account: from PostgreSQL 18 on, a NOT NULL that
    the parent does not have is not dropped through the parent. It also overrides the default of a domain.
    """
    if location.kind != "column" or location.column_name is None:
        return
    yield sql.SQL("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL, ALTER COLUMN {column} DROP DEFAULT").format(
        table=_identifier(location.table_name), column=sql.Identifier(location.column_name)
    )
    yield do(
        _RELEASE_TREE.format(
            table=sql.Literal(_identifier(location.table_name).as_string(None)),
            column=sql.Literal(location.column_name),
        )
    )


_RELEASE_TREE = sql.SQL("""DECLARE
  relation regclass;
BEGIN
  FOR relation IN
    WITH RECURSIVE tree AS (
      SELECT {table}::regclass::oid AS oid, 0 AS level
      UNION ALL
      SELECT i.inhrelid, level + 1 FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
    SELECT attrelid FROM tree JOIN pg_attribute ON attrelid = oid
    WHERE attname = {column} AND (attnotnull OR atthasdef) ORDER BY level
  LOOP
    EXECUTE format('ALTER TABLE %1$s ALTER COLUMN %2$I DROP NOT NULL, ALTER COLUMN %2$I DROP DEFAULT',
                   relation, {column});
  END LOOP;
  IF EXISTS (SELECT FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
             WHERE a.attrelid = {table}::regclass AND a.attname = {column} AND t.typdefault IS NOT NULL) THEN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT NULL', {table}, {column});
  END IF;
END""")
