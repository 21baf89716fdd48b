"""Consumers of a table's changes in the WAL are found before the first row, with what they would receive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.side_effects.side_effect import SideEffect
from minimize.catalog.survey import survey
from minimize.errors import RefusedError
from minimize.purge.options import PurgeOptions, TriggerChoice
from minimize.purge.preflight.dry_run import PurgePreview, preview_database
from minimize.purge.preflight.side_effects import find_all_side_effects
from tests.integration.purge.scenario import at, counts, execute, one, policy_of, purge, whole

POLICY = policy_of(at("public.person.birthplace"))
SCHEMA: LiteralString = """
CREATE TABLE person (id bigint PRIMARY KEY, birthplace text, note text);
INSERT INTO person SELECT n, 'Timbuktu', 'x' FROM generate_series(1, 50) AS n;
"""
FULL: LiteralString = "ALTER TABLE person REPLICA IDENTITY FULL"
SEND = PurgeOptions(consumers="send")


def look(url: str, policy: Any = POLICY, options: PurgeOptions | None = None) -> PurgePreview:
    """Return the side effects that a dry run finds."""
    with connect(url) as conn:
        return preview_database(conn, survey(conn, policy), options)


def found(url: str, kind: str, policy: Any = POLICY, options: PurgeOptions | None = None) -> list[SideEffect]:
    """Return the side effects of one kind of object: the server is shared, and other tests have slots too."""
    return [entry for entry in look(url, policy, options).findings if entry.object.startswith(kind)]


@pytest.fixture
def slot(database: str) -> Iterator[str]:
    """Give a logical slot that sees every table and that is not consumed."""
    name = str(one(database, "SELECT current_database()"))
    one(database, "SELECT pg_create_logical_replication_slot(current_database()::text, 'test_decoding')::text")
    yield name
    one(database, "SELECT pg_drop_replication_slot(current_database())::text")


@pytest.mark.majors
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE PUBLICATION p FOR TABLE person",
        "CREATE PUBLICATION p FOR ALL TABLES",
        "CREATE PUBLICATION p FOR TABLES IN SCHEMA public",
    ],
)
def test_a_publication_of_old_rows_is_refused_by_name(database: str, statement: LiteralString) -> None:
    """Whichever way the table was added to it; triggers=suppress does not help, consumers=send does."""
    execute(database, SCHEMA, FULL, statement)
    expected = r"publication p of public\.person sends the old row, with the value, to every subscriber"
    for options in (PurgeOptions(), PurgeOptions(triggers="suppress")):
        with pytest.raises(RefusedError, match=expected) as refused:
            purge(database, POLICY, options)
        assert "consumers=send" in refused.value.hint
    assert one(database, "SELECT count(birthplace) FROM person") == 50
    result = purge(database, POLICY, SEND)
    assert counts(result) == {"public.person.birthplace": (50, 0, 0, 0)}
    assert [note for note in result.notes if note.startswith("publication p of public.person sends the old row")]


@pytest.mark.majors
@pytest.mark.parametrize("via_root", ["true", "false"])
def test_the_replica_identity_of_each_partition_counts(database: str, via_root: LiteralString) -> None:
    """The root is published; only the partition with REPLICA IDENTITY FULL sends its old rows."""
    execute(
        database,
        "CREATE TABLE person (id int PRIMARY KEY, birthplace text) PARTITION BY RANGE (id)",
        "CREATE TABLE person_1 PARTITION OF person FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id)",
        "CREATE TABLE person_1_a PARTITION OF person_1 FOR VALUES FROM (0) TO (5)",
        "CREATE TABLE person_2 PARTITION OF person FOR VALUES FROM (10) TO (20)",
        "ALTER TABLE person_1_a REPLICA IDENTITY FULL",
        "CREATE PUBLICATION p FOR TABLE person WITH (publish_via_partition_root = " + via_root + ")",
    )
    reported = {(entry.object, entry.what.split(",")[0], entry.refuses) for entry in found(database, "publication")}
    assert {(name, refuses) for name, _, refuses in reported} == {
        ("publication p of public.person_1_a", True),
        ("publication p of public.person_2", False),
    }


@pytest.mark.majors
@pytest.mark.parametrize(
    ("setup", "why"),
    [
        (
            "ALTER TABLE person DROP CONSTRAINT person_pkey; CREATE PUBLICATION p FOR TABLE person",
            "does not have a replica identity and publishes updates",
        ),
        (
            "CREATE PUBLICATION p FOR TABLE person WHERE (note = 'x')",
            "Column used in the publication WHERE expression is not part of the replica identity",
        ),
        (
            "ALTER TABLE person REPLICA IDENTITY FULL; CREATE PUBLICATION p FOR TABLE person (id)",
            "Column list used by the publication does not cover the replica identity",
        ),
    ],
)
def test_an_update_that_postgresql_would_refuse_is_found_first(database: str, setup: LiteralString, why: str) -> None:
    """Without a suitable replica identity the first batch would fail."""
    execute(database, SCHEMA, *setup.split("; "))
    with pytest.raises(RefusedError, match=f"publication p of public.person makes PostgreSQL refuse .*{why}"):
        purge(database, POLICY, SEND)
    with psycopg.connect(database) as conn, pytest.raises(psycopg.Error):
        conn.execute("UPDATE person SET birthplace = NULL")
    assert one(database, "SELECT to_regnamespace('minimize')") is None


def test_a_publication_without_old_rows_is_reported_and_sent_to(database: str) -> None:
    """Updates without the old value are no obstacle; what is not published stays with subscribers."""
    execute(
        database,
        SCHEMA,
        "CREATE PUBLICATION a FOR TABLE person",
        "CREATE PUBLICATION b FOR TABLE person (id)",
        "CREATE PUBLICATION c FOR TABLE person WITH (publish = 'insert')",
        "CREATE TABLE office (id int)",
        "CREATE PUBLICATION d FOR TABLE office",
    )
    entries = {entry.object.split()[1]: entry for entry in found(database, "publication")}
    assert set(entries) == {"a", "b", "c"}
    assert not any(entry.refuses for entry in entries.values())
    assert "sends every purged row as UPDATE without its old value: up to about" in entries["a"].what
    assert "which its column list does not contain" in entries["b"].what
    assert entries["c"].what == "does not publish UPDATE: subscribers keep the values"
    result = purge(database, POLICY)
    assert counts(result) == {"public.person.birthplace": (50, 0, 0, 0)}
    assert len([note for note in result.notes if note.startswith("publication ")]) == 3


def test_a_member_in_the_replica_identity_is_sent(database: str) -> None:
    """The old key is sent to subscribers when it changes, including a retired member of a document in the key."""
    execute(
        database,
        "CREATE TABLE form (doc jsonb PRIMARY KEY)",
        """INSERT INTO form VALUES ('{"pob": "Timbuktu"}')""",
        "CREATE PUBLICATION p FOR TABLE form",
    )
    (entry,) = found(database, "publication", policy_of(at("public.form.doc", "$.pob")))
    assert entry.refuses
    assert "sends the old key, with the value" in entry.what


def test_a_disposed_table_is_judged_by_its_deletes(database: str) -> None:
    """Single rows are sent as DELETE; without a replica identity PostgreSQL would refuse it."""
    policy, options = policy_of(whole("public.person")), PurgeOptions(strategy="sequential")
    execute(database, SCHEMA, "CREATE PUBLICATION p FOR TABLE person")
    (entry,) = found(database, "publication", policy, options)
    assert entry.what.startswith("sends every purged row as DELETE")
    execute(database, FULL)
    (entry,) = found(database, "publication", policy, options)
    assert entry.refuses
    execute(database, "ALTER TABLE person REPLICA IDENTITY NOTHING")
    (entry,) = found(database, "publication", policy, options)
    assert "refuse the DELETE" in entry.what


@pytest.mark.majors
@pytest.mark.parametrize("publish", ["insert, update, delete", "truncate"])
def test_a_truncated_table_is_judged_by_its_truncate(database: str, publish: LiteralString) -> None:
    """If published, it empties the subscriber's table; if not, the rows stay there. Either is reported."""
    policy = policy_of(whole("public.person"))
    execute(database, SCHEMA, FULL, "CREATE PUBLICATION p FOR TABLE person WITH (publish = '" + publish + "')")
    (entry,) = found(database, "publication", policy)
    if publish == "truncate":
        assert entry.what.startswith("sends the TRUNCATE, which deletes all rows of the table at every subscriber")
        assert entry.hint.startswith("Remove it from the publication if rows must remain there")
    else:
        assert entry.what == "does not publish TRUNCATE: subscribers keep the values"
        assert entry.hint == "Purge every subscriber with its own policy."
    result = purge(database, policy)
    assert counts(result) == {"public.person": (50, 0, 0, 0)}
    assert str(entry) in result.notes


