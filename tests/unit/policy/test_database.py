"""Tests of the databases that a policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from minimize.policy import digest, parse_policy

if TYPE_CHECKING:
    from tests.unit.policy.conftest import Problems

from tests.unit.policy.conftest import Problems

ENTRY = '[[database]]\nid = "shard-1"\n'
SECRET = "Zo3pPassw0rd"


def test_a_database_is_found_by_variable_or_url(good: str) -> None:
    """Either key gives the URL of the database, and a label names its server."""
    text = good + ENTRY + 'url_env = "SHARD_1_URL"\n' + ENTRY.replace("1", "2")
    text += 'url = "postgresql://purge@db2:5433/licence?sslmode=verify-full"\nserver = "second"\n'
    first, second = parse_policy(text, "x.toml").databases
    assert (first.id, first.url_env, first.url, first.server) == ("shard-1", "SHARD_1_URL", None, None)
    assert (second.id, second.url_env, second.server) == ("shard-2", None, "second")


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://someone:{SECRET}@host/db",
        f"postgres://someone:a@{SECRET}@host/db",
        f"postgresql+psycopg://someone:{SECRET}/b@host/db",
        f"postgresql://someone:a/{SECRET}@host/db",
        f"postgresql://someone:a?{SECRET}@host/db",
        f"postgresql://a/{SECRET}@b@host/db",
        f"postgresql://host/db?password={SECRET}",
        f"postgresql://host/db?sslmode=require&sslpassword={SECRET}",
        f"postgresql://host/db?oauth_client_secret={SECRET}",
    ],
)
def test_a_password_in_the_file_is_an_error(good: str, url: str, problems_of: Problems) -> None:
    """The error names the line and contains no part of the URL."""
    ((line, key, what, hint),) = problems_of(good + ENTRY + f'url = "{url}"\n')
    assert (line, key) == (good.count("\n") + 3, "database[0].url")
    assert "contains a password" in what
    assert "url_env" in hint
    assert SECRET not in what + hint


@pytest.mark.parametrize(
    ("lines", "line", "key", "what", "hint"),
    [
        ('url_env = "A"\nurl = "postgresql://host/db"', 1, "database[0]", "exclude each other", "Keep one"),
        ("", 1, "database[0]", "neither url_env nor url is given", "url_env"),
        ('url = "mysql://host/db"', 3, "database[0].url", "not a database URL", "postgresql://user@host"),
        ('url = "host=db1 password=x"', 3, "database[0].url", "not a database URL", "postgresql://user@host"),
        ('url_env = "postgresql://a:b@c/d"', 3, "database[0].url_env", "not the name of an environment", "not the URL"),
        ('url_nev = "A"', 3, "database[0].url_nev", "unknown key", 'Did you mean "url_env"?'),
        ('url_env = "A"\nserver = ""', 4, "database[0].server", "must not be empty", "Fill in"),
        ('url_env = "A"\n[[database]]\nid = "shard-1"\nurl_env = "B"', 5, "database[1].id", "already at", "Keep one"),
    ],
)
def test_each_mistake_has_its_line_and_key(
    good: str, lines: str, line: int, key: str, what: str, hint: str, problems_of: Problems
) -> None:
    """A database without a URL, or with the id of another one, is refused when the file is read."""
    problems = problems_of(f"{good}{ENTRY}{lines}\n")
    found = [each for each in problems if each[1] == key]
    assert [each[0] for each in found] == [good.count("\n") + line]
    assert what in found[0][2]
    assert hint in found[0][3]


def test_the_digest_does_not_depend_on_the_databases(good: str) -> None:
    """A run continues after another database joins the estate."""
    assert digest(good) == digest(good + ENTRY + 'url_env = "SHARD_1_URL"\n')
