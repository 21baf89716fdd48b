"""Each kind of drift is found, and an intact guard has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from minimize.sql import ROUTINES
from tests.fix_database import database_of
from tests.integration.guard.writes import KINDS, PLAIN_POLICY, Kind, location_keys
from tests.integration.migrate.estate import CITATION, Estate, policy_text

pytestmark = pytest.mark.majors

by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)


def trigger(estate: Estate, kind: Kind, timing: str = "before") -> str:
    """Return the quoted name of one of the guard's triggers."""
    return str(
        estate.ask(
            "SELECT quote_ident(tgname) FROM pg_trigger WHERE tgrelid = 'lab.{table}'::regclass AND tgtype & 2 = {bit}",
            table=kind.table,
            bit="2" if timing == "before" else "0",
        )
    )


def test_an_intact_guard_has_no_drift(guarded: Estate) -> None:
    """The clean control: right after guarding there is nothing to report."""
    assert guarded.drift() == ()


@by_kind
@pytest.mark.parametrize("timing", ["before", "after"])
def test_a_missing_trigger_is_found(guarded: Estate, kind: Kind, timing: str) -> None:
    """A dropped trigger is reported with its table, and nothing else is."""
    name = trigger(guarded, kind, timing)
    guarded.run(f"DROP TRIGGER {name} ON lab.{kind.table}")
    (drift,) = guarded.drift()
    assert (drift.problem, drift.relation, drift.location) == ("missing", f"lab.{kind.table}", kind.name)
    assert f'"{drift.trigger}"' == name


def test_a_guard_that_was_never_there_is_missing(estate: Estate) -> None:
    """Before op.guard_field every location is missing both triggers and the CHECK."""
    estate.run(
        "CREATE SCHEMA lab",
        *(
            f"CREATE TABLE lab.{kind.table} (value {t})"
            for kind, t in zip(KINDS, ("text", "jsonb", "json"), strict=True)
        ),
    )
    assert [drift.problem for drift in estate.drift()] == ["missing"] * 9


@by_kind
@pytest.mark.parametrize(
    ("change", "problem"),
    [("DISABLE", "disabled"), ("ENABLE", "not enabled always"), ("ENABLE REPLICA", "not enabled always")],
)
def test_a_trigger_that_does_not_fire_always_is_found(guarded: Estate, kind: Kind, change: str, problem: str) -> None:
    """A trigger that is disabled, or not enabled ALWAYS, is drift."""
    guarded.run(f"ALTER TABLE lab.{kind.table} {change} TRIGGER {trigger(guarded, kind)}")
    assert guarded.problems() == {(problem, f"lab.{kind.table}", kind.name)}


@by_kind
def test_disabling_all_triggers_is_found(guarded: Estate, kind: Kind) -> None:
    """DISABLE TRIGGER ALL, as for a faster bulk load, disables both triggers."""
    guarded.run(f"ALTER TABLE lab.{kind.table} DISABLE TRIGGER ALL")
    assert [drift.problem for drift in guarded.drift()] == ["disabled", "disabled"]


@by_kind
def test_a_trigger_replaced_by_hand_is_found(guarded: Estate, kind: Kind) -> None:
    """A narrower condition is drift although the trigger exists, enabled ALWAYS, with its comment."""
    name = trigger(guarded, kind)
    function = guarded.ask("SELECT tgfoid::regproc FROM pg_trigger WHERE quote_ident(tgname) = '{name}'", name=name)
    guarded.run(
        f"CREATE OR REPLACE TRIGGER {name} BEFORE INSERT OR UPDATE ON lab.{kind.table}"
        f" FOR EACH ROW WHEN (false) EXECUTE FUNCTION {function}()",
        f"ALTER TABLE lab.{kind.table} ENABLE ALWAYS TRIGGER {name}",
    )
    assert guarded.problems() == {("altered", f"lab.{kind.table}", kind.name)}


