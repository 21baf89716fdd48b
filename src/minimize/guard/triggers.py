"""The triggers of a guard, as DDL. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from psycopg import sql

from minimize.guard.functions import function_name
from minimize.guard.seals import accepted_seals, digest, seal
from minimize.locations import TableRow
from minimize.locations.object_names import guard_name, identifier, literal
from minimize.locations.row import NEW
from minimize.policy import Field, Location, TableName
from minimize.sql import do_block

PREFIX = "~minimize_"
"""Row triggers fire in the byte order of their names, and `~` is the last printable ASCII character."""

# Covers the trigger as PostgreSQL prints it and the body of its function. The major version is part of it because a new
# release may print the same definition differently. It is always computed with search_path = pg_catalog, so that names
# are printed with their schema.
DEFINITION_DIGEST = sql.SQL(
    "current_setting('server_version_num')::int / 10000 || ':' || "
    "md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, ''))"
)

_EVERY_WRITE: Final = "INSERT OR UPDATE"
_FIRING: Final[dict[str, tuple[tuple[LiteralString, LiteralString], ...]]] = {
    # No BEFORE INSERT: with it COPY inserts row by row instead of page by page, and the CHECK refuses early enough.
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
        """Return the statements that create or replace it, enable it ALWAYS, and record its digests."""
        alter = sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(
            identifier(self.table), sql.Identifier(self.name)
        )
        return (self.create, alter, self._seal())

    def remove(self) -> sql.Composed:
        """Return the statement that drops it."""
        return sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(sql.Identifier(self.name), identifier(self.table))

    def is_intact(self) -> sql.Composed:
        """Return a condition: it exists, fires always, and is unaltered. Evaluate it with search_path = pg_catalog."""
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
        """Return the statement that records both digests in the trigger's comment."""
        return do_block(
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


def trigger_names(field: Field, location: Location) -> tuple[str, str]:
    """Return the names of a location's triggers, BEFORE and AFTER."""
    name = guard_name(field.id, location)
    return f"{PREFIX}{name}", f"{PREFIX}{name}_after"


def guard_triggers(
    field: Field, location: Location, row: TableRow, table: TableName, *, functions: Sequence[sql.Composed]
) -> Iterator[GuardTrigger]:
    """Yield the triggers that the mode of the field needs on one table.

    Args:
        table: The location's table or one that inherits from it.
        functions: The statements that create the function it calls, as this release and earlier ones write it.
    """
    before, after = trigger_names(field, location)
    for timing, events in _FIRING[field.on_write]:
        name = before if timing == "BEFORE" else after
        create = sql.SQL(
            "CREATE OR REPLACE TRIGGER {} {} {} ON {}\n  FOR EACH ROW WHEN ({})\n  EXECUTE FUNCTION {}()"
        ).format(
            sql.Identifier(name),
            sql.SQL(timing),
            sql.SQL(events),
            identifier(table),
            location.carries(row.aliased(NEW)),
            function_name(guard_name(field.id, location)),
        )
        # A digest of digests, as the first release computed it.
        current, *earlier = (digest(create.as_string(None) + digest(each.as_string(None))) for each in functions)
        yield GuardTrigger(table=table, name=name, create=create, policy_digest=current, earlier_digests=tuple(earlier))


def drop_other_triggers(table: TableName, name: str, kept: Sequence[str]) -> sql.Composed:
    """Return the statement that drops the triggers of a guard that its mode does not need."""
    return do_block(
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
