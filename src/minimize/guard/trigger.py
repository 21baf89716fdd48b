"""The guard of one location: its triggers as DDL, and the digests by which drift is seen. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import sql

from minimize.locations import TableRow, refused_on_insert, refused_on_update
from minimize.policy import Field, Location, TableName
from minimize.sql import do

PREFIX = "~minimize_"
"""Row triggers fire in the byte order of their names, and `~` is the last printable ASCII character."""

EVENTS = ("insert", "update")
"""Two triggers per location: the WHEN of an INSERT trigger may not mention OLD, and the WHEN of an UPDATE must."""


@dataclass(frozen=True, slots=True)
class GuardTrigger:
    """One trigger that refuses writes of one location."""

    location: Location
    table: TableName
    name: str
    event: str
    create: sql.Composable
    policy_digest: str

    def install(self) -> tuple[sql.Composable, ...]:
        """Return the statements that create or replace it, firing always, sealed with its digests."""
        alter = sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(
            sql.Identifier(self.table.schema, self.table.table), sql.Identifier(self.name)
        )
        return (self.create, alter, self._seal())

    def remove(self) -> sql.Composed:
        """Return the statement that drops it."""
        return sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(
            sql.Identifier(self.name), sql.Identifier(self.table.schema, self.table.table)
        )

    def _seal(self) -> sql.Composable:
        """Record in the trigger's comment what it was made from and what PostgreSQL made of it."""
        return do(
            sql.SQL(
                "DECLARE\n  definition text;\nBEGIN\n"
                "  SELECT {digest} INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid\n"
                "    WHERE t.tgrelid = {table}::regclass AND t.tgname = {name};\n"
                "  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', {name}, {table}, {policy} || definition);\nEND"
            ).format(
                digest=DEFINITION_DIGEST,
                table=sql.Literal(sql.Identifier(self.table.schema, self.table.table).as_string(None)),
                name=sql.Literal(self.name),
                policy=sql.Literal(f"minimize guard policy={self.policy_digest} definition="),
            )
        )


# Of the definition as PostgreSQL prints it and the function's body: a replaced function is drift as well. The major
# version is part of it because a new release may print the same definition differently.
DEFINITION_DIGEST = sql.SQL(
    "current_setting('server_version_num')::int / 10000 || ':' || md5(pg_get_triggerdef(t.oid) || p.prosrc)"
)


def guard_triggers(field: Field, location: Location, row: TableRow, citations: str) -> tuple[GuardTrigger, ...]:
    """Return the triggers that refuse a write which brings the field back to a location."""
    conditions = (refused_on_insert(location, row), refused_on_update(location, row))
    return tuple(
        _trigger(field, location, event, when, citations) for event, when in zip(EVENTS, conditions, strict=True)
    )


def _trigger(field: Field, location: Location, event: str, when: sql.Composable, citations: str) -> GuardTrigger:
    table = location.table_name
    name = trigger_name(field.id, location, event)
    arguments = (field.id, location.name, table.schema, table.table, location.column_name or "", citations)
    create = sql.SQL(
        "CREATE OR REPLACE TRIGGER {} BEFORE {} ON {}\n  FOR EACH ROW WHEN ({})\n  "
        "EXECUTE FUNCTION minimize.refuse_v1({})"
    ).format(
        sql.Identifier(name),
        sql.SQL("INSERT") if event == "insert" else sql.SQL("UPDATE"),
        sql.Identifier(table.schema, table.table),
        when,
        sql.SQL(", ").join(map(sql.Literal, arguments)),
    )
    return GuardTrigger(location, table, name, event, create, _digest(create.as_string(None)))


def trigger_name(field: str, location: Location, event: str) -> str:
    """Return the trigger's name: readable, unique per location and field, within PostgreSQL's 63 bytes."""
    return f"{PREFIX}{field[:30]}_{_digest(location.name)[:8]}_{event}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def release_column(location: Location) -> Iterable[sql.Composable]:
    """Return the statements that stop a plain column from asking for a value: NOT NULL and default."""
    if location.kind != "column" or location.column_name is None:
        return
    yield sql.SQL("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL, ALTER COLUMN {column} DROP DEFAULT").format(
        table=sql.Identifier(location.table_name.schema, location.table_name.table),
        column=sql.Identifier(location.column_name),
    )