def test_a_function_replaced_by_hand_is_found(guarded: Estate) -> None:
    """A function that accepts everything is drift in every trigger that calls it."""
    function = guarded.ask("SELECT tgfoid::regproc FROM pg_trigger WHERE tgrelid = 'lab.plain'::regclass")
    guarded.run(
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    )
    assert [drift.problem for drift in guarded.drift()] == ["altered"] * 2
    guarded.guard()
    assert not guarded.drift()


@pytest.mark.parametrize("comment", ["NULL", "'a comment of another tool'", "'minimize guard policy='"])
def test_a_lost_seal_is_found(guarded: Estate, comment: str) -> None:
    """Without its comment it is unknown what a trigger was made from."""
    guarded.run(f"COMMENT ON TRIGGER {trigger(guarded, KINDS[0])} ON lab.plain IS {comment}")
    ((problem, _, location),) = guarded.problems()
    assert problem in ("altered", "policy changed")
    assert location == KINDS[0].name


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(CITATION, "WAC 999"),
        lambda text: text.replace(
            'column = "lab.plain.value"', 'column = "lab.plain.value"\nkeep_where = { hazmat = "kind = \'HME\'" }'
        ),
    ],
    ids=["citation", "exception"],
)
def test_a_changed_policy_is_found(guarded: Estate, change: Callable[[str], str]) -> None:
    """A guard made from an older version of the policy is drift until it is installed again."""
    newer = guarded.under(change(PLAIN_POLICY))
    assert ("policy changed", "lab.plain", KINDS[0].name) in newer.problems()
    newer.guard()
    assert not newer.drift()


def test_what_does_not_reach_the_guard_is_no_drift(guarded: Estate) -> None:
    """Title, disposition and order of the policy do not affect the trigger."""
    text = PLAIN_POLICY.replace("Place of birth is no longer", "We no longer").replace("Schedule 7", "Schedule 8")
    assert not guarded.under(text).drift()


def test_an_orphan_is_found(guarded: Estate) -> None:
    """The triggers of a location that the policy no longer names are reported with their table."""
    smaller = guarded.under(
        policy_text(*map(location_keys, KINDS[1:]), f"{location_keys(KINDS[0])}".replace("value", "note"))
    )
    found = smaller.problems()
    assert ("orphaned", "lab.plain", "") in found
    assert ("missing", "lab.plain", "lab.plain.note") in found


@pytest.mark.parametrize("name", ["~zzz", "~minimizf", "émigré", "~~"])
def test_a_trigger_that_fires_after_the_guard_is_found(guarded: Estate, name: str) -> None:
    """A trigger that sorts after the guard fires later and can write the value back."""
    guarded.run(
        "CREATE FUNCTION lab.late() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN NEW.value = 'Timbuktu'; RETURN NEW; END $$",
        f'CREATE TRIGGER "{name}" BEFORE UPDATE ON lab.plain FOR EACH ROW EXECUTE FUNCTION lab.late()',
    )
    assert guarded.problems() == {("fires after the guard", "lab.plain", KINDS[0].name)}


@pytest.mark.parametrize(
    "clause",
    [
        'CREATE TRIGGER "aaa" BEFORE INSERT ON lab.plain FOR EACH ROW EXECUTE FUNCTION lab.late()',
        'CREATE TRIGGER "zzz" BEFORE INSERT ON lab.plain FOR EACH ROW EXECUTE FUNCTION lab.late()',
        'CREATE TRIGGER "~~" BEFORE INSERT ON lab.plain FOR EACH ROW EXECUTE FUNCTION lab.late()',
        'CREATE TRIGGER "~~" AFTER INSERT ON lab.plain FOR EACH ROW EXECUTE FUNCTION lab.late()',
        'CREATE TRIGGER "~~" BEFORE DELETE ON lab.plain FOR EACH ROW EXECUTE FUNCTION lab.late()',
        'CREATE TRIGGER "~~" BEFORE INSERT ON lab.plain FOR EACH STATEMENT EXECUTE FUNCTION lab.late()',
    ],
    ids=["first", "z", "before-insert", "after", "delete", "statement"],
)
def test_a_trigger_that_cannot_put_the_value_back_is_no_drift(guarded: Estate, clause: str) -> None:
    """The clean control: triggers that fire before the guard or its CHECK, or that cannot change the row."""
    guarded.run("CREATE FUNCTION lab.late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$", clause)
    assert not guarded.drift()


