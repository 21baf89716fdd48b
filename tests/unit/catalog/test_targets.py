"""Which databases of a policy are meant, where each is, and on which server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from minimize.catalog.estate.targets import Target, choose_targets, find_targets
from minimize.errors import PolicyError, UsageError
from minimize.policy import Policy, load_policy
from tests.integration.purge.scenario import at, policy_text

SECRET = "Zo3pPassw0rd"
DATABASES = """
[[database]]
id = "one"
url_env = "ONE_URL"

[[database]]
id = "two"
url = "postgresql://purge@DB2.example.org/licence"

[[database]]
id = "three"
url_env = "THREE_URL"
server = "old machine"
"""
ENVIRONMENT = {"ONE_URL": f"postgresql://a:{SECRET}@db1:5433/x", "THREE_URL": f"postgresql+psycopg://a:{SECRET}@db1/x"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a policy file with three databases."""
    path = tmp_path / "minimize.toml"
    path.write_text(policy_text(at("app.person.birthplace"), DATABASES))
    return path


@pytest.fixture
def policy(path: Path) -> Policy:
    """Give the policy in the file."""
    return load_policy(path)


def line_of(path: Path, text: str) -> int:
    """Return the line of a text in a file."""
    return path.read_text().splitlines().index(text) + 1


def test_a_server_is_the_label_or_host_and_port(policy: Policy, path: Path) -> None:
    """Without a label it is what the URL says, with libpq's port, and not a word of the rest."""
    targets = find_targets(policy, path, (), ENVIRONMENT)
    assert [(t.id, t.server) for t in targets] == [
        *(("one", "db1:5433"), ("two", "db2.example.org:5432"), ("three", "old machine")),
    ]
    assert SECRET not in repr(targets)


@pytest.mark.parametrize(
    ("url", "environment", "server"),
    [
        ("postgresql:///x", {}, "local:5432"),
        ("postgresql:///x", {"PGHOST": "/run/pg", "PGPORT": "5434"}, "/run/pg:5434"),
        ("postgresql:///?service=main", {}, "one"),
    ],
)
def test_what_a_url_leaves_open(policy: Policy, path: Path, url: str, environment: dict[str, str], server: str) -> None:
    """It is libpq's own default; where a service file decides, each database counts as a server."""
    (target,) = find_targets(policy, path, ["one"], {**environment, "ONE_URL": url})
    assert target.server == server


def test_some_databases_are_chosen_by_id(policy: Policy, path: Path) -> None:
    """They come in the policy's order, once each; the variables of the others are not needed."""
    targets = find_targets(policy, path, ["two", "one", "two"], {"ONE_URL": ENVIRONMENT["ONE_URL"]})
    assert [target.id for target in targets] == ["one", "two"]


def test_an_unknown_id_is_a_usage_error(policy: Policy, path: Path) -> None:
    """It is answered with a suggestion and the ids there are."""
    with pytest.raises(UsageError, match="has no database thre") as caught:
        find_targets(policy, path, ["thre"], ENVIRONMENT)
    assert caught.value.hint == 'Did you mean "three"? Databases here: one, two, three.'


def test_missing_variables_are_reported_all_at_once(policy: Policy, path: Path) -> None:
    """Each with file, line and key, and a next action; an empty one is missing, too."""
    with pytest.raises(PolicyError) as caught:
        find_targets(policy, path, (), {"THREE_URL": ""})
    first, second = caught.value.problems
    assert (first.line, first.key) == (line_of(path, 'url_env = "ONE_URL"'), "database[0].url_env")
    assert (second.line, second.key) == (line_of(path, 'url_env = "THREE_URL"'), "database[2].url_env")
    assert "ONE_URL is not set" in first.what
    assert "--database" in first.hint


def test_a_variable_without_a_url_is_reported_without_its_value(policy: Policy, path: Path) -> None:
    """Whatever it holds, it may be the password."""
    with pytest.raises(PolicyError, match="ONE_URL holds no URL that can be read") as caught:
        find_targets(policy, path, ["one"], {"ONE_URL": f"mysql://a:{SECRET}@host/x"})
    assert SECRET not in str(caught.value) + caught.value.hint


def test_a_target_does_not_show_its_url() -> None:
    """Neither in a message nor in a traceback."""
    assert SECRET not in repr(Target(id="one", server="db1", origin="ONE_URL", url=f"postgresql://a:{SECRET}@host/x"))


@pytest.mark.parametrize(
    "database", [5, Path("db"), b"postgresql://host/db", create_engine("postgresql+psycopg://h/d")]
)
def test_a_database_of_another_type_is_refused(policy: Policy, database: Any) -> None:
    """The message has the type, and the hint what is accepted."""
    with pytest.raises(UsageError, match=f"given as {type(database).__name__}, which is not accepted") as refused:
        choose_targets(policy, database)
    assert "a URL as str, or an open psycopg.Connection" in refused.value.hint


@pytest.mark.parametrize("source", [5, None, b"minimize.toml", ["minimize.toml"]])
def test_a_policy_of_another_type_is_refused(source: Any) -> None:
    """By each function that takes a policy, and by load_policy."""
    for function in (load_policy, lambda given: choose_targets(given, None)):
        with pytest.raises(UsageError, match=f"given as {type(source).__name__}, which is not a path"):
            function(source)


def test_one_id_is_not_a_list_of_ids(policy: Policy) -> None:
    """A text would be read as one id for each character."""
    with pytest.raises(UsageError, match="databases is the text 'one', not a list of ids"):
        choose_targets(policy, None, "one")
