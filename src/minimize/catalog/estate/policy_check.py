"""Compare a policy with one database, or with several databases of its own."""

from __future__ import annotations

from collections.abc import Sequence

from minimize.catalog.estate.results import EstateResult, visit_databases
from minimize.catalog.estate.targets import DatabaseSource, PolicySource, Target, choose_targets
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import Survey, survey


def check_policy(
    policy: PolicySource,
    database: DatabaseSource | None = None,
    *,
    databases: Sequence[str] = (),
    check: bool = True,
) -> EstateResult[Survey]:
    """Compare a policy with the database: names, types, and predicates; changes nothing.

    Args:
        policy: The policy, or the path of its file.
        database: A URL, or an open connection, whose address and password are used for a connection of its own.
        databases: Ids of [[database]] entries.
        check: Raise the error of a database. False leaves it in the result.

    Raises:
        UsageError: `database` and `databases` are both given, an id is unknown, or the URL cannot be read.
        PolicyError: The policy cannot be read, or does not fit a database.
        DatabaseError: A server does not answer, or failed.
    """
    found, targets = choose_targets(policy, database, databases)

    def act(target: Target) -> Survey:
        with target.connected() as conn:
            surveyed = survey(conn, found)
            check_survey(conn, surveyed)
        return surveyed

    return visit_databases(targets, act, check=check)
