"""One attack on the guard of one location by one write path, and its result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import psycopg

from minimize.catalog.connection import ROLE_SEARCH_PATH, Connection
from minimize.catalog.survey import Site, Survey, SurveyedTable
from minimize.errors import RetiredFieldError
from minimize.guard.attacks.made_up_rows import NotPossibleError
from minimize.guard.attacks.target import find_target
from minimize.guard.attacks.write_paths import WRITE_PATHS

Outcome = Literal["refused", "let_through", "not_possible"]


@dataclass(frozen=True, slots=True)
class AttackResult:
    """The result of an attack; `why` holds names and SQLSTATEs only."""

    result: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Attack:
    """One write path, at one location."""

    location: str
    path: str
    table: SurveyedTable
    site: Site

    def run(self, conn: Connection) -> AttackResult:
        """Write a made-up value and always roll back.

        Waits at most 2 s for a lock and 10 s for a statement. "refused" means: by this location's guard, as the fields
        of its error say. What any other obstacle stops is "not_possible", never "refused". Triggers of others fire;
        what they do outside the transaction is not rolled back. The guard does not count these refusals.
        """
        if self.site.field.on_write != "reject":
            return AttackResult("not_possible", f"on_write is {self.site.field.on_write}: writes are not refused")
        try:
            with conn.transaction(force_rollback=True):
                conn.execute("SET LOCAL lock_timeout = '2s'")
                # The guard does not count a refusal while this is on.
                conn.execute("SET LOCAL minimize.rehearsal = 'on'")
                conn.execute("SET LOCAL statement_timeout = '10s'")
                conn.execute(ROLE_SEARCH_PATH)  # triggers of others may rely on it
                return self._write(conn)
        except NotPossibleError as error:
            return AttackResult("not_possible", str(error))
        except psycopg.OperationalError as error:
            if conn.closed:
                raise
            return AttackResult("not_possible", _describe(error))
        except psycopg.Error as error:
            return AttackResult("not_possible", _describe(error))

    def _write(self, conn: Connection) -> AttackResult:
        target = find_target(conn, self.table, self.site)
        try:
            with conn.transaction():
                written = WRITE_PATHS[self.path](conn, target)
        except psycopg.Error as error:
            return self._judge(error)
        if written < 1:
            return AttackResult("not_possible", "no row was written, and nothing refused it")
        return AttackResult("let_through", f"{written} row(s) written")

    def _judge(self, error: psycopg.Error) -> AttackResult:
        refusal = RetiredFieldError.from_exception(error)
        if refusal is None:
            return AttackResult("not_possible", _describe(error))
        if refusal.location == self.location:
            return AttackResult("refused", f"SQLSTATE {error.sqlstate}")
        return AttackResult("not_possible", f"another location's guard refused first: {_describe(error)}")


def attacks(conn: Connection, survey: Survey) -> Iterator[Attack]:  # noqa: ARG001  a kind of location may need it
    """Yield every attack on the locations that are present, in the policy's order, without running it."""
    for table in survey.tables:
        for site in table.present:
            for path in WRITE_PATHS:
                yield Attack(site.name, path, table, site)


def _describe(error: psycopg.Error) -> str:
    """Return the SQLSTATE of an error and the objects it names; its message may quote a value."""
    diag = error.diag
    names = [name for name in (diag.schema_name, diag.table_name, diag.column_name, diag.constraint_name) if name]
    return f"SQLSTATE {error.sqlstate}" + (f" ({'.'.join(names)})" if names else "")
