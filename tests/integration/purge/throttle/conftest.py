"""Connections like those of the purge, and a primary with its standby."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from minimize.catalog.connection import Connection, connect
from minimize.purge.throttle.reading import Reading, Throttle
from tests.integration.purge.throttle.pair import Pair, borrow_pair
from tests.server_run import Run

Read = Callable[[Throttle], Reading]


@pytest.fixture
def session() -> Iterator[Callable[[str], Connection]]:
    """Give a function that connects to a URL as the purge does."""
    with ExitStack() as stack:
        yield lambda url: stack.enter_context(connect(url))


@pytest.fixture
def owner(session: Callable[[str], Connection], database: str) -> Connection:
    """Give a superuser's session in an empty database."""
    return session(database)


@pytest.fixture
def plain(session: Callable[[str], Connection], database: str, role: Callable[..., str]) -> Connection:
    """Give a session of a role without any privilege, in the same database."""
    return session(role(database))


@pytest.fixture
def pair(run: Run) -> Iterator[Pair]:
    """Give a primary and its standby; no other test uses them meanwhile."""
    if run.choice.kind != "containers":
        pytest.skip("a standby needs a server of its own: start a Docker engine")
    with borrow_pair(run) as borrowed:
        yield borrowed


@pytest.fixture
def primary(session: Callable[[str], Connection], pair: Pair) -> Connection:
    """Give a superuser's session on the primary."""
    return session(pair.url)


def until(is_met: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for a condition that another process causes; fail after some seconds."""
    deadline = time.monotonic() + seconds
    while not is_met():
        assert time.monotonic() < deadline
        time.sleep(0.05)
