"""One small table with every kind of row that a purge must distinguish."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.integration.purge.scenario import execute

# By row number: 1 in 5 exempt, 1 in 7 without a kind (so that the exception yields NULL), 1 in 6 held by subquery,
# 1 in 11 with an unknown flag (so that the hold yields NULL), 1 in 4 without a birthplace, 1 in 3 without a document.
SCHEMA = """
CREATE SCHEMA app;
CREATE TABLE app.person (
    id bigint PRIMARY KEY, kind text, flagged boolean, birthplace text, birth_country text, city text NOT NULL,
    doc jsonb, raw json, note text, seen integer NOT NULL DEFAULT 0
);
CREATE TABLE app.legal_hold (person_id bigint PRIMARY KEY, released boolean NOT NULL DEFAULT false);
"""
ROWS = """
INSERT INTO app.person
SELECT n, CASE WHEN n % 5 = 0 THEN 'EDL' WHEN n % 7 = 0 THEN NULL ELSE 'DL' END,
       CASE WHEN n % 11 = 0 THEN NULL ELSE n % 13 = 0 END,
       CASE WHEN n % 4 > 0 THEN 'Yakima ' || n END, CASE WHEN n % 4 = 1 THEN 'USA' END, 'Yakima ' || n,
       CASE WHEN n % 3 > 0 THEN jsonb_build_object(
         'person', jsonb_build_object('pob', 'Yakima ' || n, 'dob', '1970-01-01'), 'city', 'Yakima ' || n,
         'earlier', jsonb_build_array(jsonb_build_object('pob', 'Kent'), jsonb_build_object('y', n))) END,
       CASE WHEN n % 3 > 0 THEN
         ('{ "city":"Yakima" ,  "pob" : "Yakima ' || n || '", "n": 1.0, "n": 1.00 }')::json END,
       'born in Yakima ' || n || repeat('.', 200)
FROM generate_series(1, 2000) AS n;
INSERT INTO app.legal_hold SELECT n, n % 12 = 0 FROM generate_series(6, 2000, 6) AS n;
"""


@pytest.fixture
def people(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Give the URL of a database with 2,000 people in some 120 blocks."""
    return clone(template("purge_people", lambda url: execute(url, SCHEMA, ROWS, "VACUUM ANALYZE")))
