"""The reference environment: upgrade and downgrade restore the schema, and the printed SQL does the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from tests.integration.migrate.estate import Estate
from tests.integration.migrate.schema import describe_schema

pytestmark = pytest.mark.majors

ROOT = Path(__file__).parents[3]


def reference(url: str) -> Config:
    """Return the configuration of the repository for one database."""
    config = Config(ROOT / "alembic.ini", output_buffer=io.StringIO(), stdout=io.StringIO())
    config.attributes["configure_logger"] = False
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def build_head(url: str) -> None:
    """Migrate an empty database to head."""
    command.upgrade(reference(url), "head")


@pytest.fixture
def head(template: Callable[..., str], clone: Callable[[str], str]) -> str:
    """Provide the URL of a database at head."""
    return clone(template("reference_head", build_head))


def test_downgrade_and_upgrade_leave_no_difference(head: str) -> None:
    """Upgrade, downgrade and upgrade again give the same schema."""
    config = reference(head)
    before = describe_schema(head)
    command.downgrade(config, "base")
    left = {line for line in describe_schema(head) if " minimize" not in line and "minimize." not in line}
    assert left == {"schema public"}
    command.upgrade(config, "head")
    assert describe_schema(head) == before


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_each_revision_can_be_downgraded(head: str, revision: str) -> None:
    """A downgrade by one step and an upgrade give the same schema, from each revision."""
    config = reference(head)
    before = describe_schema(head)
    command.downgrade(config, revision)
    command.upgrade(config, "head")
    assert describe_schema(head) == before


def test_check_is_silent_at_head(head: str) -> None:
    """The models, the guard and the database agree."""
    config = reference(head)
    command.check(config)
    assert isinstance(config.stdout, io.StringIO)
    assert config.stdout.getvalue() == "No new upgrade operations detected.\n"


def test_check_reports_a_guard_that_was_dropped_manually(head: str, tmp_path: Path) -> None:
    """A missing trigger is a difference, and op.guard_field is proposed."""
    estate = Estate(head, tmp_path, {})
    name = estate.ask("SELECT min(tgname) FROM pg_trigger WHERE tgrelid = 'stg.office_batch'::regclass")
    estate.run(f'DROP TRIGGER "{name}" ON stg.office_batch')
    with pytest.raises(CommandError, match=r"guard_field.*place_of_birth"):
        command.check(reference(head))


def test_written_sql_makes_the_same_schema(head: str, database: str, tmp_path: Path) -> None:
    """The SQL of --sql for all revisions creates head on another database."""
    config = reference(database)
    buffer = io.StringIO()
    config.output_buffer = buffer
    command.upgrade(config, "head", sql=True)
    Estate(database, tmp_path, {}).run(buffer.getvalue())
    assert describe_schema(database) == describe_schema(head)
    buffer = io.StringIO()
    config.output_buffer = buffer
    command.downgrade(config, "head:base", sql=True)
    Estate(database, tmp_path, {}).run(buffer.getvalue())
    left = {line for line in describe_schema(database) if " minimize" not in line and "minimize." not in line}
    assert left == {"schema public"}
