"""Checks that the text of a predicate is one SQL condition, with the server's own grammar."""

from __future__ import annotations

import psycopg
from psycopg import sql

from minimize.catalog.connection import Connection, dry_transaction
from minimize.catalog.row_counts import relation
from minimize.catalog.survey import SurveyedTable
from minimize.locations.predicate import reviewed

# One condition parses in both forms. Bare, `a) OR (b` fails, which would change the meaning of the statement around it.
# In parentheses, `a GROUP BY b` fails.
_BARE = sql.SQL("EXPLAIN SELECT 1 FROM {} WHERE {}\n")
_IN_PARENTHESES = sql.SQL("EXPLAIN SELECT 1 FROM {} WHERE ({}\n)")


def why_not_one_condition(conn: Connection, table: SurveyedTable, text: str) -> str | None:
    """Return why the text of a predicate is not one SQL condition; None if it is.

    Nothing is executed: the text is part of an EXPLAIN, in a read-only transaction, sent by the extended protocol. In
    that protocol the server refuses a text with a second statement. Names and types in the text are not checked here.
    """
    for form in (_BARE, _IN_PARENTHESES):
        try:
            with dry_transaction(conn):
                conn.execute(form.format(relation(table.name), reviewed(text)), binary=True)
        except psycopg.errors.SyntaxError as error:
            return f"this is not one SQL condition: {error.diag.message_primary}"
        except psycopg.Error:
            # The grammar has accepted the text. The EXPLAIN of the whole condition reports any other error.
            continue
    return None
