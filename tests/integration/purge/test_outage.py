"""A server that is gone for a while: the purge says so while it tries again."""

from __future__ import annotations

import pytest

from minimize.catalog.connection import Connection, connect
from minimize.errors import DatabaseError
from minimize.purge.connection import session
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from tests.integration.purge.scenario import FAST, at, execute, policy_of
from tests.integration.purge.scenario import purge_in_small_batches as purge


@pytest.mark.parametrize("jobs", [1, 3])
def test_an_outage_is_told_while_it_lasts(people: str, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """What is waited for, and for how long at most; then that it goes on."""
    told: list[str | None] = []
    failures = 0

    def fail_twice(address: str) -> Connection:
        nonlocal failures
        if told_of_batches and failures < 2 * jobs:
            failures += 1
            raise DatabaseError("could not connect to a server", hint="Wait.")
        return connect(address)

    told_of_batches = False

    def strike(progress: Progress) -> None:
        nonlocal told_of_batches
        told.append(progress.waiting_for)
        if progress.blocks_done >= 20 and not told_of_batches:
            told_of_batches = True
            execute(
                people,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'minimize' AND datname = current_database()",
            )

    monkeypatch.setattr(session, "connect", fail_twice)
    purge(people, policy_of(at("app.person.birthplace")), PurgeOptions(jobs=jobs, limits=FAST), on_progress=strike)
    outage = "server: could not connect to a server; tried again for up to 60 s"
    assert outage in told
    assert told[-1] is None
    assert None in told[told.index(outage) :]
