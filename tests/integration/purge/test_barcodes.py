"""An element is removed from barcode payloads: guard, purge, row check and proof agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, LiteralString

import psycopg
import pytest

from fixtures.aamva import Subfile, Variant, build_payload
from minimize.catalog.connection import connect
from minimize.catalog.survey import survey
from minimize.guard.attacks import attacks
from minimize.policy import Policy
from minimize.verify.residue import Residue, Verification, verify_rows
from tests.integration.purge.scenario import at, counts, execute, fetch, guard, hold, one, policy_of, purge

STATE = Subfile("ZW", (("ZWA", "SEA-01"),))
CARRYING = Subfile("DL", (("DAQ", "W1"), ("DCI", "MÉRIDA, YUC"), ("DCG", "USA")))
WITHOUT = Subfile("DL", tuple(element for element in CARRYING.elements if element[0] != "DCI"))
CLEAN = Subfile("DL", (("DAQ", "W1"), ("DAG", "12 DCI PLAZA"), ("DCG", "USA")))
TABLE = """
CREATE SCHEMA app;
CREATE TABLE app.card (id bigint PRIMARY KEY, kind text, code bytea, line varchar(400), note text);
"""
FOR_ALL = ("GRANT USAGE ON SCHEMA app TO PUBLIC", "GRANT ALL ON app.card TO PUBLIC")
NAME = "app.card.code DCI"
BYTES = f'{at("app.card.code")}\naamva_element = "DCI"'
LINES = f'{at("app.card.line")}\naamva_element = "DCI"'


def payload(subfile: Subfile, variant: Variant = Variant.REGULAR) -> bytes:
    """Return a payload with the state's own subfile after this one."""
    return build_payload((subfile, STATE), variant=variant)


def fill(url: str, *codes: bytes, lines: bool = False) -> None:
    """Store payloads, numbered from 1, as bytes and, if asked, as text."""
    with psycopg.connect(url, autocommit=True) as conn:
        for number, code in enumerate(codes, start=1):
            line = code.decode("latin-1") if lines else None
            conn.execute("INSERT INTO app.card (id, code, line) VALUES (%s, %b, %s)", [number, code, line])


def in_mode(mode: str, policy: Policy) -> Policy:
    """Return the policy with its one field in another mode."""
    return policy.model_copy(update={"fields": (policy.fields[0].model_copy(update={"on_write": mode}),)})


def sqlstate_of(conn: psycopg.Connection[Any], statement: LiteralString, *parameters: object) -> str | None:
    """Run a statement; return the SQLSTATE it fails with, None if it does not."""
    try:
        conn.execute(statement, parameters)
    except psycopg.Error as error:
        return error.sqlstate
    return None


def verify(url: str, policy: Policy) -> Verification:
    """Look for residue."""
    with connect(url) as conn:
        return verify_rows(conn, survey(conn, policy))


def proofs(url: str) -> int:
    """Return the number of validated proof constraints."""
    return int(one(url, "SELECT count(*) FROM pg_constraint WHERE conname LIKE 'minimize_proof_%' AND convalidated"))


@pytest.mark.majors
def test_a_purge_leaves_what_would_have_been_written_without(database: str) -> None:
    """Every variant loses only the element; rows without it are not written; the proof is added; verify is clean."""
    variants = [variant for variant in Variant if variant is not Variant.SPACES_FOR_LF]
    execute(database, TABLE)
    fill(database, *(payload(CARRYING, v) for v in variants), *(payload(CLEAN, v) for v in variants), lines=True)
    clean = "SELECT id, code, line, xmin::text FROM app.card WHERE id > 7 ORDER BY id"
    before = fetch(database, clean)
    policy = policy_of(BYTES, LINES)
    result = purge(database, policy)
    assert counts(result) == {"app.card.code DCI": (7, 0, 0, 0), "app.card.line DCI": (7, 0, 0, 0)}
    expected = [payload(WITHOUT, variant) for variant in variants]
    assert fetch(database, "SELECT code FROM app.card WHERE id <= 7 ORDER BY id") == expected
    lines = fetch(database, "SELECT line FROM app.card WHERE id <= 7 ORDER BY id")
    assert lines == [code.decode("latin-1") for code in expected]
    assert fetch(database, clean) == before
    assert proofs(database) == 2
    assert verify(database, policy).clean
    with pytest.raises(psycopg.errors.CheckViolation), psycopg.connect(database) as conn:
        conn.execute("INSERT INTO app.card (id, code) VALUES (99, %b)", [payload(CARRYING)])


