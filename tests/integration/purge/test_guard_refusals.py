"""A purge whose own write the guard refuses, because a trigger of the application writes the value somewhere else."""

from __future__ import annotations

from typing import LiteralString

import pytest

from minimize.errors import RowRefusedError
from minimize.purge.options import PurgeOptions

from .scenario import at, counts, execute, guard, one, policy_of, purge

TABLE: LiteralString = "CREATE TABLE person (id integer PRIMARY KEY, birthplace text, origin text)"
SAVE: LiteralString = """
CREATE FUNCTION save() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id % 2 = 0 THEN
    NEW.origin := OLD.birthplace;
  END IF;
  RETURN NEW;
END $$
"""
TRIGGER: LiteralString = "CREATE TRIGGER save BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION save()"

POLICY = policy_of(at("public.person.birthplace"), at("public.person.origin"))
FIRE = PurgeOptions(triggers="fire")


def test_the_guard_is_named(database: str) -> None:
    """Rows that the guard refuses are left and named with the location that refused; the others are erased."""
    execute(database, TABLE, "INSERT INTO person SELECT n, 'Kent' FROM generate_series(1, 10) AS n", SAVE, TRIGGER)
    guard(database, POLICY)
    result = purge(database, POLICY, FIRE)
    assert one(database, "SELECT count(birthplace) FROM person") == 5
    assert [note for note in result.notes if "5 row(s) refused: the guard of public.person.origin (23MZ1)" in note]
    assert counts(result)["public.person.birthplace"][0] == 5


def test_many_refusals_stop_the_purge_with_its_own_advice(database: str) -> None:
    """A purge that the guard refuses throughout says that a trigger is the cause, not that an application is."""
    execute(database, TABLE, "INSERT INTO person SELECT n, 'Kent' FROM generate_series(1, 400) AS n", SAVE, TRIGGER)
    guard(database, POLICY)
    with pytest.raises(RowRefusedError, match=r"refused by the guard of public\.person\.origin") as caught:
        purge(database, POLICY, FIRE)
    assert "trigger" in caught.value.hint
    assert "Kent" not in f"{caught.value.message}{caught.value.hint}"
