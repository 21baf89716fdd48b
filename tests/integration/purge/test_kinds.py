"""Kinds of location inside a value: guard, purge, verification and proof."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import survey
from minimize.errors import PolicyError
from minimize.guard.attacks import attacks
from minimize.policy import Policy, parse_policy
from minimize.verify.residue import Verification, verify_rows
from tests.integration.locations.asking import HSTORE, ICU, XML, require
from tests.integration.purge.scenario import counts, execute, fetch, guard, one, policy_text, purge

NOTES = """
CREATE SCHEMA app;
CREATE DOMAIN app.short AS varchar(12);
CREATE TABLE app.note (id bigint PRIMARY KEY, body text, code app.short, lines text[], kind text);
"""
CARRYING = """
INSERT INTO app.note VALUES
  (1, E'name: A\\nPOB: Kent\\nend', 'pob Oslo', '{"POB: Kent",b,NULL}', 'DL'),
  (2, 'POB: [removed]', 'none', '{b}', 'DL'), (3, NULL, NULL, NULL, 'DL'),
  (4, 'POB: Rome', NULL, NULL, 'EDL');
"""
BODY, CODE, LINES = "app.note.body (?i)POB:[^\\n]*", "app.note.code pob [a-zA-Z]+", "app.note.lines ^POB:"


def place(column: str, **keys: str) -> str:
    """Return a location as a policy writes it."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"column": column, **keys}.items()]
    return "\n".join(["[[field.location]]", *lines])


def policy(*places: str, on_write: str = "reject") -> Policy:
    """Return a policy with these locations in one mode."""
    text = policy_text(*places).replace('"reject"', f'"{on_write}"')
    return parse_policy(text, "minimize.toml")


def insert(table: str, column: str, value: str) -> sql.Composed:
    """Return the statement that writes one value into a new row."""
    return sql.SQL("INSERT INTO {} (id, {}) VALUES (9, {})").format(
        sql.Identifier(*table.split(".")), sql.Identifier(column), sql.Literal(value)
    )


def verify(url: str, found: Policy) -> Verification:
    """Look for residue by a policy."""
    with connect(url) as conn:
        return verify_rows(conn, survey(conn, found))


PATTERNS = (
    place("app.note.body", pattern="(?i)POB:[^\\n]*", replacement="POB: [removed]")
    + "\nkeep_where = { lawful = \"kind = 'EDL'\" }",
    place("app.note.code", pattern="pob [a-zA-Z]+", replacement="no longer collected"),
    place("app.note.lines", pattern="^POB:", replacement="-"),
)


@pytest.mark.majors
def test_a_pattern_is_purged_and_proven(database: str) -> None:
    """Matches are removed from text and arrays, exempt rows keep theirs, and a CHECK proves the result."""
    execute(database, NOTES, CARRYING)
    found = policy(*PATTERNS)
    assert [(f.location, f.count) for f in verify(database, policy(*PATTERNS[:2])).findings] == [(BODY, 1), (CODE, 1)]
    before = fetch(database, "SELECT xmin::text, * FROM app.note WHERE id IN (2, 3, 4) ORDER BY id")
    guard(database, found)
    assert counts(purge(database, found)) == {BODY: (1, 1, 0, 0), CODE: (1, 0, 0, 0), LINES: (1, 0, 0, 0)}
    assert fetch(database, "SELECT xmin::text, * FROM app.note WHERE id IN (2, 3, 4) ORDER BY id") == before
    # The replacement would not fit in twelve characters.
    assert one(database, "SELECT body, code, lines::text FROM app.note WHERE id = 1") == (
        "name: A\nPOB: [removed]\nend",
        "",
        '{"- Kent",b,NULL}',
    )
    assert verify(database, found).clean
    execute(database, "ALTER TABLE app.note DISABLE TRIGGER ALL")
    for column, value in [("body", "POB: Kent"), ("code", "pob Oslo"), ("lines", '{"POB: x"}')]:
        with psycopg.connect(database) as conn, pytest.raises(psycopg.DatabaseError, match="retired"):
            conn.execute(insert("app.note", column, value))


