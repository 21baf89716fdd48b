"""Throttles that are off unless an operator sets them: a query, disk space, a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from minimize.catalog.connection import Connection
from minimize.purge.throttle.daily_hours import Window
from minimize.purge.throttle.disk_free import DiskFree
from minimize.purge.throttle.disk_used import DiskUsed
from minimize.purge.throttle.governor import Governor
from minimize.purge.throttle.limits import Limits
from minimize.purge.throttle.maintenance_window import MaintenanceWindow
from minimize.purge.throttle.operator_query import OperatorQuery
from tests.server_run import Server

TB = 1024**4


@pytest.fixture
def anywhere(session: Callable[[str], Connection], server: Server) -> Connection:
    """Give a session that changes nothing, in the server's own database."""
    return session(server.url())


@pytest.mark.parametrize(("query", "is_clear"), [("SELECT true", True), ("SELECT 1 = 2;", False)])
def test_a_query_decides(anywhere: Connection, query: str, is_clear: bool) -> None:  # noqa: FBT001 - the expectation
    """The query returns one boolean; true is clear."""
    reading = OperatorQuery(query).read(anywhere)
    assert (reading.is_clear, reading.is_readable) == (is_clear, True)
    assert reading.text == f"the query says {'go' if is_clear else 'stop'}"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT NULL::boolean",
        "SELECT true WHERE false",
        "SELECT true FROM generate_series(1, 2)",
        "SELECT true, true",
        "SELECT 'true'",
        "SELECT 1",
        "SET work_mem = '1MB'",
        "COMMIT",
        "",
    ],
)
def test_a_query_without_one_boolean_is_not_clear(anywhere: Connection, query: str) -> None:
    """Any other result cannot be read."""
    reading = OperatorQuery(query).read(anywhere)
    assert (reading.is_clear, reading.is_readable) == (False, False)
    assert OperatorQuery("SELECT true").read(anywhere).is_clear


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT nothing", 'undefined column (42703): column "nothing" does not exist'),
        ("SELECT 'Yakima'::bigint = 1", "invalid text representation (22P02)"),
        ("SELECT true; SELECT true", "syntax error (42601): cannot insert multiple commands into a prepared statement"),
        ("CREATE TABLE public.t ()", "this server is read-only"),
        ("SELECT pg_sleep(60) IS NULL", "query canceled (57014)"),
    ],
)
def test_a_query_that_fails_is_not_clear(
    anywhere: Connection, monkeypatch: pytest.MonkeyPatch, query: str, why: str
) -> None:
    """The reading has the reason and no value. The query can neither write nor run for long."""
    monkeypatch.setattr("minimize.purge.throttle.operator_query.TIMEOUT", "100ms")
    reading = OperatorQuery(query).read(anywhere)
    assert (reading.is_clear, reading.is_readable) == (False, False)
    assert reading.text == f"cannot be read: {why}"
    assert anywhere.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_a_full_disk_is_not_clear(owner: Connection, plain: Connection) -> None:
    """A role that may not run df on the server cannot read it."""
    for _ in range(2):
        assert DiskFree(1).read(owner).is_clear
    full = DiskFree(1000 * TB).read(owner)
    assert (full.is_clear, full.is_readable) == (False, True)
    assert full.text.endswith(" free on the server's fullest disk (limit 1000 TB)")
    hidden = DiskFree(1).read(plain)
    assert (hidden.is_clear, hidden.is_readable) == (False, False)
    assert hidden.text == "cannot be read: permission denied to COPY to or from an external program"


def test_a_database_that_has_grown_is_not_clear(owner: Connection, plain: Connection) -> None:
    """The WAL directory counts, too, and not every role may read it."""
    assert DiskUsed(TB).read(owner).is_clear
    grown = DiskUsed(1024).read(owner)
    assert (grown.is_clear, grown.is_readable) == (False, True)
    assert grown.text.startswith("database and WAL take ")
    hidden = DiskUsed(TB).read(plain)
    assert (hidden.is_clear, hidden.is_readable) == (False, False)
    assert hidden.text == "cannot be read: permission denied for function pg_ls_waldir"


def test_outside_its_window_a_purge_waits(plain: Connection) -> None:
    """The reading has the time at which the window opens."""
    window = Window.parse("22:00-05:00 America/New_York")
    noon = MaintenanceWindow(window, lambda: datetime(2026, 6, 10, 16, tzinfo=UTC)).read(plain)
    assert (noon.is_clear, noon.value) == (False, {"seconds": 36000.0})
    assert noon.text == "outside 22:00-05:00 America/New_York; opens at 2026-06-10 22:00 EDT"
    assert MaintenanceWindow(window, lambda: datetime(2026, 6, 10, 4, tzinfo=UTC)).read(plain).is_clear


@pytest.mark.majors
def test_a_role_without_privileges_can_purge_by_the_defaults(plain: Connection) -> None:
    """On a server without replicas and archive, ownership of the tables is enough."""
    governor = Governor(Limits())
    governor.wait(plain, 0.0)
    assert [reading.name for reading in governor.readings] == ["lag", "archive-backlog", "vacuum", "lock-waiters"]


@pytest.mark.majors
def test_every_throttle_can_be_read(owner: Connection, session: Callable[[str], Connection], database: str) -> None:
    """Each has a reading, by the name of its limit."""
    settings = ["wal-rate=1TB/s", "active-sessions=1000", "disk-free=1B", "disk-used=1000TB", "query=SELECT true"]
    governor = Governor(Limits.parse([*settings, "window=00:00-24:00 UTC", "vacuum=any"]))
    governor.wait(owner, 0.0)
    assert [(reading.name, reading.is_clear) for reading in governor.readings] == [
        (name, True)
        for name in [
            "window",
            "lag",
            "archive-backlog",
            "wal-rate",
            "vacuum",
            "lock-waiters",
            "active-sessions",
            "disk-used",
            "disk-free",
            "query",
        ]
    ]
    lost = session(database)
    owner.execute("SELECT pg_terminate_backend(%s, 5000)", [lost.info.backend_pid])
    assert not any(throttle.read(lost).is_clear for throttle in governor._throttles[1:])
