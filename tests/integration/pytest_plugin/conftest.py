"""A database with one table per kind of difficulty, guarded or not, and example projects that use the plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import minimize
from minimize.catalog.connection import Connection, connect
from minimize.catalog.survey import Survey, survey
from minimize.guard.drift import guard_of
from minimize.policy import Policy, parse_policy
from minimize.sql.install import install
from tests.policy_text import policy_text

POLICY = policy_text(
    """
[[field.location]]
column = "public.person.birth_place"

[[field.location]]
column = "public.person.form"
json_path = "$.applicant[*].pob"

[[field.location]]
column = "public.filed.birth_place"
keep_where = { enhanced = "kind = 'EDL'" }

[[field.location]]
column = "public.child.place_id"

[[field.location]]
column = "public.child.envelope"
json_path = "$.pob"
keep_where = { enhanced = "envelope->>'kind' = 'EDL'" }
""",
    aliases=["pob", "birth_place"],
)

TABLES = """
CREATE TYPE colour AS ENUM ('red');
CREATE DOMAIN short AS varchar(3) NOT NULL;
CREATE TABLE place (place_id bigint PRIMARY KEY);
CREATE TABLE person (person_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code short UNIQUE,
                     colour colour NOT NULL, born date NOT NULL, tags text[] NOT NULL, score numeric(3,2) NOT NULL,
                     photo bytea NOT NULL, upper_code text GENERATED ALWAYS AS (upper(code)) STORED,
                     birth_place char(2), form jsonb NOT NULL);
CREATE TABLE filed (filed_on date NOT NULL, number integer NOT NULL, kind text NOT NULL, birth_place text,
                    PRIMARY KEY (filed_on, number)) PARTITION BY RANGE (filed_on);
CREATE TABLE filed_2000 PARTITION OF filed FOR VALUES FROM ('2000-01-01') TO ('2001-01-01');
CREATE TABLE child (child_id integer PRIMARY KEY, parent_id bigint NOT NULL REFERENCES person,
                    status text NOT NULL CHECK (status IN ('received', 'issued')),
                    place_id bigint REFERENCES place, envelope json);
"""


@pytest.fixture
def policy() -> Policy:
    """Return the policy."""
    return parse_policy(POLICY, "minimize.toml")


@pytest.fixture
def conn(database: str) -> Iterator[Connection]:
    """Return a connection to a database with the tables, empty and not guarded."""
    with psycopg.connect(database) as setup:
        setup.execute(TABLES)
    with connect(database) as connection:
        connection.execute("SET search_path = public")
        yield connection


@pytest.fixture
def found(conn: Connection, policy: Policy) -> Survey:
    """Return the survey of the policy in the database."""
    return survey(conn, policy)


@pytest.fixture
def guard(conn: Connection, found: Survey) -> Callable[[], None]:
    """Return a function that guards every location."""

    def install_all() -> None:
        for statement in install():
            conn.execute(statement)
        for _, site in found.sites():
            for statement in guard_of(found, site).install():
                conn.execute(statement)

    return install_all


def drop_checks(conn: Connection, table: str) -> None:
    """Drop the guard's CHECKs of a table."""
    names = conn.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND starts_with(conname, '!minimize_')",
        [table],
    )
    for (name,) in names.fetchall():
        identifiers = sql.Identifier(table), sql.Identifier(str(name))
        conn.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(*identifiers))


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., pytest.RunResult]:
    """Return a function that runs pytest, as a process, on a project with the plugin installed.

    The plugin is announced by metadata of its own, so that it makes no difference how the package under test was
    installed.
    """
    installed = pytester.mkdir("installed")
    metadata = installed / "minimize-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: minimize\nVersion: 0.1.0\n")
    (metadata / "entry_points.txt").write_text("[pytest11]\nminimize = minimize.pytest_plugin\n")
    source = Path(minimize.__file__).parents[1]
    monkeypatch.setenv("PYTHONPATH", f"{installed}:{source}")
    for name in ("MINIMIZE_DATABASE_URL", "DATABASE_URL", "PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, url: str | None = None, setting: str = "minimize.toml") -> pytest.RunResult:
        pytester.makepyprojecttoml(
            "[tool.pytest.ini_options]\nfilterwarnings = ['error']\n"
            + (f"minimize_policy = '{setting}'\n" if setting else "")
        )
        if url is not None:
            monkeypatch.setenv("MINIMIZE_DATABASE_URL", url)
        return pytester.runpytest_subprocess(*arguments)

    return run
