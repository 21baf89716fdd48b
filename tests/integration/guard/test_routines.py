"""How the functions in schema minimize are declared: writing roles call them, with any search_path."""

from __future__ import annotations

import re
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.survey import survey
from minimize.guard.drift import find_drift
from minimize.sql import ROUTINES
from tests.integration.purge.scenario import at, execute, fetch, guard, policy_of

# A search_path of its own would make a call 50 % slower. Only the functions of guards, which have one, and a purge do.
ON_THE_CALLERS_PATH = {"jsonb_without_v1"}
# Only the functions of guards, as their owner, and a purge call these.
AS_THE_CALLER = {"jsonb_without_v1", "refuse_v1", "refuse_v2", "warn_v1", "warn_v2"}

DECLARED: LiteralString = (
    "SELECT oid::regprocedure::text, prosecdef, proconfig FROM pg_proc"
    " WHERE pronamespace = 'minimize'::regnamespace ORDER BY 1"
)
MADE: LiteralString = "SELECT xmin::text FROM pg_proc WHERE oid = ANY(%s::regprocedure[]) ORDER BY oid"


@pytest.mark.majors
def test_a_function_needs_neither_rights_nor_a_path_of_its_caller(database: str) -> None:
    """Each looks names up in pg_catalog first; one that uses schema minimize runs as its owner."""
    execute(database, "CREATE TABLE public.card (code text, line text)")
    guard(database, policy_of(at("public.card.code"), at("public.card.line", "$.birthplace")))
    installed = fetch(
        database,
        "SELECT proname::text, prosrc, prosecdef, coalesce(proconfig::text, '') FROM pg_proc"
        " WHERE pronamespace = 'minimize'::regnamespace",
    )
    # Two locations, and of each a function for its triggers and one for its CHECK.
    assert len(installed) == len(ROUTINES) + 4
    on_the_callers_path = {name for name, _, _, config in installed if "search_path=pg_catalog" not in config}
    assert on_the_callers_path == ON_THE_CALLERS_PATH
    as_the_caller = {
        name
        for name, body, is_definer, _ in installed
        if not is_definer and "minimize." in re.sub(r"^\s*--.*$", "", body, flags=re.MULTILINE)
    }
    assert as_the_caller == AS_THE_CALLER


@pytest.mark.parametrize(
    "change",
    ["SECURITY INVOKER", "RESET search_path", "SET search_path = public"],
    ids=["as the caller", "on any path", "on another path"],
)
def test_how_a_function_is_declared_is_checked_and_repaired(database: str, change: LiteralString) -> None:
    """A function without SECURITY DEFINER or its search_path is drift and is repaired."""
    policy = policy_of(at("public.card.code"))
    execute(database, "CREATE TABLE public.card (code text)")
    guard(database, policy)
    before = fetch(database, DECLARED)
    with psycopg.connect(database) as conn:
        conn.execute(sql.SQL("ALTER FUNCTION {} {}").format(sql.SQL(ROUTINES["json_scan_v1"]), sql.SQL(change)))
    assert fetch(database, DECLARED) != before
    with connect(database) as conn:
        drift = find_drift(conn, survey(conn, policy))
    assert [(entry.relation, entry.problem) for entry in drift] == [(ROUTINES["json_scan_v1"], "altered")]
    guard(database, policy)
    assert fetch(database, DECLARED) == before


def test_what_is_intact_is_not_made_again(database: str) -> None:
    """A role that does not own the functions can guard as well."""
    policy = policy_of(at("public.card.code"))
    execute(database, "CREATE TABLE public.card (code text)")
    guard(database, policy)
    names = list(ROUTINES.values())
    before = fetch(database, MADE, names)
    guard(database, policy)
    assert fetch(database, MADE, names) == before