def test_a_pattern_is_guarded_in_every_mode(database: str) -> None:
    """A value that carries is refused, stripped or reported; a stored value may be sent again before the purge."""
    execute(database, NOTES, CARRYING)
    guard(database, policy(*PATTERNS))
    with psycopg.connect(database, autocommit=True) as conn:
        for column, value in [("body", "Pob: x"), ("code", "pob x"), ("lines", '{a,"POB: x"}')]:
            with pytest.raises(psycopg.DatabaseError) as caught:
                conn.execute(insert("app.note", column, value))
            assert caught.value.sqlstate == "23MZ1"
        conn.execute("INSERT INTO app.note VALUES (10, 'POB: [removed]', 'pob 5', '{a}')")
        conn.execute("INSERT INTO app.note (id, body, kind) VALUES (11, 'POB: Kent', 'EDL')")
        conn.execute("UPDATE app.note SET body = 'other' || body, lines = 'x'::text || lines WHERE id = 1")
        with pytest.raises(psycopg.DatabaseError) as caught:
            conn.execute("UPDATE app.note SET body = body || 'POB: x' WHERE id = 1")
        assert caught.value.sqlstate == "23MZ1"

        guard(database, policy(*PATTERNS, on_write="strip"))
        conn.execute("INSERT INTO app.note VALUES (12, 'POB: Kent', 'a pob x', '{\"POB: x\"}')")
        row = conn.execute("SELECT body, code, lines FROM app.note WHERE id = 12").fetchone()
        assert row == ("POB: [removed]", "a ", ["- x"])

        guard(database, policy(*PATTERNS, on_write="warn"))
        warnings: list[str | None] = []
        conn.add_notice_handler(lambda notice: warnings.append(notice.sqlstate))
        conn.execute("INSERT INTO app.note (id, body) VALUES (13, 'POB: Kent')")
        assert warnings == ["MZ003"]


def test_a_pattern_can_be_attacked(database: str) -> None:
    """A matching text is made up. Where none can be, a value is copied from a row, and COPY is not possible."""
    execute(database, NOTES, CARRYING)
    copied = place("app.note.code", pattern="(?x) p o b .+")
    found = policy(PATTERNS[0], copied, place("app.note.kind", pattern="(?x) no row has this"))
    guard(database, found)
    with connect(database) as conn:
        results = {(each.location, each.path): each.run(conn) for each in attacks(conn, survey(conn, found))}
    assert {results[BODY, path].result for path in ("INSERT", "UPDATE", "COPY")} == {"refused"}
    assert results["app.note.code (?x) p o b .+", "INSERT"].result == "refused"
    assert results["app.note.code (?x) p o b .+", "COPY"].result == "not_possible"
    other = results["app.note.kind (?x) no row has this", "INSERT"]
    assert (other.result, other.why) == (
        "not_possible",
        "no value of kind pattern can be made up, and none is there to copy",
    )


def test_a_pattern_can_be_attacked_in_an_empty_table(database: str) -> None:
    """Without a guard, the made-up text is let through; with it, it is refused."""
    execute(database, NOTES)
    found = policy(*PATTERNS)
    with connect(database) as conn:
        results = {each.run(conn).result for each in attacks(conn, survey(conn, found)) if each.path == "COPY"}
        assert results == {"let_through"}
        guard(database, found)
        results = {each.run(conn).result for each in attacks(conn, survey(conn, found)) if each.path == "COPY"}
        assert results == {"refused"}


MISTAKES = [
    ("body", {"pattern": "POB:("}, "pattern: invalid regular expression: parentheses () not balanced"),
    ("lines", {"pattern": "[b-a]"}, "pattern: invalid regular expression: invalid character range"),
    ("body", {"pattern": "x*"}, "pattern: it matches empty text, which holds no value"),
    ("body", {"pattern": "a", "replacement": "aa"}, "replacement: the pattern matches it, and would change it again"),
    ("id", {"pattern": "a"}, "the column is of type int8"),
]


def test_a_pattern_that_cannot_work_is_named(database: str) -> None:
    """The server checks whether it can parse the pattern and whether replacing ends; every problem is reported."""
    execute(database, NOTES)
    places = [place(f"app.note.{column}", **keys) for column, keys, _ in MISTAKES]
    with connect(database) as conn, pytest.raises(PolicyError) as caught:
        check_survey(conn, survey(conn, policy(*places)))
    assert caught.value.message.split("\n") == [
        f"app.note.{column} {keys['pattern']}: {message}" for column, keys, message in MISTAKES
    ]


