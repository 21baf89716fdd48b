"""The sequential strategy: batches of about the target time, also in a table of uneven density."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

import pytest

from minimize.errors import InterruptedRunError
from minimize.purge.batch.batch import Batch
from minimize.purge.batch.worker import Worker
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.options import PurgeOptions
from minimize.purge.tuning import DEFAULT_TUNING
from tests.integration.purge.scenario import FAST, at, counts, execute, fetch, one, policy_of, purge

# 5,000 pages of one row that carries nothing, then 20,000 rows on some hundred pages.
SCHEMA: tuple[LiteralString, ...] = (
    "CREATE TABLE person (id int, birthplace text, note text)",
    "ALTER TABLE person ALTER note SET STORAGE PLAIN",
    "INSERT INTO person SELECT n, NULL, repeat('.', 8120) FROM generate_series(1, 5000) AS n",
    "INSERT INTO person SELECT n, 'Kent' FROM generate_series(5001, 25000) AS n",
    "VACUUM ANALYZE person",
)
POLICY = policy_of(at("public.person.birthplace"))
DENSE: LiteralString = "SELECT min((ctid::text::point)[0])::int FROM person WHERE id > 5000"
# A target so long that the number of blocks doubles on any machine.
OPTIONS = PurgeOptions(strategy="sequential", limits=FAST.changed(["target=60s"]))


@pytest.fixture
def uneven(template: Callable[[str, Callable[[str], None]], str], clone: Callable[[str], str]) -> str:
    """Give the URL of a database with a table that has no value in its first 5,000 pages and is dense after them."""
    return clone(template("purge_uneven", lambda url: execute(url, *SCHEMA)))


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the rows of each batch that is sent from now on."""
    seen: list[int] = []
    erase = Worker.erase

    def note(worker: Worker, batch: Batch, *, pruning: range = range(0), next_block: int | None = None) -> int:
        xid = erase(worker, batch, pruning=pruning, next_block=next_block)
        seen.append(batch.size)
        return xid

    monkeypatch.setattr(Worker, "erase", note)
    return seen


def test_a_dense_part_after_an_empty_one_is_erased_in_several_updates(uneven: str, sizes: list[int]) -> None:
    """Thousands of pages without values make the next batch large in pages, but not in rows."""
    assert one(uneven, DENSE) >= 5000
    assert counts(purge(uneven, POLICY, OPTIONS)) == {"public.person.birthplace": (20_000, 0, 0, 0)}
    assert sizes == [DEFAULT_TUNING.first_rows] * 20


def test_a_stop_between_two_updates_of_the_same_pages_loses_nothing(
    uneven: str, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cursor stays before the pages until the last UPDATE commits; the next run erases the rest in that pass."""
    stop = StopRequest()
    note = Worker.erase

    def ask(worker: Worker, batch: Batch, *, pruning: range = range(0), next_block: int | None = None) -> int:
        xid = note(worker, batch, pruning=pruning, next_block=next_block)
        stop.ask()
        return xid

    with monkeypatch.context() as patch:
        patch.setattr(Worker, "erase", ask)
        with pytest.raises(InterruptedRunError):
            purge(uneven, POLICY, OPTIONS, stop=stop)
    assert sizes == [DEFAULT_TUNING.first_rows]
    assert one(uneven, "SELECT next_block FROM minimize.purge_range") <= one(uneven, DENSE)
    assert counts(purge(uneven, POLICY, OPTIONS)) == {"public.person.birthplace": (20_000, 0, 0, 0)}
    assert fetch(uneven, "SELECT pass, rows FROM minimize.purge_range") == [(1, 20_000)]
