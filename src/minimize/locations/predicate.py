"""The policy's predicates: reviewed SQL text over the columns of one row."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import cache
from string import ascii_lowercase, ascii_uppercase

from psycopg import sql

from minimize.errors import PolicyError
from minimize.policy import Row

FALSE = sql.SQL("false")

# PostgreSQL folds the capitals of ASCII only.
_FOLDED = str.maketrans(ascii_uppercase, ascii_lowercase)


def any_of(conditions: Sequence[sql.Composable]) -> sql.Composable:
    """Join conditions by OR; no condition is false."""
    return sql.SQL("({})").format(sql.SQL(" OR ").join(conditions)) if conditions else FALSE


def reviewed(text: str) -> sql.SQL:
    """Return SQL text of the policy as part of a statement.

    This is the only function that accepts SQL text from outside the program.
    """
    return sql.SQL(text)


def qualify(predicate: str, row: Row) -> sql.Composable:
    """Return a row-local predicate with each of its columns read through `row`.

    Only the column names are replaced, at the positions that the parser reports. All other characters stay as they
    were reviewed. If the parser takes a column for something else, the server refuses the statement.

    Raises:
        PolicyError: It does not parse, reads another table, or qualifies a column with a table.
    """
    parts: list[sql.Composable] = []
    position = 0
    for start, end, column in _columns(predicate):
        parts += [reviewed(predicate[position:start]), row(column)]
        position = end
    return sql.Composed([*parts, reviewed(predicate[position:])])


def columns_of(predicate: str) -> frozenset[str]:
    """Return the columns that a row-local predicate reads.

    Raises:
        PolicyError: As for `qualify`.
    """
    return frozenset(column for _, _, column in _columns(predicate))


@cache
def _columns(predicate: str) -> tuple[tuple[int, int, str], ...]:
    # Importing the parser takes half a second, and most runs have no exception.
    import sqlglot  # noqa: PLC0415
    from sqlglot import exp  # noqa: PLC0415

    try:
        # A list: `parse_one` ignores what follows a semicolon.
        trees = sqlglot.Dialect.get_or_raise("postgres").parse_into(exp.Condition, predicate)
    except sqlglot.errors.SqlglotError:
        trees = []
    if len(trees) != 1 or trees[0] is None:
        raise PolicyError(
            f"the predicate {shortened(predicate)} cannot be parsed",
            hint="Write one SQL condition, such as app_type IN ('EDL', 'EID').",
        )
    tree = trees[0]
    if tree.find(exp.Query, exp.Subquery, exp.Exists) is not None:
        raise PolicyError(
            f"the predicate {shortened(predicate)} reads another table",
            hint="keep_where may use only columns of its own row: a trigger and a CHECK evaluate it.",
        )
    found = []
    for column in tree.find_all(exp.Column):
        if len(column.parts) > 1:
            raise PolicyError(
                f"the predicate {shortened(predicate)} names a column through a table",
                hint="Write the bare column name.",
            )
        name = column.this
        spelled = name.name if name.quoted else name.name.translate(_FOLDED)
        found.append((name.meta["start"], name.meta["end"] + 1, spelled))
    return tuple(sorted(found))


def shortened(predicate: str) -> str:
    """Return the beginning of a predicate, in quotes, for a message."""
    return f'"{textwrap.shorten(predicate, 60, placeholder=" ...")}"'
