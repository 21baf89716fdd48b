"""Verify one database, or all databases of a policy."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Literal, get_args

from minimize.catalog.estate.results import EstateResult, visit_databases
from minimize.catalog.estate.targets import DatabaseSource, PolicySource, Target, choose_targets
from minimize.catalog.survey import SurveyedTable, survey
from minimize.errors import ExitCode, UsageError
from minimize.verify.residue import Verification, verify_rows

Level = Literal["E1"]

logger = logging.getLogger("minimize.verify")


def verify(
    policy: PolicySource,
    database: DatabaseSource | None = None,
    *,
    databases: Sequence[str] = (),
    level: Level = "E1",
    on_table: Callable[[SurveyedTable], None] | None = None,
    check: bool = True,
) -> EstateResult[Verification]:
    """Count the values that are left at every location of the policy.

    Reads each table once, under ACCESS SHARE, and changes nothing. Databases are read one after the other. A row that
    an exception or a hold keeps is counted, and is not residue. What could not be read is named in `not_checked`; a
    result is `clean` only if everything was read and nothing is left. Level E1 says what SQL returns: it says nothing
    about bytes in files, WAL or backups.

    Args:
        policy: The policy, or the path of its file.
        database: A URL, or an open connection, whose address and password are used for a connection of its own. None:
            every [[database]] of the policy; of a policy without one, the database of libpq's PG* variables.
        databases: Ids of [[database]] entries, instead of all of them.
        level: The level of erasure to verify.
        on_table: Called before each table is read; without it the `minimize` logger gets a debug line.
        check: Raise the error of a database. False leaves it in the result.

    Raises:
        UsageError: `database` and `databases` are both given, an argument has a value that is not allowed, an id is
            unknown, or the URL cannot be read.
        PolicyError: The policy cannot be read, or does not lead to a database.
        DatabaseError: A server does not answer, or failed.
    """
    if level not in get_args(Level):
        raise UsageError(
            f"level is {level!r}, which is not one of its values", hint=f"Write {', '.join(get_args(Level))}."
        )
    found, targets = choose_targets(policy, database, databases)
    report = on_table or (lambda table: logger.debug("reading %s", table.name))

    def act(target: Target) -> Verification:
        with target.connected() as conn:
            result = verify_rows(conn, survey(conn, found), on_table=report)
        assert result.level == level
        return result

    return visit_databases(targets, act, _judge, check=check)


def _judge(result: Verification) -> ExitCode:
    return ExitCode.DONE if result.clean else ExitCode.FINDINGS