def test_a_collation_without_patterns_is_named(database: str) -> None:
    """The pattern is checked in the column's own collation, not in the database's."""
    require(database, *ICU)
    execute(
        database,
        NOTES,
        "CREATE COLLATION app.loose (provider = icu, locale = 'und', deterministic = false)",
        "ALTER TABLE app.note ADD sorted text COLLATE app.loose",
    )
    with connect(database) as conn, pytest.raises(PolicyError, match="pattern: nondeterministic collations are not"):
        check_survey(conn, survey(conn, policy(place("app.note.sorted", pattern="a"))))
    # Documents are read without regard to the collation.
    found = policy(place("app.note.sorted", json_path="$.pob"))
    execute(database, """INSERT INTO app.note (id, sorted) VALUES (1, '{"pob": 1}')""")
    guard(database, found)
    assert counts(purge(database, found)) == {"app.note.sorted $.pob": (1, 0, 0, 0)}


FORMS = """
CREATE SCHEMA app;
CREATE TABLE app.form (id bigint PRIMARY KEY, note text, event jsonb, many jsonb[], raw json);
"""
NESTED = json.dumps({"payload": json.dumps({"pob": "Kent", "n": 1.0}), "m": 2})
REST = json.dumps({"payload": ' "n": 1.0}', "m": 2}).replace('" ', '"{ ')
DOCUMENTS = (
    place("app.form.note", json_path="$.pob"),
    place("app.form.note", pattern="POB: *[a-zA-Z]+"),
    place("app.form.event", json_path="$.payload.json().pob"),
    place("app.form.event", json_path="$.old"),
    place("app.form.many", json_path="$.pob"),
    place("app.form.raw", json_path="$.payload.json().pob"),
)


def store_forms(url: str) -> None:
    """Store rows that carry the field in every kind of document, and rows that only look like it."""
    with psycopg.connect(url) as conn, conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO app.form VALUES (%s, %s, %s, %s::jsonb[], %s)",
            [
                (1, '{"pob": "Kent", "note": "POB: Oslo"}', NESTED, ['{"pob": 1, "x": 1}', "[]"], NESTED),
                (2, 'pob "pob": 1', '{"payload": {"pob": "Kent"}}', ['{"x": {"pob": 1}}'], '{"payload": "pob"}'),
                (3, None, None, None, None),
            ],
        )


@pytest.mark.majors
def test_documents_are_purged_wherever_they_are(database: str) -> None:
    """The member is removed from text shared with a pattern, a string in a document and an array of documents."""
    execute(database, FORMS)
    store_forms(database)
    found = policy(*DOCUMENTS)
    before = fetch(database, "SELECT xmin::text, note, event, raw::text FROM app.form WHERE id > 1 ORDER BY id")
    guard(database, found)
    assert {name: erased for name, (erased, *_) in counts(purge(database, found)).items()} == {
        "app.form.note $.pob": 1,
        "app.form.note POB: *[a-zA-Z]+": 1,
        "app.form.event $.payload.json().pob": 1,
        "app.form.event $.old": 0,
        "app.form.many $.pob": 1,
        "app.form.raw $.payload.json().pob": 1,
    }
    assert fetch(database, "SELECT xmin::text, note, event, raw::text FROM app.form WHERE id > 1 ORDER BY id") == before
    assert one(database, "SELECT note, event, many::text, raw::text FROM app.form WHERE id = 1") == (
        '{ "note": ""}',
        json.loads(REST),
        '{"{\\"x\\": 1}",[]}',
        REST,
    )
    assert verify(database, found).clean
    assert (
        one(database, "SELECT count(*) FROM pg_constraint WHERE conname LIKE 'minimize_proof_%' AND convalidated") == 6
    )


def test_documents_are_guarded_for_an_ordinary_role(database: str, role: Callable[..., str]) -> None:
    """A role that writes needs no privilege in schema minimize, neither for a refused write nor for a clean one."""
    execute(database, FORMS, "GRANT USAGE ON SCHEMA app TO PUBLIC", "GRANT ALL ON app.form TO PUBLIC")
    store_forms(database)
    guard(database, policy(*DOCUMENTS))
    carrying = [
        ("note", '{"pob": 1}'),
        ("note", '{"p\\u006fb": 1}'),
        ("event", NESTED),
        ("many", '{"{\\"pob\\": 1}"}'),
        ("raw", NESTED),
    ]
    clean = [
        ("note", '{"pob": null}'),
        ("note", "{pob"),
        ("event", '{"payload": "pob"}'),
        ("many", "{}"),
        ("raw", "[]"),
    ]
    with psycopg.connect(role(database), autocommit=True) as conn:
        for column, value in carrying:
            with pytest.raises(psycopg.DatabaseError) as caught:
                conn.execute(insert("app.form", column, value))
            assert caught.value.sqlstate == "23MZ1", column
        for column, value in clean:
            conn.execute(insert("app.form", column, value))
            conn.execute("DELETE FROM app.form WHERE id = 9")
        # Before the purge, a stored value may be sent again with another part of the document changed.
        conn.execute("UPDATE app.form SET event = jsonb_set(event, '{m}', '3') WHERE id = 1")
        with pytest.raises(psycopg.DatabaseError, match=r"app.form.event \$.payload.json\(\).pob is retired"):
            conn.execute("UPDATE app.form SET event = jsonb_set(event, '{payload}', %s)", [json.dumps('{"pob":"x"}')])


