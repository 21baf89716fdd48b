"""A policy file, a database to go with it, and one large enough to be killed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import LiteralString

import pytest

from tests.integration.purge.scenario import at, execute, hold, policy_text

# A value that must never be printed: it stands in the rows below, never in the policy.
SECRET = "Xylofonia"

SCHEMA: LiteralString = """
CREATE SCHEMA app;
CREATE TABLE app.person (id bigint PRIMARY KEY, kind text, birthplace text CHECK (birthplace <> 'nowhere'), note text);
CREATE TABLE app.form (id bigint PRIMARY KEY, doc jsonb, note text);
INSERT INTO app.person SELECT n, CASE WHEN n % 5 = 0 THEN 'EDL' ELSE 'DL' END, 'Xylofonia ' || n, 'Xylofonia'
  FROM generate_series(1, 100) AS n;
INSERT INTO app.form SELECT n, jsonb_build_object('pob', 'Xylofonia ' || n, 'city', 'Xylofonia')
  FROM generate_series(1, 50) AS n;
"""
MANY_ROWS = """
INSERT INTO app.person SELECT n, CASE WHEN n % 5 = 0 THEN 'EDL' ELSE 'DL' END, 'Kent ' || n, repeat('.', 300)
  FROM generate_series(1001, 12000) AS n;
INSERT INTO app.form SELECT n, jsonb_build_object('pob', 'Kent ' || n, 'city', 'Kent'), repeat('.', 300)
  FROM generate_series(1001, 12000) AS n;
"""
LOCATIONS = (at("app.person.birthplace", keep="kind = 'EDL'"), at("app.form.doc", "$.pob"))
HOLD = hold("app.person", "id IN (SELECT id FROM app.person WHERE id % 7 = 0)")

Template = Callable[[str, Callable[[str], None]], str]


@pytest.fixture
def policy(tmp_path: Path) -> str:
    """Give the path of a sound policy for the database `small` and `large`."""
    path = tmp_path / "minimize.toml"
    path.write_text(policy_text(*LOCATIONS, HOLD))
    return str(path)


@pytest.fixture
def small(template: Template, clone: Callable[[str], str]) -> str:
    """Give the URL of a database with 150 rows that carry the field."""
    return clone(template("acceptance_small", lambda url: execute(url, SCHEMA, "VACUUM ANALYZE")))


@pytest.fixture
def large(template: Template, clone: Callable[[str], str]) -> Callable[[], str]:
    """Give a function that returns the URL of a new database with 22,150 rows in some 1,100 blocks."""
    template("acceptance_large", lambda url: execute(url, SCHEMA, MANY_ROWS, "VACUUM ANALYZE"))
    return lambda: clone("acceptance_large")
