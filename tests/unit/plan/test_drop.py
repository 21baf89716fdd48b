"""The plan of a drop: the dropped columns, the statements and the gate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from psycopg import sql

from minimize.catalog.survey import Presence, Site
from minimize.locations import TableRow
from minimize.plan.drop import columns_by_table, drop_columns, sites_by_table
from minimize.plan.drop_gate import GuardCheck, Route, drop_gate
from minimize.plan.proof_constraint import add_proofs, proof_name, validate_proofs
from minimize.policy import Policy, TableName, parse_policy
from tests.policy_text import policy_text

TEXT = policy_text(
    """
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
""",
    field="pob",
)
HOLD = '[[hold]]\nid = "request"\nkind = "audit"\nauthority = "RCW"\ntable = "lab.b"\nrows = "id = 1"\n'


def sites_of(policy: Policy) -> tuple[Site, ...]:
    """Return every location as present."""
    field = policy.fields[0]
    return tuple(
        Site(field=field, location=location, presence=Presence.PRESENT, row=TableRow()) for location in field.locations
    )


POLICY = parse_policy(TEXT, "test.toml")
SITES = sites_of(POLICY)


def gate_of(policy: Policy, route: Route, ignored: tuple[str, ...] = ()) -> str:
    """Return the gate over every location."""
    sites = sites_of(policy)
    guards = {site.name: GuardCheck(("~g1", "~g2"), sql.SQL("intact")) for site in sites}
    return drop_gate(policy, sites, guards=guards, route=route, ignored=ignored).as_string(None)


def test_only_plain_columns_without_exception_go() -> None:
    """The column of a document stays, and so does a column with exceptions."""
    assert [site.location.column_name for site in SITES if site.location.is_dropped] == ["two", "one", "one"]


def test_columns_are_dropped_table_by_table() -> None:
    """There is one statement per table, in the order of names, for any order in the policy."""
    assert columns_by_table(SITES) == [(TableName("lab", "a"), ("one",)), (TableName("lab", "b"), ("two", "one"))]
    assert [str(table) for table, _ in sites_by_table(SITES)] == ["lab.a", "lab.b"]


def test_a_drop_never_cascades() -> None:
    """Dependents prevent the drop (RESTRICT), and names are quoted."""
    text = drop_columns(TableName("lab", "B"), ["one", 'qu"ote']).as_string(None)
    assert text == 'ALTER TABLE "lab"."B" DROP COLUMN IF EXISTS "one", DROP COLUMN IF EXISTS "qu""ote"'


def test_the_gate_checks_in_order() -> None:
    """The gate checks dependents first, then the guard, then the rows."""
    text = gate_of(POLICY, "purge")
    assert text.index("in the way") < text.index("is not guarded") < text.index("still carries values")
    assert text.count("is not guarded") == len(SITES)
    assert text.count("dependents_v1") == 2


def test_the_direct_route_counts_only_what_stays() -> None:
    """The rows of columns that are dropped with their values are not checked."""
    refused = [site.name for site in SITES if f"{site.name} still carries values" in gate_of(POLICY, "direct")]
    assert refused == ["lab.b.kept", "lab.b.form $.pob"]


@pytest.mark.parametrize("route", ["purge", "direct"])
def test_both_routes_check_the_hold(route: Route) -> None:
    """Both routes check the hold for every column to drop, and name the hold."""
    text = gate_of(parse_policy(TEXT + HOLD, "test.toml"), route)
    assert text.count("has values under hold (request)") == 2
    assert "lab.a.one has values under hold" not in text


def test_ignored_objects_are_literals() -> None:
    """An ignored name is quoted as a literal."""
    assert "function lab.it''s()" in gate_of(POLICY, "purge", ("function lab.it's()",))


def test_proof_names_are_unique() -> None:
    """A name has at most 63 bytes, and differs for locations that differ only in the last letter."""
    long = replace(SITES[0].location.column, column="é" * 31)  # type: ignore[attr-defined]
    locations = [
        SITES[0].location.model_copy(update={"column": replace(long, column=long.column[:-1] + last)}) for last in "ab"
    ]
    names = [proof_name(location) for location in locations]
    assert len(set(names)) == 2
    assert all(name.startswith("minimize_proof_") and len(name.encode()) <= 63 for name in names)


def test_proofs_are_added_not_valid_and_validated_separately() -> None:
    """The exclusive lock is taken after the scan, and NOT VALID avoids another scan."""
    _, group = sites_by_table(SITES)[1]
    added = add_proofs(group, sql.SQL("SELECT locked")).as_string(None)
    assert added.index("bool_or") < added.index("SELECT locked") < added.index("EXECUTE")
    assert added.count("NOT VALID") == len(group)
    assert "VALIDATE" not in added
    assert "VALIDATE CONSTRAINT" in validate_proofs(group).as_string(None)
