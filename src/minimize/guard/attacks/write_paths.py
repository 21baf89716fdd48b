"""The write paths, one function each: SQL as an application, a loader or a replica sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, LiteralString

from psycopg import sql

from minimize.catalog.connection import Connection, integer
from minimize.guard.attacks.made_up_rows import NotPossibleError, insert_into
from minimize.guard.attacks.target import Target, is_exempt

Path = Callable[[Connection, Target], int]
"""Writes, and returns the number of rows written."""


def _insert(conn: Connection, target: Target) -> int:
    return conn.execute(insert_into(target.relation, target.row())).rowcount


def _insert_rows(conn: Connection, target: Target) -> int:
    return conn.execute(insert_into(target.relation, target.harmless(), target.row())).rowcount


def _insert_select(conn: Connection, target: Target) -> int:
    row = target.row()
    return conn.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {}").format(
            target.relation, sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(row.values())
        )
    ).rowcount


def _insert_into_partition(conn: Connection, target: Target) -> int:
    relation = target.require_base().relation
    if relation == target.relation:
        raise NotPossibleError("the table has no partition or child with rows")
    return conn.execute(insert_into(relation, target.row())).rowcount


def _update(conn: Connection, target: Target) -> int:
    return conn.execute(_update_statement(target)).rowcount


def _update_statement(target: Target) -> sql.Composed:
    return sql.SQL("UPDATE {} SET {} WHERE {}").format(
        target.relation, _assignment(target), target.require_base().condition(sql.SQL(""))
    )


def _assignment(target: Target) -> sql.Composed:
    if target.column is None:
        # In a table that is retired as a whole, writing a row's own value again is refused as well.
        return sql.SQL("{column} = {column}").format(column=sql.Identifier(target.first_column))
    return sql.SQL("{} = {}").format(sql.Identifier(target.column), target.require_carrying())


def _on_conflict(conn: Connection, target: Target) -> int:
    target.require_base()
    if not target.key:
        raise NotPossibleError("the table has no primary key to conflict on")
    statement = sql.SQL("{} ON CONFLICT ({}) DO UPDATE SET {}").format(
        insert_into(target.relation, target.harmless(with_key=True), is_overriding=True),
        sql.SQL(", ").join(map(sql.Identifier, target.key)),
        _assignment(target),
    )
    return conn.execute(statement).rowcount


def _merge_insert(conn: Connection, target: Target) -> int:
    row = target.row()
    return conn.execute(
        sql.SQL(
            "MERGE INTO {} AS t USING (SELECT 1) AS s ON false WHEN NOT MATCHED THEN INSERT ({}) VALUES ({})"
        ).format(target.relation, sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(row.values()))
    ).rowcount


def _merge_update(conn: Connection, target: Target) -> int:
    return conn.execute(
        sql.SQL("MERGE INTO {} AS t USING (SELECT 1) AS s ON {} WHEN MATCHED THEN UPDATE SET {}").format(
            target.relation, target.require_base().condition(sql.SQL("t.")), _assignment(target)
        )
    ).rowcount


def _copy(conn: Connection, target: Target) -> int:
    row = target.text_row()
    if is_exempt(conn, target, row):
        raise NotPossibleError("an exception covers every row that could be made up")
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(target.relation, sql.SQL(", ").join(map(sql.Identifier, row)))
    with conn.cursor() as cursor:
        with cursor.copy(statement) as copy:
            copy.write_row(list(row.values()))
        return cursor.rowcount


def _in_cte(statement: sql.Composable) -> sql.Composed:
    return sql.SQL("WITH written AS ({} RETURNING 1) SELECT count(*) FROM written").format(statement)


def _cte_insert(conn: Connection, target: Target) -> int:
    return _counted(conn, _in_cte(insert_into(target.relation, target.row())))


def _cte_update(conn: Connection, target: Target) -> int:
    return _counted(conn, _in_cte(_update_statement(target)))


def _counted(conn: Connection, statement: sql.Composable) -> int:
    found = conn.execute(sql.SQL("{}").format(statement)).fetchone()
    return integer(found[0]) if found else 0


def _as_replica(path: Path) -> Path:
    def run(conn: Connection, target: Target) -> int:
        # An apply worker of a subscription and many bulk loaders set this; ordinary triggers do not fire then.
        replica: LiteralString = "SET LOCAL session_replication_role = replica"
        conn.execute(replica)
        return path(conn, target)

    return run


WRITE_PATHS: Final[dict[str, Path]] = {
    "INSERT": _insert,
    "multi-row INSERT": _insert_rows,
    "INSERT ... SELECT": _insert_select,
    "INSERT into a partition": _insert_into_partition,
    "UPDATE": _update,
    "ON CONFLICT DO UPDATE": _on_conflict,
    "MERGE INSERT": _merge_insert,
    "MERGE UPDATE": _merge_update,
    "COPY": _copy,
    "writable CTE INSERT": _cte_insert,
    "writable CTE UPDATE": _cte_update,
    "INSERT as replica": _as_replica(_insert),
    "UPDATE as replica": _as_replica(_update),
}

WRITE_PATH_NAMES: Final = tuple(WRITE_PATHS)
"""The names of the write paths, in order."""
