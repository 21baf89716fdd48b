"""A column that cannot be NULL is refused by name before the first row, also in a dry run."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.survey import survey
from minimize.errors import RefusedError
from minimize.policy import Policy
from minimize.purge.preflight.dry_run import preview_database
from tests.fix_database import database_of
from tests.integration.purge.scenario import at, counts, execute, guard, hold, one, policy_of, purge

pytestmark = pytest.mark.majors

POLICY = policy_of(at("public.person.place"))
TABLE = "CREATE TABLE person (id int, place text)"
PARTITIONED = f"{TABLE} PARTITION BY RANGE (id)"
PEOPLE: LiteralString = "INSERT INTO person (id, place) SELECT n, 'Kent ' || n FROM generate_series(1, 3) AS n"


def refusal(url: str, policy: Policy) -> str:
    """Return why a purge is refused. A dry run gives the same message, and nothing is erased."""
    with connect(url) as conn:
        foreseen = preview_database(conn, survey(conn, policy)).refusal
    with pytest.raises(RefusedError) as refused:
        purge(url, policy)
    assert foreseen is not None
    assert foreseen.message == refused.value.message
    assert one(url, "SELECT count(place) FROM person") == 3
    return refused.value.message


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("LIST (place)", ["FOR VALUES IN ('Kent 1')", "DEFAULT"]),
        ("RANGE (lower(place))", ["FOR VALUES FROM ('a') TO ('z')"]),
    ],
)
def test_a_column_in_the_partition_key_is_refused(database: str, key: LiteralString, parts: list[str]) -> None:
    """As a column or in an expression: the row without the value would belong to another partition."""
    execute(database, "CREATE TABLE person (id int, place text) PARTITION BY " + key)
    for number, part in enumerate(parts):
        with psycopg.connect(database, autocommit=True) as conn:
            conn.execute(f"CREATE TABLE person_{number} PARTITION OF person {part}".encode())
    execute(database, PEOPLE)
    assert refusal(database, POLICY).endswith("place cannot be NULL: it is in the partition key of public.person")


def test_the_key_of_a_parent_counts_for_its_partition(database: str) -> None:
    """The parent's key keeps the row in the partition that the policy names."""
    execute(
        database,
        "CREATE TABLE people (id int, place text) PARTITION BY RANGE (place)",
        "CREATE TABLE person PARTITION OF people FOR VALUES FROM ('A') TO ('Z')",
        PEOPLE,
    )
    assert refusal(database, POLICY).endswith("it is in the partition key of public.people")


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ("CREATE TABLE person (id int, place text CONSTRAINT c CHECK (place IS NOT NULL))", "CHECK c"),
        ("CREATE TABLE person (id int, place text CONSTRAINT c CHECK (coalesce(place, '') <> ''))", "CHECK c"),
        (f"{TABLE}; ALTER TABLE person ADD CONSTRAINT c CHECK (place IS NOT NULL) NOT VALID", "CHECK c"),
        (f"{PARTITIONED}; CREATE TABLE p PARTITION OF person (CHECK (place IS NOT NULL)) DEFAULT", "CHECK p"),
        ("CREATE DOMAIN town AS text CHECK (VALUE IS NOT NULL); CREATE TABLE person (id int, place town)", "domain"),
        (
            "CREATE TABLE person (id int, place text, n int NOT NULL GENERATED ALWAYS AS (length(place)) STORED)",
            "NOT NULL of n, generated from it,",
        ),
    ],
)
def test_what_is_false_for_null_is_refused(database: str, schema: LiteralString, why: str) -> None:
    """A CHECK, a domain's as well, and NOT NULL on what is generated from the column."""
    execute(database, *schema.split(";"), PEOPLE)
    assert refusal(database, POLICY).startswith(f"public.person.place cannot be NULL: {why}")


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE person (id int, place text CHECK (place <> '') CHECK (place IS NOT NULL OR id < 9))",
        "CREATE DOMAIN town AS text CHECK (VALUE <> ''); CREATE TABLE person (id int, place town)",
        "CREATE TABLE person (id int, place text, n int NOT NULL GENERATED ALWAYS AS (length('' || id)) STORED)",
        "CREATE TABLE person (id int, place text UNIQUE)",
        f"{TABLE}; CREATE UNIQUE INDEX ON person (place) NULLS NOT DISTINCT WHERE place IS NOT NULL",
        f"{PARTITIONED}; CREATE TABLE person_1 PARTITION OF person DEFAULT",
    ],
)
def test_what_lets_null_pass_is_not_refused(database: str, schema: LiteralString) -> None:
    """A CHECK that returns NULL passes, and so do those of the guard and of an earlier purge."""
    execute(database, *schema.split(";"), PEOPLE)
    guard(database, POLICY)
    assert counts(purge(database, POLICY)) == {"public.person.place": (3, 0, 0, 0)}
    assert counts(purge(database, POLICY)) == {"public.person.place": (0, 0, 0, 0)}


