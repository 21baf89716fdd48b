"""Compares the expressions of hstore_key with the operators of the extension."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from tests.integration.locations.asking import HSTORE, judge, location, require

TEXT = st.text(st.sampled_from("ab\"\\=>, \n'é{}"), max_size=3)
PAIRS = st.dictionaries(TEXT, st.none() | TEXT, max_size=4)


def quoted(text: str | None) -> str:
    """Write a key or a value of an hstore."""
    return "NULL" if text is None else '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


@pytest.fixture(autouse=True)
def _hstore(database: str, server_conn: psycopg.Connection[Any]) -> None:
    """Install the extension in a schema that is not in the search_path."""
    require(database, *HSTORE)
    server_conn.execute("CREATE SCHEMA ext")
    server_conn.execute("CREATE EXTENSION hstore SCHEMA ext")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(every=st.lists(PAIRS, min_size=5, max_size=30), data=st.data())
def test_a_key_goes_as_the_extension_removes_it(
    server_conn: psycopg.Connection[Any], every: list[dict[str, str | None]], data: st.DataObject
) -> None:
    """For any keys and values, the result equals that of the extension's operator `-`."""
    name = data.draw(st.sampled_from(sorted({key for pairs in every for key in pairs if key.strip()} or {"a"})))
    texts = [", ".join(f"{quoted(key)}=>{quoted(value)}" for key, value in pairs.items()) for pairs in every]
    left = sql.SQL("SELECT (v::ext.hstore OPERATOR(ext.-) {}::text)::text FROM unnest(%s::text[]) AS v")
    expected = server_conn.execute(left.format(sql.Literal(name)), [texts]).fetchall()
    found = judge(server_conn, location(hstore_key=name), "ext.hstore", texts)
    for pairs, judged, (kept,) in zip(every, found, expected, strict=True):
        assert judged.carries == (pairs.get(name) is not None)
        assert judged.taken == pairs.get(name)
        assert judged.kept == kept
        assert not judged.still_carries
