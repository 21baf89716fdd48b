"""Which PostgreSQL the tests run on, decided from the environment alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

USUAL_MAJOR = 18
OTHER_MAJORS = (15, 17, 19)

Kind = Literal["url", "containers", "embedded"]


class NoServerError(Exception):
    """There is no server the tests may run on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The kind of server, the major versions it comes in, the usual one first, and why it was chosen."""

    kind: Kind
    majors: tuple[int, ...]
    why: str


def choose_server(
    environment: Mapping[str, str],
    *,
    ask_engine: Callable[[], str | None],
    ask_version: Callable[[str], int],
) -> Choice:
    """Choose: MINIMIZE_TEST_URL, else containers, else the embedded server, which CI does not accept.

    `ask_engine` returns the Docker engine's version, or None where none answers; `ask_version` returns the
    major version behind a URL. Neither is asked unless its answer matters.

    Raises:
        NoServerError: CI is set and no Docker engine answers.
    """
    url = environment.get("MINIMIZE_TEST_URL")
    if url:
        return Choice("url", (ask_version(url),), "MINIMIZE_TEST_URL is set")
    engine = ask_engine()
    if engine is not None:
        return Choice("containers", (USUAL_MAJOR, *OTHER_MAJORS), f"Docker engine {engine} answers")
    if is_set(environment.get("CI")):
        message = "CI is set and no Docker engine answers: start one, or set MINIMIZE_TEST_URL"
        raise NoServerError(message)
    return Choice("embedded", (USUAL_MAJOR,), "no Docker engine answers")


def is_set(value: str | None) -> bool:
    """Read a switch from the environment: empty, 0, false and no are off."""
    return (value or "").lower() not in {"", "0", "false", "no"}


def majors_to_run(choice: Choice, *, is_marked: bool) -> tuple[int, ...]:
    """Return the majors one test runs on: every one if it is marked so, else the usual one."""
    return choice.majors if is_marked else choice.majors[:1]
