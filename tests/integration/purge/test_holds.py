"""Holds are evaluated in every batch, and a hold that cannot be evaluated stops the purge."""

from __future__ import annotations

import psycopg
import pytest

from minimize.errors import DatabaseError, PolicyError
from minimize.purge.progress.reporter import Progress
from tests.integration.purge.scenario import at, counts, digests, execute, fetch, hold, one, policy_of
from tests.integration.purge.scenario import purge_in_small_batches as purge

HELD = hold("app.person", "id IN (SELECT person_id FROM app.legal_hold WHERE NOT released)")

pytestmark = pytest.mark.majors


def test_a_hold_placed_meanwhile_is_honoured_from_the_next_batch(people: str) -> None:
    """Rows of later batches are kept byte for byte once a hold on them is committed."""
    before = digests(people, "app.person", where="id % 4 > 0")
    batches: list[int] = []

    def place_hold(progress: Progress) -> None:
        if progress.phase == "erase":
            batches.append(progress.blocks_done)
            if len(batches) == 3:
                execute(people, "INSERT INTO app.legal_hold SELECT id FROM app.person ON CONFLICT DO NOTHING")

    result = purge(people, policy_of(at("app.person.birthplace"), HELD), on_progress=place_hold)
    assert batches[2] < batches[-1]
    erased, _, held, _ = counts(result)["app.person.birthplace"]
    kept = fetch(people, "SELECT id FROM app.person WHERE birthplace IS NOT NULL")
    assert len(kept) == held > 1000
    assert erased > 0
    after = digests(people, "app.person", where="birthplace IS NOT NULL")
    assert after == {key: before[key] for key in kept}


def test_a_hold_whose_query_fails_stops_the_run(people: str) -> None:
    """The batch is rolled back and the run stops; the next run resumes it."""
    policy = policy_of(
        at("app.person.birthplace"), hold("app.person", "id / (SELECT min(person_id) FROM app.legal_hold) = 0")
    )

    def break_hold(progress: Progress) -> None:
        if progress.phase == "erase" and progress.blocks_done == 8:
            execute(people, "INSERT INTO app.legal_hold VALUES (0)")

    with pytest.raises(DatabaseError, match=r"division by zero \(22012\)"):
        purge(people, policy, on_progress=break_hold)
    left = one(people, "SELECT count(birthplace) FROM app.person")
    assert 0 < left < 1500
    assert one(people, "SELECT sum(erased) FROM minimize.purge_count") == 1500 - left
    execute(people, "DELETE FROM app.legal_hold WHERE person_id = 0")
    result = purge(people, policy)
    erased, _, held, _ = counts(result)["app.person.birthplace"]
    assert (erased + held, held) == (1500, one(people, "SELECT count(birthplace) FROM app.person"))


def test_a_hold_that_raises_stops_the_run(people: str) -> None:
    """It does not count as a refused row: no row is skipped, and no later table is begun."""
    execute(
        people,
        "CREATE TABLE app.other (birthplace text)",
        "INSERT INTO app.other VALUES ('Kent')",
        "CREATE TABLE app.closed (is_closed boolean)",
        "CREATE FUNCTION app.is_held(id bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN"
        " IF EXISTS (SELECT FROM app.closed) THEN RAISE 'no list'; END IF; RETURN id % 3 = 0; END $$",
    )
    policy = policy_of(
        at("app.person.birthplace"), at("app.other.birthplace"), hold("app.person", "app.is_held(person.id)")
    )

    def break_hold(progress: Progress) -> None:
        if progress.phase == "erase" and progress.blocks_done == 8:
            execute(people, "INSERT INTO app.closed VALUES (true)")

    with pytest.raises(DatabaseError, match=r"raise exception \(P0001\) in app\.is_held\(bigint\)"):
        purge(people, policy, on_progress=break_hold)
    assert one(people, "SELECT count(birthplace) FROM app.other") == 1
    execute(people, "DELETE FROM app.closed")
    assert counts(purge(people, policy))["app.person.birthplace"][1:] == (0, 500, 0)


def test_no_proof_is_left_while_values_are_held(people: str) -> None:
    """Other columns of a held row must stay writable, so there is no CHECK, and the result says so."""
    policy = policy_of(at("app.person.birthplace"), at("app.person.birth_country"), hold("app.person", "id = 2"))
    result = purge(people, policy)
    proofs = fetch(people, "SELECT conname FROM pg_constraint WHERE conname LIKE 'minimize_proof_%'")
    assert [name.rsplit("_", 2)[0] for name in proofs] == ["minimize_proof_birth_country"]
    assert [note.partition(":")[0] for note in result.notes if "proof" in note] == ["app.person.birthplace"]
    execute(people, "UPDATE app.person SET note = 'x' WHERE id = 2")


def test_proofs_are_left_behind_and_validated(people: str) -> None:
    """After a purge the database itself refuses a value, and accepts an exempt one."""
    purge(people, policy_of(at("app.person.birthplace", keep="kind = 'EDL'"), at("app.person.doc", "$.person.pob")))
    query = "SELECT convalidated FROM pg_constraint WHERE conname LIKE 'minimize_proof_%'"
    assert fetch(people, query) == [True, True]
    execute(people, "UPDATE app.person SET birthplace = 'Kent' WHERE kind = 'EDL'")
    for statement in (
        "UPDATE app.person SET birthplace = 'Kent' WHERE kind = 'DL'",
        "UPDATE app.person SET birthplace = 'Kent' WHERE kind IS NULL",
        """UPDATE app.person SET doc = '{"person": {"pob": 1}}' WHERE id = 1""",
    ):
        with pytest.raises(psycopg.errors.CheckViolation, match="minimize_proof_"):
            execute(people, statement)


def test_a_value_that_appears_before_the_proof_is_blamed_and_purged_by_the_next_run(people: str) -> None:
    """The message names the proof and says that the value was written meanwhile; no other constraint is blamed."""

    def write(progress: Progress) -> None:
        if progress.phase == "prove" and not progress.note:
            execute(people, "UPDATE app.person SET birthplace = 'Kent' WHERE id = 1")

    policy = policy_of(at("app.person.birthplace"))
    with pytest.raises(DatabaseError) as failed:
        purge(people, policy, on_progress=write)
    assert failed.value.message.startswith(
        "proving app.person: rows carry the value again, against app.person.minimize_proof_birthplace_"
    )
    assert "written after the count" in failed.value.hint
    assert purge(people, policy).is_complete
    assert fetch(people, "SELECT convalidated FROM pg_constraint WHERE conname LIKE 'minimize_proof_%'") == [True]


def test_a_check_that_refuses_what_the_purge_writes_is_named(people: str) -> None:
    """It may not be about the value: a row may violate a NOT VALID constraint from the beginning."""
    execute(people, "ALTER TABLE app.person ADD CONSTRAINT seen_once CHECK (seen > 0) NOT VALID")
    with pytest.raises(DatabaseError, match=r"erasing app\.person: check violation .*app\.person\.seen_once") as failed:
        purge(people, policy_of(at("app.person.birthplace")))
    assert "before (NOT VALID) or after" in failed.value.hint


def test_a_hold_on_a_table_without_a_location_is_refused(people: str) -> None:
    """A hold on a misspelt table, or on the parent of the named partition, would hold no row."""
    policy = policy_of(at("app.person.birthplace"), hold("app.persons", "true"))
    with pytest.raises(PolicyError, match="no location of the policy is in"):
        purge(people, policy)
    assert one(people, "SELECT count(birthplace) FROM app.person") == 1500
