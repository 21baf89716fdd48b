"""The SQL of one batch: every location of a table erased in one pass, one UPDATE a row. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from psycopg import sql

from minimize.catalog.survey import Site, SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.locations import held, residue


def erase_range(table: SurveyedTable, leaf: Leaf, first: int, last: int) -> sql.Composed:
    """Return the statement that erases the blocks `first` to `last - 1` of one leaf.

    It yields one row: how many values it erased at each site, in the order of `table.present`. Exceptions and holds
    are asked in the statement itself. A row that another session changes meanwhile is left to the next pass: under
    READ COMMITTED its new version has another ctid, and the join no longer matches.
    """
    sites = table.present
    name = sql.Identifier(table.name.table)
    blocks = sql.SQL("{n}.ctid >= {first}::tid AND {n}.ctid < {last}::tid").format(
        n=name, first=sql.Literal(f"({first},0)"), last=sql.Literal(f"({last},0)")
    )
    # Spelled as the table's own name in the policy, so that a hold may qualify its columns by it also in a leaf.
    source = sql.SQL("ONLY {} AS {}").format(sql.Identifier(leaf.name.schema, leaf.name.table), name)
    return sql.SQL(
        "WITH doomed AS MATERIALIZED (\n"
        "  SELECT {n}.ctid AS minimize_tid, {flags} FROM {source}\n"
        "  WHERE {blocks} AND ({carrying}) AND NOT ({held})\n"
        "), erased AS (\n"
        "  UPDATE {source} SET {assignments} FROM doomed\n"
        "  WHERE {n}.ctid = minimize_tid AND {blocks}\n"
        "  RETURNING {names}\n"
        ") SELECT {counts} FROM erased"
    ).format(
        n=name,
        source=source,
        blocks=blocks,
        flags=_joined([sql.SQL("{} AS {}").format(residue(s.location, s.row), flag(i)) for i, s in enumerate(sites)]),
        carrying=sql.SQL(" OR ").join(residue(s.location, s.row) for s in sites),
        held=held(table.holds),
        assignments=_joined(_assignments(sites)),
        names=_joined([flag(i) for i, _ in enumerate(sites)]),
        counts=_joined([sql.SQL("count(*) FILTER (WHERE {})").format(flag(i)) for i, _ in enumerate(sites)]),
    )


def flag(index: int) -> sql.Identifier:
    """Return the name of the column that says whether a row carries the n-th site."""
    return sql.Identifier(f"minimize_{index}")


def _assignments(sites: Sequence[Site]) -> list[sql.Composable]:
    """Return one assignment per column; several locations in one column are taken out one after the other."""
    by_column: dict[str, list[tuple[int, Site]]] = {}
    for index, site in enumerate(sites):
        by_column.setdefault(site.location.column_name or "", []).append((index, site))
    return [
        sql.SQL("{} = {}").format(sql.Identifier(column), _without(column, group))
        for column, group in by_column.items()
    ]


def _without(column: str, group: Sequence[tuple[int, Site]]) -> sql.Composable:
    def take_out(value: sql.Composable, entry: tuple[int, Site]) -> sql.Composable:
        index, site = entry
        changed = site.location.without(site.row.with_value(column, value))
        return sql.SQL("CASE WHEN {} THEN {} ELSE {} END").format(flag(index), changed, value)

    start: sql.Composable = sql.Identifier(column)
    return reduce(take_out, group, start)


def _joined(parts: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL(", ").join(parts)
