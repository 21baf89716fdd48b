"""The path in Python agrees with the server's jsonpath, on generated documents."""

from __future__ import annotations

import json
from typing import Any

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from minimize.locations import TableRow
from minimize.locations.json_path import JsonPathLocation

PATHS = ["$.a", "$.a.b", "$.a[*].b", "$[*].a", "$.a[*].b[*].a", '$."q\\"u.o te"', "$.a.json().b", "$.json()[*].a"]

scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", 'q"'])
documents = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", 'q"u.o te']), inner, max_size=3)
        | st.tuples(inner, st.sampled_from(["", "x"])).map(lambda parts: json.dumps(parts[0]) + parts[1])
    ),
    max_leaves=14,
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents, path=st.sampled_from(PATHS), column=st.sampled_from(["j", "b", "t"]))
def test_python_and_server_agree(server_conn: psycopg.Connection[Any], document: Any, path: str, column: str) -> None:
    """A document carries the field in Python if and only if it does on the server, in json, jsonb and text."""
    location = JsonPathLocation.model_validate({"column": f"public.d.{column}", "json_path": path})
    query = sql.SQL("SELECT {} FROM (SELECT {text}::json AS j, {text}::jsonb AS b, {text}::text AS t) AS d").format(
        location.carries(TableRow(types={"j": "json", "b": "jsonb", "t": "text"})),
        text=sql.Literal(json.dumps(document)),
    )
    types = {"j": "json", "b": "jsonb", "t": "text"}
    found = location.find_parts(json.dumps(document) if column == "t" else document, types[column])
    assert server_conn.execute(query).fetchone() == (bool(found),)
