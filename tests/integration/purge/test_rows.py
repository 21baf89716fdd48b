"""A purge erases what the policy says, and changes no other byte."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from minimize.purge.options import PurgeOptions
from tests.integration.purge.scenario import at, counts, digests, execute, fetch, hold, one, policy_of, purge

KEEP = "kind = 'EDL'"
HOLD = hold("app.person", "flagged OR id IN (SELECT person_id FROM app.legal_hold WHERE NOT released)")
# The meaning of the policy below, written again by hand.
IS_EXEMPT = "coalesce(kind = 'EDL', false)"
IS_HELD = "(flagged OR flagged IS NULL OR id IN (SELECT person_id FROM app.legal_hold WHERE NOT released))"

pytestmark = pytest.mark.majors


def test_a_column_is_erased_and_nothing_else_is_touched(people: str) -> None:
    """Exempt and held rows stay byte for byte; erased rows lose the one column and keep all others."""
    doomed = f"birthplace IS NOT NULL AND NOT {IS_EXEMPT} AND NOT {IS_HELD}"
    stays = digests(people, "app.person", where=f"NOT ({doomed})")
    rest = digests(people, "app.person", without=("birthplace",))
    policy = policy_of(at("app.person.birthplace", keep=KEEP), HOLD)
    result = purge(people, policy)
    erased = set(rest) - set(stays)
    after = digests(people, "app.person")
    assert {key: after[key] for key in stays} == stays
    assert digests(people, "app.person", without=("birthplace",)) == rest
    assert set(fetch(people, "SELECT id FROM app.person WHERE birthplace IS NULL AND id % 4 > 0")) == erased
    assert counts(result)["app.person.birthplace"][0] == len(erased)


def test_the_counters_add_up(people: str) -> None:
    """Erased, exempt, held and left are exact and add up to what carried the field before."""
    carrying = one(people, "SELECT count(*) FROM app.person WHERE birthplace IS NOT NULL")
    exempt = one(people, "SELECT count(*) FROM app.person WHERE birthplace IS NOT NULL AND kind = 'EDL'")
    held = one(
        people,
        "SELECT count(*) FROM app.person WHERE birthplace IS NOT NULL AND kind IS DISTINCT FROM 'EDL' AND"
        " (flagged OR flagged IS NULL OR id IN (SELECT person_id FROM app.legal_hold WHERE NOT released))",
    )
    result = purge(people, policy_of(at("app.person.birthplace", keep=KEEP), HOLD))
    assert counts(result) == {"app.person.birthplace": (carrying - exempt - held, exempt, held, 0)}
    assert result.is_complete


def test_an_exception_that_yields_null_keeps_nothing(people: str) -> None:
    """A row of unknown kind is not exempt: the field is mandated only for rows that are known to be of that kind."""
    purge(people, policy_of(at("app.person.birthplace", keep=KEEP)))
    assert one(people, "SELECT count(birthplace) FROM app.person WHERE kind IS NULL") == 0
    assert one(people, "SELECT count(birthplace) FROM app.person WHERE kind = 'EDL'") == 300


def test_a_hold_that_yields_null_holds(people: str) -> None:
    """A row for which the hold is NULL counts as held."""
    before = digests(people, "app.person", where="flagged IS NULL")
    purge(people, policy_of(at("app.person.birthplace"), hold("app.person", "flagged")))
    assert digests(people, "app.person", where="flagged IS NULL") == before
    assert one(people, "SELECT count(birthplace) FROM app.person WHERE NOT flagged") == 0


def test_each_of_several_holds_holds(people: str) -> None:
    """A row is held if any hold on its table applies."""
    policy = policy_of(
        at("app.person.birthplace"),
        hold("app.person", "id <= 10", name="first"),
        hold("app.person", "person.id > 1990", name="second"),
    )
    result = purge(people, policy)
    kept = fetch(people, "SELECT id FROM app.person WHERE birthplace IS NOT NULL ORDER BY id")
    assert kept == [n for n in (*range(1, 11), *range(1991, 2001)) if n % 4]
    assert counts(result)["app.person.birthplace"][2] == len(kept)


def test_a_released_hold_is_erased_by_the_next_run(people: str) -> None:
    """Held rows are counted as held, and erased once the hold is released."""
    policy = policy_of(
        at("app.person.birthplace"),
        hold("app.person", "id IN (SELECT person_id FROM app.legal_hold WHERE NOT released)"),
    )
    held = counts(purge(people, policy))["app.person.birthplace"][2]
    assert held > 0
    execute(people, "UPDATE app.legal_hold SET released = true")
    assert counts(purge(people, policy)) == {"app.person.birthplace": (held, 0, 0, 0)}


def test_a_second_run_finds_nothing(people: str) -> None:
    """A second purge writes no row and counts nothing."""
    policy = policy_of(at("app.person.birthplace"), at("app.person.doc", "$.person.pob"))
    purge(people, policy)
    before = fetch(people, "SELECT xmin::text, ctid::text FROM app.person")
    result = purge(people, policy)
    assert set(counts(result).values()) == {(0, 0, 0, 0)}
    assert fetch(people, "SELECT xmin::text, ctid::text FROM app.person") == before


def test_every_location_of_a_table_in_one_update_a_row(people: str) -> None:
    """Several columns and several paths in one document cost one new row version, not one each."""
    policy = policy_of(
        at("app.person.birthplace"),
        at("app.person.birth_country"),
        at("app.person.doc", "$.person.pob"),
        at("app.person.doc", "$.earlier[*].pob"),
        at("app.person.raw", "$.pob"),
    )
    execute(people, "SELECT pg_stat_reset()", "CREATE SEQUENCE app.updates", COUNT_UPDATES)
    purge(people, policy)
    updated = one(people, "SELECT last_value FROM app.updates")
    assert updated == one(people, "SELECT count(*) FROM app.person WHERE id % 4 > 0 OR id % 3 > 0")
    assert one(people, "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'person'") in {0, updated}


COUNT_UPDATES = """
CREATE FUNCTION app.count_update() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM nextval('app.updates'); RETURN NULL; END $$;
CREATE TRIGGER counting AFTER UPDATE ON app.person FOR EACH ROW EXECUTE FUNCTION app.count_update();
"""


def test_locations_of_one_row_are_judged_one_by_one(people: str) -> None:
    """A row that an exception keeps at one location still loses the field at another."""
    purge(people, policy_of(at("app.person.birthplace", keep=KEEP), at("app.person.doc", "$.person.pob")))
    query = "SELECT count(birthplace), count(doc #> '{person,pob}') FROM app.person WHERE kind = 'EDL'"
    assert one(people, query) == (300, 0)


def test_a_value_that_a_trigger_puts_back_is_not_counted(people: str) -> None:
    """If a BEFORE trigger fills in a value, it is counted as left, however often the row is written."""
    execute(people, FILL_IN)
    result = purge(people, policy_of(at("app.person.birthplace"), at("app.person.doc", "$.person.pob")))
    assert counts(result) == {"app.person.birthplace": (1499, 0, 0, 1), "app.person.doc $.person.pob": (1333, 0, 0, 1)}


FILL_IN = """
CREATE FUNCTION app.fill_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  NEW.birthplace := 'unknown'; NEW.doc := jsonb_set(NEW.doc, '{person,pob}', '"unknown"'); RETURN NEW;
END $$;
CREATE TRIGGER filling_in BEFORE UPDATE ON app.person FOR EACH ROW WHEN (NEW.id = 5)
  EXECUTE FUNCTION app.fill_in();
