"""Which strategy a leaf is purged with, and why."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.indexes import indexes_using
from minimize.catalog.side_effects.snapshot_holders import sees_all_sessions
from minimize.catalog.side_effects.triggers import rewrites_indexed_column
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.purge.batch.pace import Pace
from minimize.purge.options import StrategyChoice, TriggerChoice
from minimize.purge.strategy.cascade import Cascade
from minimize.purge.strategy.interface import Strategy
from minimize.purge.strategy.sequential import Sequential
from minimize.purge.strategy.truncate import truncate_obstacle
from minimize.purge.throttle.limits import Limits

SMALL_PAGES = 64
"""A leaf of fewer pages is done in a few batches either way."""

MIN_ROWS_PER_PAGE = 4
"""The cascade moves one row of each page elsewhere; with fewer rows a page that is no longer the exception."""


SUBJECTS = {"cascade": "values in rows that stay", "truncate": "whole tables"}
"""What the strategies are for that are not for everything."""


@dataclass(frozen=True, slots=True)
class ChosenStrategy:
    """The strategy for one leaf, by name, and the reason."""

    name: str
    reason: str


_ROWS_PER_PAGE = (
    "SELECT CASE WHEN reltuples > 0 AND relpages > 0 THEN reltuples / relpages END FROM pg_class WHERE oid = %s"
)


_BLIND = ", although this role cannot see the snapshots of others: where there are old ones, the table grows"


def choose_strategy(
    conn: Connection, table: SurveyedTable, leaf: Leaf, strategy: StrategyChoice, triggers: TriggerChoice = "refuse"
) -> ChosenStrategy:
    """Choose how to purge a leaf: as told where that can be, else what costs least.

    That is TRUNCATE for a whole table, and the cascade wherever new row versions can stay on their pages.
    """
    if strategy != "auto" and is_applicable(strategy, table):
        blind = strategy == "cascade" and not sees_all_sessions(conn)
        return ChosenStrategy(strategy, f"as --strategy says{_BLIND if blind else ''}")
    chosen = _for_rows(conn, table) if table.is_whole else _for_values(conn, table, leaf, triggers)
    if strategy == "auto":
        return chosen
    return ChosenStrategy(
        chosen.name, f"--strategy {strategy} is for {SUBJECTS[strategy]}, so as with auto: {chosen.reason}"
    )


def is_applicable(strategy: StrategyChoice, table: SurveyedTable) -> bool:
    """Return whether a strategy can do what the policy asks for in a table, obstacles aside."""
    return strategy in ("auto", "sequential") or (strategy == "truncate") is table.is_whole


def uses_truncate(conn: Connection, table: SurveyedTable, strategy: StrategyChoice) -> bool:
    """Return whether a table goes by TRUNCATE, which fires and sends other things than the end of single rows does."""
    leaves = table.facts.heaps[:1] if table.facts and table.is_whole else ()
    return any(choose_strategy(conn, table, leaf, strategy).name == "truncate" for leaf in leaves)


def make_strategy(choice: ChosenStrategy, limits: Limits) -> Strategy:
    """Return the chosen strategy, for one worker."""
    if choice.name == "cascade":
        return Cascade(Pace(limits.target, limits.pages), limits.interleave)
    return Sequential(Pace(limits.target))


def _for_rows(conn: Connection, table: SurveyedTable) -> ChosenStrategy:
    if obstacle := truncate_obstacle(conn, table):
        return ChosenStrategy("sequential", f"{obstacle}: deleted in batches")
    return ChosenStrategy("truncate", "the whole table goes: TRUNCATE")


def _for_values(conn: Connection, table: SurveyedTable, leaf: Leaf, triggers: TriggerChoice) -> ChosenStrategy:
    if obstacle := _obstacle(conn, table, leaf, triggers):
        return ChosenStrategy("sequential", obstacle)
    return ChosenStrategy("cascade", "no index uses what is erased, so new row versions can stay on their pages")


def _obstacle(conn: Connection, table: SurveyedTable, leaf: Leaf, triggers: TriggerChoice) -> str | None:
    """Return why the cascade would not help, None where it would."""
    if leaf.pages < SMALL_PAGES:
        return f"small: {leaf.pages} page(s)"
    columns = sorted({site.location.column_name or "" for site in table.present})
    with translate_errors(f"choosing the strategy for {leaf.name}"):
        indexes = indexes_using(conn, leaf, columns)
        density = conn.execute(_ROWS_PER_PAGE, [leaf.oid]).fetchone()
    if indexes:
        return f"every new row version needs an entry in {indexes}: drop what uses the field CONCURRENTLY first"
    if why := rewrites_indexed_column(conn, table, leaf, is_suppressing=triggers == "suppress"):
        return why
    if density and isinstance(density[0], float) and density[0] < MIN_ROWS_PER_PAGE:
        return f"{density[0]:.1f} rows a page: too few for new versions to stay on their pages"
    if not sees_all_sessions(conn):
        return "this role cannot see the snapshots of others: GRANT pg_read_all_stats to it for the faster cascade"
    return None
