"""The PostgreSQL server of the test run: chosen, announced, shared between processes, stopped."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.server_choice import NoServerError, choose_server, majors_to_run
from tests.server_containers import ask_engine
from tests.server_run import Run, Server, ask_version, sweep_runs

RUN = pytest.StashKey[Run]()


def pytest_configure(config: pytest.Config) -> None:
    """Choose the server; an xdist worker takes what the controller has chosen."""
    if hasattr(config, "workerinput"):
        config.stash[RUN] = Run.load(Path(config.workerinput["minimize_run"]))
    elif not config.option.help:
        config.stash[RUN] = _begin()


def _begin() -> Run:
    try:
        choice = choose_server(os.environ, ask_engine=ask_engine, ask_version=ask_version)
    except (NoServerError, psycopg.OperationalError) as failure:
        reason = " ".join(str(failure).split())
        message = f"no server to test on: {reason}"
        raise pytest.UsageError(message) from None
    sweep_runs(choice.kind)
    # pytest ends in order on KeyboardInterrupt, but not on a build server's SIGTERM.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    return Run.begin(choice)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Send an xdist worker the run that it belongs to."""
    node.workerinput["minimize_run"] = str(node.config.stash[RUN].directory)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop every server of the run, in the process that began it."""
    run = config.stash.get(RUN, None)
    if run is not None and run.pid == os.getpid():
        run.stop()


def pytest_report_header(config: pytest.Config) -> str:
    """Say which server, which versions and why."""
    choice = config.stash[RUN].choice
    usual, *others = choice.majors
    rest = f" (tests marked majors: {', '.join(map(str, others))} as well)" if others else ""
    return f"server: {choice.kind}, PostgreSQL {usual}{rest}, because {choice.why}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test marked `majors` once for each major version."""
    if "server" not in metafunc.fixturenames:
        return
    if metafunc.definition.get_closest_marker("majors"):
        majors = majors_to_run(metafunc.config.stash[RUN].choice, is_marked=True)
        ids = [f"pg{major}" for major in majors]
        metafunc.parametrize("server", majors, ids=ids, indirect=True, scope="session")


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    """Give the test run this process belongs to."""
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def server(run: Run, request: pytest.FixtureRequest) -> Server:
    """Give the server: PostgreSQL 18, or the major version this test is run for."""
    major = getattr(request, "param", run.choice.majors[0])
    try:
        return run.acquire(major)
    except NoServerError as failure:
        pytest.fail(str(failure), pytrace=False)
