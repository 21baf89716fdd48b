"""Loading the reference schema: reproducible rows, ordinary privileges, and no disabled trigger."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from click.testing import CliRunner
from psycopg import sql

from fixtures.__main__ import main
from fixtures.load import LoadError, load
from fixtures.rows import COLUMNS

ROOT = Path(__file__).parents[2]
TABLES = ("core.birth_place", *COLUMNS)
APPLICATIONS = 6_000


def migrate(url: str) -> None:
    """Upgrade a database to the baseline revision."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["configure_logger"] = False
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "0001")


@pytest.fixture
def migrated(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Provide the URL of a database at the baseline revision."""
    monkeypatch.delenv("MINIMIZE_DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    migrate(database)
    return database


@pytest.fixture
def loaded(migrated: str) -> str:
    """Provide the URL of a database with applications."""
    load(migrated, applications=APPLICATIONS, seed=7, jobs=1)
    return migrated


@pytest.fixture
def conn(loaded: str) -> Iterator[psycopg.Connection]:
    """Provide an open connection to a database with applications."""
    with psycopg.connect(loaded) as connection:
        yield connection


def hashes(url: str) -> dict[str, str]:
    """Return a hash over the sorted rows of each table."""
    found = {}
    with psycopg.connect(url) as conn:
        conn.execute("SET timezone = 'UTC'")
        for table in TABLES:
            digest = hashlib.sha256()
            name = sql.Identifier(*table.split("."))
            query = sql.SQL("COPY (SELECT t::text FROM {} AS t ORDER BY 1) TO STDOUT").format(name)
            with conn.cursor() as cursor, cursor.copy(query) as copy:
                for data in copy:
                    digest.update(data)
            found[table] = digest.hexdigest()
    return found


def count(conn: psycopg.Connection, query: LiteralString | sql.Composed) -> int:
    """Return the single integer of a query."""
    row = conn.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def test_the_same_seed_gives_the_same_tables(migrated: str) -> None:
    """A second load with the same seed and count gives identical rows, with any number of connections."""
    load(migrated, applications=APPLICATIONS, seed=7, jobs=1)
    first = hashes(migrated)
    with psycopg.connect(migrated) as conn:
        names = sql.SQL(", ").join(sql.Identifier(*table.split(".")) for table in TABLES)
        conn.execute(sql.SQL("TRUNCATE {}").format(names))
    load(migrated, applications=APPLICATIONS, seed=7, jobs=2)
    assert hashes(migrated) == first


def test_the_counts_are_right(migrated: str) -> None:
    """The result has the row counts of the tables, and the progress adds up to all applications."""
    steps: list[int] = []
    result = load(migrated, applications=APPLICATIONS, seed=7, jobs=1, progress=steps.append)
    assert sum(steps) == APPLICATIONS
    assert result.rows["core.application"] + result.rows["core.application_2013"] == APPLICATIONS
    assert result.rows["core.applicant"] == APPLICATIONS * 4 // 5
    with psycopg.connect(migrated) as conn:
        for table, rows in result.rows.items():
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(*table.split(".")))
            assert count(conn, query) == rows


@pytest.mark.parametrize(
    ("table", "condition"),
    [
        ("core.application", "form #>> '{applicant,placeOfBirth}' = place_of_birth"),
        ("core.application", "form #>> '{applicant,pob}' = place_of_birth"),
        ("core.application", "form ->> 'birthplace' = place_of_birth"),
        ("core.application", "form #>> '{previousApplications,0,placeOfBirth}' = place_of_birth"),
        ("core.application", "(form ->> 'legacyPayload')::jsonb ->> 'pob' = place_of_birth"),
        ("core.application", "form #> '{applicant,placeOfBirth}' = 'null'"),
        ("core.application_default", "true"),
        ("core.application_2013", "true"),
        ("core.document_ocr", "tsv @@ to_tsquery('simple', 'guadalajara')"),
        ("hist.change_log", "old_row ->> 'app_type' = 'EDL'"),
        ("stg.office_batch_2017", "true"),
        ("stg.office_batch", "envelope #>> '{record,birthplace}' = parsed #>> '{applicant,pob}'"),
        ("core.disclosure_log", "response #>> '{subject,placeOfBirth}' <> ''"),
        ("gov.legal_hold", "released_at IS NULL"),
        ("gov.legal_hold", "released_at IS NOT NULL"),
        ("mart.birthplace_counts", "true"),
        ("core.application", "filed_on BETWEEN '2018-01-19' AND '2018-01-26'"),
    ],
)
def test_each_place_has_rows(conn: psycopg.Connection, table: str, condition: LiteralString) -> None:
    """Every location of the reference policy, and every later one, has values."""
    name = sql.Identifier(*table.split("."))
    assert count(conn, sql.SQL("SELECT count(*) FROM {} WHERE {}").format(name, sql.SQL(condition))) > 0


def test_images_are_those_of_the_trigger(conn: psycopg.Connection) -> None:
    """A loaded audit row of the latest state equals to_jsonb of the row."""
    conn.execute("SET timezone = 'UTC'")
    differing = """
        SELECT count(*) FROM hist.change_log AS c
          JOIN core.application AS a ON a.application_id::text = c.row_key
         WHERE c.new_row IS DISTINCT FROM to_jsonb(a)
    """
    assert count(conn, differing) == 0


def test_ids_continue(conn: psycopg.Connection) -> None:
    """A row inserted afterwards gets an unused id."""
    conn.execute("INSERT INTO core.disclosure_log (agency, legal_basis, response) VALUES ('a', 'b', '{}')")
    insert = (
        "INSERT INTO core.application"
        " (filed_on, applicant_id, app_type, office, place_of_birth, residence_city, form)"
        " VALUES ('2017-05-01', 1, 'DL', 'SEA-01', 'x', 'Kent', '{}') RETURNING application_id"
    )
    assert count(conn, insert) == APPLICATIONS + 1


def test_triggers_and_constraints_stay_on(conn: psycopg.Connection) -> None:
    """The load leaves no trigger disabled and no constraint unvalidated."""
    assert count(conn, "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'") == 0
    assert count(conn, "SELECT count(*) FROM pg_constraint WHERE NOT convalidated") == 0


@pytest.fixture
def loader(migrated: str) -> Iterator[str]:
    """Provide the URL for a role with only SELECT and INSERT on the tables."""
    name = f"minimize_loader_{os.getpid()}"
    role = sql.Identifier(name)
    with psycopg.connect(migrated, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE ROLE {} NOSUPERUSER").format(role))
        for schema in map(sql.Identifier, ("core", "hist", "stg", "mart", "gov")):
            admin.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
            admin.execute(sql.SQL("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {} TO {}").format(schema, role))
            admin.execute(sql.SQL("GRANT UPDATE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, role))
        yield f"{migrated}{'&' if '?' in migrated else '?'}options=-crole%3D{name}"
        admin.execute(sql.SQL("DROP OWNED BY {}").format(role))
        admin.execute(sql.SQL("DROP ROLE {}").format(role))


def test_ordinary_privileges_are_enough(loader: str) -> None:
    """A role with only table privileges can load; the view of another owner is not refreshed."""
    result = load(loader, applications=500, seed=7, jobs=1)
    assert result.rows["core.applicant"] == 400
    assert not result.is_view_refreshed


def test_a_database_with_rows_is_refused(loaded: str) -> None:
    """A second load is refused before anything is written."""
    with pytest.raises(LoadError, match="already has rows"):
        load(loaded, applications=10, seed=7)


def test_a_database_without_the_schema_is_refused(database: str) -> None:
    """An empty database is refused, and the message names the command to run first."""
    with pytest.raises(LoadError, match="alembic upgrade 0001"):
        load(database, applications=10, seed=7)


def test_the_command_prints_rows_and_rate(migrated: str) -> None:
    """The last line of the command shows the number of applications and the rate."""
    arguments = ["load", "--applications", "100", "--seed", "3", "--database-url", migrated]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "core.birth_place" in result.stdout
    assert "100 applications in" in result.stdout.splitlines()[-1]
