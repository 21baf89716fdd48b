"""The migrations of the purge state: numbered without a gap, listed, and unchanged once released."""

from __future__ import annotations

import hashlib
from importlib import resources

import pytest

from minimize.sql import STATE_MIGRATIONS, read_state_migration

RELEASED = {
    "0001_purge_tables": "aa55b5f5c611b873d75dd8a326a0870f30cb8caff05a51f8e6954bd9f010c21d",
}


def test_every_migration_is_listed_and_numbered() -> None:
    """The list has the files of the package in order; the numbers are 1, 2, 3 and so on."""
    files = sorted(each.name for each in (resources.files("minimize.sql") / "state").iterdir())
    assert files == [f"{name}.sql" for name in STATE_MIGRATIONS]
    assert [int(name.partition("_")[0]) for name in STATE_MIGRATIONS] == list(range(1, len(STATE_MIGRATIONS) + 1))


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_migration_is_not_edited(name: str) -> None:
    """An edit would not reach a database that has it; write the next migration instead."""
    text = read_state_migration(name).as_string(None)
    assert hashlib.sha256(text.encode()).hexdigest() == RELEASED[name]
