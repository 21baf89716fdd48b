"""The baseline revision: upgrade, downgrade, and its difference from head."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

ROOT = Path(__file__).parents[2]
SCHEMAS = {"core", "hist", "stg", "mart", "gov"}
RETIRED = {
    ("remove_column", "core.applicant.birth_place_id"),
    ("remove_column", "core.birth_place.city"),
    ("remove_column", "core.birth_place.region"),
    ("remove_column", "core.birth_place.country"),
    ("remove_column", "mart.dim_applicant.birth_city"),
    ("remove_column", "mart.dim_applicant.birth_country"),
    ("remove_table", "office_batch_2017"),
    ("remove_fk", "applicant_birth_place_id_fkey"),
    ("remove_index", "applicant_birth_place_id"),
    ("remove_index", "birth_place_city_lower"),
    ("remove_index", "dim_applicant_birth_country"),
    ("remove_index", "dim_applicant_born_abroad"),
    ("modify_nullable", "core.application.place_of_birth"),
    ("modify_nullable", "core.application_2013.place_of_birth"),
}
# Only where the server has pg_trgm.
OPTIONAL = {("remove_index", "birth_place_city_trgm")}

DEPENDENTS = """
    SELECT conname FROM pg_constraint WHERE connamespace::regnamespace::text IN ('core', 'mart')
    UNION SELECT stxname FROM pg_statistic_ext
    UNION SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'mart'::regnamespace
    UNION SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text IN ('hist', 'mart')
    UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
"""


def alembic_config(url: str) -> Config:
    """Return the Alembic configuration of the repository for one database."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["configure_logger"] = False
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@pytest.fixture
def config(database: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Provide the Alembic configuration for an empty database, independent of the environment."""
    monkeypatch.delenv("MINIMIZE_DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return alembic_config(database)


@pytest.fixture
def migrated(config: Config, database: str) -> str:
    """Provide the URL of a database at the baseline revision."""
    command.upgrade(config, "0001")
    return database


def names(url: str, query: LiteralString) -> set[str]:
    """Return the first column of a query."""
    with psycopg.connect(url) as conn:
        return {row[0] for row in conn.execute(query)}


def is_partition(conn: sa.Connection, schema: str | None, table: str | None) -> bool:
    """Return whether a relation is a partition, from pg_class."""
    query = sa.text("SELECT relispartition FROM pg_class WHERE oid = to_regclass(format('%I.%I', :s, :t))")
    return bool(conn.scalar(query.bindparams(s=schema, t=table)))


def describe(operation: Any) -> tuple[str, str]:
    """Return the kind of a difference and the name of its object."""
    kind = operation[0]
    if kind == "remove_column":
        return kind, f"{operation[1]}.{operation[2]}.{operation[3].name}"
    if kind == "modify_nullable":
        return kind, f"{operation[1]}.{operation[2]}.{operation[3]}"
    return kind, str(getattr(operation[1], "name", operation[1]))


def test_head_is_the_baseline_without_the_retired_columns(migrated: str) -> None:
    """The models differ from the baseline by the retired columns, their dependents, and the copy."""
    metadata = runpy.run_path(str(ROOT / "migrations" / "models.py"))["metadata"]
    engine = sa.create_engine(migrated.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=sa.NullPool)
    with engine.connect() as conn:

        def include_name(name: str | None, type_: str, parents: Any) -> bool:
            if type_ == "schema":
                return name in SCHEMAS
            return type_ != "table" or not is_partition(conn, parents["schema_name"], name)

        context = MigrationContext.configure(conn, opts={"include_schemas": True, "include_name": include_name})
        found = compare_metadata(context, metadata)
    flat = [step for difference in found for step in (difference if isinstance(difference, list) else [difference])]
    assert {describe(step) for step in flat} - OPTIONAL == RETIRED


def test_dependents_are_there(migrated: str) -> None:
    """The baseline contains every kind of dependent that can refuse a drop."""
    assert names(migrated, DEPENDENTS) >= {
        *{"birth_place_city_present", "application_place_of_birth_present", "dim_applicant_birth_complete"},
        *{"applicant_birth_place_id_fkey", "birth_place_region_country", "dim_applicant_birth"},
        *{
            "v_applicant_origin",
            "birthplace_counts",
            "origin_label",
            "log_application_change",
            "application_audit",
        },
    }


def test_2013_is_detached(migrated: str) -> None:
    """Five years and the default are partitions; 2013 is a plain table with the same columns."""
    attached = names(migrated, "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
    assert attached == {*(f"application_{year}" for year in range(2014, 2019)), "application_default"}
    assert names(migrated, "SELECT relkind::text FROM pg_class WHERE relname = 'application_2013'") == {"r"}


def test_the_audit_trigger_copies_both_images(migrated: str) -> None:
    """An update stores the old and the new row in the change log, for every partition."""
    with psycopg.connect(migrated) as conn:
        conn.execute(
            "INSERT INTO core.application"
            " (filed_on, applicant_id, app_type, office, place_of_birth, residence_city, form)"
            " VALUES ('2017-05-01', 1, 'DL', 'SEA-01', 'Seattle, Washington, USA', 'Kent', '{}')"
        )
        conn.execute("UPDATE core.application SET status = 'issued'")
        conn.execute("DELETE FROM core.application")
        found = conn.execute(
            "SELECT tbl, old_row->>'place_of_birth', new_row->>'status' FROM hist.change_log ORDER BY log_id"
        ).fetchall()
    place = "Seattle, Washington, USA"
    assert found == [("core.application", place, "issued"), ("core.application", place, None)]


def test_downgrade_leaves_nothing(config: Config, migrated: str) -> None:
    """A downgrade leaves an empty database, and the baseline can be applied again."""
    command.downgrade(config, "base")
    assert not names(migrated, "SELECT nspname FROM pg_namespace") & SCHEMAS
    command.upgrade(config, "0001")
    assert names(migrated, "SELECT nspname FROM pg_namespace") >= SCHEMAS


def test_offline_sql_builds_the_same_relations(
    config: Config, database: str, migrated: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The SQL of --sql creates the same relations as the upgrade."""
    relations = "SELECT oid::regclass::text FROM pg_class WHERE relnamespace::regnamespace::text IN ('core', 'mart')"
    online = names(migrated, relations)
    command.downgrade(config, "base")
    capsys.readouterr()
    command.upgrade(config, "0001", sql=True)
    script = capsys.readouterr().out
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("DROP TABLE alembic_version")
        conn.execute(script.encode())
    assert names(database, relations) == online


def test_an_open_connection_is_used_and_left_to_its_owner(config: Config, database: str) -> None:
    """A connection in the attributes of the configuration is used, inside the transaction of the caller."""
    engine = sa.create_engine(database.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=sa.NullPool)
    with engine.connect() as conn, conn.begin() as transaction:
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
        transaction.rollback()
    assert not names(database, "SELECT nspname FROM pg_namespace") & SCHEMAS
