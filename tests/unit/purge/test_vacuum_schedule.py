"""How many pages a worker purges at a time, so that a VACUUM runs when it is due."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from minimize.purge.batch.vacuum_schedule import VacuumSchedule
from minimize.purge.tuning import DEFAULT_TUNING

PAGES = 10_000
DUE = DEFAULT_TUNING.toast_share * PAGES


def schedule(*, jobs: int) -> VacuumSchedule:
    """Return the VACUUMs of a table of TOASTed documents."""
    leaf: Any = SimpleNamespace(pages=PAGES, toast_pages=50 * PAGES)
    vacuum: Any = SimpleNamespace(governor=SimpleNamespace(limits=SimpleNamespace(vacuum_share=0.2)))
    unused: Any = None
    return VacuumSchedule(
        leaf=leaf,
        pages=PAGES,
        rewrites_documents=True,
        jobs=jobs,
        is_enabled=True,
        vacuum=vacuum,
        control=unused,
        reporter=unused,
    )


def test_a_worker_purges_its_share_of_the_pages_until_the_next_vacuum() -> None:
    """So the workers reach the due time together."""
    vacuums = schedule(jobs=2)
    assert vacuums.pages_until_due == DUE / 2
    vacuums.add_purged(int(DUE / 2))
    assert vacuums.pages_until_due == DUE / 4


def test_a_worker_beside_a_vacuum_purges_its_share_until_the_one_after() -> None:
    """Not single pages because one is overdue, and not all blocks, which that VACUUM would not see."""
    vacuums = schedule(jobs=2)
    vacuums.add_purged(PAGES)
    with vacuums._running:
        assert vacuums.pages_until_due == DUE / 2
