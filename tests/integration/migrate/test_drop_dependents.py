"""Dependents of a column refuse its drop and are named; objects of the column alone are dropped with it."""

from __future__ import annotations

import pytest
from alembic.util import CommandError

from minimize.plan.drop_gate import Route
from tests.integration.migrate.estate import Estate

pytestmark = pytest.mark.majors

IN_THE_WAY: dict[str, tuple[str, list[str]]] = {
    "view": ("view lab.reader", ["CREATE VIEW lab.reader AS SELECT birthplace FROM lab.person"]),
    "view-where": ("view lab.reader", ["CREATE VIEW lab.reader AS SELECT id FROM lab.person WHERE birthplace <> ''"]),
    "materialised-view": (
        "materialized view lab.reader",
        ["CREATE MATERIALIZED VIEW lab.reader AS SELECT birthplace, count(*) FROM lab.person GROUP BY 1"],
    ),
    "quoted-view": ('view lab."Reader"', ['CREATE VIEW lab."Reader" AS SELECT birthplace FROM lab.person']),
    "sql-function": (
        "function lab.reader(integer)",
        [
            (
                "CREATE FUNCTION lab.reader(integer) RETURNS text LANGUAGE sql"
                " BEGIN ATOMIC SELECT birthplace FROM lab.person WHERE id = $1; END"
            )
        ],
    ),
    "sql-function-text": (
        "function lab.reader()",
        ["CREATE FUNCTION lab.reader() RETURNS text LANGUAGE sql AS 'SELECT birthplace FROM lab.person'"],
    ),
    "plpgsql-function": (
        "function lab.reader()",
        [
            (
                "CREATE FUNCTION lab.reader() RETURNS text LANGUAGE plpgsql AS"
                " $$ DECLARE x text; BEGIN SELECT p.BirthPlace INTO x FROM lab.Person AS p; RETURN x; END $$"
            )
        ],
    ),
    "trigger-function": (
        "function lab.reader()",
        [
            (
                "CREATE FUNCTION lab.reader() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN NEW.parish := NEW.birthplace; RETURN NEW; END $$"
            ),
            "CREATE TRIGGER t BEFORE INSERT ON lab.person FOR EACH ROW EXECUTE FUNCTION lab.reader()",
        ],
    ),
    "trigger-update-of": (
        "trigger t on table lab.person",
        [
            "CREATE FUNCTION lab.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            "CREATE TRIGGER t BEFORE UPDATE OF birthplace ON lab.person FOR EACH ROW EXECUTE FUNCTION lab.f()",
        ],
    ),
    "trigger-when": (
        "trigger t on table lab.person",
        [
            "CREATE FUNCTION lab.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            (
                "CREATE TRIGGER t AFTER INSERT ON lab.person FOR EACH ROW WHEN (NEW.birthplace <> '')"
                " EXECUTE FUNCTION lab.f()"
            ),
        ],
    ),
    "row-policy": ("policy p on table lab.person", ["CREATE POLICY p ON lab.person USING (birthplace IS NULL)"]),
    "generated-column": (
        "column lab.person.loud",
        ["ALTER TABLE lab.person ADD loud text GENERATED ALWAYS AS (upper(birthplace)) STORED"],
    ),
    "index-with-another-column": ("index lab.pair", ["CREATE INDEX pair ON lab.person (kind, birthplace)"]),
    "index-including": ("index lab.covering", ["CREATE INDEX covering ON lab.person (kind) INCLUDE (birthplace)"]),
    "partial-index": ("index lab.part", ["CREATE INDEX part ON lab.person (kind) WHERE birthplace IS NOT NULL"]),
    "check-with-another-column": (
        "constraint c on table lab.person",
        ["ALTER TABLE lab.person ADD CONSTRAINT c CHECK (birthplace IS NULL OR kind IS NOT NULL)"],
    ),
    "unique-with-another-column": (
        "constraint u on table lab.person",
        ["ALTER TABLE lab.person ADD CONSTRAINT u UNIQUE (kind, birthplace)"],
    ),
    "foreign-key-from-another-table": (
        "constraint visit_place_fkey on table lab.visit",
        [
            "ALTER TABLE lab.person ADD CONSTRAINT u UNIQUE (birthplace)",
            "CREATE TABLE lab.visit (place text REFERENCES lab.person (birthplace))",
        ],
    ),
    "statistics-with-another-column": (
        "statistics object lab.s",
        ["CREATE STATISTICS lab.s ON kind, birthplace FROM lab.person"],
    ),
    "publication-columns": (
        "publication of table lab.person in publication pub",
        ["CREATE PUBLICATION pub FOR TABLE lab.person (id, birthplace)"],
    ),
    "publication-row-filter": (
        "publication of table lab.person in publication pub",
        ["CREATE PUBLICATION pub FOR TABLE lab.person WHERE (birthplace IS NULL)"],
    ),
    "child-with-a-column-of-its-own": (
        "column lab.child.birthplace",
        ["CREATE TABLE lab.child (birthplace text) INHERITS (lab.person)"],
    ),
}

