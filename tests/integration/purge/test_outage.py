"""While a server is unreachable, the purge reports it and retries."""

from __future__ import annotations

import pytest

from minimize.catalog.connection import Connection, connect
from minimize.errors import DatabaseError
from minimize.purge.connection import reconnecting_session as session
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from tests.integration.purge.scenario import FAST, at, execute, policy_of
from tests.integration.purge.scenario import purge_in_small_batches as purge


@pytest.mark.parametrize("jobs", [1, 3])
def test_an_outage_is_reported_while_it_lasts(people: str, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """It reports the reason and the maximum time, and afterwards that it continues."""
    reported: list[str | None] = []
    failures = 0

    def fail_twice(address: str) -> Connection:
        nonlocal failures
        if has_struck and failures < 2 * jobs:
            failures += 1
            raise DatabaseError("could not connect to a server", hint="Wait.")
        return connect(address)

    has_struck = False

    def strike(progress: Progress) -> None:
        nonlocal has_struck
        reported.append(progress.waiting_for)
        if progress.blocks_done >= 20 and not has_struck:
            has_struck = True
            execute(
                people,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'minimize' AND datname = current_database()",
            )

    monkeypatch.setattr(session, "connect", fail_twice)
    purge(people, policy_of(at("app.person.birthplace")), PurgeOptions(jobs=jobs, limits=FAST), on_progress=strike)
    outage = "server: could not connect to a server; tried again for up to 60 s"
    assert outage in reported
    assert reported[-1] is None
    assert None in reported[reported.index(outage) :]
