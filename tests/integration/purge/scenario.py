"""Short policies, and a purge of a database in one call, for tests of purge, verify and the command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.survey import survey
from minimize.guard.drift import guard_of
from minimize.policy import Policy, parse_policy
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from minimize.purge.result import PurgeResult
from minimize.purge.run.engine import Purge
from minimize.purge.throttle.limits import Limits
from minimize.purge.tuning import Tuning
from minimize.sql.install import install
from tests import policy_text as builder
from tests.policy_text import quoted

# The server of the tests is shared: replicas and lock waits of other tests must not throttle this purge.
FAST = Limits.parse(["profile=fast", "lag=off", "lag-time=off"])
# Gives up soon on rows that stay locked.
IMPATIENT = Tuning(locked_seconds=0.3)
# Every batch takes four blocks, and every leaf is purged sequentially unless another strategy is requested.
FOUR_BLOCKS = replace(IMPATIENT, small_pages=1_000_000, first_pages=4, max_pages=4, min_pages=4)


def at(column: str, json_path: str | None = None, *, keep: str | None = None) -> str:
    """Return a location as a policy writes it."""
    lines = ["[[field.location]]", f"column = {quoted(column)}"]
    if json_path:
        lines.append(f"json_path = {quoted(json_path)}")
    if keep:
        lines.append(f"keep_where = {{ lawful = {quoted(keep)} }}")
    return "\n".join(lines)


def whole(table: str, *, keep: str | None = None) -> str:
    """Return a whole table as a policy writes it."""
    lines = ["[[field.location]]", f"table = {quoted(table)}"]
    if keep:
        lines.append(f"keep_where = {{ lawful = {quoted(keep)} }}")
    return "\n".join(lines)


def hold(table: str, rows: str, *, name: str = "request") -> str:
    """Return a hold as a policy writes it."""
    return "\n".join(
        [
            "[[hold]]",
            f"id = {quoted(name)}",
            'kind = "litigation"',
            'authority = "RCW 42.56.100"',
            f"table = {quoted(table)}",
            f"rows = {quoted(rows)}",
        ]
    )


def policy_text(*sections: str, authority: str = "Schedule 7") -> str:
    """Return a whole policy file with these locations and holds."""
    return builder.policy_text(*sections, field="birthplace", exceptions=["lawful"], disposition=authority)


def policy_of(*sections: str, authority: str = "Schedule 7") -> Policy:
    """Return a policy with these locations and holds."""
    return parse_policy(policy_text(*sections, authority=authority), "minimize.toml")


def purge(
    url: str,
    policy: Policy,
    options: PurgeOptions | None = None,
    *,
    stop: StopRequest | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    tuning: Tuning = IMPATIENT,
) -> PurgeResult:
    """Purge a database by a policy, as one process would."""
    options = options or PurgeOptions()
    if options.limits == Limits():
        options = replace(options, limits=FAST)
    with connect(url) as conn:
        return Purge(conn, survey(conn, policy), options, stop=stop, on_progress=on_progress, tuning=tuning).run()


purge_in_small_batches = partial(purge, tuning=FOUR_BLOCKS)


def counts(result: PurgeResult) -> dict[str, tuple[int, int, int, int]]:
    """Return erased, exempt, held and left by location."""
    return {o.location: (o.erased, o.exempt, o.held, o.left) for o in result.locations}


def guard(url: str, policy: Policy) -> None:
    """Install the guard of a policy, as its revision would."""
    with connect(url) as conn, conn.transaction():
        found = survey(conn, policy)
        for statement in install():
            conn.execute(statement)
        for _, site in found.sites():
            for step in guard_of(found, site).install():
                conn.execute(step)


def execute(url: str, *statements: LiteralString) -> None:
    """Run statements, each in a transaction of its own."""
    with psycopg.connect(url, autocommit=True) as conn:
        for statement in statements:
            conn.execute(statement)


def fetch(url: str, query: LiteralString | sql.Composed, *parameters: object) -> list[Any]:
    """Return the rows of a query; of a query over one column its values."""
    with psycopg.connect(url, autocommit=True) as conn:
        rows = conn.execute(query, parameters or None).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def one(url: str, query: LiteralString | sql.Composed, *parameters: object) -> Any:
    """Return the one row of a query, or its one value."""
    (row,) = fetch(url, query, *parameters)
    return row


def digests(url: str, table: str, *, key: str = "id", without: tuple[str, ...] = (), where: str = "true") -> Any:
    """Return the md5 of each row's text by key, its other columns left out."""
    with psycopg.connect(url) as conn:
        names = [
            name
            for (name,) in conn.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
                " ORDER BY attnum",
                [table],
            )
            if name not in without
        ]
        query = sql.SQL("SELECT {key}, md5(ROW({columns})::text) FROM {table} WHERE {where}").format(
            key=sql.Identifier(key),
            columns=sql.SQL(", ").join(map(sql.Identifier, names)),
            table=sql.SQL(_trusted(table)),
            where=sql.SQL(_trusted(where)),
        )
        return dict(conn.execute(query).fetchall())


def _trusted(text: str) -> Any:
    return text
