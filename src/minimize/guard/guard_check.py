"""Compare the guard of one database, or of all databases of a policy, with the policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.estate.results import EstateResult, visit_databases
from minimize.catalog.estate.targets import (
    Address,
    DatabaseSource,
    PolicySource,
    Target,
    choose_targets,
    read_address,
)
from minimize.catalog.survey import Survey, SurveyedTable, survey
from minimize.errors import ExitCode
from minimize.guard.check_constraint import GuardConstraint
from minimize.guard.drift import Drift, find_drift, find_earlier_guards, guard_of
from minimize.guard.supporting_state import SupportingState, read_supporting_state
from minimize.guard.triggers import GuardTrigger
from minimize.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardCheck:
    """How the guard in a database compares with the policy."""

    address: Address
    locations: tuple[str, ...]
    """The locations that are present, and so should be guarded."""
    drift: tuple[Drift, ...]
    """One entry for each trigger or CHECK that is not as the policy says."""
    unguarded: Mapping[str, tuple[str, ...]]
    """By table: the locations of which no trigger and no CHECK is there at all."""
    earlier_release: tuple[str, ...]
    """The locations whose guard was installed by an earlier release."""
    supporting_state: SupportingState

    @property
    def exit_code(self) -> ExitCode:
        """FINDINGS where anything drifts that the role could repair."""
        has_drift = bool(self.drift) or self.supporting_state.is_watch_drifting
        return ExitCode.FINDINGS if has_drift else ExitCode.DONE


def guard(
    policy: PolicySource,
    database: DatabaseSource | None = None,
    *,
    databases: Sequence[str] = (),
    check: bool = True,
) -> EstateResult[GuardCheck]:
    """Compare the guard in the database with the policy.

    Reads catalogs only, and changes nothing: a guard is installed by an Alembic revision, with `op.guard_field`. A
    location is guarded if every trigger and the CHECK are there on the table and on all of its partitions, enabled
    ALWAYS, made from this policy, unchanged since, and the last to fire.

    Args:
        policy: The policy, or the path of its file.
        database: A URL, or an open connection, whose address and password are used for a connection of its own. None:
            every [[database]] of the policy; of a policy without one, the database of libpq's PG* variables.
        databases: Ids of [[database]] entries, instead of all of them.
        check: Raise the error of a database. False leaves it in the result. Drift is a result, not an error.

    Raises:
        UsageError: `database` and `databases` are both given, an id is unknown, or the URL cannot be read.
        PolicyError: The policy cannot be read, does not lead to a database, or names what the database does not have.
        DatabaseError: A server does not answer, or failed.
    """
    found, targets = choose_targets(policy, database, databases)

    def act(target: Target) -> GuardCheck:
        with target.connected() as conn:
            return check_guard(conn, found)

    return visit_databases(targets, act, lambda result: result.exit_code, check=check)


def check_guard(conn: Connection, policy: Policy) -> GuardCheck:
    """Compare the guard behind one connection with the policy; reads catalogs only.

    Raises:
        PolicyError: The policy names what the database does not have.
        DatabaseError: The server failed.
    """
    surveyed = survey(conn, policy)
    surveyed.require_known()
    drift = find_drift(conn, surveyed)
    return GuardCheck(
        address=read_address(conn),
        locations=tuple(site.name for table in surveyed.tables for site in table.present),
        drift=drift,
        unguarded=_find_unguarded(surveyed, drift),
        earlier_release=find_earlier_guards(conn, surveyed),
        supporting_state=read_supporting_state(conn, surveyed),
    )


def _find_unguarded(surveyed: Survey, drift: Sequence[Drift]) -> dict[str, tuple[str, ...]]:
    missing = Counter(entry.location for entry in drift if entry.problem == "missing")
    by_table = {
        str(table.name): tuple(
            site.name
            for site in table.present
            if missing[site.name] == sum(_count_relations(table, part) for part in guard_of(surveyed, site).parts)
        )
        for table in surveyed.tables
    }
    return {table: locations for table, locations in by_table.items() if locations}


def _count_relations(table: SurveyedTable, part: GuardTrigger | GuardConstraint) -> int:
    """Return how many relations a part of the guard should be on."""
    assert table.facts is not None
    names = {str(table.name), *(str(leaf.name) for leaf in table.facts.leaves)}
    return len(names) if table.facts.kind == "p" else int(str(part.table) in names)
