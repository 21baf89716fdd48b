"""What others do to the tables of a purge while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

import pytest

from minimize.purge import leaf
from minimize.purge.outcome import Progress, PurgeOptions
from tests.integration.purge.scenario import at, execute, one, policy_of, purge

SCHEMA = """
CREATE TABLE person (id int, year int, birthplace text, pad text) PARTITION BY LIST (year);
CREATE TABLE person_1 PARTITION OF person FOR VALUES IN (1);
CREATE TABLE person_2 PARTITION OF person FOR VALUES IN (2);
CREATE TABLE person_3 PARTITION OF person FOR VALUES IN (3);
INSERT INTO person SELECT n, 1 + n % 3, 'Kent', repeat('.', 300) FROM generate_series(1, 6000) AS n;
"""
POLICY = policy_of(at("public.person.birthplace"))
CARRYING = "SELECT count(birthplace) FROM person"
DETACH = "ALTER TABLE person DETACH PARTITION person_2"


class Meanwhile:
    """Runs statements once, when the purge first tells of its work in a leaf."""

    def __init__(self, url: str, *statements: LiteralString, place: str = "public.person_2") -> None:
        self.url, self.statements, self.place = url, statements, place
        self.is_done = False

    def __call__(self, progress: Progress) -> None:
        """Take in where the purge is."""
        if progress.phase == "erase" and progress.place == self.place and not self.is_done:
            self.is_done = True
            execute(self.url, *self.statements)


@pytest.fixture
def short_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every leaf enough ranges for several workers."""
    monkeypatch.setattr(leaf, "MIN_RANGE_PAGES", 16)


@pytest.mark.usefixtures("short_ranges", "small_batches")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_partition_dropped_while_workers_are_in_it_is_noted(database: str, jobs: int) -> None:
    """However many workers there are, the run goes on over the leaves that are left, and is complete."""
    execute(database, SCHEMA)
    drop = Meanwhile(database, DETACH, "DROP TABLE person_2")
    result = purge(database, POLICY, PurgeOptions(jobs=jobs), on_progress=drop)
    assert (drop.is_done, one(database, CARRYING), result.is_complete) == (True, 0, True)
    assert [note for note in result.notes if note.startswith("public.person_2 was ")]
