"""The fields of a server error, read the same way for every PostgreSQL driver, and the SQLSTATEs of this tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

RETIRED_FIELD: Final = "23MZ1"
"""SQLSTATE of a write that the guard refuses: class 23 is integrity constraint violation (ADR 15)."""

RETIRED_FIELD_EARLIER: Final = "MZ001"
"""What a guard that an earlier release installed raises instead; CONSTRAINT and DATATYPE are empty."""

REFUSALS: Final = frozenset({RETIRED_FIELD, RETIRED_FIELD_EARLIER})

# How the function of an earlier guard calls minimize.refuse_v1: counter, field, location. PL/pgSQL sends the call in
# CONTEXT, which is SQL in every language of the server. A literal has doubled quotes, and with E doubled backslashes.
_LITERAL: Final = r" ?(E?)'((?:[^']|'')*)'"
_EARLIER_CALL: Final = re.compile(rf'minimize\."refuse_v1"\({_LITERAL}, {_LITERAL}, {_LITERAL}, ')

PRECONDITION_NOT_MET: Final = "MZ002"
"""SQLSTATE of a step of a revision whose precondition is not met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """The fields of one error as the server sent them; None for a field that it left out."""

    sqlstate: str
    message: str | None = None
    hint: str | None = None
    schema: str | None = None
    table: str | None = None
    column: str | None = None
    constraint: str | None = None
    datatype: str | None = None
    context: str | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether a guard refused a write, or the DDL watch a name."""
        return self.sqlstate in REFUSALS

    @property
    def location(self) -> str | None:
        """Where the retired field is stored, as the policy writes it."""
        return self.constraint if self.sqlstate == RETIRED_FIELD else self._in_earlier_call(3)

    @property
    def field(self) -> str | None:
        """The id of the retired field."""
        return self.datatype if self.sqlstate == RETIRED_FIELD else self._in_earlier_call(2)

    def _in_earlier_call(self, argument: int) -> str | None:
        call = _EARLIER_CALL.search(self.context or "") if self.sqlstate == RETIRED_FIELD_EARLIER else None
        if call is None:
            return None
        escaped, text = call[2 * argument - 1], call[2 * argument].replace("''", "'")
        return text.replace("\\\\", "\\") if escaped else text


def read_diagnostics(error: BaseException | None) -> Diagnostics | None:
    """Return the fields of the server's error in an exception, or None if there is no server error in it.

    Reads errors of psycopg 3, psycopg2, asyncpg and pg8000, and these inside an exception of SQLAlchemy, Django or
    any other library that keeps the driver's error as `orig` or as the cause. No driver is imported.
    """
    for each in unwrap(error):
        found = _of_libpq(each) or _of_asyncpg(each) or _of_pg8000(each)
        if found is not None:
            return found
    return None


def unwrap(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what it wraps, outermost first; a chain may form a cycle."""
    seen: set[int] = set()
    pending = [error]
    while pending:
        each = pending.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            pending += [getattr(each, "orig", None), each.__cause__]


def _of_libpq(error: BaseException) -> Diagnostics | None:
    """Read `diag` of psycopg 3 and psycopg2; an error that the client raised has one without a SQLSTATE."""
    diag = getattr(error, "diag", None)
    names = {
        "sqlstate": "sqlstate",
        "message": "message_primary",
        "hint": "message_hint",
        "schema": "schema_name",
        "table": "table_name",
        "column": "column_name",
        "constraint": "constraint_name",
        "datatype": "datatype_name",
        "context": "context",
    }
    return _made({field: getattr(diag, name, None) for field, name in names.items()})


def _of_asyncpg(error: BaseException) -> Diagnostics | None:
    """Read the attributes of asyncpg's own class; SQLAlchemy's adaptation of it has the SQLSTATE alone."""
    if not hasattr(error, "data_type_name"):
        return None
    names = {
        "sqlstate": "sqlstate",
        "message": "message",
        "hint": "hint",
        "schema": "schema_name",
        "table": "table_name",
        "column": "column_name",
        "constraint": "constraint_name",
        "datatype": "data_type_name",
        "context": "context",
    }
    return _made({field: getattr(error, name, None) for field, name in names.items()})


def _of_pg8000(error: BaseException) -> Diagnostics | None:
    """Read the dict that pg8000 passes as the only argument, by the letters of the protocol."""
    sent = error.args[0] if error.args else None
    if not isinstance(sent, Mapping):
        return None
    letters = {
        "sqlstate": "C",
        "message": "M",
        "hint": "H",
        "schema": "s",
        "table": "t",
        "column": "c",
        "constraint": "n",
        "datatype": "d",
        "context": "W",
    }
    return _made({field: sent.get(letter) for field, letter in letters.items()})


def _made(fields: Mapping[str, object]) -> Diagnostics | None:
    texts = {name: value for name, value in fields.items() if isinstance(value, str) and value}
    return Diagnostics(**texts) if "sqlstate" in texts else None