def test_a_partition_that_is_off_is_found(database: str, tmp_path: Path) -> None:
    """The parent is intact; the partition in which the guard was disabled is named."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.filing.value"'))
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE TABLE lab.filing (year integer, value text) PARTITION BY LIST (year)",
        "CREATE TABLE lab.filing_1 PARTITION OF lab.filing FOR VALUES IN (1)",
        "CREATE TABLE lab.filing_2 PARTITION OF lab.filing FOR VALUES IN (2)",
    )
    estate.guard()
    assert not estate.drift()
    estate.run("ALTER TABLE lab.filing_2 DISABLE TRIGGER ALL")
    assert estate.problems() == {("disabled", "lab.filing_2", "lab.filing.value")}
    estate.guard()
    assert not estate.drift()
    estate.run(
        "ALTER TABLE lab.filing_2 DISABLE TRIGGER ALL",
        "CREATE TABLE lab.filing_3 PARTITION OF lab.filing FOR VALUES IN (3)",
    )
    assert estate.problems() == {("disabled", "lab.filing_2", "lab.filing.value")}


def test_a_trigger_that_fires_later_on_a_partition_only_is_found(database: str, tmp_path: Path) -> None:
    """A trigger of a partition can write the value back as well as the parent's."""
    estate = Estate.create(database, tmp_path, policy_text('column = "lab.filing.value"'))
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE TABLE lab.filing (year integer, value text) PARTITION BY LIST (year)",
        "CREATE TABLE lab.filing_1 PARTITION OF lab.filing FOR VALUES IN (1)",
        "CREATE FUNCTION lab.late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        'CREATE TRIGGER "~~" BEFORE UPDATE ON lab.filing_1 FOR EACH ROW EXECUTE FUNCTION lab.late()',
    )
    estate.guard()
    assert estate.problems() == {("fires after the guard", "lab.filing_1", "lab.filing.value")}


@pytest.mark.parametrize("path", ["minimize, lab, public", "pg_catalog", "lab"])
def test_the_search_path_makes_no_drift(database: str, tmp_path: Path, path: str) -> None:
    """Role and search_path make no difference to the result."""
    text = policy_text(
        'column = "lab.plain.value"\nkeep_where = { enhanced = "lab.is_kept(kind) AND kind = \'EDL\'::lab.kind" }',
        'column = "lab.plain.form"\njson_path = "$.pob"',
    )
    estate = Estate.create(database, tmp_path, text)
    estate.run(
        "CREATE SCHEMA lab",
        "CREATE TYPE lab.kind AS ENUM ('DL', 'EDL')",
        "CREATE FUNCTION lab.is_kept(lab.kind) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE TABLE lab.plain (value text, kind lab.kind, form json)",
    )
    estate.guard()
    dbname = database_of(database)
    estate.run(f'ALTER DATABASE "{dbname}" SET search_path = {path}')
    assert not estate.drift()
    estate.guard()
    estate.run(f'ALTER DATABASE "{dbname}" RESET search_path')
    assert not estate.drift()


def test_a_shared_routine_that_was_neutered_is_found(guarded: Estate) -> None:
    """A changed routine that the guard calls is drift."""
    guarded.run(
        "CREATE OR REPLACE FUNCTION minimize.refuse_v2(counter text, field text, location text,"
        " tbl_schema text, tbl text, col text, citations text) RETURNS void LANGUAGE plpgsql AS 'BEGIN END'"
    )
    assert [(entry.relation, entry.problem) for entry in guarded.drift()] == [(ROUTINES["refuse_v2"], "altered")]
