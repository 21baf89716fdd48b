"""The purge works the same for all kinds of tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.errors import MissingPrivilegeError, PolicyError
from minimize.purge.options import PurgeOptions
from tests.integration.purge.scenario import FAST, at, counts, execute, fetch, one, policy_of, purge

pytestmark = pytest.mark.majors

PARTITIONED = """
CREATE TABLE entry (id bigint, year integer, birthplace text, note text) PARTITION BY RANGE (year);
CREATE TABLE entry_2016 PARTITION OF entry FOR VALUES FROM (2016) TO (2017);
CREATE TABLE entry_2017 PARTITION OF entry FOR VALUES FROM (2017) TO (2018) PARTITION BY LIST (id);
CREATE TABLE entry_2017_one PARTITION OF entry_2017 FOR VALUES IN (1);
CREATE TABLE entry_2017_rest PARTITION OF entry_2017 DEFAULT;
CREATE TABLE entry_default PARTITION OF entry DEFAULT;
CREATE TABLE entry_2013 (LIKE entry);
INSERT INTO entry SELECT n, 2015 + n % 4, 'Kent', 'Kent' FROM generate_series(1, 400) AS n;
INSERT INTO entry VALUES (1, 2017, 'Kent', 'Kent');
INSERT INTO entry_2013 SELECT n, 2013, 'Kent', 'Kent' FROM generate_series(1, 10) AS n;
"""


def test_every_partition_is_purged_and_a_detached_one_is_not(database: str) -> None:
    """Sub-partitions and the default partition are reached; a table that only looks like one is not."""
    execute(database, PARTITIONED)
    result = purge(database, policy_of(at("public.entry.birthplace")))
    assert counts(result) == {"public.entry.birthplace": (401, 0, 0, 0)}
    assert one(database, "SELECT count(birthplace), count(note) FROM entry") == (0, 401)
    assert one(database, "SELECT count(birthplace) FROM entry_2013") == 10


def test_inheritance_children_are_purged(database: str) -> None:
    """A child with columns of its own, in another order, is purged with its parent."""
    execute(
        database,
        "CREATE TABLE parent (id bigint, birthplace text)",
        "CREATE TABLE child (extra text, birthplace text, id bigint)",
        "ALTER TABLE child INHERIT parent",
        "INSERT INTO parent VALUES (1, 'Kent')",
        "INSERT INTO child VALUES ('Kent', 'Kent', 2)",
    )
    result = purge(database, policy_of(at("public.parent.birthplace")))
    assert counts(result) == {"public.parent.birthplace": (2, 0, 0, 0)}
    assert fetch(database, "SELECT extra, birthplace, id FROM child") == [("Kent", None, 2)]


@pytest.mark.parametrize("kind", ["", "UNLOGGED"])
def test_a_table_without_a_key_is_purged(database: str, kind: LiteralString) -> None:
    """Identical rows without a key are each purged once, in logged and unlogged tables."""
    execute(database, "CREATE " + kind + " TABLE copy (birthplace text, note text)")
    execute(database, "INSERT INTO copy SELECT 'Kent', 'Kent' FROM generate_series(1, 300)")
    result = purge(database, policy_of(at("public.copy.birthplace")))
    assert counts(result) == {"public.copy.birthplace": (300, 0, 0, 0)}
    assert one(database, "SELECT count(birthplace), count(note) FROM copy") == (0, 300)


def test_an_empty_table_is_purged_and_proven(database: str) -> None:
    """For a table without rows, the run is complete and the proof is added."""
    execute(database, "CREATE TABLE vacant (birthplace text)")
    result = purge(database, policy_of(at("public.vacant.birthplace")))
    assert counts(result) == {"public.vacant.birthplace": (0, 0, 0, 0)}
    assert one(database, "SELECT bool_and(convalidated) FROM pg_constraint WHERE contype = 'c'")


def test_names_that_need_quotes_are_purged(database: str) -> None:
    """Upper case, spaces, quotes, dots and percent signs in names change nothing."""
    execute(
        database,
        'CREATE SCHEMA "The Desk"',
        """CREATE TABLE "The Desk"."Appli""cation.v2" ("Id" int, "place Of""Birth %s" text, "Form {}" jsonb)""",
        """INSERT INTO "The Desk"."Appli""cation.v2" VALUES (1, 'Kent', '{"p o\\"b": 1, "x": 2}'), (2, 'Kent', NULL)""",
    )
    table = '"The Desk"."Appli""cation.v2"'
    policy = policy_of(at(f'{table}."place Of""Birth %s"', keep='"Id" = 2'), at(f'{table}."Form {{}}"', '$."p o\\"b"'))
    result = purge(database, policy)
    assert [row[0] for row in counts(result).values()] == [1, 1]
    assert fetch(database, """SELECT * FROM "The Desk"."Appli""cation.v2" ORDER BY 1""") == [
        (1, None, {"x": 2}),
        (2, "Kent", None),
    ]


def test_a_view_is_refused(database: str) -> None:
    """A policy names the table that stores the values, not what reads it."""
    execute(database, "CREATE TABLE base (birthplace text)", "CREATE VIEW shown AS SELECT * FROM base")
    with pytest.raises(PolicyError, match=r"public\.shown is not a table"):
        purge(database, policy_of(at("public.shown.birthplace")))


def test_a_column_of_any_type_is_purged(database: str) -> None:
    """Types without an equality operator, composite types and domains are erased as text is."""
    execute(
        database,
        "CREATE TYPE place AS (city text, country text)",
        "CREATE DOMAIN code AS text CHECK (VALUE <> '')",
        "CREATE TABLE odd (a point, b place, c code, d json, e bytea, f integer[])",
        "INSERT INTO odd VALUES ('(1,2)', '(,)', 'x', '{}', '', '{}'), (NULL, NULL, NULL, NULL, NULL, NULL)",
    )
    result = purge(database, policy_of(*(at(f"public.odd.{column}") for column in "abcdef")))
    assert set(counts(result).values()) == {(1, 0, 0, 0)}
    assert one(database, "SELECT count(*) FROM odd WHERE num_nonnulls(a, b, c, d, e, f) = 0") == 2


@pytest.mark.parametrize("part", ["entry_2016", "entry_2017", "entry_2017_one"])
def test_a_part_of_another_owner_is_found_first(database: str, role: Callable[..., str], part: str) -> None:
    """A partition on any level that the role does not own is named before the first row."""
    url = role(database)
    execute(database, PARTITIONED)
    own(database, url, "entry", "entry_2016", "entry_2017", "entry_2017_one", "entry_2017_rest", "entry_default")
    with connect(database) as conn:
        conn.execute(sql.SQL("ALTER TABLE {} OWNER TO CURRENT_USER").format(sql.Identifier("public", part)))
    with pytest.raises(MissingPrivilegeError, match=rf"^this role is not the owner of public\.{part}$"):
        purge(url, policy_of(at("public.entry.birthplace")))
    assert one(database, "SELECT count(birthplace) FROM entry") == 401


def test_a_child_of_another_owner_is_found_first(database: str, role: Callable[..., str]) -> None:
    """Child tables count as well; if there are many, only the first are named."""
    url = role(database)
    execute(database, "CREATE TABLE parent (id int, birthplace text)", "INSERT INTO parent VALUES (1, 'Kent')")
    for number in range(5):
        with connect(database) as conn:
            child = sql.Identifier("public", f"child_{number}")
            conn.execute(sql.SQL("CREATE TABLE {} () INHERITS (public.parent)").format(child))
    own(database, url, "parent", "child_0")
    with pytest.raises(MissingPrivilegeError, match=r"of public\.child_1, public\.child_2, public\.child_3, 1 more$"):
        purge(url, policy_of(at("public.parent.birthplace")))


def own(database: str, url: str, *tables: str) -> None:
    """Make the role of a URL the owner of tables."""
    owner = sql.Identifier(str(one(url, "SELECT current_user")))
    with connect(database) as conn:
        for table in tables:
            conn.execute(sql.SQL("ALTER TABLE {} OWNER TO {}").format(sql.Identifier("public", table), owner))


@pytest.mark.parametrize(("share", "vacuums"), [("off", 1), ("1", 1), ("0.4", 3)])
def test_a_large_table_is_vacuumed_after_each_share_of_it(database: str, share: str, vacuums: int) -> None:
    """And always at its end. The share is a limit, so it can be tuned."""
    execute(
        database,
        "CREATE TABLE large (birthplace text, filling text) WITH (fillfactor = 10, autovacuum_enabled = off)",
        "ALTER TABLE large ALTER filling SET STORAGE PLAIN",
        "INSERT INTO large SELECT 'Kent', repeat('.', 3000) FROM generate_series(1, 2900)",
    )
    limits = FAST.changed(["pages=64", "interleave=4", f"vacuum-share={share}"])
    purge(database, policy_of(at("public.large.birthplace")), PurgeOptions(limits=limits))
    assert one(database, "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'large'") == vacuums


def test_documents_stored_out_of_line_take_up_the_room_of_those_before(database: str) -> None:
    """Each document is written again as a whole: VACUUM after each small share keeps the TOAST table from doubling."""
    execute(
        database,
        "CREATE TABLE filed (id int, doc jsonb) WITH (autovacuum_enabled = off, toast.autovacuum_enabled = off)",
        "ALTER TABLE filed ALTER doc SET STORAGE EXTERNAL",
        "INSERT INTO filed SELECT n, jsonb_build_object('pob', 'Kent', 'scan', repeat('.', 7900))"
        " FROM generate_series(1, 8000) AS n",
    )
    size = "SELECT pg_relation_size(reltoastrelid)::int FROM pg_class WHERE relname = 'filed'"
    before = one(database, size)
    purge(database, policy_of(at("public.filed.doc", "$.pob")), PurgeOptions(limits=FAST))
    assert one(database, "SELECT count(*) FROM filed WHERE doc ? 'pob'") == 0
    assert one(database, size) < 1.18 * before


def test_statistics_forget_the_values(people: str) -> None:
    """The VACUUM (ANALYZE) at the end takes the most common values out of the statistics."""
    query = "SELECT count(most_common_vals) FROM pg_stats WHERE tablename = 'person' AND attname = 'birth_country'"
    assert one(people, query) == 1
    purge(people, policy_of(at("app.person.birth_country")))
    assert one(people, query) == 0