OWN = {
    "index": ["CREATE INDEX ON lab.person (birthplace)"],
    "unique-index": ["CREATE UNIQUE INDEX ON lab.person (birthplace)"],
    "unique-constraint": ["ALTER TABLE lab.person ADD UNIQUE (birthplace)"],
    "expression-index": ["CREATE INDEX ON lab.person (lower(birthplace))"],
    "partial-index": ["CREATE INDEX ON lab.person (birthplace) WHERE birthplace <> ''"],
    "check": ["ALTER TABLE lab.person ADD CHECK (birthplace <> '')"],
    "foreign-key": [
        "CREATE TABLE lab.place (name text PRIMARY KEY)",
        "ALTER TABLE lab.person ADD FOREIGN KEY (birthplace) REFERENCES lab.place",
    ],
    "default-and-not-null": [
        "DELETE FROM lab.person",
        "ALTER TABLE lab.person ALTER birthplace SET DEFAULT 'x', ALTER birthplace SET NOT NULL",
    ],
    "statistics": ["CREATE STATISTICS lab.s ON lower(birthplace) FROM lab.person"],
    "function-without-the-table": [
        "CREATE FUNCTION lab.f(birthplace text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN birthplace; END $$"
    ],
    "function-of-another-column": [
        (
            "CREATE FUNCTION lab.f() RETURNS bigint LANGUAGE sql"
            " AS 'SELECT count(birthplaces.kind) FROM lab.person AS birthplaces'"
        )
    ],
    "view-of-other-columns": ["CREATE VIEW lab.v AS SELECT id, kind FROM lab.person"],
    "child": ["CREATE TABLE lab.child () INHERITS (lab.person)"],
}


@pytest.mark.parametrize(("object_", "statements"), IN_THE_WAY.values(), ids=IN_THE_WAY.keys())
@pytest.mark.parametrize("route", ["purge", "direct"])
def test_a_reader_of_the_column_is_named(estate: Estate, route: Route, object_: str, statements: list[str]) -> None:
    """On both routes the refusal names the object and the next action, and nothing is changed."""
    estate.run(*statements)
    estate.guard()
    with pytest.raises(CommandError) as caught:
        estate.drop(route=route)
    assert f"birthplace of lab.person cannot be dropped, in the way: {object_}" in str(caught.value)
    assert "Drop or rewrite it earlier in the same revision" in str(caught.value)
    assert "birthplace" in estate.columns("lab.person")


@pytest.mark.parametrize("statements", OWN.values(), ids=OWN.keys())
def test_objects_of_the_column_alone_are_dropped_with_it(estate: Estate, statements: list[str]) -> None:
    """An index, constraint, default or statistics object of the column alone does not refuse the drop."""
    estate.run(*statements)
    estate.guard()
    estate.drop()
    assert "birthplace" not in estate.columns("lab.person")
    assert not estate.ask_all("SELECT attrelid::regclass FROM pg_attribute WHERE attname = 'birthplace'")


def test_all_dependents_are_named_at_once(estate: Estate) -> None:
    """One refusal lists all dependents."""
    estate.run(
        "CREATE VIEW lab.one AS SELECT birthplace FROM lab.person",
        "CREATE VIEW lab.two AS SELECT birthplace FROM lab.person",
    )
    estate.guard()
    with pytest.raises(CommandError, match=r"view lab\.one, view lab\.two"):
        estate.drop()


def test_an_ignored_function_is_skipped(estate: Estate) -> None:
    """A function that does not read the column is ignored with ignore=, written as in the refusal."""
    _, statements = IN_THE_WAY["plpgsql-function"]
    estate.run(*statements)
    estate.guard()
    estate.drop(ignore=("function lab.reader()",))
    assert "birthplace" not in estate.columns("lab.person")


@pytest.mark.parametrize("key", ["birthplace", "lower(birthplace)", "kind, birthplace"])
def test_a_partition_key_is_named(estate: Estate, key: str) -> None:
    """A column of the partition key cannot be dropped."""
    estate.run(
        "DROP TABLE lab.person", f"CREATE TABLE lab.person (kind text, birthplace text) PARTITION BY RANGE ({key})"
    )
    estate.guard()
    with pytest.raises(CommandError, match=r"in the way: partition key of lab\.person"):
        estate.drop()


def test_an_inherited_column_is_named(estate: Estate) -> None:
    """The inherited column of a child cannot be dropped; it belongs to the parent."""
    estate.run("ALTER TABLE lab.person RENAME TO ancestor", "CREATE TABLE lab.person () INHERITS (lab.ancestor)")
    estate.guard()
    with pytest.raises(CommandError, match=r"in the way: .*lab\.ancestor"):
        estate.drop()


def test_a_reader_of_a_partition_is_named(estate: Estate) -> None:
    """A view of one partition refuses the drop of the column of the parent."""
    estate.run(
        "DROP TABLE lab.person",
        "CREATE TABLE lab.person (kind text, birthplace text) PARTITION BY LIST (kind)",
        "CREATE TABLE lab.person_dl PARTITION OF lab.person FOR VALUES IN ('DL')",
        "CREATE VIEW lab.reader AS SELECT birthplace FROM lab.person_dl",
    )
    estate.guard()
    with pytest.raises(CommandError, match=r"in the way: view lab\.reader"):
        estate.drop()
    estate.run("DROP VIEW lab.reader", "CREATE INDEX ON lab.person (birthplace)")
    estate.drop()
    assert estate.columns("lab.person_dl") == ["kind"]


def test_a_primary_key_cannot_be_guarded(estate: Estate) -> None:
    """Guarding a primary key column is refused, and the column is named."""
    estate.run("DROP TABLE lab.person", "CREATE TABLE lab.person (birthplace text PRIMARY KEY)")
    with pytest.raises(CommandError, match=r'"birthplace" is in a primary key'):
        estate.guard()
