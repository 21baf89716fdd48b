"""Evaluates one location on many values in one statement, so that property tests are fast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString, NamedTuple

import psycopg
import pytest
from psycopg import sql

from minimize.locations import TableRow
from minimize.policy import InColumn, Location, read_location


class Judged(NamedTuple):
    """The results of a location's expressions for one value, as PostgreSQL prints them."""

    carries: bool
    kept: str | None
    taken: str | None
    still_carries: bool
    kept_again: str | None


def location(**keys: object) -> InColumn:
    """Return a location in column `v`, given the other keys of its table."""
    found: Location = read_location({"column": "public.d.v", **keys})
    assert isinstance(found, InColumn)
    return found


def judge(
    conn: psycopg.Connection[Any],
    place: InColumn,
    column_type: str,
    values: Sequence[str | None],
    *,
    length: int | None = None,
) -> list[Judged]:
    """Evaluate each value, given as text, in a column of this type; the name may be qualified with a schema."""
    row = TableRow(
        types={"v": column_type.rsplit(".", maxsplit=1)[-1]}, lengths={} if length is None else {"v": length}
    )
    after = row.with_value("v", sql.Identifier("kept"))
    query = sql.SQL(
        "SELECT {carries}, kept::text, ({carried})::text, {still}, ({again})::text"
        " FROM (SELECT v::text::{type} AS v, n FROM unnest(%s::text[]) WITH ORDINALITY AS x (v, n)) AS d,"
        " LATERAL (SELECT ({without})::{type} AS kept OFFSET 0) AS w ORDER BY n"
    ).format(
        carries=place.carries(row),
        carried=place.carried(row),
        still=place.carries(after),
        again=place.without(after),
        without=place.without(row),
        type=sql.Identifier(*column_type.split(".")),
    )
    return [Judged(*found) for found in conn.execute(query, [list(values)])]


def require(url: str, what: LiteralString, sign: LiteralString) -> None:
    """Skip if the server was built without an optional part of PostgreSQL, such as the embedded server.

    Args:
        what: The part, for the reason.
        sign: A statement that only works with it; it is rolled back.
    """
    with psycopg.connect(url) as conn:
        try:
            conn.execute(sign)
        except psycopg.errors.FeatureNotSupported:
            pytest.skip(f"this server was built without {what}")
        finally:
            conn.rollback()


XML: Final = ("libxml", "SELECT XMLPARSE(CONTENT '<a/>')")
HSTORE: Final = ("hstore", "CREATE EXTENSION hstore")
ICU: Final = ("ICU", "CREATE COLLATION loose (provider = icu, locale = 'und', deterministic = false)")
