"""The objects that minimize installs in schema `minimize`: one SQL file per object and version.

A released file is never edited. A change is a new file with the next version, so that an old revision still produces
the same objects.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import LiteralString

from psycopg import sql

SCHEMA = "minimize"

LOCK_TIMEOUT = "1s"
LOCK_ATTEMPTS = 20

ROUTINES = {
    "mute_log_v1": "minimize.mute_log_v1()",
    "refuse_v1": "minimize.refuse_v1(text,text,text,text,text,text,text)",
    "refuse_v2": "minimize.refuse_v2(text,text,text,text,text,text,text)",
    "warn_v1": "minimize.warn_v1(text,text,text,text,text,text,text)",
    "warn_v2": "minimize.warn_v2(text,text,text,text,text,text,text)",
    "jsonb_without_v1": "minimize.jsonb_without_v1(jsonb,text[])",
    "aamva_cut_v1": "minimize.aamva_cut_v1(text,text)",
    "aamva_scan_text_v1": "minimize.aamva_scan_v1(text,text)",
    "aamva_scan_bytea_v1": "minimize.aamva_scan_v1(bytea,text)",
    "is_json_v1": "minimize.is_json_v1(text)",
    "json_places_v1": "minimize.json_places_v1(text,integer[])",
    "json_scan_v1": "minimize.json_scan_v1(text,text[],boolean)",
    "json_scan_each_v1": "minimize.json_scan_each_v1(text[],text[],boolean)",
    "pattern_without_v1": "minimize.pattern_without_v1(text[],text,text,integer)",
    "pattern_taken_v1": "minimize.pattern_taken_v1(text[],text,text)",
    "hstore_without_v1": "minimize.hstore_without_v1(anyelement,text)",
    "xml_scan_v1": "minimize.xml_scan_v1(text,text[])",
    "lock_tables_v1": "minimize.lock_tables_v1(text[],text,integer)",
    "dependents_v1": "minimize.dependents_v1(regclass,text[])",
    "table_dependents_v1": "minimize.table_dependents_v1(regclass)",
}
"""The signature of every routine, by the name of its file, in the order of creation."""

ADDED_SINCE_FIRST_RELEASE = frozenset({"refuse_v2", "warn_v2"})
"""Routines that a database guarded by the first release lacks until op.guard_field renews the guard."""


#: Migrations of the purge's own tables, in order; the number of the last one is the version of the state. To change the
#: tables, add the next migration; a released one is never edited.
STATE_MIGRATIONS = ("0001_purge_tables", "0002_standard_names")


@cache
def read(name: str) -> sql.SQL:
    """Return the text of `<name>.sql` in this package."""
    text = resources.files(__package__).joinpath(f"{name}.sql").read_text("utf-8")
    return sql.SQL(text.strip())


def read_state_migration(name: str) -> sql.SQL:
    """Return the text of one migration of the state tables."""
    return read(f"state/{name}")


def do_block(body: sql.Composable) -> sql.Composed:
    """Wrap PL/pgSQL declarations and a block in a DO statement."""
    return sql.SQL("DO {}").format(dollar_quoted(body, "minimize"))


def dollar_quoted(body: sql.Composable, tag: LiteralString) -> sql.Composed:
    """Return a body between dollar quotes that do not occur in it.

    The body contains text of the policy, such as a title or a predicate, and that may contain any dollar quote.

    Args:
        body: The text between the quotes.
        tag: The name of the quotes; a number is added if the body contains them.
    """
    text = body.as_string(None)
    quotes, number = f"${tag}$", 0
    while quotes in text:
        number += 1
        quotes = f"${tag}_{number}$"
    return sql.SQL("{quotes}\n{body}\n{quotes}").format(quotes=sql.SQL(quotes), body=body)


def lock_tables(
    tables: Sequence[sql.Literal], timeout: str = LOCK_TIMEOUT, attempts: int = LOCK_ATTEMPTS
) -> sql.Composed:
    """Return the statement that takes ACCESS EXCLUSIVE on all tables or on none, with a limited number of attempts."""
    return sql.SQL("SELECT minimize.lock_tables_v1(ARRAY[{}], {}, {})").format(
        sql.SQL(", ").join(tables), sql.Literal(timeout), sql.Literal(attempts)
    )


@cache
def body_digest(name: str) -> str:
    """Return the md5 of the body of a routine, as in pg_proc.prosrc. Comments in the body count too.

    md5 is built into every release of PostgreSQL. It detects drift, not an attack.
    """
    body = read(name).as_string(None).split("$routine$")[1]
    return hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()


@cache
def is_definer(name: str) -> bool:
    """Return whether a routine is SECURITY DEFINER: it calls routines that its callers have no privilege for."""
    return "SECURITY DEFINER" in _header(name)


@cache
def settings(name: str) -> str | None:
    """Return the settings of a routine as an array literal, as in pg_proc.proconfig; None if it has none."""
    path = re.search(r"SET search_path = ([a-z_, ]+) AS", _header(name))
    return f'{{"search_path={path[1]}"}}' if path else None


def _header(name: str) -> str:
    return read(name).as_string(None).split("$routine$")[0]
