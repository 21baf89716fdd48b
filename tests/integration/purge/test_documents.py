"""Members are removed from json and jsonb documents, and the rest of a document does not change."""

from __future__ import annotations

import pytest

from tests.integration.purge.scenario import at, counts, execute, fetch, one, policy_of, purge

pytestmark = pytest.mark.majors

DOCUMENTS = """
CREATE SCHEMA app;
CREATE TABLE app.form (id bigint PRIMARY KEY, doc jsonb, raw json);
"""


def test_the_rest_of_a_jsonb_document_stays(people: str) -> None:
    """The result equals that of PostgreSQL's own operator for removing the member; other rows are not written."""
    execute(
        people,
        "ALTER TABLE app.person ADD expected jsonb",
        "UPDATE app.person SET expected = doc #- '{person,pob}' #- '{earlier,0,pob}'",
    )
    purge(people, policy_of(at("app.person.doc", "$.person.pob"), at("app.person.doc", "$.earlier[*].pob")))
    assert one(people, "SELECT count(*) FROM app.person WHERE doc IS DISTINCT FROM expected") == 0
    assert one(people, "SELECT count(*) FROM app.person WHERE doc ->> 'city' LIKE 'Yakima%'") == 1334


def test_the_text_of_a_json_document_stays(people: str) -> None:
    """Spaces, duplicate keys and number formats outside the member are kept byte for byte."""
    purge(people, policy_of(at("app.person.raw", "$.pob")))
    texts = set(fetch(people, "SELECT raw::text FROM app.person WHERE raw IS NOT NULL"))
    assert len(texts) == 1
    (text,) = texts
    assert "pob" not in text
    assert text.startswith('{ "city":"Yakima" ,')
    assert text.endswith('"n": 1.0, "n": 1.00 }')


def test_each_path_counts_its_own_rows(database: str) -> None:
    """Two paths into one document are counted separately, also if both are in one row."""
    execute(
        database,
        DOCUMENTS,
        """INSERT INTO app.form VALUES (1, '{"a": 1, "b": 2, "c": 3}'), (2, '{"a": 1, "c": 3}'), (3, '{"b": null}')""",
    )
    result = purge(database, policy_of(at("app.form.doc", "$.a"), at("app.form.doc", "$.b")))
    assert counts(result) == {"app.form.doc $.a": (2, 0, 0, 0), "app.form.doc $.b": (1, 0, 0, 0)}
    assert fetch(database, "SELECT doc FROM app.form ORDER BY id") == [{"c": 3}, {"c": 3}, {"b": None}]


def test_what_only_looks_like_a_document_with_the_member_stays(database: str) -> None:
    """Scalars, arrays, strings that hold JSON, and a member at another depth are not changed."""
    execute(
        database,
        DOCUMENTS,
        """INSERT INTO app.form (id, doc) VALUES (1, '"pob"'), (2, '["pob"]'), (3, '{"x": "{\\"pob\\": 1}"}'),
             (4, '{"x": {"pob": 1}}'), (5, '{"POB": 1}'), (6, 'null'), (7, '{}'), (8, NULL)""",
    )
    before = fetch(database, "SELECT id, doc::text, xmin::text FROM app.form ORDER BY id")
    purge(database, policy_of(at("app.form.doc", "$.pob")))
    assert fetch(database, "SELECT id, doc::text, xmin::text FROM app.form ORDER BY id") == before


def test_a_toasted_document_is_purged_and_its_rest_kept(database: str) -> None:
    """A document too large for its page loses the member and keeps every other byte."""
    execute(
        database,
        DOCUMENTS,
        """INSERT INTO app.form SELECT n, d, d::text::json FROM generate_series(1, 40) AS n, LATERAL (
             SELECT jsonb_build_object('pob', 'Yakima', 'scan', string_agg(md5(n || ' ' || k), ''))
             FROM generate_series(1, 800) AS k
           ) AS x (d)""",
    )
    scans = fetch(database, "SELECT md5(doc ->> 'scan') FROM app.form ORDER BY id")
    assert one(database, "SELECT pg_relation_size(reltoastrelid) > 0 FROM pg_class WHERE relname = 'form'")
    purge(database, policy_of(at("app.form.doc", "$.pob"), at("app.form.raw", "$.pob")))
    assert fetch(database, "SELECT md5(doc ->> 'scan') FROM app.form ORDER BY id") == scans
    assert fetch(database, "SELECT md5(raw ->> 'scan') FROM app.form ORDER BY id") == scans
    assert one(database, "SELECT count(*) FROM app.form WHERE doc ? 'pob' OR raw::jsonb ? 'pob'") == 0
