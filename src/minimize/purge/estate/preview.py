"""The dry run of a purge: one database, or all databases of a policy."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from minimize.catalog.estate.results import EstateResult
from minimize.catalog.estate.targets import DatabaseSource, PolicySource, Target, choose_targets
from minimize.catalog.survey import Survey, SurveyedTable
from minimize.errors import ExitCode
from minimize.purge.connection.stop_request import StopRequest
from minimize.purge.estate.databases import for_each_database
from minimize.purge.estate.purge_databases import survey_target
from minimize.purge.options import ConsumerChoice, StrategyChoice, TriggerChoice, parse_options
from minimize.purge.preflight.dry_run import PurgePreview, preview_database
from minimize.purge.preflight.duration import TableWork, estimate_seconds
from minimize.purge.throttle.profiles import Profile

logger = logging.getLogger("minimize.purge")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabasePreview:
    """What a purge of one database would do, and an estimate of how long it would take."""

    preview: PurgePreview
    estimated_seconds: Mapping[str, float]
    """By profile; see `estimate_seconds` for what it is made from."""

    @property
    def exit_code(self) -> ExitCode:
        """That of the refusal, if the purge would be refused; FINDINGS if something could not be counted."""
        if self.preview.refusal:
            return self.preview.refusal.exit_code
        return ExitCode.FINDINGS if self.preview.not_checked else ExitCode.DONE


def preview_purge(
    policy: PolicySource,
    database: DatabaseSource | None = None,
    *,
    databases: Sequence[str] = (),
    triggers: TriggerChoice = "refuse",
    consumers: ConsumerChoice = "refuse",
    strategy: StrategyChoice = "auto",
    jobs: int | None = None,
    profile: Profile = "gentle",
    limits: Iterable[str] = (),
    window: str | None = None,
    on_table: Callable[[SurveyedTable], None] | None = None,
    stop: StopRequest | None = None,
    check: bool = True,
) -> EstateResult[DatabasePreview]:
    """Return what `purge` with the same arguments would do; change nothing.

    Counts every table once, under ACCESS SHARE. What would make the purge refuse is in `preview.refusal`, and is not
    raised.

    Args:
        policy: The policy, or the path of its file.
        database: As for `purge`.
        databases: As for `purge`.
        triggers: As for `purge`.
        consumers: As for `purge`.
        strategy: As for `purge`.
        jobs: As for `purge`.
        profile: As for `purge`.
        limits: As for `purge`; each throttle is read once.
        window: As for `purge`.
        on_table: Called before each table is counted; without it the `minimize` logger gets a debug line.
        stop: Cancels the counts.
        check: Raise the error of a database. False leaves it in the result.

    Raises:
        UsageError: An argument does not fit, or an id is unknown.
        PolicyError: The policy cannot be read, or does not fit a database.
        InterruptedRunError: It was asked to stop.
        DatabaseError: A server does not answer, or failed.
    """
    options = parse_options(
        triggers=triggers,
        consumers=consumers,
        strategy=strategy,
        jobs=jobs,
        profile=profile,
        limits=limits,
        window=window,
    )
    loaded, targets = choose_targets(policy, database, databases)
    report = on_table or (lambda table: logger.debug("counting %s", table.name))

    def act(target: Target, stop: StopRequest) -> DatabasePreview:
        with survey_target(target, loaded, stop) as (conn, surveyed):
            preview = preview_database(conn, surveyed, options, stop=stop, on_table=report)
        return DatabasePreview(preview=preview, estimated_seconds=estimate_seconds(_table_work(surveyed, preview)))

    result = for_each_database(targets, act, stop, judge=lambda each: each.exit_code)
    if check:
        result.raise_errors()
    return result


def _table_work(surveyed: Survey, preview: PurgePreview) -> Iterator[TableWork]:
    to_erase = {each.location: each.rows.to_erase for each in preview.locations}
    for table in surveyed.tables:
        if table.facts and table.present:
            yield TableWork(
                pages=sum(leaf.pages + leaf.toast_pages for leaf in table.facts.heaps),
                rows=table.facts.estimated_rows,
                rows_to_erase=max(to_erase.get(site.name, 0) for site in table.present),
            )
