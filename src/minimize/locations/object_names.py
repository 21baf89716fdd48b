"""Names in SQL: the policy's tables, and the objects installed for a location. They are the same on every server."""

from __future__ import annotations

import hashlib

from psycopg import sql

from minimize.policy import Location, TableName

MODES = ("reject", "strip", "warn")
PROOF_PREFIX = "minimize_proof_"


def identifier(name: TableName) -> sql.Identifier:
    """Return a table's name as an identifier."""
    return sql.Identifier(name.schema, name.table)


def literal(name: TableName) -> sql.Literal:
    """Return a table's name as a string literal, for a cast to regclass."""
    return sql.Literal(identifier(name).as_string(None))


def object_name(prefix: str, location: Location) -> str:
    """Return a readable name that is unique to the location.

    It leaves room for a suffix within PostgreSQL's limit of 63 bytes.
    """
    # PostgreSQL counts bytes. It would cut off the digest, and two objects could have the same name.
    readable = prefix.encode()[:30].decode(errors="ignore")
    return f"{readable}_{hashlib.sha256(location.name.encode()).hexdigest()[:8]}"


def guard_name(field: str, location: Location) -> str:
    """Return the name that all guard objects of a location have in common."""
    return object_name(field, location)


def counter_names(field: str, location: Location) -> tuple[str, ...]:
    """Return the sequences that count refused writes at a location, one for each mode.

    They remain after the guard and the column are dropped. So they show that the location existed.
    """
    return tuple(f"{mode}_{guard_name(field, location)}" for mode in MODES)
