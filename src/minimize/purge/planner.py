"""Which strategy a leaf is purged with, and why."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.connection import Connection, translated
from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.purge.cascade import Cascade
from minimize.purge.dispose import obstacle_to_disposal
from minimize.purge.horizon import can_read_horizon
from minimize.purge.limits import Limits
from minimize.purge.outcome import StrategyChoice
from minimize.purge.pace import Pace
from minimize.purge.sequential import Sequential
from minimize.purge.strategy import Strategy

SMALL_PAGES = 64
"""A leaf of fewer pages is done in a few batches either way."""

MIN_ROWS_PER_PAGE = 4
"""The cascade moves one row of each page elsewhere; with fewer rows a page that is no longer the exception."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The strategy for one leaf, by name, and the reason."""

    name: str
    reason: str


# An index may use a column as a key, or in an expression or a predicate; pg_depend has them all. BRIN indexes do not
# stand in the way of HOT from PostgreSQL 16 on (amsummarizing).
_INDEXES = """
SELECT string_agg(DISTINCT i.indexrelid::regclass::text, ', ')
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS am ON am.oid = c.relam
JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
  AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE i.indrelid = %(oid)s AND (am.amname <> 'brin' OR current_setting('server_version_num')::int < 160000)
  AND (a.attname = ANY (%(columns)s) OR a.attgenerated = 's' AND EXISTS (
    SELECT FROM pg_attrdef AS f JOIN pg_depend AS g ON g.classid = 'pg_attrdef'::regclass AND g.objid = f.oid
    JOIN pg_attribute AS b ON b.attrelid = f.adrelid AND b.attnum = g.refobjsubid AND g.refobjid = f.adrelid
    WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum AND b.attname = ANY (%(columns)s)))
"""
_ROWS_PER_PAGE = (
    "SELECT CASE WHEN reltuples > 0 AND relpages > 0 THEN reltuples / relpages END FROM pg_class WHERE oid = %s"
)


def choose(conn: Connection, table: SurveyedTable, leaf: Leaf, strategy: StrategyChoice) -> Choice:
    """Choose how to purge a leaf: the cascade wherever new versions can stay on their pages, unless told otherwise."""
    if any(site.location.column_name is None for site in table.present):
        obstacle = obstacle_to_disposal(conn, table)
        return Choice("sequential", obstacle) if obstacle else Choice("dispose", "the whole table goes: TRUNCATE")
    if strategy != "auto":
        return Choice(strategy, "as --strategy says")
    obstacle = _obstacle(conn, table, leaf)
    if obstacle:
        return Choice("sequential", obstacle)
    return Choice("cascade", "no index uses what is erased, so new row versions can stay on their pages")


def make_strategy(choice: Choice, limits: Limits) -> Strategy:
    """Return the chosen strategy, for one worker."""
    if choice.name == "cascade":
        return Cascade(Pace(limits.target, limits.pages), limits.batches)
    return Sequential(Pace(limits.target))


def _obstacle(conn: Connection, table: SurveyedTable, leaf: Leaf) -> str | None:
    """Return why the cascade would not help, None where it would."""
    if leaf.pages < SMALL_PAGES:
        return f"small: {leaf.pages} page(s)"
    columns = sorted({site.location.column_name or "" for site in table.present})
    with translated(f"choosing the strategy for {leaf.name}"):
        indexes = conn.execute(_INDEXES, {"oid": leaf.oid, "columns": columns}).fetchone()
        density = conn.execute(_ROWS_PER_PAGE, [leaf.oid]).fetchone()
    if indexes and indexes[0]:
        return f"every new row version needs an entry in {indexes[0]}: drop what uses the field CONCURRENTLY first"
    if density and isinstance(density[0], float) and density[0] < MIN_ROWS_PER_PAGE:
        return f"{density[0]:.1f} rows a page: too few for new versions to stay on their pages"
    if not can_read_horizon(conn):
        return "this role cannot see the snapshots of others: GRANT pg_read_all_stats to it for the faster cascade"
    return None
