"""The tests that the plugin adds to a project: each attack is refused, and the models declare no retired field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from minimize.catalog.connection import Connection, connect
from minimize.catalog.survey import Presence, Survey, survey
from minimize.errors import MinimizeError
from minimize.guard.attacks import WRITE_PATH_NAMES, attacks
from minimize.policy import Policy
from minimize.pytest_plugin.assertions import assert_no_retired_fields
from minimize.pytest_plugin.stash import POLICY


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test per location and write path, without a database."""
    if "path" in metafunc.fixturenames:
        policy = metafunc.config.stash[POLICY]
        locations = [location.name for field in policy.fields for location in field.locations]
        metafunc.parametrize("location", locations)
        metafunc.parametrize("path", WRITE_PATH_NAMES)


@pytest.fixture
def policy(pytestconfig: pytest.Config) -> Policy:
    """Return the policy of this run."""
    return pytestconfig.stash[POLICY]


@pytest.fixture
def surveyed(minimize_database_url: str, policy: Policy) -> Iterator[tuple[Connection, Survey]]:
    """Yield a connection to the project's database and the survey of the policy there."""
    try:
        # Opened for each test: a project may have a database for each.
        with connect(minimize_database_url.replace("+psycopg_async", "").replace("+asyncpg", "")) as conn:
            yield conn, survey(conn, policy)
    except MinimizeError as error:
        pytest.fail(f"{error.message}\nhint: {error.hint}", pytrace=False)


def test_guard_refuses(surveyed: tuple[Connection, Survey], location: str, path: str) -> None:
    """A write that carries the retired field is refused by this location's guard; it is rolled back."""
    conn, found = surveyed
    site = next(site for _, site in found.sites() if site.name == location)
    if site.presence is Presence.DROPPED:
        pytest.skip("the column is dropped")
    if site.presence is Presence.MISSING:
        pytest.fail(f"{location} is not in this database, and never was", pytrace=False)
    attack = next(a for a in attacks(conn, found) if (a.location, a.path) == (location, path))
    outcome = attack.run(conn)
    if outcome.result == "not_possible":
        pytest.skip(f"not possible: {outcome.why}")
    if outcome.result == "let_through":
        pytest.fail(f"{path} wrote a value to {location}: {outcome.why}", pytrace=False)


def test_models_declare_no_retired_field(minimize_metadata: sa.MetaData | list[sa.MetaData], policy: Policy) -> None:
    """No table of the models has a column under a retired name, except those that exceptions keep."""
    assert_no_retired_fields(minimize_metadata, policy)