def test_the_guard_refuses_the_element_and_lets_a_card_without_it_in(database: str) -> None:
    """A payload with the element is refused in either column; a decoy, and other columns of an unpurged card, pass."""
    execute(database, TABLE)
    fill(database, payload(CARRYING), b"DCIKENT, WA")
    guard(database, policy_of(BYTES, LINES))
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("INSERT INTO app.card (id, code, line) VALUES (3, %b, 'no barcode')", [payload(CLEAN)])
        for column, value in (("code", payload(CARRYING)), ("line", payload(CARRYING).decode("latin-1"))):
            with pytest.raises(psycopg.Error, match=f"app.card.{column} DCI is retired") as refused:
                conn.execute(
                    psycopg.sql.SQL("UPDATE app.card SET {} = %s WHERE id = 3").format(psycopg.sql.Identifier(column)),
                    [value],
                )
            assert refused.value.sqlstate == "23MZ1"
        conn.execute("UPDATE app.card SET code = code, note = 'seen'")
        moved = payload(CARRYING).replace(b"W1", b"W2")
        conn.execute("UPDATE app.card SET code = %b WHERE id = 1", [moved])
        with pytest.raises(psycopg.Error, match="is retired"):
            conn.execute("UPDATE app.card SET code = %b WHERE id = 1", [moved.replace(b"YUC", b"OAX")])


def test_what_cannot_be_read_is_refused(database: str) -> None:
    """An unreadable payload that may hold the element is refused in every mode, unless it is the stored value."""
    execute(database, TABLE)
    fill(database, b"DCIKENT, WA")
    policy = policy_of(BYTES)
    for mode in (policy, in_mode("strip", policy)):
        guard(database, mode)
        with psycopg.connect(database, autocommit=True) as conn:
            with pytest.raises(psycopg.Error, match=f"{NAME} is retired"):
                conn.execute("INSERT INTO app.card (id, code) VALUES (2, 'DCITACOMA')")
            conn.execute("UPDATE app.card SET code = code, note = 'seen'")


def test_strip_takes_the_element_out(database: str) -> None:
    """In strip mode, an old client's payload is stored without the element, and its directory is adjusted."""
    execute(database, TABLE)
    guard(database, in_mode("strip", policy_of(BYTES)))
    fill(database, payload(CARRYING))
    assert fetch(database, "SELECT code FROM app.card") == [payload(WITHOUT)]


@pytest.mark.parametrize(
    ("mode", "stored", "sqlstate"), [("reject", CLEAN, "23MZ1"), ("strip", WITHOUT, None), ("warn", CARRYING, None)]
)
def test_the_guard_is_the_same_for_an_ordinary_role(
    database: str, role: Callable[..., str], mode: str, stored: Subfile, sqlstate: str | None
) -> None:
    """In every mode INSERT and UPDATE work for a role without any privilege in schema minimize."""
    execute(database, TABLE, *FOR_ALL)
    fill(database, payload(CLEAN), lines=True)
    guard(database, in_mode(mode, policy_of(BYTES, LINES)))
    code = payload(CARRYING)
    line = code.decode("latin-1")
    with psycopg.connect(role(database), autocommit=True) as conn:
        assert sqlstate_of(conn, "INSERT INTO app.card (id, code) VALUES (2, %b)", code) == sqlstate
        assert sqlstate_of(conn, "INSERT INTO app.card (id, line) VALUES (3, %s)", line) == sqlstate
        assert sqlstate_of(conn, "UPDATE app.card SET code = %b WHERE id = 1", code) == sqlstate
        assert sqlstate_of(conn, "UPDATE app.card SET line = %s WHERE id = 1", line) == sqlstate
    kept = payload(stored)
    inserted = [] if mode == "reject" else [(2, kept, None), (3, None, kept.decode("latin-1"))]
    rows = fetch(database, "SELECT id, code, line FROM app.card ORDER BY id")
    assert rows == [(1, kept, kept.decode("latin-1")), *inserted]