@pytest.mark.majors
@pytest.mark.parametrize("via_root", ["true", "false"])
def test_the_truncate_of_a_partition_is_not_sent_by_its_root(database: str, via_root: LiteralString) -> None:
    """The report matches the subscriber's stream: a TRUNCATE of each partition, or nothing at all."""
    execute(
        database,
        "CREATE TABLE person (id int PRIMARY KEY, birthplace text) PARTITION BY RANGE (id)",
        "CREATE TABLE person_1 PARTITION OF person FOR VALUES FROM (0) TO (10)",
        "CREATE PUBLICATION p FOR TABLE person WITH (publish_via_partition_root = " + via_root + ")",
        "INSERT INTO person VALUES (1, 'Timbuktu')",
    )
    policy = policy_of(whole("public.person"))
    (entry,) = found(database, "publication", policy)
    one(database, "SELECT pg_create_logical_replication_slot(current_database()::text, 'pgoutput')::text")
    try:
        purge(database, policy)
        execute(database, "SET synchronous_commit = on", "CREATE TABLE flushed ()")
        sent = one(
            database,
            "SELECT count(*) FROM pg_logical_slot_peek_binary_changes(current_database(), NULL, NULL,"
            " 'proto_version', '1', 'publication_names', 'p') WHERE get_byte(data, 0) = ascii('T')",
        )
    finally:
        one(database, "SELECT pg_drop_replication_slot(current_database())::text")
    reported = "does not publish TRUNCATE" if via_root == "true" else "sends the TRUNCATE"
    assert (sent, entry.what.startswith(reported)) == (0 if via_root == "true" else 1, True)


