"""op.drop_field for a table that is retired as a whole: its refusals, and that the table cannot be created again."""

from __future__ import annotations

import psycopg
import pytest
from alembic.util import CommandError

from minimize.purge.options import PurgeOptions
from minimize.purge.run.engine import Purge
from tests.integration.migrate.estate import DISPOSITION, Estate, policy_text
from tests.integration.purge.scenario import FAST

HELD = """
[[hold]]
id = "request-42"
kind = "public-records-request"
authority = "RCW 42.56.100"
table = "lab.copy"
rows = "id = 7"
"""
TABLE = """
    CREATE TABLE lab.copy (id integer PRIMARY KEY, parent integer REFERENCES lab.copy, serial serial, kind text,
        twice integer GENERATED ALWAYS AS (id * 2) STORED, CHECK (id > 0))
"""
THERE = "SELECT to_regclass('lab.copy') IS NOT NULL"


@pytest.fixture
def copy(estate: Estate) -> Estate:
    """Provide an estate with a copy of two rows, and a policy that retires the whole table."""
    estate.run(TABLE, "CREATE INDEX ON lab.copy (kind)", "INSERT INTO lab.copy (id) VALUES (7), (8)")
    return estate.under(policy_text('table = "lab.copy"'))


def refuse(estate: Estate, *, ignore: tuple[str, ...] = ()) -> str:
    """Run a drop that must be refused and leave the table, and return the message."""
    with pytest.raises(CommandError) as caught:
        estate.drop(ignore=ignore)
    assert estate.ask(THERE)
    return str(caught.value)


@pytest.mark.majors
def test_an_empty_guarded_table_is_dropped(copy: Estate) -> None:
    """The table is dropped with its dependents and guard; with a row or without the guard the drop is refused."""
    assert "is not guarded" in refuse(copy)
    copy.guard()
    assert refuse(copy).startswith("lab.copy still carries values\nhint: Run `minimize purge`")
    copy.run("TRUNCATE lab.copy")
    copy.drop()
    assert not copy.ask(THERE)
    assert copy.ask("SELECT count(*) FROM pg_proc WHERE proname LIKE 'guard_%'") == 0
    assert not copy.drift()
    copy.drop()


def test_a_purge_empties_it_and_the_revision_drops_it(copy: Estate) -> None:
    """After the purge the empty table stays guarded until the revision drops it; a later purge does nothing."""
    copy.guard()
    with copy.connect() as conn:
        (emptied,) = Purge(conn, copy.survey(conn), PurgeOptions(strategy="truncate", limits=FAST)).run().locations
    assert (emptied.strategy, emptied.erased, emptied.left) == ("truncate", 2, 0)
    assert copy.ask(THERE)
    copy.drop()
    assert not copy.ask(THERE)
    with copy.connect() as conn:
        (gone,) = Purge(conn, copy.survey(conn), PurgeOptions(strategy="truncate", limits=FAST)).run().locations
    assert (gone.strategy, gone.erased, gone.left) == ("none", 0, 0)


def test_the_direct_route_drops_the_table_with_its_rows(copy: Estate) -> None:
    """With the direct route a table without held rows needs no purge."""
    copy.guard()
    copy.drop(route="direct")
    assert not copy.ask(THERE)


@pytest.mark.parametrize("route", ["purge", "direct"])
def test_a_held_row_keeps_the_table(copy: Estate, route: str) -> None:
    """While a row is held, both routes refuse."""
    held = copy.under(policy_text('table = "lab.copy"', rest=DISPOSITION + HELD))
    held.guard()
    with pytest.raises(CommandError, match=r"lab\.copy (still carries|has values under hold)"):
        held.drop(route="direct" if route == "direct" else "purge")
    assert held.ask("SELECT count(*) FROM lab.copy") == 2


def test_an_exception_keeps_the_table(copy: Estate) -> None:
    """A table with exceptions stays, with a proof that it contains only exempt rows."""
    kept = copy.under(policy_text('table = "lab.copy"\nkeep_where = { enhanced = "kind = \'EDL\'" }'))
    copy.run("DELETE FROM lab.copy WHERE id = 8", "UPDATE lab.copy SET kind = 'EDL'")
    kept.guard()
    kept.drop()
    assert copy.ask("SELECT count(*) FROM lab.copy") == 1
    assert copy.ask("SELECT count(*) FROM pg_constraint WHERE conname LIKE 'minimize_proof%' AND convalidated") == 1


@pytest.mark.parametrize(
    ("dependent", "named"),
    [
        ("CREATE VIEW lab.v AS SELECT count(*) FROM lab.copy", "view lab.v"),
        ("CREATE MATERIALIZED VIEW lab.m AS SELECT kind FROM lab.copy", "materialized view lab.m"),
        ("CREATE TABLE lab.child () INHERITS (lab.copy)", "table lab.child"),
        ("CREATE TABLE lab.other (c lab.copy)", "column c of table lab.other"),
        ("CREATE TABLE lab.other (id integer CONSTRAINT other_fk REFERENCES lab.copy)", "constraint other_fk on table"),
        (
            "CREATE FUNCTION lab.f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM lab.copy'",
            "function lab.f()",
        ),
        ("CREATE FUNCTION lab.g(lab.copy) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "function lab.g(lab.copy)"),
    ],
)
def test_dependents_of_the_table_are_named(copy: Estate, dependent: str, named: str) -> None:
    """Dependents outside the table refuse the drop, and each is named."""
    copy.run("TRUNCATE lab.copy", dependent)
    copy.guard()
    message = refuse(copy)
    assert message.startswith("table lab.copy cannot be dropped, in the way: ")
    assert named in message


def test_a_function_that_does_not_read_it_can_be_ignored(copy: Estate) -> None:
    """A function that only mentions the name of the table is ignored with ignore=."""
    copy.run(
        "TRUNCATE lab.copy", "CREATE FUNCTION lab.f() RETURNS text LANGUAGE sql AS $$SELECT 'a copy of the form'$$"
    )
    copy.guard()
    assert "function lab.f()" in refuse(copy)
    copy.drop(ignore=("function lab.f()",))
    assert not copy.ask(THERE)


def test_a_partition_is_dropped_only_when_detached(estate: Estate) -> None:
    """A partition of a table that stays is refused; a partitioned table is dropped with its partitions."""
    estate.run(
        "CREATE TABLE lab.years (id integer) PARTITION BY RANGE (id)",
        "CREATE TABLE lab.copy PARTITION OF lab.years FOR VALUES FROM (1) TO (9)",
    )
    part = estate.under(policy_text('table = "lab.copy"'))
    part.guard()
    assert "table lab.years, which it is a partition of" in refuse(part)
    part.unguard()
    years = estate.under(policy_text('table = "lab.years"'))
    years.guard()
    years.drop()
    assert not years.ask(THERE)


def test_the_revision_creates_the_table_and_it_is_guarded(copy: Estate) -> None:
    """A downgrade must create the table before op.restore_field, which then guards it."""
    copy.run("TRUNCATE lab.copy")
    copy.guard()
    copy.drop()
    with pytest.raises(CommandError, match=r"cannot restore the whole table lab\.copy\nhint: Create it, empty"):
        copy.restore({})
    copy.run(TABLE)
    copy.restore({})
    assert not copy.drift()
    with pytest.raises(psycopg.Error, match="is retired"):
        copy.run("INSERT INTO lab.copy (id) VALUES (1)")
