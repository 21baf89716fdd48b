"""A table and its partition or child, both in the policy: rows protected by one must be protected by the other."""

from __future__ import annotations

import pytest

from minimize.errors import PolicyError
from tests.integration.purge.scenario import at, counts, execute, hold, one, policy_of, purge, whole

SCHEMA = """
CREATE SCHEMA app;
CREATE TABLE app.years (id int, kind text, birthplace text, doc jsonb) PARTITION BY RANGE (id);
CREATE TABLE app.year_1 PARTITION OF app.years FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE app.year_1_a PARTITION OF app.year_1 DEFAULT;
CREATE TABLE app.year_2 PARTITION OF app.years DEFAULT;
INSERT INTO app.years SELECT n, 'EDL', 'Kent', '{"a": 1, "b": 1}' FROM generate_series(1, 20) AS n;
CREATE TABLE app.here (id int, birthplace text);
CREATE TABLE app.there (id int, city text);
CREATE TABLE app.both () INHERITS (app.here, app.there);
INSERT INTO app.both VALUES (1, 'Kent', 'Kent');
"""
YEARS, PART = "app.years.birthplace", "app.year_1.birthplace"
EDL, DL = "kind = 'EDL'", "kind = 'DL'"
HOLD = "id = 7"


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        (
            (at(YEARS), at(PART), hold("app.years", HOLD)),
            f"{YEARS} and {PART} have rows in common, but hold request is on app.years alone: the purge of app.year_1",
        ),
        (
            (at(PART), at(YEARS), hold("app.year_1", HOLD)),
            f"{PART} and {YEARS} have rows in common, but hold request is on app.year_1 alone",
        ),
        (
            (at(YEARS), whole("app.year_1_a"), hold("app.years", HOLD)),
            f"{YEARS} and app.year_1_a have rows in common, but hold request is on app.years alone",
        ),
        (
            (at("app.here.birthplace"), at("app.there.city"), hold("app.here", HOLD)),
            "app.here.birthplace and app.there.city have rows in common, but hold request is on app.here alone",
        ),
        (
            (at(YEARS, keep=EDL), at(PART)),
            f"{YEARS} and {PART} have rows in common, but not their keep_where: one would erase what the other keeps",
        ),
        ((at(YEARS, keep=EDL), at(PART, keep=DL)), "but not their keep_where"),
        ((at(YEARS, keep=EDL), whole("app.year_1")), f"{YEARS} and app.year_1 have rows in common"),
        ((at("app.years.doc"), at("app.year_1.doc", "$.a", keep=EDL)), "app.years.doc and app.year_1.doc $.a have"),
    ],
)
def test_unequal_protections_of_shared_rows_are_refused(database: str, sections: tuple[str, ...], message: str) -> None:
    """The refusal names both locations, and nothing is changed."""
    execute(database, SCHEMA)
    with pytest.raises(PolicyError) as caught:
        purge(database, policy_of(*sections))
    assert message in caught.value.message
    assert one(database, "SELECT count(birthplace) = 20 AND to_regnamespace('minimize') IS NULL FROM app.years")


@pytest.mark.parametrize(
    "sections",
    [
        (at(YEARS), at(PART), hold("app.years", HOLD), hold("app.year_1", HOLD, name="same")),
        (at(YEARS, keep=EDL), at("app.year_1.doc")),
        (at("app.years.doc", "$.a", keep=EDL), at("app.year_1.doc", "$.b")),
        (at("app.year_1.birthplace"), at("app.year_2.birthplace", keep=EDL), hold("app.year_1", HOLD)),
        (at("app.here.birthplace"), at("app.year_1.birthplace"), hold("app.here", HOLD)),
    ],
)
def test_equal_protections_of_shared_rows_are_accepted(database: str, sections: tuple[str, ...]) -> None:
    """Identical holds, exceptions for other values, and tables without shared rows are accepted."""
    execute(database, SCHEMA)
    assert all(left == 0 for *_, left in counts(purge(database, policy_of(*sections))).values())
