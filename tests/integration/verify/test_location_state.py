"""The state of a location is read from the database: declared, guarded, purged, dropped."""

from __future__ import annotations

from typing import LiteralString

import pytest

from minimize.catalog.connection import connect
from minimize.catalog.survey import survey
from minimize.guard.drift import find_drift
from minimize.policy import Policy
from minimize.verify.location_state import LocationState, observe, weakest_level
from tests.integration.purge.scenario import at, execute, guard, hold, policy_of, purge

pytestmark = pytest.mark.majors

SCHEMA: LiteralString = """
CREATE TABLE person (id bigint PRIMARY KEY, kind text, birthplace text, doc jsonb);
INSERT INTO person SELECT n, 'DL', 'Kent', '{"pob": "Kent"}' FROM generate_series(1, 20) AS n;
"""
POLICY = policy_of(at("public.person.birthplace"), at("public.person.doc", "$.pob"))


def look(url: str, policy: Policy = POLICY) -> tuple[LocationState, ...]:
    """Observe every location."""
    with connect(url) as conn:
        found = survey(conn, policy)
        return observe(conn, found, {entry.location for entry in find_drift(conn, found)})


def summary(states: tuple[LocationState, ...]) -> list[tuple[str, str | None, bool]]:
    """Return the compared parts of each state."""
    return [(state.state, state.level, state.proven) for state in states]


def test_the_states_follow_the_database(database: str) -> None:
    """Each step changes the observed state, and the weakest location determines the level."""
    execute(database, SCHEMA)
    assert summary(look(database)) == [("declared", None, False)] * 2
    assert weakest_level(look(database)) is None
    guard(database, POLICY)
    assert summary(look(database)) == [("guarded", "E0", False)] * 2
    purge(database, POLICY)
    assert summary(look(database)) == [("purged", "E1", True)] * 2
    execute(database, "ALTER TABLE person DROP birthplace CASCADE")
    assert summary(look(database)) == [("dropped", "E1", False), ("purged", "E1", True)]
    assert weakest_level(look(database)) == "E1"


def test_a_state_changes_back_when_its_condition_fails(database: str) -> None:
    """A purged location is declared after a trigger is disabled, and guarded after a value bypasses the guard."""
    execute(database, SCHEMA)
    guard(database, POLICY)
    purge(database, POLICY)
    execute(database, "ALTER TABLE person DISABLE TRIGGER USER")
    assert [state.state for state in look(database)] == ["declared"] * 2
    guard(database, POLICY)
    assert [state.state for state in look(database)] == ["purged"] * 2


def test_a_location_with_held_values_is_purged_but_not_proven(database: str) -> None:
    """Held rows are counted, and the location has no proof constraint."""
    execute(database, SCHEMA)
    policy = policy_of(at("public.person.birthplace"), hold("public.person", "id <= 3"))
    guard(database, policy)
    purge(database, policy)
    (state,) = look(database, policy)
    assert (state.state, state.level, state.proven, state.rows.held) == ("purged", "E1", False, 3)


def test_a_missing_column_has_no_state(database: str) -> None:
    """A location that cannot be read has state unknown and no level, so the policy has no level."""
    execute(database, SCHEMA)
    states = look(database, policy_of(at("public.person.birth_place")))
    assert [(s.state, s.level, len(s.not_checked)) for s in states] == [("unknown", None, 1)]
    assert weakest_level(states) is None
