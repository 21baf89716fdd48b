"""How many blocks a worker takes at a time, so that a VACUUM comes when it is due."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from minimize.purge.batch.vacuum import TOAST_SHARE, Vacuuming

PAGES = 10_000


def vacuuming(*, jobs: int) -> Vacuuming:
    """Return the VACUUMs of a table of documents that are stored out of line."""
    site = SimpleNamespace(location=SimpleNamespace(is_part=True))
    leaf = SimpleNamespace(pages=PAGES, toast_pages=50 * PAGES)
    work: Any = SimpleNamespace(leaf=leaf, table=SimpleNamespace(present=(site,)))
    limits = SimpleNamespace(vacuum_share=0.2)
    context: Any = SimpleNamespace(limits=limits, options=SimpleNamespace(jobs=jobs, vacuum=True))
    return Vacuuming(work, context, PAGES)


def test_a_worker_takes_its_part_of_what_is_left_until_the_next() -> None:
    """Then nobody is in the midst of much more when one is due."""
    due = TOAST_SHARE * PAGES
    vacuums = vacuuming(jobs=2)
    assert vacuums.room == due / 2
    vacuums.add(int(due / 2))
    assert vacuums.room == due / 4


def test_a_worker_beside_a_vacuum_takes_its_part_until_the_one_after() -> None:
    """Neither crumbs, since one is overdue, nor all there is, which would be out of that VACUUM's sight."""
    vacuums = vacuuming(jobs=2)
    vacuums.add(PAGES)
    with vacuums._busy:
        assert vacuums.room == TOAST_SHARE * PAGES / 2
