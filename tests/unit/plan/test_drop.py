"""What a drop takes: which columns go, in which statement, behind which gate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from psycopg import sql

from minimize.catalog.survey import Presence, Site
from minimize.locations import TableRow
from minimize.plan.drop import GuardCheck, columns_by_table, drop_columns, gate, sites_by_table
from minimize.plan.proof import add_proofs, proof_name, validate_proofs
from minimize.policy import Policy, TableName, parse_policy

TEXT = """
schema_version = 1
[policy]
id = "lab"
title = "t"
jurisdiction = "US-WA"
[[authority]]
id = "rule"
citation = "WAC 1"
title = "t"
effective = 2018-05-19
[[field]]
id = "pob"
title = "t"
authorities = ["rule"]
[[field.exception]]
id = "enhanced"
authorities = ["rule"]
status = "confirmed"
[[field.location]]
column = "lab.b.two"
[[field.location]]
column = "lab.a.one"
[[field.location]]
column = "lab.b.one"
[[field.location]]
column = "lab.b.kept"
keep_where = { enhanced = "kind = 'EDL'" }
[[field.location]]
column = "lab.b.form"
json_path = "$.pob"
"""
HOLD = '[[hold]]\nid = "request"\nkind = "audit"\nauthority = "RCW"\ntable = "lab.b"\nrows = "id = 1"\n'


def sites_of(policy: Policy) -> tuple[Site, ...]:
    """Return every location as if it were there."""
    field = policy.fields[0]
    return tuple(Site(field, location, Presence.PRESENT, TableRow()) for location in field.locations)


POLICY = parse_policy(TEXT, "test.toml")
SITES = sites_of(POLICY)


def gate_of(policy: Policy, route: str, ignored: tuple[str, ...] = ()) -> str:
    """Return the gate over every location."""
    sites = sites_of(policy)
    guards = {site.name: GuardCheck(("~g1", "~g2"), sql.SQL("intact")) for site in sites}
    return gate(policy, sites, guards=guards, route=route, ignored=ignored).as_string(None)


def test_only_plain_columns_without_exception_go() -> None:
    """A document keeps its column, and so does a column that some rows must fill."""
    assert [site.location.column_name for site in SITES if site.location.is_dropped] == ["two", "one", "one"]


def test_columns_are_dropped_table_by_table() -> None:
    """One statement per table, in order of name, however the policy orders them."""
    assert columns_by_table(SITES) == [(TableName("lab", "a"), ("one",)), (TableName("lab", "b"), ("two", "one"))]
    assert [str(table) for table, _ in sites_by_table(SITES)] == ["lab.a", "lab.b"]


def test_a_drop_never_cascades() -> None:
    """What depends on the column stops it, and names are quoted."""
    text = drop_columns(TableName("lab", "B"), ["one", 'qu"ote']).as_string(None)
    assert text == 'ALTER TABLE "lab"."B" DROP COLUMN IF EXISTS "one", DROP COLUMN IF EXISTS "qu""ote"'


def test_the_gate_asks_in_order() -> None:
    """Dependents first, then the guard, then the rows."""
    text = gate_of(POLICY, "purge")
    assert text.index("in the way") < text.index("is not guarded") < text.index("still carries values")
    assert text.count("is not guarded") == len(SITES)
    assert text.count("dependents_v1") == 2


def test_the_direct_route_counts_only_what_stays() -> None:
    """Of the columns that go with their values, none is looked at."""
    refused = [site.name for site in SITES if f"{site.name} still carries values" in gate_of(POLICY, "direct")]
    assert refused == ["lab.b.kept", "lab.b.form $.pob"]


@pytest.mark.parametrize("route", ["purge", "direct"])
def test_a_hold_is_asked_for_by_either_route(route: str) -> None:
    """For every column of the held table that would go, and by the hold's name."""
    text = gate_of(parse_policy(TEXT + HOLD, "test.toml"), route)
    assert text.count("has values under hold (request)") == 2
    assert "lab.a.one has values under hold" not in text


def test_ignored_objects_are_literals() -> None:
    """An ignored name cannot break out of its string."""
    assert "function lab.it''s()" in gate_of(POLICY, "purge", ("function lab.it's()",))


def test_a_proof_has_a_name_of_its_own() -> None:
    """Within 63 bytes and different for locations that differ in one letter at the end."""
    long = replace(SITES[0].location.column, column="é" * 31)  # type: ignore[attr-defined]
    locations = [
        SITES[0].location.model_copy(update={"column": replace(long, column=long.column[:-1] + last)}) for last in "ab"
    ]
    names = [proof_name(location) for location in locations]
    assert len(set(names)) == 2
    assert all(name.startswith("minimize_proof_") and len(name.encode()) <= 63 for name in names)


def test_proofs_are_added_unchecked_and_validated_apart() -> None:
    """The exclusive lock is taken after the scan, and NOT VALID keeps the change short."""
    _, group = sites_by_table(SITES)[1]
    added = add_proofs(group, sql.SQL("SELECT locked")).as_string(None)
    assert added.index("bool_or") < added.index("SELECT locked") < added.index("EXECUTE")
    assert added.count("NOT VALID") == len(group)
    assert "VALIDATE" not in added
    assert "VALIDATE CONSTRAINT" in validate_proofs(group).as_string(None)