BROKEN = [
    '{"pob": "Kent", "n": NaN}',
    '{"note": 1, "pob": "Ke',
    '{"pob": "Kent"',
    '{"pob": "Kent",}',
    '{"x": ' + "[" * 1500 + "]" * 1500 + ', "pob": 1}',
]
HARMLESS = ['{"pob": null}', 'says "pob": 1', '{"note": "pob"', '{"note": {"pob": 1}, "n": NaN}', "pob", None]


def test_a_document_that_cannot_be_read_is_not_clean(database: str) -> None:
    """Rows in which the member seems to be in invalid JSON are reported as not checked, unless they are exempt."""
    execute(database, FORMS)
    with psycopg.connect(database) as conn:
        for number, text in enumerate([*BROKEN, *HARMLESS, BROKEN[0]]):
            event = None if text is None else json.dumps({"payload": text})
            conn.execute("INSERT INTO app.form (id, note, event) VALUES (%s, %s, %s)", [number, text, event])
    keep = '\nkeep_where = { lawful = "id = 11" }'
    found = policy(DOCUMENTS[0] + keep, DOCUMENTS[2], place("app.form.raw", json_path="$.pob"))
    guard(database, found)
    assert {each.erased for each in purge(database, found).locations} == {0}
    verification = verify(database, found)
    why = "row(s) name the member in a text that is no JSON; mend it, or add a pattern for the column"
    assert verification.findings == ()
    assert {(each.location, each.place, each.why) for each in verification.not_checked} == {
        ("app.form.note $.pob", "rows", f"5 {why}"),
        ("app.form.event $.payload.json().pob", "rows", f"6 {why}"),
    }
    execute(database, "DELETE FROM app.form WHERE id < 5 OR id = 11")
    assert verify(database, found).clean


def test_documents_are_stripped(database: str) -> None:
    """In `strip` mode only the member is removed, also from strings."""
    execute(database, FORMS)
    guard(database, policy(*DOCUMENTS, on_write="strip"))
    store_forms(database)
    assert one(database, "SELECT note, raw::text FROM app.form WHERE id = 1") == ('{ "note": ""}', REST)


def test_documents_can_be_attacked(database: str) -> None:
    """A document of every kind can be generated, also for an empty table."""
    execute(database, FORMS)
    found = policy(*DOCUMENTS[2:])
    with connect(database) as conn:
        results = {each.run(conn).result for each in attacks(conn, survey(conn, found)) if each.path == "COPY"}
        assert results == {"let_through"}
        guard(database, found)
        results = {each.run(conn).result for each in attacks(conn, survey(conn, found)) if each.path == "COPY"}
        assert results == {"refused"}


@pytest.mark.majors
def test_a_key_of_an_hstore_is_retired(database: str, role: Callable[..., str]) -> None:
    """Guard, purge, verification and proof work with the extension in a schema outside every search_path."""
    require(database, *HSTORE)
    execute(
        database,
        "CREATE SCHEMA app; CREATE SCHEMA hidden; CREATE EXTENSION hstore SCHEMA hidden",
        "GRANT USAGE ON SCHEMA app, hidden TO PUBLIC",
        "CREATE TABLE app.extra (id bigint PRIMARY KEY, pairs hidden.hstore, plain text)",
        "GRANT ALL ON app.extra TO PUBLIC",
        """INSERT INTO app.extra VALUES (1, 'pob=>Kent, "a b"=>"q\\"\\\\"'), (2, 'pob=>NULL,x=>1'), (3, NULL)""",
    )
    found = policy(place("app.extra.pairs", hstore_key="pob"))
    guard(database, found)
    with psycopg.connect(role(database), autocommit=True) as conn:
        with pytest.raises(psycopg.DatabaseError) as caught:
            conn.execute(insert("app.extra", "pairs", "pob=>1"))
        assert caught.value.sqlstate == "23MZ1"
        conn.execute("UPDATE app.extra SET pairs = pairs OPERATOR(hidden.||) 'x=>2' WHERE id = 1")
    with connect(database) as conn:
        results = {(each.path, each.run(conn).result) for each in attacks(conn, survey(conn, found))}
        assert ("COPY", "refused") in results
        assert "let_through" not in {result for _, result in results}
        with pytest.raises(PolicyError, match="the column is of type text"):
            check_survey(conn, survey(conn, policy(place("app.extra.plain", hstore_key="pob"))))
    assert counts(purge(database, found)) == {"app.extra.pairs pob": (1, 0, 0, 0)}
    assert fetch(database, "SELECT pairs::text FROM app.extra ORDER BY id") == [
        '"x"=>"2", "a b"=>"q\\"\\\\"',
        '"x"=>"1", "pob"=>NULL',
        None,
    ]
    assert verify(database, found).clean
    execute(database, "ALTER TABLE app.extra DISABLE TRIGGER ALL")
    with pytest.raises(psycopg.DatabaseError, match="retired"):
        execute(database, "INSERT INTO app.extra VALUES (9, 'pob=>1')")


