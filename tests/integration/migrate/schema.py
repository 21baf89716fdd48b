"""Describes a schema as text, to compare two databases."""

from __future__ import annotations

import psycopg

# Positions, object ids and the version table differ without meaning anything.
QUERY = """
    SELECT concat_ws(' ', 'column', a.attrelid::regclass, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
                     a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
      FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
      LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') AND {ours}
    UNION ALL
    SELECT 'relation ' || c.relkind::text || ' ' || c.oid::regclass || ' ' || coalesce(pg_get_viewdef(
           CASE WHEN c.relkind IN ('v', 'm') THEN c.oid END), '') FROM pg_class AS c WHERE {ours}
    UNION ALL
    SELECT concat_ws(' ', 'constraint', n.conrelid::regclass, n.conname, pg_get_constraintdef(n.oid), n.convalidated)
      FROM pg_constraint AS n JOIN pg_class AS c ON c.oid = n.conrelid WHERE n.contype <> 'n' AND {ours}
    UNION ALL
    SELECT 'index ' || pg_get_indexdef(c.oid) FROM pg_class AS c WHERE c.relkind IN ('i', 'I') AND {ours}
    UNION ALL
    SELECT 'statistics ' || pg_get_statisticsobjdef(s.oid)
      FROM pg_statistic_ext AS s JOIN pg_class AS c ON c.oid = s.stxrelid WHERE {ours}
    UNION ALL
    SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
      FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND {ours}
    UNION ALL
    SELECT concat_ws(' ', 'function', p.oid::regprocedure, md5(p.prosrc))
      FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
     WHERE n.nspname !~ '^(pg_|information_schema)' AND p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')
    UNION ALL
    SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'
"""
OURS = (
    "c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
    " AND c.relname !~ '^(alembic_version|pg_toast)'"
)


def describe_schema(url: str) -> set[str]:
    """Return every column, relation, constraint, index, trigger, function and schema of a database."""
    with psycopg.connect(url) as conn:
        return {str(row[0]) for row in conn.execute(QUERY.replace("{ours}", OURS).encode())}