def test_a_slot_is_sent_a_truncate_without_rows(database: str, slot: str) -> None:
    """A TRUNCATE carries no old value under any replica identity, so no slot refuses it."""
    execute(database, SCHEMA, FULL)
    policy = policy_of(whole("public.person"))
    (entry,) = found(database, f"slot {slot} (test_decoding)", policy)
    assert (entry.what, entry.refuses) == ("receives the TRUNCATE of public.person", False)
    purge(database, policy)
    execute(database, "SET synchronous_commit = on", "CREATE TABLE flushed ()")
    decoded = "SELECT count(*) FROM pg_logical_slot_peek_changes(current_database(), NULL, NULL) WHERE data LIKE %s"
    truncates, rows = (one(database, decoded, f"table public.person: {what}:%") for what in ("TRUNCATE", "DELETE"))
    assert (truncates, rows) == (1, 0)


def test_an_unread_slot_keeps_the_wal_and_is_reported(database: str, slot: str) -> None:
    """It is not an obstacle; it is named with the WAL that it keeps."""
    execute(database, SCHEMA)
    unreadable, decoding = found(database, f"slot {slot} (logical"), found(database, f"slot {slot} (test_decoding)")
    assert [("has no consumer" in entry.what, entry.refuses) for entry in unreadable] == [(True, False)]
    assert ["without its old value" in entry.what for entry in decoding] == [True]
    assert look(database).refusal is None


def test_a_slot_that_asks_no_publication_gets_old_rows(database: str, slot: str) -> None:
    """An output plugin other than pgoutput sees every table: with REPLICA IDENTITY FULL it receives old values."""
    execute(database, SCHEMA, FULL)
    expected = rf"slot {slot} \(test_decoding\) receives the old rows of public\.person"
    with pytest.raises(RefusedError, match=expected):
        purge(database, POLICY)
    # Suppressing triggers does not stop decoding: the old values are in what the slot yields.
    purge(database, POLICY, PurgeOptions(triggers="suppress", consumers="send"))
    # A slot returns only what is flushed to disk, so a synchronous commit comes first.
    execute(database, "SET synchronous_commit = on", "CREATE TABLE flushed ()")
    decoded = "SELECT count(*) FROM pg_logical_slot_peek_changes(current_database(), NULL, NULL) WHERE data LIKE %s"
    assert one(database, decoded, "%UPDATE: old-key:%Timbuktu%") == 50


