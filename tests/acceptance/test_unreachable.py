"""`minimize purge` of servers that accept a connection and never answer: one attempt, and a report after a stop."""

from __future__ import annotations

import json
import select
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import start
from tests.acceptance.conftest import LOCATIONS
from tests.acceptance.terminal import Terminal
from tests.integration.purge.scenario import policy_text

NAMES = ("one", "two", "three")
QUESTION = "This cannot be undone. [y/N]: "


class SilentServer:
    """The operating system accepts connections for it, and it never answers."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._accepted: list[socket.socket] = []
        port = self._listener.getsockname()[1]
        # With these parameters a client makes one connection for each attempt.
        self.url = f"postgresql://someone@127.0.0.1:{port}/somewhere?sslmode=disable&gssencmode=disable"

    def count_connections(self, seconds: float = 0) -> int:
        """Return how many connections were made, open or not; wait this long for the next one."""
        while select.select([self._listener], [], [], seconds)[0]:
            self._accepted.append(self._listener.accept()[0])
            seconds = 0
        return len(self._accepted)

    def close(self) -> None:
        """Close every socket."""
        for each in (self._listener, *self._accepted):
            each.close()


@pytest.fixture
def silent() -> Iterator[list[SilentServer]]:
    """Give three servers that never answer."""
    servers = [SilentServer() for _ in NAMES]
    yield servers
    for server in servers:
        server.close()


def write_policy(folder: Path, urls: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a policy with these databases, set the variables of their URLs, and return the path of the policy."""
    path = folder / "minimize.toml"
    entries = [f'[[database]]\nid = "{name}"\nurl_env = "UNREACHABLE_{name}"\nserver = "{name}"' for name in urls]
    for name, url in urls.items():
        monkeypatch.setenv(f"UNREACHABLE_{name}", url)
    path.write_text(policy_text(*LOCATIONS, *entries))
    return str(path)


def urls_of(servers: list[SilentServer]) -> dict[str, str]:
    """Return the URL of each server, by the name of its database."""
    return {name: server.url for name, server in zip(NAMES, servers, strict=True)}


def states(metrics: Path) -> list[str]:
    """Return the state of each database in a file of metrics."""
    lines = [line for line in metrics.read_text().splitlines() if "run_state{" in line and line.endswith(" 1.0")]
    return [line.split('state="')[1].split('"')[0] for line in lines]


def test_a_stop_while_it_connects_is_reported(
    silent: list[SilentServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are tried at the same time, once; the metrics are there from the start, and the report after the signal."""
    policy = write_policy(tmp_path, urls_of(silent), monkeypatch)
    metrics = tmp_path / "minimize.prom"
    process = start("--policy", policy, "--format", "json", "purge", "--metrics", str(metrics))
    assert [server.count_connections(20) for server in silent] == [1, 1, 1]
    assert metrics.exists()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in err) == (4, False)
    assert [(each["database"], each["exit_code"]) for each in json.loads(out)["databases"]] == [
        (name, 4) for name in NAMES
    ]
    assert states(metrics) == ["interrupted"] * len(NAMES)
    assert [server.count_connections() for server in silent] == [1, 1, 1]


def test_a_stop_before_the_question_is_reported(
    silent: list[SilentServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal too; the question is not asked."""
    policy = write_policy(tmp_path, urls_of(silent), monkeypatch)
    metrics = tmp_path / "minimize.prom"
    with Terminal("--policy", policy, "purge", "--metrics", str(metrics)) as terminal:
        assert [server.count_connections(20) for server in silent] == [1, 1, 1]
        assert metrics.exists()
        terminal.write("\x03")
        assert terminal.wait() == 4
    assert QUESTION not in terminal.text
    assert "3 database(s): one interrupted, two interrupted, three interrupted" in " ".join(terminal.text.split())
    assert states(metrics) == ["interrupted"] * len(NAMES)


@pytest.mark.parametrize("answer", ["y", None], ids=["asked", "not asked"])
def test_an_unreachable_database_is_connected_to_once(
    silent: list[SilentServer], small: str, tmp_path: Path, answer: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its error is in the report; the other one is purged, after the question where there is one."""
    server = silent[0]
    policy = write_policy(tmp_path, {"one": f"{server.url}&connect_timeout=2", "two": small}, monkeypatch)
    metrics = tmp_path / "minimize.prom"
    yes = () if answer else ("--yes",)
    with Terminal(
        "--policy", policy, "purge", "--profile", "fast", "--metrics", str(metrics), *yes, columns=200
    ) as terminal:
        if answer:
            before = terminal.read_until(QUESTION)
            assert "target: two: host " in before
            terminal.write(f"{answer}\n")
        assert terminal.wait() == 5
    assert "error: one: " in terminal.text
    assert terminal.text.count("target: two: host ") == 1
    assert states(metrics) == ["failed", "finished"]
    assert server.count_connections() == 1
