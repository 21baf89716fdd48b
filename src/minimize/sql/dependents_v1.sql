CREATE OR REPLACE FUNCTION minimize.dependents_v1(tbl regclass, columns text[])
RETURNS TABLE (object text, is_own boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $routine$
-- What depends on any of the columns, in the table and in all that inherits from it. `is_own`: it exists only for
-- these columns and goes with them (an index, CHECK, foreign key, statistics object or default over nothing else).
WITH RECURSIVE tree AS (
  SELECT tbl::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid
), col AS (
  SELECT a.attrelid, a.attnum, a.attname, a.attislocal
  FROM pg_attribute AS a JOIN tree ON tree.oid = a.attrelid
  WHERE a.attname = ANY (columns) AND a.attnum > 0 AND NOT a.attisdropped
), dep AS (
  SELECT DISTINCT d.classid, d.objid, d.refobjid
  FROM pg_depend AS d JOIN col ON d.refclassid = 'pg_class'::regclass AND d.refobjid = col.attrelid AND d.refobjsubid = col.attnum
  WHERE NOT (d.classid = 'pg_class'::regclass AND d.objid = d.refobjid AND d.objsubid > 0)
), judged AS (
  SELECT dep.*,
    NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = dep.classid AND d.objid = dep.objid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = dep.refobjid AND d.refobjsubid > 0
                AND d.refobjsubid NOT IN (SELECT attnum FROM col WHERE attrelid = dep.refobjid)) AS alone
  FROM dep
)
SELECT
  CASE classid
    WHEN 'pg_rewrite'::regclass THEN (SELECT pg_describe_object('pg_class'::regclass, r.ev_class, 0) FROM pg_rewrite AS r WHERE r.oid = objid)
    WHEN 'pg_attrdef'::regclass THEN (SELECT 'column ' || d.adrelid::regclass || '.' || quote_ident(a.attname)
      FROM pg_attrdef AS d JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.oid = objid)
    ELSE pg_describe_object(classid, objid, 0)
  END,
  coalesce(CASE classid
    WHEN 'pg_class'::regclass THEN alone AND (SELECT c.relkind IN ('i', 'I', 'S') FROM pg_class AS c WHERE c.oid = objid)
      AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indexrelid = objid AND (i.indisprimary OR i.indisreplident))
    WHEN 'pg_constraint'::regclass THEN (SELECT c.conrelid = refobjid AND (alone OR c.contype = 'n') AND c.contype <> 'p'
      FROM pg_constraint AS c WHERE c.oid = objid)
    WHEN 'pg_attrdef'::regclass THEN (SELECT (d.adrelid, d.adnum) IN (SELECT attrelid, attnum FROM col) FROM pg_attrdef AS d WHERE d.oid = objid)
    WHEN 'pg_statistic_ext'::regclass THEN alone
    WHEN 'pg_trigger'::regclass THEN alone AND (SELECT starts_with(t.tgname, '~minimize_') OR t.tgisinternal FROM pg_trigger AS t WHERE t.oid = objid)
  END, false)
FROM judged
UNION
-- A column depends on the table it partitions, not the other way round.
SELECT 'partition key of ' || d.objid::regclass, false
FROM pg_depend AS d JOIN col ON d.objid = col.attrelid AND d.objsubid = col.attnum
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = d.objid
  AND d.refobjsubid = 0 AND d.deptype = 'i'
UNION
-- The parent's column decides over the child's, except that a child's own definition of it would stay behind.
SELECT 'column ' || a.attrelid::regclass || '.' || quote_ident(a.attname), false
FROM col JOIN pg_inherits AS i ON i.inhrelid = col.attrelid
  JOIN pg_attribute AS a ON a.attname = col.attname AND a.attrelid = CASE WHEN tbl = i.inhrelid THEN i.inhparent ELSE i.inhrelid END
WHERE tbl = i.inhrelid OR col.attislocal
UNION
-- Routines whose bodies PostgreSQL does not track: a text search, which may name one that only looks like it.
SELECT 'function ' || p.oid::regprocedure, false
FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang, unnest(columns) AS name
WHERE l.lanname NOT IN ('internal', 'c') AND p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'minimize'::regnamespace)
  AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
  AND p.prosrc ~* ('\m' || regexp_replace(name, '(\W)', '\\\1', 'g') || '\M')
  AND (p.prosrc ~* ('\m' || (SELECT regexp_replace(c.relname, '(\W)', '\\\1', 'g') FROM pg_class AS c WHERE c.oid = tbl) || '\M')
       OR EXISTS (SELECT FROM pg_trigger AS t JOIN tree ON tree.oid = t.tgrelid WHERE t.tgfoid = p.oid
                  AND p.prosrc ~* ('\m(old|new)\s*\.\s*"?' || regexp_replace(name, '(\W)', '\\\1', 'g') || '\M')))
$routine$
