"""Guarded databases; most tests only need a transaction in one that is shared, rolled back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.integration.guard.writes import PLAIN_POLICY, Connection, build_keep, build_plain
from tests.integration.migrate.estate import Estate
from tests.server_run import Server

Template = Callable[[str, Callable[[str], None]], str]
Share = Template


@pytest.fixture(autouse=True)
def _no_policy_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own policy out."""
    monkeypatch.delenv("MINIMIZE_POLICY", raising=False)


@pytest.fixture(scope="session")
def share(server: Server, template: Template, worker_id: str) -> Iterator[Share]:
    """Return a function that copies a template, once, for all tests that change nothing for good."""
    names: list[str] = []

    def copy(name: str, build: Callable[[str], None]) -> str:
        names.append(f"{server.prefix}_{name}_{worker_id}")
        return server.create_database(names[-1], template=f"{server.prefix}_template_{template(name, build)}")

    yield copy
    for name in names:
        server.drop_database(name)


@pytest.fixture(scope="session")
def shared_plain(share: Share) -> str:
    """Return the URL of a guarded database that no test changes for good."""
    return share("guard_plain", build_plain)


@pytest.fixture(scope="session")
def shared_keep(share: Share) -> str:
    """Return the URL of a database guarded with exceptions that no test changes for good."""
    return share("guard_keep", build_keep)


@pytest.fixture
def conn(shared_plain: str) -> Iterator[Connection]:
    """Return a transaction in the guarded database."""
    with psycopg.connect(shared_plain) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def keeping(shared_keep: str) -> Iterator[Connection]:
    """Return a transaction in the database guarded with exceptions."""
    with psycopg.connect(shared_keep) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def estate(database: str, tmp_path: Path) -> Estate:
    """Return an empty database under the policy of the three tables."""
    return Estate.create(database, tmp_path, PLAIN_POLICY)


@pytest.fixture
def guarded(template: Template, clone: Callable[[str], str], tmp_path: Path) -> Estate:
    """Return a guarded database of the test's own."""
    return Estate.create(clone(template("guard_plain", build_plain)), tmp_path, PLAIN_POLICY)