def test_one_null_only_is_refused_for_several_rows(database: str) -> None:
    """Under UNIQUE NULLS NOT DISTINCT the second NULL would fail; one row to erase is allowed."""
    execute(database, "CREATE TABLE person (id int, place text CONSTRAINT once UNIQUE NULLS NOT DISTINCT)", PEOPLE)
    assert refusal(database, POLICY) == (
        "public.person.place cannot be NULL in several rows: public.once is UNIQUE NULLS NOT DISTINCT"
    )
    held = policy_of(at("public.person.place", keep="id = 2"), hold("public.person", "id = 3"))
    assert counts(purge(database, held)) == {"public.person.place": (1, 1, 1, 0)}


FULL: tuple[LiteralString, ...] = (
    "CREATE TABLE place (country text, place text, PRIMARY KEY (country, place))",
    "INSERT INTO place SELECT 'US', 'Kent ' || n FROM generate_series(1, 3) AS n",
    """CREATE TABLE person (id int, country text DEFAULT 'US', place text,
    CONSTRAINT k FOREIGN KEY (country, place) REFERENCES place MATCH FULL)""",
    PEOPLE,
)


def test_a_part_of_a_full_key_is_refused(database: str) -> None:
    """MATCH FULL requires all columns or none to be NULL, so all must be erased in the same rows."""
    execute(database, *FULL)
    assert refusal(database, POLICY).startswith("public.person.place cannot be NULL alone: foreign key k is MATCH FULL")
    both = at("public.person.country", keep="id > 1")
    assert "MATCH FULL" in refusal(database, policy_of(at("public.person.place"), both))
    result = counts(purge(database, policy_of(at("public.person.place", keep="id > 1"), both)))
    assert result["public.person.place"] == (1, 2, 0, 0)


def test_a_part_of_a_value_needs_no_null(database: str) -> None:
    """If only a part of a document is erased, NULL is never written."""
    execute(
        database,
        "CREATE TABLE person (id int, place jsonb CHECK (place IS NOT NULL))",
        """INSERT INTO person VALUES (1, '{"pob": 1}')""",
    )
    assert counts(purge(database, policy_of(at("public.person.place", "$.pob"))))["public.person.place $.pob"][0] == 1


def test_forced_row_security_is_refused(database: str, role: Callable[..., str]) -> None:
    """If row security applies to the owner, the purge is refused before anything is counted."""
    url = role(database)
    execute(
        database,
        "CREATE TABLE person (id int, place text)",
        PEOPLE,
        "ALTER TABLE person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    )
    name = sql.Identifier(one(url, "SELECT current_user"))
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(sql.SQL("ALTER TABLE person OWNER TO {}").format(name))
        grant = sql.SQL("GRANT CREATE ON DATABASE {} TO {}")
        admin.execute(grant.format(sql.Identifier(database_of(database)), name))
    with pytest.raises(RefusedError, match=r"row security applies to this role on public\.person") as refused:
        purge(url, POLICY)
    assert "NO FORCE ROW LEVEL SECURITY" in refused.value.hint
    execute(database, "ALTER TABLE person NO FORCE ROW LEVEL SECURITY")
    assert counts(purge(url, POLICY)) == {"public.person.place": (3, 0, 0, 0)}
