"""A purge in a process of its own that may be killed: forked from one that has imported everything already."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from minimize.purge.options import StrategyChoice
from tests.integration.purge.losses import POLICY, TUNING, options
from tests.integration.purge.scenario import purge

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])


def start_victim(url: str, strategy: StrategyChoice, jobs: int) -> tuple[ForkServerProcess, Connection]:
    """Start a purge; it sends something for each report of its progress."""
    reports, far_end = _FORKING.Pipe(duplex=False)
    process = _FORKING.Process(target=_purge, args=(url, strategy, jobs, far_end))
    process.start()
    far_end.close()
    return process, reports


def _purge(url: str, strategy: StrategyChoice, jobs: int, reports: Connection) -> None:
    purge(
        url,
        POLICY,
        options(strategy, jobs),
        on_progress=lambda progress: reports.send(progress.phase),
        tuning=TUNING,
    )
