"""Check that a retired column can be NULL, before the first batch would fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Site, SurveyedTable
from minimize.catalog.tables import TableFacts
from minimize.errors import Problem, RefusedError
from minimize.locations import carries_unexempt, held
from minimize.locations.object_names import identifier
from minimize.policy import TableName

_TREE = sql.SQL("""
WITH RECURSIVE tree AS (
  SELECT %(oid)s::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
""")

_KEYS = _TREE + sql.SQL("""
SELECT a.attname, min(p.partrelid::regclass::text)
FROM pg_partitioned_table AS p JOIN pg_attribute AS a ON a.attrelid = p.partrelid
WHERE a.attname = ANY (%(columns)s)
  AND p.partrelid IN (SELECT oid FROM tree UNION SELECT relid FROM pg_partition_ancestors(%(oid)s))
  AND (a.attnum = ANY (p.partattrs) OR p.partexprs::text ~ (':varattno ' || a.attnum || ' '))
GROUP BY 1 ORDER BY 1
""")

# Each query returns false, or fails, if NULL is refused. A constraint that also reads another column cannot be
# evaluated without a row. The CHECKs of the guard and of the purge are left out: they accept NULL.
_NULL_TESTS = _TREE + sql.SQL("""
SELECT DISTINCT attname, what, test FROM (
  SELECT a.attname, 'domain ' || format_type(a.atttypid, NULL) AS what,
    format('SELECT NULL::%%s IS NULL', format_type(a.atttypid, a.atttypmod)) AS test
  FROM tree JOIN pg_attribute AS a ON a.attrelid = tree.oid JOIN pg_type AS t ON t.oid = a.atttypid
  WHERE t.typtype = 'd'
  UNION ALL
  SELECT a.attname, 'CHECK ' || c.conname,
    format('SELECT (%%s) FROM (SELECT NULL::%%s AS %%I) AS row', pg_get_expr(c.conbin, c.conrelid),
      format_type(a.atttypid, a.atttypmod), a.attname)
  FROM tree JOIN pg_constraint AS c ON c.conrelid = tree.oid AND c.contype = 'c' AND c.conname !~ '^!?minimize_'
    AND coalesce((to_jsonb(c)->>'conenforced')::boolean, true)
  JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
  UNION ALL
  SELECT a.attname, 'NOT NULL of ' || g.attname || ', generated from it,',
    format('SELECT (%%s) IS NOT NULL FROM (SELECT NULL::%%s AS %%I) AS row', pg_get_expr(f.adbin, f.adrelid),
      format_type(a.atttypid, a.atttypmod), a.attname)
  FROM tree JOIN pg_attribute AS g ON g.attrelid = tree.oid AND g.attnotnull AND g.attgenerated <> ''
  JOIN pg_attrdef AS f ON f.adrelid = g.attrelid AND f.adnum = g.attnum
  JOIN pg_attribute AS a ON a.attrelid = g.attrelid AND ARRAY[a.attnum::int] = ARRAY(
    SELECT d.refobjsubid FROM pg_depend AS d WHERE d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = f.adrelid AND d.refobjsubid <> f.adnum)) AS q
WHERE attname = ANY (%(columns)s) ORDER BY what, test
""")

_UNIQUE = _TREE + sql.SQL("""
SELECT a.attname, i.indexrelid::regclass::text, n.nspname, c.relname
FROM tree JOIN pg_class AS c USING (oid) JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_index AS i ON i.indrelid = c.oid JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
WHERE i.indisunique AND i.indnullsnotdistinct AND i.indnkeyatts = 1 AND i.indpred IS NULL AND c.relkind = 'r'
  AND a.attname = ANY (%(columns)s) ORDER BY 2
""")

_FULL = _TREE + sql.SQL("""
SELECT f.conname, array_agg(a.attname::text) FROM tree
JOIN pg_constraint AS f ON f.conrelid = tree.oid AND f.contype = 'f' AND f.confmatchtype = 'f'
JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
WHERE cardinality(f.conkey) > 1 AND coalesce((to_jsonb(f)->>'conenforced')::boolean, true)
GROUP BY f.oid, f.conname HAVING array_agg(a.attname::text) && %(columns)s::text[] ORDER BY f.conname
""")

_RELAX = "Drop or relax it in an earlier revision."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The columns of one table that a purge sets to NULL."""

    table: SurveyedTable
    facts: TableFacts
    sites: dict[str, Site]

    @property
    def parameters(self) -> dict[str, object]:
        return {"oid": self.facts.oid, "columns": list(self.sites)}


def require_nullable(conn: Connection, tables: Iterable[SurveyedTable]) -> None:
    """Refuse a column that is retired as a whole but cannot be NULL, as far as the catalogs show.

    A constraint over several columns, or a trigger, may still refuse a row. Rows are read only for a UNIQUE NULLS NOT
    DISTINCT over the column alone, to find a second row.

    Raises:
        RefusedError: One line per column and obstacle. If NOT NULL is still set somewhere, only that.
    """
    erased = [columns for table in tables if (columns := _columns(table)) is not None]
    if missing := [site.name for each in erased for name, site in each.sites.items() if _is_not_null(each, name)]:
        raise RefusedError(
            f"NOT NULL is still on {', '.join(missing)}",
            hint="Run the revision with op.guard_field first: it drops NOT NULL and the default. Drop NOT NULL of a"
            " domain or of a single partition yourself.",
        )
    obstacles = [obstacle for each in erased for obstacle in _obstacles(conn, each)]
    if obstacles:
        raise RefusedError.from_problems(obstacles)


def _columns(table: SurveyedTable) -> _Columns | None:
    whole = [site for site in table.present if site.location.is_whole_column]
    sites = {site.location.column_name or "": site for site in whole}
    if not table.facts or not sites or table.is_whole:
        return None
    return _Columns(table=table, facts=table.facts, sites=sites)


def _is_not_null(columns: _Columns, name: str) -> bool:
    return columns.facts.columns[name].is_not_null


def _obstacles(conn: Connection, columns: _Columns) -> Iterator[Problem]:
    with translate_errors(f"reading what refuses NULL in {columns.table.name}"):
        for name, relation in conn.execute(_KEYS, columns.parameters).fetchall():
            what = f"{columns.sites[str(name)].name} cannot be NULL: it is in the partition key of {relation}"
            yield Problem(
                what, "Partition the table by something else first: no partition accepts all rows without the value."
            )
        for name, refusing, test in conn.execute(_NULL_TESTS, columns.parameters).fetchall():
            if _is_refused(conn, str(test)):
                yield Problem(f"{columns.sites[str(name)].name} cannot be NULL: {refusing} refuses it", _RELAX)
        for name, index, *leaf in conn.execute(_UNIQUE, columns.parameters).fetchall():
            site = columns.sites[str(name)]
            if _has_several(conn, columns.table, site, TableName(*map(str, leaf))):
                yield Problem(
                    f"{site.name} cannot be NULL in several rows: {index} is UNIQUE NULLS NOT DISTINCT", _RELAX
                )
        for key, names in conn.execute(_FULL, columns.parameters).fetchall():
            assert isinstance(names, list)
            yield from _full_key(columns, str(key), names)


def _is_refused(conn: Connection, test: str) -> bool:
    """Return whether NULL is refused. If that cannot be decided without a row, the first batch decides."""
    try:
        with conn.transaction(force_rollback=True):
            conn.execute("SET TRANSACTION READ ONLY")
            row = conn.execute(test.encode()).fetchone()
    except (psycopg.IntegrityError, psycopg.errors.RaiseException):
        return True
    except (psycopg.DataError, psycopg.ProgrammingError, psycopg.NotSupportedError):
        return False
    return row is not None and row[0] is False


def _has_several(conn: Connection, table: SurveyedTable, site: Site, leaf: TableName) -> bool:
    """Return whether more than one row of a leaf would be NULL."""
    query = sql.SQL(
        "SELECT count(*) > 1 FROM (SELECT FROM ONLY {} AS {} WHERE {} IS NULL OR ({} AND NOT ({})) LIMIT 2) AS row"
    ).format(
        identifier(leaf),
        sql.Identifier(table.name.table),
        sql.Identifier(site.location.column_name or ""),
        carries_unexempt(site.location, site.row),
        held(table.holds),
    )
    row = conn.execute(query).fetchone()
    return row is not None and bool(row[0])


def _full_key(columns: _Columns, key: str, names: list[str]) -> Iterator[Problem]:
    """Yield a foreign key MATCH FULL unless all of its columns are erased in the same rows."""
    erased = [columns.sites[name] for name in names if name in columns.sites]
    if len(erased) < len(names) or len({frozenset(site.location.keep_where.values()) for site in erased}) > 1:
        yield Problem(
            f"{erased[0].name} cannot be NULL alone: foreign key {key} is MATCH FULL over {', '.join(names)}", _RELAX
        )
