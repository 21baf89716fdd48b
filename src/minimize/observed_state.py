"""The observed state of every location: what guard and verification find, put together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minimize.catalog.estate.results import EstateResult, visit_databases
from minimize.catalog.estate.targets import DatabaseSource, PolicySource, Target, choose_targets
from minimize.catalog.survey import SurveyedTable, survey
from minimize.guard.drift import find_drift
from minimize.verify.location_state import LocationState, observe, weakest_level

logger = logging.getLogger("minimize.status")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseStatus:
    """The state of every location of a policy in one database."""

    policy: str
    """The id of the policy."""
    locations: tuple[LocationState, ...]

    @property
    def level(self) -> str | None:
        """The level of erasure, that of the weakest location; None if one is not even guarded."""
        return weakest_level(self.locations)


def status(
    policy: PolicySource,
    database: DatabaseSource | None = None,
    *,
    databases: Sequence[str] = (),
    on_table: Callable[[SurveyedTable], None] | None = None,
    check: bool = True,
) -> EstateResult[DatabaseStatus]:
    """Observe the state of every location of the policy.

    Nothing is remembered: catalogs are read, and each table is counted once, under ACCESS SHARE. Databases are read
    one after the other. A location that cannot be read has the state `unknown`, and the reason in `not_checked`.

    Args:
        policy: The policy, or the path of its file.
        database: A URL, or an open connection, whose address and password are used for a connection of its own. None:
            every [[database]] of the policy; of a policy without one, the database of libpq's PG* variables.
        databases: Ids of [[database]] entries, instead of all of them.
        on_table: Called before each table is counted; without it the `minimize` logger gets a debug line.
        check: Raise the error of a database. False leaves it in the result.

    Raises:
        UsageError: `database` and `databases` are both given, an id is unknown, or the URL cannot be read.
        PolicyError: The policy cannot be read, or does not lead to a database.
        DatabaseError: A server does not answer, or failed.
    """
    found, targets = choose_targets(policy, database, databases)
    report = on_table or (lambda table: logger.debug("reading %s", table.name))

    def act(target: Target) -> DatabaseStatus:
        with target.connected() as conn:
            surveyed = survey(conn, found)
            unguarded = {entry.location for entry in find_drift(conn, surveyed)}
            states = observe(conn, surveyed, unguarded, on_table=report)
        return DatabaseStatus(policy=found.id, locations=states)

    return visit_databases(targets, act, check=check)
