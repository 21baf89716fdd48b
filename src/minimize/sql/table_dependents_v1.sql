CREATE OR REPLACE FUNCTION minimize.table_dependents_v1(tbl regclass) RETURNS TABLE (object text)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $routine$
-- What would be in the way of DROP TABLE without CASCADE, or would break behind it. Partitions, and what belongs to
-- the table alone (indexes, constraints, defaults, statistics, triggers, policies), go with it and are not listed.
WITH RECURSIVE tree AS (
  SELECT tbl::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid JOIN pg_class AS c ON c.oid = i.inhrelid
  WHERE c.relispartition
), kind AS (
  SELECT t.oid FROM pg_type AS t JOIN tree ON t.typrelid = tree.oid
  UNION
  SELECT t.typarray FROM pg_type AS t JOIN tree ON t.typrelid = tree.oid WHERE t.typarray <> 0
), dep AS (
  SELECT DISTINCT d.classid, d.objid, d.objsubid
  FROM pg_depend AS d
  WHERE d.deptype = 'n'
    AND (d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM tree)
         OR d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT oid FROM kind))
)
SELECT DISTINCT CASE classid
    WHEN 'pg_rewrite'::regclass THEN (SELECT pg_describe_object('pg_class'::regclass, r.ev_class, 0) FROM pg_rewrite AS r WHERE r.oid = objid)
    ELSE pg_describe_object(classid, objid, objsubid)
  END
FROM dep
WHERE NOT CASE classid
  WHEN 'pg_rewrite'::regclass THEN (SELECT r.ev_class IN (SELECT oid FROM tree) FROM pg_rewrite AS r WHERE r.oid = objid)
  WHEN 'pg_constraint'::regclass THEN (SELECT c.conrelid IN (SELECT oid FROM tree) FROM pg_constraint AS c WHERE c.oid = objid)
  WHEN 'pg_attrdef'::regclass THEN (SELECT a.adrelid IN (SELECT oid FROM tree) FROM pg_attrdef AS a WHERE a.oid = objid)
  WHEN 'pg_policy'::regclass THEN (SELECT p.polrelid IN (SELECT oid FROM tree) FROM pg_policy AS p WHERE p.oid = objid)
  WHEN 'pg_trigger'::regclass THEN (SELECT t.tgrelid IN (SELECT oid FROM tree) FROM pg_trigger AS t WHERE t.oid = objid)
  WHEN 'pg_class'::regclass THEN objid IN (SELECT oid FROM tree)
  ELSE false END
UNION
-- A partition of what stays is not a table of its own.
SELECT 'table ' || i.inhparent::regclass || ', which it is a partition of'
FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhrelid = tbl AND c.relispartition
UNION
-- Routines whose bodies PostgreSQL does not track: a text search, which may name one that only looks like it.
SELECT 'function ' || p.oid::regprocedure
FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang
WHERE l.lanname NOT IN ('internal', 'c') AND p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'minimize'::regnamespace)
  AND NOT EXISTS (SELECT FROM pg_depend AS e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
  AND p.prosrc ~* ('\m' || (SELECT regexp_replace(c.relname, '(\W)', '\\\1', 'g') FROM pg_class AS c WHERE c.oid = tbl) || '\M')
$routine$
