"""Purges of several databases side by side: the number of workers per server."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from minimize.catalog.estate.targets import Target
from minimize.catalog.survey import survey
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.estate.databases import for_each_database
from minimize.purge.options import PurgeOptions
from minimize.purge.result import PurgeResult
from minimize.purge.run.engine import Purge
from minimize.purge.run.leaf_workers import LeafPass
from tests.integration.purge.scenario import FAST, FOUR_BLOCKS, at, policy_of

JOBS = 2
TUNING = replace(FOUR_BLOCKS, min_range_pages=8)
POLICY = policy_of(at("app.person.birthplace"), at("app.person.doc", "$.person.pob"))


class Workers:
    """Counts workers by server, now and at most."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.now, self.most = Counter[str](), Counter[str]()

    @contextmanager
    def one_more(self, server: str) -> Iterator[None]:
        """Count one worker during the block."""
        with self.lock:
            self.now[server] += 1
            self.most[server] = max(self.most[server], self.now[server])
        try:
            yield
        finally:
            with self.lock:
                self.now[server] -= 1


def test_a_server_has_no_more_workers_than_jobs(
    people: str, clone: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit holds for all databases of the server together, and each is purged as if it were alone."""
    urls = [people, clone("purge_people"), clone("purge_people")]
    servers = ["left", "left", "right"]
    targets = [
        Target(id=str(n), server=server, url=url) for n, (server, url) in enumerate(zip(servers, urls, strict=True))
    ]
    workers, real, here = Workers(), LeafPass._work_in_own_session, dict[int, str]()

    def counted(self: LeafPass, *arguments: object) -> None:
        with workers.one_more(here[id(self.tools.counters)]):
            real(self, *arguments)  # type: ignore[arg-type]

    def act(target: Target, stop: StopRequest) -> PurgeResult:
        with target.connected() as conn:
            options = PurgeOptions(jobs=JOBS, limits=FAST)
            purge = Purge(conn, survey(conn, POLICY), options, stop=stop, tuning=TUNING)
            here[id(purge.counters)] = target.server
            return purge.run()

    monkeypatch.setattr(LeafPass, "_work_in_own_session", counted)
    results = for_each_database(targets, act).databases
    assert [each.error for each in results] == [None] * 3
    first, *others = [[(o.erased, o.left) for o in each.result.locations] for each in results if each.result]
    assert others == [first, first]
    assert first[0] == (1500, 0)
    assert workers.most == {"left": JOBS, "right": JOBS}
