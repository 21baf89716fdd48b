"""The SQL of one batch: every location of a table erased in one pass, one UPDATE a row. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
        flags=_joined([sql.SQL("{} AS {}").format(residue(s.location, s.row), _flag(i)) for i, s in enumerate(sites)]),
        carrying=sql.SQL(" OR ").join(residue(s.location, s.row) for s in sites),
        held=held(table.holds),
        assignments=_joined(list(_assignments(sites))),
        names=_joined([_flag(index) for index, _ in enumerate(sites)]),
        counts=_joined([sql.SQL("count(*) FILTER (WHERE {})").format(_flag(i)) for i, _ in enumerate(sites)]),
    )


def _assignments(sites: Sequence[Site]) -> Iterator[sql.Composable]:
    """Yield one assignment per column, each location in it taken out of what the one before left.

    Locations with the same exceptions are taken out together: a row is residue at all of them or exempt at all of
    them, and taking out what is not there changes nothing.
    """
    by_column: dict[str, dict[frozenset[tuple[str, str]], list[tuple[int, Site]]]] = {}
    for index, site in enumerate(sites):
        groups = by_column.setdefault(site.location.column_name or "", {})
        groups.setdefault(frozenset(site.location.keep_where.items()), []).append((index, site))
    for column, groups in by_column.items():
        value: sql.Composable = sql.Identifier(column)
        for group in groups.values():
            value = _taken_out(column, value, group)
        yield sql.SQL("{} = {}").format(sql.Identifier(column), value)


def _taken_out(column: str, value: sql.Composable, group: Sequence[tuple[int, Site]]) -> sql.Composable:
    changed = value
    for _, site in group:
        changed = site.location.without(site.row.with_value(column, changed))
    return sql.SQL("CASE WHEN {} THEN {} ELSE {} END").format(
        sql.SQL(" OR ").join(_flag(index) for index, _ in group), changed, value
    )


def _flag(index: int) -> sql.Identifier:
    """Return the name of the column that says whether a row is residue at the n-th site."""
    return sql.Identifier(f"minimize_{index}")


def _joined(parts: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL(", ").join(parts)
