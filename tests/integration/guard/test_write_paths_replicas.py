"""Logical replication into a guarded database: clean rows are applied, a value stops the apply worker."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.integration.guard.conftest import Template
from tests.integration.guard.test_write_paths import STATES, build_proven, disable_triggers
from tests.integration.guard.writes import KINDS, PLAIN_POLICY, SCHEMA, SECRETS, Connection, Kind, build, build_plain

pytestmark = [pytest.mark.majors, pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)]

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Replication:
    """A database that still has the field, and a guarded one that subscribes to one of its tables."""

    kind: Kind
    publisher: Connection
    subscriber: Connection
    publisher_url: str
    refusal: str

    @property
    def name(self) -> str:
        """The name of slot and subscription: the publisher's database, which no other test has."""
        return self.publisher.info.dbname

    def subscribe(self, *, is_copying: bool = False) -> None:
        """Start the subscription; an error disables it."""
        slot = "SELECT pg_create_logical_replication_slot(%s, 'pgoutput')"
        self.publisher.execute(self.kind.write("CREATE PUBLICATION lab FOR TABLE {t}"))
        self.publisher.execute(slot, [self.name])
        # The worker runs in the server, where the port that the tests connect to may not be.
        address = self.publisher.execute(
            "SELECT split_part(current_setting('unix_socket_directories'), ',', 1), current_setting('port')"
        ).fetchone()
        assert address is not None
        statement = sql.SQL(
            "CREATE SUBSCRIPTION {name} CONNECTION {address} PUBLICATION lab"
            " WITH (create_slot = false, slot_name = {slot}, copy_data = {copying}, disable_on_error = true)"
        )
        self.subscriber.execute(
            statement.format(
                name=sql.Identifier(self.name),
                address=sql.Literal(make_conninfo(self.publisher_url, host=address[0], port=address[1])),
                slot=sql.Literal(self.name),
                copying=sql.Literal(is_copying),
            )
        )

    def unsubscribe(self) -> None:
        """Drop the subscription and keep the slot; the publisher drops it when it is inactive."""
        if not self.ask("SELECT count(*) FROM pg_subscription WHERE subname = {name}"):
            return
        name = sql.Identifier(self.name)
        for statement in ("ALTER SUBSCRIPTION {} DISABLE", "ALTER SUBSCRIPTION {} SET (slot_name = NONE)"):
            self.subscriber.execute(sql.SQL(statement).format(name))
        self.subscriber.execute(sql.SQL("DROP SUBSCRIPTION {}").format(name))

    def publish(self, statement: LiteralString) -> None:
        """Write where the field is still collected."""
        self.publisher.execute(self.kind.write(statement))

    def share_first_row(self) -> None:
        """Return the publisher what the subscriber's first row holds, as before the guard."""
        row = self.subscriber.execute(self.kind.write("SELECT value::text FROM {t} WHERE id = 1")).fetchone()
        statement = sql.SQL("INSERT INTO {} (id, value) VALUES (1, {})")
        self.publisher.execute(
            statement.format(sql.Identifier("lab", self.kind.table), sql.Literal((row or [None])[0]))
        )

    def ask(self, query: LiteralString) -> Any:
        """Return one value from the subscriber; {name} is the subscription's."""
        text = query.replace("{name}", sql.Literal(self.name).as_string(None)).encode()
        row = self.subscriber.execute(text).fetchone()
        return row[0] if row else None

    def rows(self) -> list[tuple[Any, ...]]:
        """Return what has arrived."""
        return self.subscriber.execute(self.kind.write("SELECT id, value::text FROM {t} WHERE id >= 10")).fetchall()

    def wait(self, is_done: Callable[[], object]) -> None:
        """Wait until the subscriber has applied everything."""
        deadline = time.monotonic() + SECONDS
        while not is_done():
            assert time.monotonic() < deadline, "the subscriber never got there"
            time.sleep(0.02)

    def wait_for_refusal(self) -> None:
        """Wait until the worker has stopped; its log lines give the reason without a value."""
        self.wait(lambda: not self.ask("SELECT subenabled FROM pg_subscription WHERE subname = {name}"))
        # The server's log is written by a process of its own, which may be a little behind.
        self.wait(lambda: [line for line in self.said() if "ERROR" in line and self.refusal in line])
        assert not [line for line in self.said() if any(secret in line for secret in SECRETS)]

    def said(self) -> list[str]:
        """Return what the subscription's workers have written to the server's log."""
        log = str(self.ask("SELECT pg_read_file(pg_current_logfile())")).splitlines()
        begun = rf'\[(\d+)\] LOG:  logical replication .*worker for subscription "{re.escape(self.name)}"'
        workers = {f"[{match[1]}]" for match in (re.search(begun, line) for line in log) if match}
        return [line for line in log if any(worker in line for worker in workers)]


