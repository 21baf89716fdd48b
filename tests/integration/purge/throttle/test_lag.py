"""Replicas that fall behind, are missing or cannot be seen, on a real primary and standby."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from minimize.catalog.connection import Connection
from minimize.purge.throttle.replica_lag import ReplicaLag
from tests.integration.purge.throttle.conftest import until
from tests.integration.purge.throttle.pair import Pair

MB = 1024**2


@contextmanager
def paused(pair: Pair) -> Iterator[None]:
    """Pause replay on the standby; it still receives WAL."""
    pair.on_standby("SELECT pg_wal_replay_pause()")
    try:
        yield
    finally:
        pair.on_standby("SELECT pg_wal_replay_resume()")


def write_wal(conn: Connection, megabytes: int = 2) -> None:
    """Write WAL that changes no table."""
    conn.execute(
        "SELECT pg_logical_emit_message(true, 'test', repeat('x', 1024 * 1024)) FROM generate_series(1, %s)",
        [megabytes],
    )


def test_a_replica_that_replays_is_clear(primary: Connection) -> None:
    """The reading has its name, its lag in bytes and seconds, and the limits."""
    throttle = ReplicaLag(16 * MB, 10.0)
    write_wal(primary)
    until(lambda: throttle.read(primary).is_clear)
    reading = throttle.read(primary)
    assert reading.text.startswith("standby1 is ")
    assert reading.text.endswith(" behind (limit 16 MB / 10 s)")
    assert reading.limit == {"bytes": 16 * MB, "seconds": 10.0, "replicas": 0}
    assert reading.value["replicas"] == 1


def test_a_replica_behind_in_bytes_is_not_clear(primary: Connection, pair: Pair) -> None:
    """It is clear again when it has caught up."""
    throttle = ReplicaLag(MB, None)
    until(lambda: throttle.read(primary).is_clear)
    with paused(pair):
        write_wal(primary)
        until(lambda: not throttle.read(primary).is_clear)
        reading = throttle.read(primary)
        assert (reading.is_clear, reading.is_readable) == (False, True)
        assert reading.value["bytes"] > MB
        assert " MB / " in reading.text
        assert reading.text.endswith("(limit 1 MB)")
    until(lambda: throttle.read(primary).is_clear)


def test_a_replica_behind_in_time_is_not_clear(primary: Connection, pair: Pair) -> None:
    """It is clear again when it has caught up."""
    throttle = ReplicaLag(None, 0.5)
    until(lambda: throttle.read(primary).is_clear)
    with paused(pair):
        write_wal(primary)
        until(lambda: not throttle.read(primary).is_clear)
        reading = throttle.read(primary)
        assert reading.is_readable
        assert reading.value["seconds"] > 0.5
    until(lambda: throttle.read(primary).is_clear)


def test_a_replica_hidden_from_the_role_is_not_clear(primary: Connection) -> None:
    """The role sees that there is a replica, but not its state. pg_monitor shows it."""
    throttle = ReplicaLag(16 * MB, 10.0)
    primary.execute("SET ROLE plain")
    reading = throttle.read(primary)
    assert (reading.is_clear, reading.is_readable) == (False, False)
    assert reading.text == "cannot be read: the state of 1 replica(s) is hidden from this role; grant it pg_monitor"
    primary.execute("RESET ROLE")
    primary.execute("GRANT pg_monitor TO plain")
    primary.execute("SET ROLE plain")
    until(lambda: throttle.read(primary).is_clear)
    primary.execute("RESET ROLE")
    primary.execute("REVOKE pg_monitor FROM plain")


def test_a_replica_that_is_required_and_absent_is_not_clear(primary: Connection) -> None:
    """The reading has the number of connected replicas."""
    one, two = ReplicaLag(None, None, 1), ReplicaLag(None, None, 2)
    until(lambda: one.read(primary).is_clear)
    reading = two.read(primary)
    assert (reading.is_clear, reading.text) == (False, "1 of 2 expected replica(s) connected")


def test_a_receiver_without_a_position_is_not_clear(primary: Connection, pair: Pair) -> None:
    """Its lag is not known."""
    throttle = ReplicaLag(16 * MB, 10.0)
    with psycopg.connect(pair.url, replication="database", application_name="new", autocommit=True):
        reading = throttle.read(primary)
    assert not reading.is_clear
    assert reading.text.startswith("cannot be read: new (pid ")


def test_a_subscription_that_does_not_apply_is_not_clear(
    primary: Connection, session: Callable[[str], Connection], pair: Pair
) -> None:
    """A logical replica counts like a physical one."""
    throttle = ReplicaLag(MB, None)
    for name in ("published", "subscribed"):
        primary.execute(f"CREATE DATABASE {name}")
    published, subscribed = (session(pair.url_of(name)) for name in ("published", "subscribed"))
    for conn in (published, subscribed):
        conn.execute("CREATE TABLE public.t (a text)")
    published.execute("CREATE PUBLICATION p FOR TABLE public.t")
    published.execute("SELECT pg_create_logical_replication_slot('s', 'pgoutput')")
    subscribed.execute(
        "CREATE SUBSCRIPTION analytics CONNECTION 'host=/var/run/postgresql dbname=published user=postgres'"
        " PUBLICATION p WITH (create_slot = false, slot_name = 's', copy_data = false)"
    )
    try:
        until(lambda: throttle.read(published).value.get("replicas") == 2)
        with subscribed.transaction():
            subscribed.execute("LOCK TABLE public.t")
            published.execute("INSERT INTO public.t VALUES ('x')")
            write_wal(published, 8)
            # The other replica may be behind for a moment, too.
            until(lambda: throttle.read(published).text.startswith("analytics is "))
            assert not throttle.read(published).is_clear
    finally:
        subscribed.execute("DROP SUBSCRIPTION analytics")
        published.close()
        subscribed.close()
        for name in ("published", "subscribed"):
            primary.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_server_without_replicas_is_clear(primary: Connection, pair: Pair) -> None:
    """A role without privileges reads this, too."""
    pair.shell("pg_ctl -D /pgdata/standby -m fast -w stop")
    try:
        primary.execute("SET ROLE plain")
        until(lambda: ReplicaLag(16 * MB, 10.0).read(primary).text == "no replica is connected")
        assert ReplicaLag(16 * MB, 10.0).read(primary).is_clear
        assert ReplicaLag(16 * MB, 10.0, 1).read(primary).text == "0 of 1 expected replica(s) connected"
    finally:
        pair.start_standby()
