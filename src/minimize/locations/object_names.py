"""Names in SQL: of the policy's tables, and of what is installed for a location, the same on every server."""

from __future__ import annotations

import hashlib

from psycopg import sql

from minimize.policy import Location, TableName

MODES = ("reject", "strip", "warn")
PROOF_PREFIX = "minimize_proof_"


def identifier(name: TableName) -> sql.Identifier:
    """Return a table's name as a statement takes it."""
    return sql.Identifier(name.schema, name.table)


def literal(name: TableName) -> sql.Literal:
    """Return a table's name as a quoted string, which can be cast to regclass."""
    return sql.Literal(identifier(name).as_string(None))


def object_name(prefix: str, location: Location) -> str:
    """Return a readable name, unique to the location, with room for a suffix within PostgreSQL's 63 bytes."""
    # PostgreSQL counts bytes and would cut off the digest, so that two objects could share a name.
    readable = prefix.encode()[:30].decode(errors="ignore")
    return f"{readable}_{hashlib.sha256(location.name.encode()).hexdigest()[:8]}"


def guard_name(field: str, location: Location) -> str:
    """Return the name that a location's guard objects share."""
    return object_name(field, location)


def counter_names(field: str, location: Location) -> tuple[str, ...]:
    """Return the sequences that count for a location, one for each mode.

    They outlive guard and column, and so show that a location once was where the policy says.
    """
    return tuple(f"{mode}_{guard_name(field, location)}" for mode in MODES)
