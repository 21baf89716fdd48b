"""op.restore_field restores columns without their values."""

from __future__ import annotations

import psycopg
import pytest
from alembic.util import CommandError

from tests.integration.migrate.estate import Estate, policy_text
from tests.integration.migrate.test_drop_gate import DOCUMENT

pytestmark = pytest.mark.majors

COLUMN = (
    "SELECT format_type(atttypid, atttypmod) || attnotnull || atthasdef FROM pg_attribute"
    " WHERE attrelid = 'lab.person'::regclass AND attname = 'birthplace'"
)
TYPES = {"lab.person.birthplace": "varchar(40)"}


@pytest.fixture
def dropped(estate: Estate) -> Estate:
    """Provide the person table without its birthplace column."""
    estate.guard()
    estate.drop()
    return estate


def test_the_restored_column_is_empty_and_nullable(dropped: Estate) -> None:
    """The column has the type of the revision, without NOT NULL, default or values."""
    dropped.restore(TYPES)
    assert dropped.ask(COLUMN) == "character varying(40)falsefalse"
    assert dropped.ask("SELECT count(birthplace) FROM lab.person") == 0


def test_the_restored_column_is_guarded(dropped: Estate) -> None:
    """The restored column is guarded."""
    dropped.restore(TYPES)
    assert not dropped.drift()
    with pytest.raises(psycopg.Error) as caught:
        dropped.run("UPDATE lab.person SET birthplace = 'Zanzibar'")
    assert caught.value.sqlstate == "23MZ1"


@pytest.mark.parametrize("types", [{}, {"lab.person.other": "text"}])
def test_a_missing_type_is_refused(dropped: Estate, types: dict[str, str]) -> None:
    """A revision without the type of a dropped column is refused, and nothing is changed."""
    with pytest.raises(CommandError, match=r"lacks the type of lab\.person\.birthplace\nhint: Add it"):
        dropped.restore(types)
    assert dropped.ask(COLUMN) is None


def test_the_proof_is_removed_and_the_guard_stays(estate: Estate) -> None:
    """A location that stayed is guarded again, without the proof constraint."""
    both = estate.under(policy_text(DOCUMENT, 'column = "lab.person.birthplace"'))
    both.guard()
    both.drop()
    both.restore(TYPES)
    assert both.ask("SELECT count(*) FROM pg_constraint WHERE conname LIKE 'minimize_proof%'") == 0
    assert not both.drift()


def test_dropping_and_restoring_again_leaves_no_difference(dropped: Estate) -> None:
    """A downgrade and an upgrade give the same schema."""
    dropped.restore(TYPES)
    dropped.drop()
    assert "birthplace" not in dropped.columns("lab.person")
    dropped.restore(TYPES)
    assert not dropped.drift()


def test_restoring_an_existing_column_changes_nothing(estate: Estate) -> None:
    """A column that was never dropped keeps its values."""
    estate.run("UPDATE lab.person SET birthplace = 'Zanzibar' WHERE id = 1")
    estate.guard()
    estate.restore({})
    assert estate.ask("SELECT count(birthplace) FROM lab.person") == 1