def test_a_table_that_is_subscribed_to_is_reported(database: str) -> None:
    """What the publisher still sends would be refused by the guard."""
    execute(
        database,
        SCHEMA,
        "CREATE SUBSCRIPTION s CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE)",
        "INSERT INTO pg_subscription_rel SELECT s.oid, 'person'::regclass, 'r' FROM pg_subscription AS s"
        " JOIN pg_database AS d ON d.oid = s.subdbid AND d.datname = current_database()",
    )
    (entry,) = found(database, "subscription")
    assert "writes to public.person" in entry.what
    execute(database, "DROP SUBSCRIPTION s")


def test_what_holds_old_versions_is_reported(database: str) -> None:
    """A prepared transaction and an unreadable pg_stat_activity are reported, but never refuse the purge."""
    name = one(database, "SELECT current_database()")
    execute(database, SCHEMA)
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("BEGIN")
        conn.execute("CREATE TABLE pending ()")
        conn.execute(sql.SQL("PREPARE TRANSACTION {}").format(sql.Literal(name)))
        entries = found(database, f"prepared transaction {name}")
        conn.execute(sql.SQL("ROLLBACK PREPARED {}").format(sql.Literal(name)))
    assert [entry.refuses for entry in entries] == [False]


def test_a_foreign_partition_is_named(database: str) -> None:
    """Its rows are on another server: it is not purged here, and that is reported."""
    execute(
        database,
        "CREATE FOREIGN DATA WRAPPER w",
        "CREATE SERVER away FOREIGN DATA WRAPPER w",
        "CREATE TABLE person (id int, birthplace text) PARTITION BY RANGE (id)",
        "CREATE FOREIGN TABLE person_1 PARTITION OF person FOR VALUES FROM (0) TO (9) SERVER away",
    )
    with connect(database) as conn:
        entries = find_all_side_effects(conn, survey(conn, POLICY), PurgeOptions())
    assert "foreign table public.person_1" in [entry.object for entry in entries]


@pytest.mark.parametrize(
    ("action", "triggers", "expected"),
    [
        ("NO ACTION", "refuse", ("note", "makes PostgreSQL refuse the DELETE")),
        ("SET NULL", "refuse", ("note", "updates its rows at each DELETE")),
        ("CASCADE", "refuse", ("in the way", "would delete its rows")),
        ("NO ACTION", "suppress", ("in the way", "is suppressed with the triggers")),
    ],
)
def test_foreign_keys_to_a_retired_table_are_reported(
    database: str, action: LiteralString, triggers: TriggerChoice, expected: tuple[str, str]
) -> None:
    """Rows of a table outside the policy are neither deleted by CASCADE nor left with a dangling reference."""
    execute(
        database,
        SCHEMA,
        "CREATE TABLE visit (person bigint CONSTRAINT fk REFERENCES person ON DELETE " + action + ")",
    )
    options = PurgeOptions(triggers=triggers)
    (entry,) = found(database, "foreign key", policy_of(whole("public.person")), options)
    assert entry.object == "foreign key fk of public.visit"
    assert entry.refuses == (expected[0] == "in the way")
    assert expected[1] in entry.what
    assert found(database, "foreign key", POLICY, options) == []


def test_an_owner_without_the_right_to_write_is_refused(database: str, role: Callable[..., str]) -> None:
    """An owner may have revoked UPDATE from itself; that is found before the first row."""
    url = role(database)
    execute(database, SCHEMA, "CREATE PUBLICATION p FOR TABLE person")
    with psycopg.connect(database) as conn:
        owner = sql.Identifier(str(one(url, "SELECT current_user")))
        conn.execute(sql.SQL("ALTER TABLE person OWNER TO {}").format(owner))
        conn.execute(sql.SQL("REVOKE UPDATE ON person FROM {}").format(owner))
    with pytest.raises(RefusedError, match=r"^table public\.person may not be written to by this role"):
        purge(url, POLICY)