def test_an_element_is_retired(database: str) -> None:
    """Guard, purge, verification and proof work with elements and attributes of xml, also two in one column."""
    require(database, *XML)
    execute(
        database,
        "CREATE SCHEMA app; CREATE TABLE app.message (id bigint PRIMARY KEY, body xml, other xml)",
        """INSERT INTO app.message VALUES (1, '<m><pob>Kent</pob> <p pob="Kent" n="1"/></m>', NULL),
             (2, '<m><pob/></m>', '<pob>x</pob>')""",
    )
    places = place("app.message.body", xpath="/m/pob"), place("app.message.body", xpath="//p/@pob")
    found = policy(*places)
    guard(database, found)
    with connect(database) as conn:
        results = {(each.location, each.path): each.run(conn).result for each in attacks(conn, survey(conn, found))}
    assert {result for (_, path), result in results.items() if path != "INSERT into a partition"} == {"refused"}
    execute(database, "UPDATE app.message SET body = xmlparse(content replace(body::text, 'n=', 'k=')) WHERE id = 1")
    assert counts(purge(database, found)) == {
        "app.message.body /m/pob": (1, 0, 0, 0),
        "app.message.body //p/@pob": (1, 0, 0, 0),
    }
    assert fetch(database, "SELECT body::text FROM app.message ORDER BY id") == ['<m> <p k="1"/></m>', "<m><pob/></m>"]
    assert verify(database, found).clean
    execute(database, "ALTER TABLE app.message DISABLE TRIGGER ALL")
    with pytest.raises(psycopg.DatabaseError, match="retired"):
        execute(database, "INSERT INTO app.message VALUES (9, '<m><pob>x</pob></m>')")
    guard(database, policy(*places, on_write="strip"))
    execute(
        database,
        "ALTER TABLE app.message ENABLE TRIGGER ALL",
        "INSERT INTO app.message VALUES (10, '<m><pob>x</pob><q/></m>')",
    )
    assert one(database, "SELECT body::text FROM app.message WHERE id = 10") == "<m><q/></m>"


def _rebuilt(conn: psycopg.Connection[Any]) -> tuple[list[Any], list[Any]]:
    """Return the definitions of the proofs and triggers, as a dump writes them."""
    return (
        conn.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'app.note'::regclass AND contype = 'c' AND convalidated ORDER BY 1"
        ).fetchall(),
        conn.execute(
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgrelid = 'app.note'::regclass AND NOT tgisinternal ORDER BY 1"
        ).fetchall(),
    )


def test_a_dump_brings_back_what_a_pattern_made(database: str) -> None:
    """With the empty search_path of a restore, the definitions are unchanged and mean the same."""
    execute(database, NOTES, CARRYING)
    found = policy(*PATTERNS)
    guard(database, found)
    purge(database, found)
    with psycopg.connect(database) as conn:
        conn.execute("SET search_path = ''")
        checks, triggers = _rebuilt(conn)
        assert len(checks) == 3
        for name, definition in checks:
            conn.execute(
                f'ALTER TABLE app.note DROP CONSTRAINT "{name}", ADD CONSTRAINT "{name}" {definition}'.encode()
            )
        for name, definition in triggers:
            conn.execute(f'DROP TRIGGER "{name}" ON app.note; {definition}'.encode())
        assert _rebuilt(conn) == (checks, triggers)
