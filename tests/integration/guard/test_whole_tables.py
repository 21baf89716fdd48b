"""A table that is retired as a whole: writes are refused, rows are counted, and the proof is that it is empty."""

from __future__ import annotations

import psycopg
import pytest

from minimize.catalog.connection import connect
from minimize.catalog.survey import Presence, survey
from minimize.guard.attacks import attacks
from minimize.guard.drift import find_drift
from minimize.policy import Policy
from minimize.verify.location_state import observe
from minimize.verify.residue import Residue, verify_rows
from tests.integration.purge.scenario import counts, execute, fetch, guard, hold, one, policy_of, purge, whole

TABLE = """
CREATE SCHEMA stg;
CREATE TABLE stg.copy (id bigint, kind text, raw text);
INSERT INTO stg.copy SELECT n, CASE WHEN n % 4 = 0 THEN 'EDL' ELSE 'DL' END, 'Kent' FROM generate_series(1, 20) AS n;
"""
COPY = whole("stg.copy")


def mode(policy: Policy, on_write: str) -> Policy:
    """Return the policy in another mode."""
    return policy.model_copy(update={"fields": (policy.fields[0].model_copy(update={"on_write": on_write}),)})


def test_every_write_is_refused_but_taking_rows_away(database: str) -> None:
    """INSERT and UPDATE fail, even of the same value; DELETE and TRUNCATE do not."""
    execute(database, TABLE)
    guard(database, policy_of(COPY))
    with psycopg.connect(database, autocommit=True) as conn:
        for statement in (
            "INSERT INTO stg.copy VALUES (99, 'DL', '')",
            "INSERT INTO stg.copy DEFAULT VALUES",
            "UPDATE stg.copy SET raw = NULL",
            "UPDATE stg.copy SET id = id",
        ):
            with pytest.raises(psycopg.Error, match=r"stg\.copy is retired") as refused:
                conn.execute(statement)
            assert refused.value.sqlstate == "23MZ1"
            assert refused.value.diag.table_name == "copy"
        conn.execute("DELETE FROM stg.copy WHERE id = 1")
        conn.execute("TRUNCATE stg.copy")


def test_an_exception_lets_its_rows_in(database: str) -> None:
    """Rows that the law keeps may be written; one that leaves its exception may not."""
    execute(database, TABLE)
    guard(database, policy_of(whole("stg.copy", keep="kind = 'EDL'")))
    execute(database, "INSERT INTO stg.copy VALUES (99, 'EDL', '')", "UPDATE stg.copy SET raw = '' WHERE kind = 'EDL'")
    with pytest.raises(psycopg.Error, match="is retired"):
        execute(database, "UPDATE stg.copy SET kind = 'DL' WHERE id = 99")


def test_strip_leaves_the_row_out(database: str) -> None:
    """In mode strip the statement of an old client succeeds, and no row is inserted or changed."""
    execute(database, TABLE)
    guard(database, mode(policy_of(COPY), "strip"))
    before = fetch(database, "SELECT id, raw FROM stg.copy ORDER BY id")
    execute(database, "INSERT INTO stg.copy VALUES (99, 'DL', '')", "UPDATE stg.copy SET raw = ''")
    assert fetch(database, "SELECT id, raw FROM stg.copy ORDER BY id") == before


def test_warn_lets_it_through(database: str) -> None:
    """In mode warn the row is written."""
    execute(database, TABLE)
    guard(database, mode(policy_of(COPY), "warn"))
    execute(database, "INSERT INTO stg.copy VALUES (99, 'DL', '')")
    assert one(database, "SELECT count(*) FROM stg.copy WHERE id = 99") == 1


@pytest.mark.parametrize("is_empty", [False, True])
def test_every_attack_is_refused(database: str, *, is_empty: bool) -> None:
    """`guard test` attacks it by every write path, with and without stored rows, and each is refused."""
    execute(database, TABLE)
    if is_empty:
        execute(database, "TRUNCATE stg.copy")
    policy = policy_of(COPY)
    guard(database, policy)
    with connect(database) as conn:
        found = survey(conn, policy)
        results = {attack.path: attack.run(conn).result for attack in attacks(conn, found)}
        assert find_drift(conn, found) == ()
    # No partition and no key; and no row to update where there is none.
    impossible = {path for path, result in results.items() if result == "not_possible"}
    no_row = {path for path in results if "UPDATE" in path} if is_empty else set()
    assert impossible == {"INSERT into a partition", "ON CONFLICT DO UPDATE", *no_row}
    assert set(results.values()) == {"refused", "not_possible"}


def test_rows_are_counted_and_verified(database: str) -> None:
    """Each row carries, and is erased unless an exception or a hold keeps it."""
    execute(database, TABLE)
    policy = policy_of(whole("stg.copy", keep="kind = 'EDL'"), hold("stg.copy", "copy.id = 1"))
    with connect(database) as conn:
        found = verify_rows(conn, survey(conn, policy))
    rows = found.counts["stg.copy"]
    assert (rows.carrying, rows.exempt, rows.held, rows.to_erase, rows.unremovable) == (20, 5, 1, 14, 0)
    assert found.findings == (Residue(location="stg.copy", place="rows", count=14),)


@pytest.mark.majors
def test_an_empty_table_is_proven(database: str) -> None:
    """Once it is empty, a validated CHECK proves it, and its state is purged at level E1."""
    execute(database, TABLE, "TRUNCATE stg.copy")
    policy = policy_of(COPY)
    guard(database, policy)
    assert counts(purge(database, policy)) == {"stg.copy": (0, 0, 0, 0)}
    with connect(database) as conn:
        (state,) = observe(conn, survey(conn, policy), ())
    assert (state.kind, state.state, state.level, state.proven) == ("table", "purged", "E1", True)
    execute(database, "ALTER TABLE stg.copy DISABLE TRIGGER USER")
    with pytest.raises(psycopg.DatabaseError) as refused:
        execute(database, "INSERT INTO stg.copy VALUES (99, 'DL', '')")
    assert refused.value.sqlstate == "23MZ1"


def test_a_dropped_table_is_distinguished_from_a_misspelt_one(database: str) -> None:
    """The counter of a guard shows that a missing table was dropped and is not misspelt."""
    execute(database, TABLE)
    policy = policy_of(COPY, whole("stg.cpoy"))
    guard(database, policy_of(COPY))
    execute(database, "DROP TABLE stg.copy")
    with connect(database) as conn:
        presence = {site.name: site.presence for _, site in survey(conn, policy).sites()}
    assert presence == {"stg.copy": Presence.DROPPED, "stg.cpoy": Presence.MISSING}
