"""Every way to write a retired member into a document, in json and jsonb, and changes that pass."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from tests.integration.guard.conftest import Share
from tests.integration.guard.test_write_paths import STATES, Ground, connect_states, prove, stand
from tests.integration.guard.writes import Connection
from tests.integration.migrate.estate import Estate, policy_text

pytestmark = [pytest.mark.majors, pytest.mark.parametrize("ground", STATES, indirect=True)]

POLICY = policy_text(
    *(
        f"column = 'lab.doc.{column}'\njson_path = '{path}'"
        for column in "bj"
        for path in ("$.who.pob", "$.list[*].pob", "$.pob")
    )
)

# {d} is the column as jsonb; what comes out is cast to the column's type.
REFUSED: dict[str, LiteralString] = {
    "concatenation": """{d} || '{{"pob": "Timbuktu"}}'""",
    "concatenation-of-an-object": """{d} || '{{"who": {{"pob": "Timbuktu"}}}}'""",
    "concatenation-of-a-row": "{d} || (SELECT to_jsonb(r) FROM (SELECT 'Timbuktu' AS pob) AS r)",
    "jsonb_set": """jsonb_set({d}, '{{who,pob}}', '"Timbuktu"')""",
    "jsonb_set_lax": """jsonb_set_lax({d}, '{{who,pob}}', '"Timbuktu"')""",
    "jsonb_insert": """jsonb_insert({d}, '{{who,pob}}', '"Timbuktu"')""",
    "removed-then-set": """jsonb_set({d} #- '{{who,pob}}', '{{who,pob}}', '"Timbuktu"')""",
    "set-in-an-array": """jsonb_set({d}, '{{list,0,pob}}', '"Timbuktu"')""",
    "added-to-an-array": """jsonb_insert({d}, '{{list,-1}}', '{{"pob": "Timbuktu"}}', true)""",
    "built": "jsonb_build_object('who', json_build_object('pob', 'Timbuktu'))",
    "aggregated": "(SELECT jsonb_object_agg(k, 'Timbuktu') FROM unnest(ARRAY['n', 'pob']) AS u (k))",
    "whole-document": """'{{"who": {{"n": 1, "pob": "Timbuktu"}}, "list": []}}'""",
    "object-in-place-of-an-array": """'{{"list": {{"pob": "Timbuktu"}}}}'""",
    "array-in-place-of-an-object": """'{{"who": [{{"n": 1}}, {{"pob": "Timbuktu"}}]}}'""",
    "document-in-an-array": """'[{{"pob": "Timbuktu"}}]'""",
    "duplicate-key": """'{{"who": {{"pob": null, "pob": "Timbuktu"}}}}'""",
    "duplicate-parent": """'{{"who": {{}}, "who": {{"pob": "Timbuktu"}}}}'""",
    "escaped-key": r"""'{{"who": {{"\u0070\u006Fb": "Timbuktu"}}}}'""",
    "escaped-parent": r"""'{{"\u0077ho": {{"pob": "Timbuktu"}}}}'""",
    "escaped-duplicate": r"""'{{"pob": null, "p\u006fb": "Timbuktu"}}'""",
    "white-space": """E'{{\\n\\t"who" :\\r\\n {{ "pob"\\t: "Timbuktu" }} }}'""",
    "empty-string": """jsonb_set({d}, '{{who,pob}}', '""')""",
    "empty-object": """jsonb_set({d}, '{{who,pob}}', '{{}}')""",
    "false": "jsonb_set({d}, '{{who,pob}}', 'false')",
}

PASSING: dict[str, LiteralString] = {
    "sql-null": "NULL",
    "json-null": "'null'",
    "absent": """'{{"who": {{}}, "list": [{{"n": 1}}, "pob"]}}'""",
    "null-member": """'{{"who": {{"pob": null}}, "list": [{{"pob": null}}], "pob": null}}'""",
    "escaped-null-member": r"""'{{"who": {{"p\u006fb": null}}}}'""",
    "removed": "{d} #- '{{who,pob}}'",
    "set-and-removed": """jsonb_set({d}, '{{who,pob}}', '"Timbuktu"') #- '{{who,pob}}'""",
    "another-member": """{d} || '{{"status": "done", "pobs": "Timbuktu"}}'""",
    "name-as-a-value": """'{{"who": "pob", "list": ["pob", {{"n": "pob"}}]}}'""",
    "another-place": """'{{"n": {{"pob": "Timbuktu"}}, "who": {{"n": {{"pob": "Timbuktu"}}}}}}'""",
}


