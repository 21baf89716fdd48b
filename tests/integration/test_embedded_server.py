"""The embedded server of the demo starts without other services, and is removed afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from minimize.catalog.connection import connect
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import survey
from minimize.demo.server import EmbeddedServer, embedded_server
from minimize.errors import MinimizeError, PolicyError
from tests.integration.purge.scenario import at, execute, policy_of

SMALL = {"shared_buffers": "16MB", "fsync": "off"}

WAITING = """
import time
from minimize.demo.server import embedded_server
with embedded_server(settings={"shared_buffers": "16MB"}) as server:
    print(server.directory, flush=True)
    time.sleep(60)
"""


def test_both_kinds_of_url_connect() -> None:
    """The URL works for libpq, and with a driver name for SQLAlchemy; afterwards the directory is removed."""
    with embedded_server(settings=SMALL) as server:
        with psycopg.connect(server.url()) as conn:
            assert conn.execute("SHOW shared_buffers").fetchone() == ("16MB",)
        engine = sa.create_engine(server.url().replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as conn_:
            assert conn_.scalar(sa.text("SELECT 1")) == 1
        engine.dispose()
    assert not server.directory.exists()


def test_a_server_without_libxml_says_so() -> None:
    """On a server without xml support the policy check names the location and the key."""
    policy = policy_of(f"{at('app.message.body')}\nxpath = '/m/pob'")
    with embedded_server(settings=SMALL) as server:
        execute(server.url(), "CREATE SCHEMA app", "CREATE TABLE app.message (id bigint PRIMARY KEY, body xml)")
        with connect(server.url()) as conn, pytest.raises(PolicyError) as caught:
            check_survey(conn, survey(conn, policy))
    assert caught.value.message == "app.message.body /m/pob: xpath: unsupported XML feature"
    assert "libxml" in caught.value.hint


def test_an_exception_stops_it() -> None:
    """An exception in the block propagates, and the server is removed."""
    servers: list[EmbeddedServer] = []

    def fail() -> None:
        with embedded_server(settings=SMALL) as server:
            servers.append(server)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(servers[0].url())
    assert not servers[0].directory.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_a_signal_stops_it(number: signal.Signals) -> None:
    """The server stops with the process that started it, for every signal."""
    command = [sys.executable, "-c", WAITING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        directory = Path(process.stdout.readline().strip())
        pid = int((directory / "data" / "postmaster.pid").read_text().split()[0])
        process.send_signal(number)
        assert process.wait(20) != 0
    assert not directory.exists()
    assert not _is_running(pid)


def test_a_kept_server_says_how_to_stop_it(capsys: pytest.CaptureFixture[str]) -> None:
    """With `keep` the server keeps running after the block, and the printed command stops it."""
    with embedded_server(keep=True, settings=SMALL) as server:
        pass
    psycopg.connect(server.url()).close()
    command = capsys.readouterr().err.splitlines()[-1].split()
    subprocess.run(command, check=True)
    assert not server.directory.exists()


def test_a_server_that_cannot_start_is_an_error_with_a_hint() -> None:
    """A failed start raises an error of minimize, and nothing is left."""
    with pytest.raises(MinimizeError) as error, embedded_server(settings={"shared_buffers": "no"}):
        pass
    assert "--database-url" in error.value.hint


def _is_running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text() if sys.platform == "linux" else ""
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return False
    # Processes that ended without being reaped stay as zombies.
    return "zombie" not in status
