"""A database opened and looked at for a purge, while somebody may ask it to stop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from minimize.catalog.connection import Connection
from minimize.catalog.survey import Survey, survey
from minimize.errors import DatabaseError
from minimize.policy import Policy
from minimize.purge.connection.stop_request import StopRequest


@contextmanager
def surveyed(
    connected: AbstractContextManager[Connection], policy: Policy, stop: StopRequest
) -> Iterator[tuple[Connection, Survey]]:
    """Open a database and find out what it has of the policy; asked to stop meanwhile, stop, whoever has answered.

    Raises:
        InterruptedRunError: It was asked to stop.
        DatabaseError: The server does not answer, or does not let us in or read.
    """
    with ExitStack() as opened:
        try:
            conn = opened.enter_context(connected)
        except DatabaseError:
            stop.check()
            raise
        with stop.cancelling(conn):
            found = survey(conn, policy)
        stop.check()
        yield conn, found