def test_an_exempt_card_stays_editable_after_the_purge(database: str, role: Callable[..., str]) -> None:
    """The proof lets an ordinary role write only exempt values, with and without the guard."""
    keep = "\nkeep_where = { lawful = \"kind = 'EDL'\" }"
    execute(database, TABLE, *FOR_ALL)
    fill(database, payload(CARRYING), payload(CARRYING), lines=True)
    execute(database, "UPDATE app.card SET kind = 'EDL' WHERE id = 1")
    policy = policy_of(BYTES + keep, LINES + keep)
    assert counts(purge(database, policy)) == {NAME: (1, 1, 0, 0), "app.card.line DCI": (1, 1, 0, 0)}
    assert proofs(database) == 2
    with psycopg.connect(role(database), autocommit=True) as conn:
        conn.execute("UPDATE app.card SET note = 'seen'")
        conn.execute("INSERT INTO app.card SELECT 3, kind, code, line FROM app.card WHERE id = 1")
        assert sqlstate_of(conn, "UPDATE app.card SET kind = 'DL' WHERE id = 1") == "23514"
        guard(database, policy)
        conn.execute("UPDATE app.card SET note = 'seen again'")
        assert sqlstate_of(conn, "UPDATE app.card SET kind = 'DL' WHERE id = 1") == "23MZ1"


def test_no_search_path_gets_the_element_past(database: str, role: Callable[..., str]) -> None:
    """Functions that a role puts first on its search_path are not used by the guard or the proof."""
    execute(
        database,
        TABLE,
        *FOR_ALL,
        "CREATE SCHEMA odd",
        "GRANT USAGE ON SCHEMA odd TO PUBLIC",
        "CREATE FUNCTION odd.strpos(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0'",
        "CREATE FUNCTION odd.decode(text, text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$SELECT '?'::bytea$$",
    )
    policy = policy_of(BYTES, LINES)
    purge(database, policy)
    with psycopg.connect(role(database), autocommit=True) as conn:
        conn.execute("SET search_path = odd, pg_catalog")
        for sqlstate in ("23514", "23MZ1"):
            code = payload(CARRYING)
            line = code.decode("latin-1")
            assert sqlstate_of(conn, "INSERT INTO app.card (id, code) VALUES (1, %b)", code) == sqlstate
            assert sqlstate_of(conn, "INSERT INTO app.card (id, line) VALUES (2, %s)", line) == sqlstate
            guard(database, policy)


def test_every_attack_is_refused(database: str) -> None:
    """`guard test` generates payloads, and the guard refuses each of them."""
    execute(database, TABLE)
    policy = policy_of(BYTES, LINES)
    guard(database, policy)
    with connect(database) as conn:
        results = [(attack.path, attack.run(conn)) for attack in attacks(conn, survey(conn, policy))]
    outcomes = {result.result for path, result in results if path != "INSERT into a partition"}
    assert outcomes == {"refused"}, results


def test_residue_that_cannot_be_read_is_counted_apart(database: str) -> None:
    """Row check and verify count it separately from what a purge would erase, and name it."""
    execute(database, TABLE)
    fill(
        database, payload(CARRYING), b"DCIKENT, WA", payload(CARRYING, Variant.SPACES_FOR_LF), b"%" + payload(CARRYING)
    )
    policy = policy_of(BYTES, hold("app.card", "id = 4"))
    assert [(entry.location, entry.place) for entry in verify(database, policy).not_checked] == [(NAME, "rows")]
    guard(database, policy)
    found = verify(database, policy)
    # The space before DCI follows no element of fixed form, so that it is unknown what it separates.
    assert found.findings == (
        Residue(location=NAME, place="rows", count=1),
        Residue(location=NAME, place="rows that cannot be read", count=2),
    )
    rows = found.counts[NAME]
    assert (rows.carrying, rows.held, rows.to_erase, rows.unremovable, rows.removable) == (4, 1, 3, 2, 1)


def test_what_cannot_be_read_is_left_and_not_written(database: str) -> None:
    """One pass leaves it, counts it as left and reports it, without a useless row version."""
    execute(database, TABLE)
    fill(database, payload(CARRYING), b"DCIKENT, WA", payload(CARRYING, Variant.SPACES_FOR_LF))
    left = "SELECT id, code, xmin::text FROM app.card WHERE id > 1 ORDER BY id"
    before = fetch(database, left)
    passes: list[int] = []
    policy = policy_of(BYTES)
    result = purge(database, policy, on_progress=lambda progress: passes.append(progress.run_pass))
    assert counts(result) == {NAME: (1, 0, 0, 2)}
    assert not result.is_complete
    assert max(passes) == 1
    assert fetch(database, left) == before
    assert proofs(database) == 0
    assert f"{NAME}: 2 value(s) cannot be read and taken out: correct or clear them" in result.notes
    execute(database, "UPDATE app.card SET code = NULL WHERE id > 1")
    assert purge(database, policy).is_complete
    assert proofs(database) == 1
