"""Plans the drop of a field: which columns and tables are dropped, and the statements for it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from psycopg import sql

from minimize.catalog.survey import Site
from minimize.locations.object_names import identifier
from minimize.policy import TableName


def sites_by_table(sites: Sequence[Site]) -> list[tuple[TableName, tuple[Site, ...]]]:
    """Return the sites grouped by table."""
    ordered = sorted(sites, key=lambda site: site.location.table_name)
    return [(table, tuple(group)) for table, group in groupby(ordered, key=lambda site: site.location.table_name)]


def columns_by_table(sites: Sequence[Site]) -> list[tuple[TableName, tuple[str, ...]]]:
    """Return the columns to drop, grouped by table."""
    dropped = [site for site in sites if site.location.is_dropped and not site.location.is_whole_table]
    return [
        (table, tuple(site.location.column_name or "" for site in group)) for table, group in sites_by_table(dropped)
    ]


def tables_to_drop(sites: Sequence[Site]) -> list[TableName]:
    """Return the tables to drop."""
    whole = (site.location for site in sites if site.location.is_dropped and site.location.is_whole_table)
    return sorted({location.table_name for location in whole})


def drop_columns(table: TableName, columns: Sequence[str]) -> sql.Composed:
    """Return the statement that drops columns, with the indexes and constraints that use only these columns.

    IF EXISTS, because with `--sql` it is unknown what an earlier revision dropped. RESTRICT, the default, because
    any other dependent must refuse the drop.
    """
    return sql.SQL("ALTER TABLE {} {}").format(
        identifier(table),
        sql.SQL(", ").join(sql.SQL("DROP COLUMN IF EXISTS {}").format(sql.Identifier(c)) for c in columns),
    )


def drop_table(table: TableName) -> sql.Composed:
    """Return the statement that drops a table with its partitions; RESTRICT, the default, as for columns."""
    return sql.SQL("DROP TABLE IF EXISTS {}").format(identifier(table))