"""


def test_a_unique_value_of_a_row_that_is_being_referred_to_is_passed_over(people: str) -> None:
    """An uncommitted insert holds the row FOR KEY SHARE, so the UPDATE would wait for it: all other rows are erased."""
    execute(
        people,
        "CREATE UNIQUE INDEX ON app.person (birthplace)",
        "CREATE TABLE app.child (id int REFERENCES app.person)",
    )
    policy, options = policy_of(at("app.person.birthplace")), PurgeOptions(lock_timeout="20ms")
    with psycopg.connect(people) as other:
        other.execute("INSERT INTO app.child VALUES (999)")
        assert counts(purge(people, policy, options)) == {"app.person.birthplace": (1499, 0, 0, 1)}
        other.rollback()
    assert counts(purge(people, policy, options)) == {"app.person.birthplace": (1, 0, 0, 0)}


def test_an_exception_that_the_erased_row_meets_does_not_hide_what_was_erased(database: str) -> None:
    """An exception is evaluated over the old row: a trigger may change the column that it reads."""
    execute(
        database,
        "CREATE TABLE public.card (id int, code text, back text, updated_at date DEFAULT '2010-01-01')",
        "INSERT INTO card SELECT n, 'x', 'y' FROM generate_series(1, 100) AS n",
        "UPDATE card SET updated_at = '2025-01-01' WHERE id > 90",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at := now(); RETURN NEW; END'",
        "CREATE TRIGGER touch BEFORE UPDATE ON card FOR EACH ROW EXECUTE FUNCTION touch()",
    )
    keep = "updated_at > '2020-01-01'"
    result = purge(database, policy_of(at("public.card.code", keep=keep), at("public.card.back", keep=keep)))
    assert counts(result) == {"public.card.code": (90, 10, 0, 0), "public.card.back": (90, 10, 0, 0)}
    assert {outcome.by_others for outcome in result.locations} == {0}


def test_tables_may_be_called_what_our_statements_call_their_parts(database: str) -> None:
    """Aliases in the statements of the purge begin with minimize, so that none conflicts with a table name."""
    names = ("residue", "candidate", "ranked", "erased", "total", "kept", "moved", "v", "c", "r")
    for name in names:
        with psycopg.connect(database) as conn:
            conn.execute(sql.SQL("CREATE TABLE public.{} (id int, code text, back text)").format(sql.Identifier(name)))
            conn.execute(
                sql.SQL("INSERT INTO public.{} VALUES (1, 'x', 'y'), (2, 'x', 'y')").format(sql.Identifier(name))
            )
        sites = [at(f"public.{name}.code"), at(f"public.{name}.back", keep="id = 7")]
        result = purge(database, policy_of(*sites, hold(f"public.{name}", f"{name}.id = 2")))
        assert counts(result) == {f"public.{name}.{column}": (1, 0, 1, 0) for column in ("code", "back")}