def build_publisher(url: str) -> None:
    """Make the three tables, empty and unguarded."""
    with psycopg.connect(url) as conn:
        conn.execute(SCHEMA)


def build_strip(url: str) -> None:
    """Guard the three tables in the mode that lets a write through without the value."""
    build(url, PLAIN_POLICY.replace('on_write = "reject"', 'on_write = "strip"'))


SUBSCRIBERS = {
    "unpurged": ("guard_plain", build_plain),
    "proven": ("guard_proven", build_proven),
    "disabled": ("guard_proven", build_proven),
    "strip": ("guard_strip", build_strip),
}


@pytest.fixture(params=STATES)
def replication(
    kind: Kind, template: Template, clone: Callable[[str], str], request: pytest.FixtureRequest
) -> Iterator[Replication]:
    """Return publisher and subscriber, not connected to each other yet."""
    name, make = SUBSCRIBERS[request.param]
    source, target = clone(template("guard_publisher", build_publisher)), clone(template(name, make))
    refusal = f"{kind.name} is retired, and this write carries a value for it"
    with (
        psycopg.connect(source, autocommit=True) as publisher,
        psycopg.connect(target, autocommit=True) as subscriber,
    ):
        if request.param == "disabled":
            disable_triggers(subscriber, kind.table)
        made = Replication(kind, publisher, subscriber, source, refusal)
        yield made
        made.unsubscribe()


def test_a_replicated_value_does_not_arrive(replication: Replication) -> None:
    """Clean rows arrive, and changes of an unpurged row; the transaction that brings a value is refused."""
    replication.share_first_row()
    replication.subscribe()
    replication.publish("UPDATE {t} SET note = 'seen' WHERE id = 1")
    replication.publish("INSERT INTO {t} (id, value) VALUES (10, {clean}), (11, NULL)")
    replication.wait(lambda: len(replication.rows()) == 2)
    assert replication.subscriber.execute(replication.kind.write("SELECT note FROM {t} WHERE id = 1")).fetchone() == (
        "seen",
    )
    replication.publish("INSERT INTO {t} (id, value) VALUES (12, {clean}), (13, {new})")
    replication.wait_for_refusal()
    assert replication.rows() == [(10, replication.kind.clean), (11, None)]


def test_a_replicated_update_does_not_arrive(replication: Replication) -> None:
    """An UPDATE is applied as one, and refused as one."""
    replication.publish("INSERT INTO {t} (id, value) VALUES (10, {clean})")
    replication.subscribe(is_copying=True)
    replication.wait(replication.rows)
    replication.publish("UPDATE {t} SET value = {new}")
    replication.wait_for_refusal()
    assert replication.rows() == [(10, replication.kind.clean)]


def test_the_first_copy_of_a_table_is_refused(replication: Replication) -> None:
    """The initial COPY of a table with a value is refused as a whole."""
    replication.publish("INSERT INTO {t} (id, value) VALUES (10, {clean}), (11, {new})")
    replication.subscribe(is_copying=True)
    replication.wait_for_refusal()
    assert replication.rows() == []


@pytest.mark.parametrize("replication", ["strip"], indirect=True)
def test_a_subscriber_that_strips_goes_on(replication: Replication) -> None:
    """Where the publisher still collects the field, `strip` applies its rows without it, copied or streamed."""
    replication.publish("INSERT INTO {t} (id, value) VALUES (10, {new})")
    replication.subscribe(is_copying=True)
    replication.wait(replication.rows)
    replication.publish("INSERT INTO {t} (id, value) VALUES (11, {new})")
    replication.wait(lambda: len(replication.rows()) == 2)
    assert not [row for row in replication.rows() if "Timbuktu" in str(row)]
