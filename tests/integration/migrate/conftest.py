"""A person table and a policy that retires its birthplace; nothing is guarded yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.integration.migrate.estate import Estate, policy_text

Template = Callable[[str, Callable[[str], None]], str]


@pytest.fixture(autouse=True)
def _nothing_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own policy and database out."""
    for name in ("MINIMIZE_POLICY", "MINIMIZE_DATABASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def build_person(url: str) -> None:
    """Make the table, with two clean rows, and the list of held people."""
    with psycopg.connect(url) as conn:
        conn.execute("CREATE SCHEMA lab")
        conn.execute(
            "CREATE TABLE lab.person (id integer PRIMARY KEY, kind text, form jsonb, birthplace text, parish text)"
        )
        conn.execute("CREATE TABLE lab.held (person_id integer)")
        conn.execute("INSERT INTO lab.person (id, kind) VALUES (1, 'DL'), (2, 'EDL')")


@pytest.fixture
def estate(template: Template, clone: Callable[[str], str], tmp_path: Path) -> Estate:
    """Give a database of the test's own with the person table."""
    return Estate.create(clone(template("migrate_person", build_person)), tmp_path, policy_text())
