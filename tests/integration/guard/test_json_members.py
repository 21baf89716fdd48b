"""Members inside documents: names of every kind, paths of every shape, in json and jsonb."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.integration.guard.writes import Connection, refuse
from tests.integration.migrate.estate import Estate, policy_text

pytestmark = [pytest.mark.majors, pytest.mark.parametrize("column", ["b", "j"])]

NAMES = [
    "it's",
    'qu"ote',
    "do.t",
    "back\\slash",
    "Ключ",
    "größe",
    "emoji🎂",
    "with space",
    "$",
    "*",
    "[*]",
    "a\tb",
    "%s",
    "",
]

PATHS: dict[str, tuple[Any, Any]] = {
    "$.a.b.c": ({"a": {"b": {"c": 1}}}, {"a": {"b": {}}}),
    "$.list[*].pob": ({"list": [{"n": 1}, {"pob": "Timbuktu"}]}, {"list": [{"n": 1}]}),
    "$.list[*].deep[*].pob": ({"list": [{"deep": [{"pob": "Timbuktu"}]}]}, {"list": [{"deep": [{"n": 1}]}]}),
    "$[*].pob": ([{"pob": "Timbuktu"}], [{"n": 1}, "Timbuktu"]),
}


def member_location(column: str, path: str) -> str:
    """Return a location as TOML; a TOML string in single quotes takes the path as it is."""
    delimiter = "'''" if "'" in path else "'"
    return f'column = "lab.doc.{column}"\njson_path = {delimiter}{path}{delimiter}'


def build(url: str) -> None:
    """Guard every name and path in both columns of one empty table."""
    with psycopg.connect(url) as conn:
        conn.execute("CREATE SCHEMA lab")
        conn.execute("CREATE TABLE lab.doc (id integer, b jsonb, j json)")
    names = [f"$.{json.dumps(name, ensure_ascii=False)}" for name in NAMES]
    locations = [member_location(column, path) for column in "bj" for path in [*names, *PATHS, "$.one.two"]]
    with tempfile.TemporaryDirectory() as directory:
        Estate.create(url, Path(directory), policy_text(*locations)).guard()


@pytest.fixture(scope="session")
def shared_documents(server: Any, template: Any, worker_id: str) -> Iterator[str]:
    """Return the URL of the guarded database."""
    name = f"{server.prefix}_documents_{worker_id}"
    yield server.create_database(name, template=f"{server.prefix}_template_{template('guard_documents', build)}")
    server.drop_database(name)


@pytest.fixture
def documents(shared_documents: str) -> Iterator[Connection]:
    """Return a transaction in the guarded database."""
    with psycopg.connect(shared_documents) as connection:
        yield connection
        connection.rollback()


def insert(column: str, document: Any) -> sql.Composed:
    """Return the statement that stores a document."""
    text = document.decode() if isinstance(document, bytes) else json.dumps(document)
    return sql.SQL("INSERT INTO lab.doc (id, {}) VALUES (1, {})").format(sql.Identifier(column), sql.Literal(text))


def update(column: str, document: Any) -> sql.Composed:
    """Return the statement that replaces the documents."""
    return sql.SQL("UPDATE lab.doc SET {} = {}").format(sql.Identifier(column), sql.Literal(json.dumps(document)))


def store_unguarded(conn: Connection, column: str, document: Any) -> None:
    """Store a document as it was before the guard."""
    conn.execute("ALTER TABLE lab.doc DISABLE TRIGGER USER")
    checks = conn.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = 'lab.doc'::regclass AND conname LIKE '!minimize%'"
    ).fetchall()
    for name, _ in checks:
        conn.execute(sql.SQL("ALTER TABLE lab.doc DROP CONSTRAINT {}").format(sql.Identifier(name)))
    conn.execute(insert(column, document))
    for name, definition in checks:
        add = sql.SQL("ALTER TABLE lab.doc ADD CONSTRAINT {} ").format(sql.Identifier(name))
        conn.execute(add + sql.SQL(definition))
    # ENABLE TRIGGER USER would leave them enabled, but not always.
    names = conn.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'lab.doc'::regclass").fetchall()
    for (name,) in names:
        conn.execute(sql.SQL("ALTER TABLE lab.doc ENABLE ALWAYS TRIGGER {}").format(sql.Identifier(str(name))))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_member_of_any_name_is_found(documents: Connection, column: str, name: str) -> None:
    """Quotes, dots, backslashes and non-ASCII letters in a member's name make no difference."""
    refuse(documents, insert(column, {name: "Timbuktu"}))
    documents.execute(insert(column, {f"{name}x": "Timbuktu"}))


@pytest.mark.parametrize("path", PATHS)
def test_a_path_reaches_through_objects_and_arrays(documents: Connection, column: str, path: str) -> None:
    """Nested members and [*] are found where they are, and nowhere else."""
    carrying, clean = PATHS[path]
    refuse(documents, insert(column, carrying))
    documents.execute(insert(column, clean))


@pytest.mark.parametrize("document", [{"one": {"two": None}}, {"one": {}}, {"one": None}, {}, [], None, "two", 7])
def test_null_and_absent_pass(documents: Connection, column: str, document: Any) -> None:
    """A member that is null, missing, or in a document of another shape carries nothing."""
    assert documents.execute(insert(column, document)).rowcount == 1


@pytest.mark.parametrize("value", ["", 0, False, {}, "null", {"x": None}])
def test_any_other_value_is_refused(documents: Connection, column: str, value: Any) -> None:
    """An empty string, object or array is a value."""
    refuse(documents, insert(column, {"one": {"two": value}}))


def test_an_escaped_name_is_the_same_name(documents: Connection, column: str) -> None:
    """A document that writes the member's name with JSON escapes is refused."""
    refuse(documents, insert(column, rb'{"one": {"\u0074wo": "Timbuktu"}}'))


def test_another_member_of_an_unpurged_document_may_change(documents: Connection, column: str) -> None:
    """The application may change other members of an unpurged document."""
    store_unguarded(documents, column, {"one": {"two": "Zanzibar"}, "status": "new"})
    documents.execute(update(column, {"status": "done", "more": [1], "one": {"x": 1, "two": "Zanzibar"}}))
    refuse(documents, update(column, {"one": {"two": "Timbuktu"}}))


def test_a_second_value_in_an_unpurged_document_is_refused(documents: Connection, column: str) -> None:
    """A second value is refused in a document that has an unpurged one."""
    store_unguarded(documents, column, {"list": [{"pob": "Zanzibar"}]})
    documents.execute(update(column, {"list": [{"pob": "Zanzibar"}, {"n": 1}]}))
    refuse(documents, update(column, {"list": [{"pob": "Zanzibar"}, {"pob": "Timbuktu"}]}))
    refuse(documents, update(column, {"list": [{"pob": "Zanzibar"}, {"pob": "Zanzibar"}]}))


def test_the_value_may_not_move_to_another_path(documents: Connection, column: str) -> None:
    """Each location is checked separately: an old value under one path allows none under another."""
    store_unguarded(documents, column, {"one": {"two": "Zanzibar"}})
    refuse(documents, update(column, {"do.t": "Zanzibar"}))


def test_a_duplicate_key_does_not_hide_a_value(documents: Connection, column: str) -> None:
    """In json, which keeps both, the value is found; jsonb keeps the last, which is null."""
    statement = insert(column, b'{"one": {"two": "Timbuktu", "two": null}}')
    if column == "j":
        refuse(documents, statement)
    else:
        documents.execute(statement)
