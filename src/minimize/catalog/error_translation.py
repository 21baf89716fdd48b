"""Translates errors of the server and the driver to errors of minimize that contain no value of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors as pg

from minimize.diagnostics import PRECONDITION_NOT_MET, REFUSALS
from minimize.errors import (
    DatabaseError,
    LockNotAvailableError,
    MinimizeError,
    MissingPrivilegeError,
    RefusedError,
    RetiredFieldError,
    RowRefusedError,
)
from minimize.locations.object_names import PROOF_PREFIX


@contextmanager
def translate_errors(doing: str, *, passing: tuple[type[psycopg.Error], ...] = ()) -> Iterator[None]:
    """Raise a driver error of the block as an error of minimize that contains no value of a row.

    Args:
        doing: The current action, for the message: "counting core.application".
        passing: Errors that the caller handles itself.
    """
    try:
        yield
    except passing:
        raise
    except psycopg.Error as error:
        raise translate(error, doing) from None


def translate(error: psycopg.Error, doing: str) -> MinimizeError:
    """Return the error of minimize for a driver error, by its SQLSTATE.

    The message and DETAIL of the server are omitted if they may quote a value; names and the SQLSTATE are kept.
    """
    diag = error.diag
    # First, because a refusal of the guard has SQLSTATE class 23, like the constraints of the table.
    if refusal := RetiredFieldError.from_exception(error):
        return refusal
    if error.sqlstate == PRECONDITION_NOT_MET:
        return RefusedError(diag.message_primary or "a precondition is not met", hint=diag.message_hint or "")
    if isinstance(error, pg.LockNotAvailable | pg.ReadOnlySqlTransaction | pg.InsufficientPrivilege):
        return _translate_unavailable(error, doing)
    if error.sqlstate is None or isinstance(error, pg.AdminShutdown | pg.CrashShutdown | pg.CannotConnectNow):
        return DatabaseError(
            f"{doing}: the connection to the server was lost",
            hint="When the server is available, run the command again: it resumes.",
        )
    if isinstance(error, pg.CheckViolation) and (diag.constraint_name or "").startswith(PROOF_PREFIX):
        return RowRefusedError(
            f"{doing}: rows carry the value again, against {diag.schema_name}.{diag.table_name}.{diag.constraint_name}",
            hint="They were written after the count: `minimize guard check` may show the cause; then purge again.",
        )
    hint = _HINTS.get(error.sqlstate) or _HINTS.get(error.sqlstate[:2], "Run it again with -vv for the full trace.")
    return DatabaseError(f"{doing}: {describe_error(error)}", hint=hint)


def _translate_unavailable(error: psycopg.Error, doing: str) -> MinimizeError:
    diag = error.diag
    if isinstance(error, pg.ReadOnlySqlTransaction):
        return RefusedError(
            f"{doing}: this server is read-only",
            hint="Connect to the primary, not to a standby or a read-only session.",
        )
    if isinstance(error, pg.InsufficientPrivilege):
        return MissingPrivilegeError(
            f"{doing}: {safe_message(error)}",
            hint="Run it as the owner of the tables, or grant the privilege to this role.",
        )
    # minimize.lock_tables_v1 names the blocking session in the hint; PostgreSQL's own message does not.
    if diag.message_hint:
        return LockNotAvailableError(diag.message_primary or "", hint=diag.message_hint)
    return LockNotAvailableError(
        f"{doing}: a lock was not granted in time",
        hint="Nothing was changed: run it again when the table is less busy.",
    )


_HINTS = {
    "22": "A predicate of the policy fails on the contents of a row: make it safe for every row.",
    "P0": "A trigger or a rule of the table refuses the row: change it, or purge with triggers=suppress.",
    "57": "Another session or a timeout cancelled it: run the command again, it resumes.",
    "23": "A constraint requires the value: drop or relax it in an earlier revision.",
    "23514": "The constraint refuses the row, before (NOT VALID) or after the erasure: relax it or correct the row.",
    "42": "Compare the policy with the database: `minimize policy check` names what does not fit.",
    "53": "Give the server more resources (disk, memory, connections), then run the command again: it resumes.",
}


def describe_error(error: psycopg.Error) -> str:
    """Describe an error without its message, which may quote a value: the kind, the SQLSTATE and the names."""
    if error.sqlstate in REFUSALS:
        return _describe_refusal(error)
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__).lower()
    diag = error.diag
    names = [n for n in (diag.schema_name, diag.table_name, diag.column_name, diag.constraint_name) if n]
    raised = re.match(r"PL/pgSQL function (.+) line \d+ at RAISE", diag.context or "")
    place = ".".join(names) or (raised[1] if raised else "")
    # Class 42 is about names and syntax, never about the contents of rows.
    has_safe_message = (error.sqlstate or "").startswith("42") and not _is_from_user_function(error)
    detail = f": {diag.message_primary}" if has_safe_message else ""
    return f"{kind} ({error.sqlstate}){f' in {place}' if place else ''}{detail}"


def _describe_refusal(error: psycopg.Error) -> str:
    refusal = RetiredFieldError.from_exception(error)
    assert refusal is not None
    names = [name for name in (refusal.schema, refusal.table, refusal.column) if name]
    return f"the guard of {refusal.location or '.'.join(names)} ({error.sqlstate})"


def safe_message(error: psycopg.Error) -> str:
    """Return the message of the server, or `describe_error` if a function of the user raised it.

    A trigger, or a function that a predicate calls, may put the contents of a row into its message.
    """
    return (
        describe_error(error)
        if _is_from_user_function(error)
        else error.diag.message_primary or f"SQLSTATE {error.sqlstate}"
    )


def _is_from_user_function(error: psycopg.Error) -> bool:
    """Whether a function that minimize did not install raised the error."""
    return bool(re.search(r'function "?(?!inline_code_block|minimize\.)', error.diag.context or ""))
