"""Three guarded tables of the same shape, one per kind of location, and what a refusal must look like."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from tests.integration.migrate.estate import CITATION, FIELD, Estate, policy_text

Connection = psycopg.Connection[tuple[Any, ...]]

SECRETS = ("Zanzibar", "Timbuktu")


@dataclass(frozen=True, slots=True)
class Kind:
    """One guarded table: its values with the retired field, with another one, and without."""

    table: str
    location: str
    carrying: str
    other: str
    clean: str | None

    def write(self, statement: LiteralString) -> sql.Composed:
        """Return a statement with {t}, {old} (row 1 has it), {new} and {clean} filled in."""
        return sql.SQL(statement).format(
            t=sql.Identifier("lab", self.table),
            old=sql.Literal(self.carrying),
            new=sql.Literal(self.other),
            clean=sql.Literal(self.clean),
        )

    @property
    def name(self) -> str:
        """The location as a message writes it."""
        return f"lab.{self.table}.value{self.location}"


KINDS = [
    Kind("plain", "", "Zanzibar", "Timbuktu", None),
    Kind("binary", " $.who.pob", '{"n": 1, "who": {"pob": "Zanzibar"}}', '{"who": {"pob": "Timbuktu"}}', '{"who": {}}'),
    Kind("textual", " $.who.pob", '{"who": {"pob": "Zanzibar"}}', '{"who":{"pob":"Timbuktu"},"n":1}', '{"who": {}}'),
]

SCHEMA = """
CREATE SCHEMA lab;
CREATE TABLE lab.plain (id integer PRIMARY KEY, value text, kind text DEFAULT 'DL', note text);
CREATE TABLE lab.binary (id integer PRIMARY KEY, value jsonb, kind text DEFAULT 'DL', note text);
CREATE TABLE lab.textual (id integer PRIMARY KEY, value json, kind text DEFAULT 'DL', note text);
"""

KEEP = """keep_where = { enhanced = "kind IN ('EDL', 'EID')", hazmat = "kind = 'HME'" }"""


def location_keys(kind: Kind) -> str:
    """Return the location of a kind as TOML."""
    path = f"\njson_path = '{kind.location.strip()}'" if kind.location else ""
    return f'column = "lab.{kind.table}.value"{path}'


PLAIN_POLICY = policy_text(*map(location_keys, KINDS))
KEEP_POLICY = policy_text(*(f"{location_keys(kind)}\n{KEEP}" for kind in KINDS))


def build(url: str, policy: str) -> None:
    """Make the tables, with an unpurged row 1 and a clean row 2, and guard them."""
    with psycopg.connect(url) as conn:
        conn.execute(SCHEMA)
        for kind in KINDS:
            conn.execute(kind.write("INSERT INTO {t} VALUES (1, {old}), (2, {clean})"))
    with tempfile.TemporaryDirectory() as directory:
        Estate.create(url, Path(directory), policy).guard()


def build_plain(url: str) -> None:
    """Guard the tables without an exception."""
    build(url, PLAIN_POLICY)


def build_keep(url: str) -> None:
    """Guard the tables with two exceptions."""
    build(url, KEEP_POLICY)


def refuse(conn: Connection, statement: sql.Composed) -> psycopg.errors.Diagnostic:
    """Run a statement that must be refused as a retired field, without a value in anything the server says."""
    with pytest.raises(psycopg.Error) as caught, conn.transaction():
        conn.execute(statement)
    check_refusal(caught.value)
    return caught.value.diag


def check_refusal(error: psycopg.Error) -> None:
    """Check what every refusal has: SQLSTATE, names, location, field, citation; and what none may have: a value."""
    diag = error.diag
    assert error.sqlstate == "23MZ1", diag.message_primary
    assert FIELD in (diag.message_hint or "")
    assert CITATION in (diag.message_hint or "")
    assert None not in (diag.schema_name, diag.table_name, diag.column_name)
    # The message begins with the location, as the policy writes it.
    assert (diag.message_primary or "").startswith(f"{diag.constraint_name} is retired")
    assert diag.datatype_name == FIELD
    said = " ".join(filter(None, (diag.message_primary, diag.message_detail, diag.message_hint)))
    assert not [secret for secret in SECRETS if secret in said]
