"""The attacks, tested both ways: a guard refuses them, and without a guard they succeed."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from minimize.catalog.connection import Connection
from minimize.catalog.survey import Survey
from minimize.guard.attacks import WRITE_PATH_NAMES, AttackResult, attacks

from .conftest import drop_checks

ROWS = """
INSERT INTO place VALUES (5);
INSERT INTO person (code, colour, born, tags, score, photo, birth_place, form)
  VALUES ('abc', 'red', '1990-01-01', '{}', 1, '', 'WA', '{"applicant": {"pob": "Kent"}}');
INSERT INTO filed VALUES ('2000-02-02', 1, 'DL', 'Kent'), ('2000-02-02', 2, 'EDL', 'Kent');
INSERT INTO child VALUES (1, 1, 'issued', NULL);
"""

CHILD = "public.child.place_id"
ENVELOPE = "public.child.envelope $.pob"


def run_all(conn: Connection, found: Survey) -> dict[tuple[str, str], AttackResult]:
    """Run every attack."""
    return {(attack.location, attack.path): attack.run(conn) for attack in attacks(conn, found)}


def dump(conn: Connection) -> list[object]:
    """Return everything the tables hold."""
    queries = ("SELECT * FROM person", "SELECT * FROM filed", "SELECT * FROM child", "SELECT * FROM place")
    return [conn.execute(query).fetchall() for query in queries]


@pytest.mark.majors
def test_a_guard_refuses_every_attack(conn: Connection, found: Survey, guard: Callable[[], None]) -> None:
    """In a guarded database every attack is refused, except a write into a partition of a table that has none."""
    conn.execute(ROWS)
    guard()
    results = run_all(conn, found)
    left = {key for key, outcome in results.items() if outcome.result != "refused"}
    assert left == {
        (location, "INSERT into a partition")
        for location in {location for location, _ in results} - {"public.filed.birth_place"}
    }


def test_empty_tables_can_be_attacked(conn: Connection, found: Survey, guard: Callable[[], None]) -> None:
    """If the table has no row to copy, one is made up, with foreign keys too."""
    guard()
    results = run_all(conn, found)
    assert {outcome.result for (_, path), outcome in results.items() if path != "INSERT into a partition"} == {
        "refused"
    }


def test_an_empty_unguarded_table_is_found_out(conn: Connection, found: Survey) -> None:
    """Referenced rows are made up too, so that no foreign key hides a missing guard."""
    results = run_all(conn, found)
    assert {results[CHILD, path].result for path in ("INSERT", "UPDATE", "MERGE UPDATE")} == {"let_through"}


def test_an_ordinary_role_can_attack(
    conn: Connection, found: Survey, guard: Callable[[], None], database: str, role: Callable[..., str]
) -> None:
    """Ownership is not needed; without a privilege the result is not possible, with the reason."""
    conn.execute(ROWS)
    guard()
    url = role(database)
    with psycopg.connect(url, autocommit=True) as plain:
        conn.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC")
        results = run_all(plain, found)
    assert results[CHILD, "UPDATE"].result == "refused"
    assert results[CHILD, "INSERT as replica"] == AttackResult("not_possible", "SQLSTATE 42501")


def test_without_a_guard_every_attack_gets_through(conn: Connection, found: Survey) -> None:
    """Without a guard the attacks succeed, so elsewhere it is the guard that refuses."""
    conn.execute(ROWS)
    results = run_all(conn, found)
    stopped = {key: outcome for key, outcome in results.items() if outcome.result != "let_through"}
    # COPY can only send made-up keys: the parent that the row asks for is not there.
    assert set(stopped) - {(CHILD, "COPY"), (ENVELOPE, "COPY")} == {
        (location, "INSERT into a partition")
        for location in {location for location, _ in results} - {"public.filed.birth_place"}
    }


@pytest.mark.parametrize("is_guarded", [True, False])
def test_nothing_stays(conn: Connection, found: Survey, guard: Callable[[], None], *, is_guarded: bool) -> None:
    """Each attack is rolled back."""
    conn.execute(ROWS)
    if is_guarded:
        guard()
    before = dump(conn)
    run_all(conn, found)
    assert dump(conn) == before


def test_another_obstacle_is_not_a_refusal(conn: Connection, found: Survey) -> None:
    """A write that another constraint refuses is not possible, not refused."""
    conn.execute("ALTER TABLE person ADD CHECK (birth_place IS NULL)")
    outcome = run_all(conn, found)["public.person.birth_place", "INSERT"]
    assert (outcome.result, outcome.why.split(" (")[0]) == ("not_possible", "SQLSTATE 23514")


def test_a_disabled_trigger_is_found_out(conn: Connection, found: Survey, guard: Callable[[], None]) -> None:
    """With triggers not enabled ALWAYS and without the CHECK, a write as replica succeeds."""
    conn.execute(ROWS)
    guard()
    names = conn.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'child'::regclass AND NOT tgisinternal")
    for (name,) in names.fetchall():
        conn.execute(psycopg.sql.SQL("ALTER TABLE child ENABLE TRIGGER {}").format(psycopg.sql.Identifier(str(name))))
    assert not [path for (_, path), outcome in run_all(conn, found).items() if outcome.result == "let_through"]
    drop_checks(conn, "child")
    results = run_all(conn, found)
    let_through = {path for (_, path), outcome in results.items() if outcome.result == "let_through"}
    assert let_through == {"INSERT as replica", "UPDATE as replica"}


def test_a_lock_is_not_waited_for(conn: Connection, found: Survey, database: str, guard: Callable[[], None]) -> None:
    """A table that another session has locked is not possible after two seconds."""
    guard()
    with psycopg.connect(database) as other:
        other.execute("LOCK TABLE person")
        attack = next(attack for attack in attacks(conn, found) if attack.path == "INSERT")
        assert attack.run(conn) == AttackResult("not_possible", "SQLSTATE 55P03")


def test_a_field_that_is_not_rejected_is_not_judged(conn: Connection, found: Survey) -> None:
    """A guard in mode warn is not attacked."""
    attack = next(iter(attacks(conn, found)))
    object.__setattr__(attack.site, "field", attack.site.field.model_copy(update={"on_write": "warn"}))
    assert attack.run(conn).result == "not_possible"


def test_no_value_is_reported(conn: Connection, found: Survey) -> None:
    """The result of an attack contains names and SQLSTATEs only."""
    conn.execute(ROWS)
    said = " ".join(outcome.why for outcome in run_all(conn, found).values())
    assert "Kent" not in said


def test_every_path_is_tried(conn: Connection, found: Survey) -> None:
    """Each location is attacked by each write path."""
    tried = [(attack.location, attack.path) for attack in attacks(conn, found)]
    assert len(tried) == len(set(tried)) == 5 * len(WRITE_PATH_NAMES)