def build(url: str) -> None:
    """Guard three paths in both columns; row 1 has a value, row 2 has none."""
    with tempfile.TemporaryDirectory() as directory:
        estate = Estate.create(url, Path(directory), POLICY)
        estate.run(
            "CREATE SCHEMA lab",
            "CREATE TABLE lab.doc (id integer PRIMARY KEY, b jsonb, j json)",
            """INSERT INTO lab.doc SELECT n, d, d FROM (VALUES (1, '{"who": {"pob": "Zanzibar"}}'::jsonb),"""
            """ (2, '{"who": {"n": 1}, "list": [{"n": 1}]}')) AS v (n, d)""",
        )
        estate.guard()


def build_proven(url: str) -> None:
    """Purge and prove what is guarded."""
    build(url)
    with psycopg.connect(url) as conn:
        conn.execute("UPDATE lab.doc SET b = b #- '{who,pob}', j = (j::jsonb #- '{who,pob}')::json")
    prove(url, POLICY)


@pytest.fixture(scope="session")
def connections(share: Share) -> Iterator[dict[str, Connection]]:
    """Return a connection for each state."""
    with connect_states(share("guard_paths", build), share("guard_paths_proven", build_proven)) as connections:
        yield connections


@pytest.fixture
def ground(connections: dict[str, Connection], request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Return a transaction in the state asked for."""
    with stand(connections[request.param], request.param, "doc") as ground:
        yield ground


def assign(column: str, expression: LiteralString) -> sql.Composed:
    """Return the statement that gives the clean row another document."""
    name = sql.Identifier(column)
    value = sql.SQL(expression).format(d=sql.SQL("{}::jsonb").format(name))
    base_type = sql.SQL("jsonb" if column == "b" else "json")
    return sql.SQL("UPDATE lab.doc SET {} = ({})::{} WHERE id = 2").format(name, value, base_type)


@pytest.mark.parametrize("column", ["b", "j"])
@pytest.mark.parametrize("expression", REFUSED.values(), ids=REFUSED.keys())
def test_no_change_of_a_document_brings_the_member(ground: Ground, column: str, expression: LiteralString) -> None:
    """The guard checks the stored document, however it was built."""
    ground.refuse_last(assign(column, expression))


@pytest.mark.parametrize("column", ["b", "j"])
@pytest.mark.parametrize("expression", PASSING.values(), ids=PASSING.keys())
def test_a_document_without_the_member_passes(ground: Ground, column: str, expression: LiteralString) -> None:
    """The control: null, absent and other members are stored in every state."""
    assert ground.conn.execute(assign(column, expression)).rowcount == 1


def test_an_unpurged_document_can_be_edited(ground: Ground) -> None:
    """Several locations of one row let it through together, whichever of them still carry."""
    change = """UPDATE lab.doc SET b = b || '{"status": "done"}', j = (j::jsonb || '{"status": "done"}')::json"""
    assert ground.conn.execute(change).rowcount == 2
    ground.refuse_last("""UPDATE lab.doc SET b = b || '{"pob": "Timbuktu"}' WHERE id = 1""")


@pytest.mark.parametrize(
    "target",
    ["b['who']['pob']", "b['pob']", "b['list'][0]['pob']", "b['list'][-1]['pob']"],
)
def test_subscripting_is_refused(ground: Ground, target: LiteralString) -> None:
    """An assignment to a member is an assignment of the document; null may be assigned, and other members."""
    statement = sql.SQL("UPDATE lab.doc SET {} = {} WHERE id = 2")
    ground.refuse_last(statement.format(sql.SQL(target), sql.Literal('"Timbuktu"')))
    ground.conn.execute(statement.format(sql.SQL(target), sql.Literal("null")))
    ground.conn.execute(statement.format(sql.SQL("b['status']"), sql.Literal('"done"')))


@pytest.mark.parametrize(
    "document",
    [
        '{"who": {"pob": "Timbuktu", "pob": null}}',
        '{"who": {"pob": "Timbuktu"}, "who": {}}',
        r'{"p\u006fb": "Timbuktu", "pob": null}',
    ],
)
def test_a_later_duplicate_hides_nothing(ground: Ground, document: str) -> None:
    """Json keeps both members, so the first is found; jsonb keeps the last, so there is nothing to find."""
    statement = sql.SQL("UPDATE lab.doc SET {} = {} WHERE id = 2")
    ground.refuse_last(statement.format(sql.Identifier("j"), sql.Literal(document)))
    ground.conn.execute(statement.format(sql.Identifier("b"), sql.Literal(document)))
    stored: Any = ground.conn.execute("SELECT b::text FROM lab.doc WHERE id = 2").fetchone()
    assert "Timbuktu" not in stored[0]
