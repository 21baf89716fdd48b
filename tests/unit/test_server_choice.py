"""Which server the tests run on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fix_database import with_user
from tests.server_choice import Choice, NoServerError, choose_server, is_set, majors_to_run
from tests.server_run import Run, Server, plain_url


def no_engine() -> str | None:
    """Answer for a machine without Docker."""
    return None


def never_asked(*_: object) -> int:
    """Fail the test if this is asked."""
    raise AssertionError


def engine() -> str | None:
    """Answer for a machine with Docker."""
    return "28.0"


def test_a_url_wins() -> None:
    """A URL in the environment is used even where Docker answers, and with its one version."""
    choice = choose_server(
        {"MINIMIZE_TEST_URL": "postgresql://h/x", "CI": "true"},
        ask_engine=lambda: str(never_asked()),
        ask_version=lambda _: 16,
    )
    assert choice == Choice("url", (16,), "MINIMIZE_TEST_URL is set")


@pytest.mark.parametrize("environment", [{}, {"CI": "true"}, {"MINIMIZE_TEST_URL": ""}])
def test_containers_where_docker_answers(environment: dict[str, str]) -> None:
    """Without a URL, containers are used, on PostgreSQL 18 first, in CI and elsewhere."""
    choice = choose_server(environment, ask_engine=engine, ask_version=never_asked)
    assert (choice.kind, choice.majors) == ("containers", (18, 15, 17, 19))


def test_embedded_is_the_last_resort() -> None:
    """Without a URL and without Docker, the embedded server is used."""
    choice = choose_server({}, ask_engine=no_engine, ask_version=never_asked)
    assert (choice.kind, choice.majors) == ("embedded", (18,))


def test_ci_does_not_fall_back() -> None:
    """In CI a missing engine is an error that says what to do, in one line."""
    with pytest.raises(NoServerError, match=r"start one, or set MINIMIZE_TEST_URL") as error:
        choose_server({"CI": "true"}, ask_engine=no_engine, ask_version=never_asked)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, False), ("", False), ("0", False), ("False", False), ("true", True), ("1", True)],
)
def test_switches(value: str | None, *, expected: bool) -> None:
    """The usual ways to write off are off, everything else is on."""
    assert is_set(value) is expected


def test_only_marked_tests_run_on_every_major() -> None:
    """A test without the marker runs on the usual major alone."""
    choice = Choice("containers", (18, 15, 17, 19), "")
    assert majors_to_run(choice, is_marked=False) == (18,)
    assert majors_to_run(choice, is_marked=True) == (18, 15, 17, 19)


@pytest.mark.parametrize(
    "base",
    [
        "postgresql://u:p@localhost:5433/postgres?sslmode=disable",
        "postgresql://u@/postgres?host=/tmp/x&port=5",
    ],
)
def test_a_url_for_another_database(base: str) -> None:
    """Only the database name changes, and it is quoted."""
    url = Server(base, 18, "url", "mz_x").url("a/b c")
    assert url == base.replace("/postgres?", "/a%2Fb%20c?")


def test_a_url_for_another_user() -> None:
    """The user and the password change, with or without an address."""
    assert with_user("postgresql://a:b@h:1/d", "c", "d") == "postgresql://c:d@h:1/d"
    assert with_user("postgresql://a@/d?host=/tmp", "c", "d") == "postgresql://c:d@/d?host=/tmp"


def test_a_sqlalchemy_url_is_accepted() -> None:
    """The driver is taken out, for libpq."""
    assert plain_url("postgresql+psycopg://h/d") == "postgresql://h/d"
    assert plain_url("postgresql://h/d") == "postgresql://h/d"


def test_a_run_is_named_by_its_directory() -> None:
    """Two runs never share a name, because they never share a directory."""
    run = Run(Path("/tmp/minimize-tests-ab_c1"), Choice("url", (18,), ""), 1)  # noqa: S108 - never created
    assert run.id == "ab_c1"
