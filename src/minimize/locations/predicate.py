"""The policy's predicates: reviewed SQL text over the columns of one row."""

from __future__ import annotations

import textwrap
from functools import cache
from string import ascii_lowercase, ascii_uppercase

from psycopg import sql

from minimize.errors import PolicyError
from minimize.policy import Row

# PostgreSQL folds the capitals of ASCII only.
_FOLDED = str.maketrans(ascii_uppercase, ascii_lowercase)


def reviewed(text: str) -> sql.SQL:
    """Let the policy's own SQL text into a statement: the one place where text that is not ours enters."""
    return sql.SQL(text)


def qualify(predicate: str, row: Row) -> sql.Composable:
    """Return a row-local predicate with each of its columns seen through `row`.

    Only the column names are replaced, at the positions where the parser found them; every other character stays as
    it was reviewed. A name the parser took for something else is refused by the server, never silently changed.

    Raises:
        PolicyError: It does not parse, reads another table, or names a column through a table.
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
    # The parser takes half a second to import, and most runs have no exception to qualify.
    import sqlglot  # noqa: PLC0415
    from sqlglot import exp  # noqa: PLC0415

    try:
        tree = sqlglot.parse_one(predicate, read="postgres", into=exp.Condition)
    except sqlglot.errors.SqlglotError:
        raise PolicyError(
            f"the predicate {shortened(predicate)} cannot be parsed",
            hint="Write one SQL condition, such as app_type IN ('EDL', 'EID').",
        ) from None
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
    """Return a predicate's beginning, in quotes, for a message."""
    return f'"{textwrap.shorten(predicate, 60, placeholder=" ...")}"'
