"""Where the strategy for a leaf is chosen, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.indexes import indexes_using
from minimize.catalog.side_effects.foreign_keys import obstacle_to_truncate
from minimize.catalog.side_effects.snapshot_holders import sees_all_sessions
from minimize.catalog.side_effects.triggers import rewrites_indexed_column
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.purge.options import StrategyChoice
from minimize.purge.tuning import DEFAULT_TUNING, Tuning

StrategyName = Literal["cascade", "sequential", "truncate"]

SCOPE = {"cascade": "values in rows that stay", "truncate": "whole tables"}
"""What a strategy can purge; `sequential` can purge everything."""

_ROWS_PER_PAGE = (
    "SELECT CASE WHEN reltuples > 0 AND relpages > 0 THEN reltuples / relpages END FROM pg_class WHERE oid = %s"
)
_SNAPSHOTS_HIDDEN = ", although this role cannot see the snapshots of others: while there are old ones, the table grows"


@dataclass(frozen=True, slots=True)
class ChosenStrategy:
    """The strategy for one leaf, and the reason."""

    name: StrategyName
    reason: str


def choose_strategy(
    conn: Connection,
    table: SurveyedTable,
    leaf: Leaf,
    strategy: StrategyChoice = "auto",
    *,
    triggers_suppressed: bool = False,
    tuning: Tuning = DEFAULT_TUNING,
) -> ChosenStrategy:
    """Choose how to purge a leaf: the requested strategy if it applies to the table, else the cheapest one.

    The cheapest is TRUNCATE for a whole table, and the cascade wherever new row versions can stay on their pages.

    Args:
        conn: A connection.
        table: The table of the leaf.
        leaf: What to purge.
        strategy: The requested strategy.
        triggers_suppressed: Whether ordinary triggers do not fire for the purge.
        tuning: `small_pages` and `min_rows_per_page` are used.
    """
    if strategy != "auto" and is_applicable(strategy, table):
        is_blind = strategy == "cascade" and not sees_all_sessions(conn)
        return ChosenStrategy(strategy, f"as --strategy says{_SNAPSHOTS_HIDDEN if is_blind else ''}")
    if table.is_whole:
        chosen = _choose_for_rows(conn, table)
    elif obstacle := _cascade_obstacle(conn, table, leaf, triggers_suppressed=triggers_suppressed, tuning=tuning):
        chosen = ChosenStrategy("sequential", obstacle)
    else:
        chosen = ChosenStrategy("cascade", "no index uses what is erased, so new row versions can stay on their pages")
    if strategy == "auto":
        return chosen
    return ChosenStrategy(chosen.name, f"--strategy {strategy} is for {SCOPE[strategy]}; as with auto: {chosen.reason}")


def is_applicable(strategy: StrategyChoice, table: SurveyedTable) -> bool:
    """Return whether a strategy can do what the policy requires in a table, obstacles aside."""
    return strategy in ("auto", "sequential") or (strategy == "truncate") is table.is_whole


def uses_truncate(conn: Connection, table: SurveyedTable, strategy: StrategyChoice) -> bool:
    """Return whether TRUNCATE empties a table: it fires other triggers, and replicates differently, than DELETE."""
    leaves = table.facts.heaps[:1] if table.facts and table.is_whole else ()
    return any(choose_strategy(conn, table, leaf, strategy).name == "truncate" for leaf in leaves)


def truncate_obstacle(conn: Connection, table: SurveyedTable) -> str | None:
    """Return why the rows of a whole table cannot be removed at once, None if they can."""
    if table.holds:
        return f"rows may be under hold {', '.join(hold.id for hold in table.holds)}"
    if any(site.location.keep_where for site in table.present):
        return "an exception keeps rows"
    return obstacle_to_truncate(conn, table)


def _choose_for_rows(conn: Connection, table: SurveyedTable) -> ChosenStrategy:
    if obstacle := truncate_obstacle(conn, table):
        return ChosenStrategy("sequential", f"{obstacle}: deleted in batches")
    return ChosenStrategy("truncate", "the whole table is retired: TRUNCATE")


def _cascade_obstacle(
    conn: Connection, table: SurveyedTable, leaf: Leaf, *, triggers_suppressed: bool, tuning: Tuning
) -> str | None:
    """Return why the cascade would have no advantage, None if it has one."""
    if leaf.pages < tuning.small_pages:
        return f"small: {leaf.pages} page(s)"
    columns = sorted({site.location.column_name or "" for site in table.present})
    with translate_errors(f"choosing the strategy for {leaf.name}"):
        indexes = indexes_using(conn, leaf, columns)
        density = conn.execute(_ROWS_PER_PAGE, [leaf.oid]).fetchone()
    if indexes:
        return f"every new row version needs an entry in {indexes}: drop what uses the field CONCURRENTLY first"
    if reason := rewrites_indexed_column(conn, table, leaf, is_suppressing=triggers_suppressed):
        return reason
    if density and isinstance(density[0], float) and density[0] < tuning.min_rows_per_page:
        return f"{density[0]:.1f} rows a page: too few for new versions to stay on their pages"
    if not sees_all_sessions(conn):
        return "this role cannot see the snapshots of others: GRANT pg_read_all_stats to it for the faster cascade"
    return None
