"""The state of what supports the guard and is not part of it: the DDL watch, the muted server log, the counters."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Survey
from minimize.guard.counters import read_counts
from minimize.guard.log_muting_check import read_log_muting
from minimize.guard.watch_state import read_watch_state


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportingState:
    """What supports the guard, as the database has it."""

    ddl_watch: str
    """"installed", or how it differs from what the policy needs."""
    is_watch_drifting: bool
    """Whether the watch differs from the policy and this role could repair it."""
    log_muting: str
    """"on", or the privilege that is missing."""
    counts: dict[str, int]
    """Refused, stripped or reported writes by location."""


def read_supporting_state(conn: Connection, survey: Survey) -> SupportingState:
    """Read it from the catalogs."""
    with translate_errors("reading what supports the guard"):
        ddl_watch, is_drifting = read_watch_state(conn, survey.policy)
        return SupportingState(
            ddl_watch=ddl_watch,
            is_watch_drifting=is_drifting,
            log_muting=read_log_muting(conn),
            counts=read_counts(conn, survey),
        )
