"""WAL segments that wait for the archive, and the rate of WAL."""

from __future__ import annotations

from minimize.catalog.connection import Connection
from minimize.purge.throttle.archive_backlog import ArchiveBacklog
from minimize.purge.throttle.wal_rate import WalRate
from tests.integration.purge.throttle.conftest import until
from tests.integration.purge.throttle.pair import Pair


def switch_wal(conn: Connection, times: int = 1) -> None:
    """Complete some WAL segments."""
    for _ in range(times):
        conn.execute("SELECT pg_logical_emit_message(true, 'test', 'x')")
        conn.execute("SELECT pg_switch_wal()")


def test_a_server_without_an_archive_is_clear(plain: Connection) -> None:
    """The reading has the reason."""
    reading = ArchiveBacklog(1).read(plain)
    assert (reading.is_clear, reading.text) == (True, "archive_mode is off")


def test_wal_that_waits_for_the_archive_is_not_clear(primary: Connection, pair: Pair) -> None:
    """It is counted in the status directory, or from the last archived segment if the role may not list that."""
    throttle = ArchiveBacklog(2)

    def waiting(*, is_plain: bool) -> tuple[bool, float]:
        primary.execute("SET ROLE plain" if is_plain else "RESET ROLE")
        reading = throttle.read(primary)
        primary.execute("RESET ROLE")
        return reading.is_clear, reading.value.get("segments", -1)

    switch_wal(primary)
    until(lambda: waiting(is_plain=False) == waiting(is_plain=True) == (True, 0))
    pair.shell("rm /pgdata/archive")
    try:
        switch_wal(primary, 3)
        assert waiting(is_plain=False) == waiting(is_plain=True) == (False, 3)
        until(lambda: "and the last attempt failed (limit 2)" in throttle.read(primary).text)
    finally:
        pair.shell("touch /pgdata/archive")
    switch_wal(primary)
    until(lambda: waiting(is_plain=False) == waiting(is_plain=True) == (True, 0))


def test_an_archive_that_the_role_may_not_read_is_not_clear(primary: Connection) -> None:
    """After a reset of the statistics only the status directory shows how many segments wait."""
    throttle = ArchiveBacklog(2)
    primary.execute("SELECT pg_stat_reset_shared('archiver')")
    assert throttle.read(primary).is_readable
    primary.execute("SET ROLE plain")
    reading = throttle.read(primary)
    primary.execute("RESET ROLE")
    assert (reading.is_clear, reading.is_readable) == (False, False)
    assert reading.text.startswith("cannot be read: ")
    switch_wal(primary)


def test_a_wal_rate_above_its_limit_is_not_clear(owner: Connection) -> None:
    """The first reading has nothing to compare with."""
    slow, fast = WalRate(1024), WalRate(1024**4)
    assert [throttle.read(owner).is_readable for throttle in (slow, fast)] == [False, False]
    owner.execute("SELECT pg_logical_emit_message(true, 'test', repeat('x', 4 * 1024 * 1024))")
    stop, go = slow.read(owner), fast.read(owner)
    assert (stop.is_clear, stop.is_readable, go.is_clear) == (False, True, True)
    assert stop.value["bytes_per_second"] > 1024
    assert stop.text.endswith("/s of WAL (limit 1 kB/s)")


def test_a_wal_position_that_may_not_be_read_is_not_clear(owner: Connection, plain: Connection) -> None:
    """The reading names the function."""
    throttle = WalRate(1024)
    throttle.read(plain)
    owner.execute("REVOKE EXECUTE ON FUNCTION pg_catalog.pg_current_wal_insert_lsn() FROM public")
    reading = throttle.read(plain)
    assert (reading.is_clear, reading.is_readable) == (False, False)
    assert reading.text == "cannot be read: permission denied for function pg_current_wal_insert_lsn"
