-- What op.guard_field of release 0.1.0 installed for the policy of test_earlier_release.py, without the routines.
CREATE SEQUENCE IF NOT EXISTS "minimize"."reject_birthplace_3cc5485e";
CREATE OR REPLACE FUNCTION "minimize"."guard_birthplace_3cc5485e"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."birthplace")::text IS NOT DISTINCT FROM (OLD."birthplace")::text AND (OLD."birthplace" IS DISTINCT FROM NULL) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_birthplace_3cc5485e', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_birthplace_3cc5485e', 'birthplace', 'lab.person.birthplace', 'lab', 'person', 'birthplace', 'WAC 308-104-014');
  RETURN NEW;
END
$guard$;
CREATE OR REPLACE FUNCTION "minimize"."guard_birthplace_3cc5485e"(relation oid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_birthplace_3cc5485e', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_birthplace_3cc5485e', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_birthplace_3cc5485e', 'birthplace', 'lab.person.birthplace', 'lab', 'person', 'birthplace', 'WAC 308-104-014');
  RETURN false;
END
$guard$;
GRANT EXECUTE ON FUNCTION "minimize"."guard_birthplace_3cc5485e"(oid) TO PUBLIC;
DO $minimize$
DECLARE
  other name;
BEGIN
  FOR other IN SELECT tgname FROM pg_trigger WHERE tgrelid = '"lab"."person"'::regclass AND tgparentid = 0
      AND starts_with(tgname, '~minimize_birthplace_3cc5485e') AND tgname <> ALL ('{~minimize_birthplace_3cc5485e,~minimize_birthplace_3cc5485e_after}'::name[]) LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', other, '"lab"."person"');
  END LOOP;
END
$minimize$;
CREATE OR REPLACE TRIGGER "~minimize_birthplace_3cc5485e" BEFORE UPDATE ON "lab"."person"
  FOR EACH ROW WHEN ((NEW."birthplace" IS DISTINCT FROM NULL))
  EXECUTE FUNCTION "minimize"."guard_birthplace_3cc5485e"();
ALTER TABLE "lab"."person" ENABLE ALWAYS TRIGGER "~minimize_birthplace_3cc5485e";
DO $minimize$
DECLARE
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE t.tgrelid = '"lab"."person"'::regclass AND t.tgname = '~minimize_birthplace_3cc5485e';
  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', '~minimize_birthplace_3cc5485e', '"lab"."person"', 'minimize guard policy=871db09632e97db2 definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
CREATE OR REPLACE TRIGGER "~minimize_birthplace_3cc5485e_after" AFTER INSERT OR UPDATE ON "lab"."person"
  FOR EACH ROW WHEN ((NEW."birthplace" IS DISTINCT FROM NULL))
  EXECUTE FUNCTION "minimize"."guard_birthplace_3cc5485e"();
ALTER TABLE "lab"."person" ENABLE ALWAYS TRIGGER "~minimize_birthplace_3cc5485e_after";
DO $minimize$
DECLARE
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE t.tgrelid = '"lab"."person"'::regclass AND t.tgname = '~minimize_birthplace_3cc5485e_after';
  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', '~minimize_birthplace_3cc5485e_after', '"lab"."person"', 'minimize guard policy=b952a92c19514893 definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
DO $minimize$
DECLARE
  relation regclass;
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  LOOP
    WITH RECURSIVE tree AS (
      SELECT to_regclass('"lab"."person"')::oid AS oid
      UNION
      SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
    SELECT c.conrelid INTO relation FROM pg_constraint AS c JOIN tree ON tree.oid = c.conrelid
      WHERE c.conname = '!minimize_birthplace_3cc5485e' AND c.coninhcount = 0 LIMIT 1;
    EXIT WHEN NOT FOUND;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, '!minimize_birthplace_3cc5485e');
  END LOOP;
  EXECUTE 'ALTER TABLE "lab"."person" ADD CONSTRAINT "!minimize_birthplace_3cc5485e" CHECK (NOT ("birthplace" IS DISTINCT FROM NULL) OR "minimize"."guard_birthplace_3cc5485e"(tableoid)) NOT VALID';
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(replace(pg_get_constraintdef(c.oid), ' NOT VALID', '') || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_constraint AS c, pg_proc AS p
    WHERE c.conrelid = '"lab"."person"'::regclass AND c.conname = '!minimize_birthplace_3cc5485e' AND p.oid = '"minimize"."guard_birthplace_3cc5485e"(oid)'::regprocedure;
  EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', '!minimize_birthplace_3cc5485e', '"lab"."person"', 'minimize guard policy=c8aa4067250a8389 definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
CREATE SEQUENCE IF NOT EXISTS "minimize"."reject_birthplace_1dfea319";
CREATE OR REPLACE FUNCTION "minimize"."guard_birthplace_1dfea319"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."birthplace"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."birthplace"'::jsonpath))::text AND (jsonb_path_exists(OLD."form", '$."birthplace" ? (@ != null)'::jsonpath) IS TRUE) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_birthplace_1dfea319', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_birthplace_1dfea319', 'birthplace', 'lab.person.form $.birthplace', 'lab', 'person', 'form', 'WAC 308-104-014');
  RETURN NEW;
END
$guard$;
CREATE OR REPLACE FUNCTION "minimize"."guard_birthplace_1dfea319"(relation oid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_birthplace_1dfea319', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_birthplace_1dfea319', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_birthplace_1dfea319', 'birthplace', 'lab.person.form $.birthplace', 'lab', 'person', 'form', 'WAC 308-104-014');
  RETURN false;
END
$guard$;
GRANT EXECUTE ON FUNCTION "minimize"."guard_birthplace_1dfea319"(oid) TO PUBLIC;
DO $minimize$
DECLARE
  other name;
BEGIN
  FOR other IN SELECT tgname FROM pg_trigger WHERE tgrelid = '"lab"."person"'::regclass AND tgparentid = 0
      AND starts_with(tgname, '~minimize_birthplace_1dfea319') AND tgname <> ALL ('{~minimize_birthplace_1dfea319,~minimize_birthplace_1dfea319_after}'::name[]) LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', other, '"lab"."person"');
  END LOOP;
END
$minimize$;
CREATE OR REPLACE TRIGGER "~minimize_birthplace_1dfea319" BEFORE UPDATE ON "lab"."person"
  FOR EACH ROW WHEN ((jsonb_path_exists(NEW."form", '$."birthplace" ? (@ != null)'::jsonpath) IS TRUE))
  EXECUTE FUNCTION "minimize"."guard_birthplace_1dfea319"();
ALTER TABLE "lab"."person" ENABLE ALWAYS TRIGGER "~minimize_birthplace_1dfea319";
DO $minimize$
DECLARE
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE t.tgrelid = '"lab"."person"'::regclass AND t.tgname = '~minimize_birthplace_1dfea319';
  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', '~minimize_birthplace_1dfea319', '"lab"."person"', 'minimize guard policy=3e8d5a57b89323ea definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
CREATE OR REPLACE TRIGGER "~minimize_birthplace_1dfea319_after" AFTER INSERT OR UPDATE ON "lab"."person"
  FOR EACH ROW WHEN ((jsonb_path_exists(NEW."form", '$."birthplace" ? (@ != null)'::jsonpath) IS TRUE))
  EXECUTE FUNCTION "minimize"."guard_birthplace_1dfea319"();
ALTER TABLE "lab"."person" ENABLE ALWAYS TRIGGER "~minimize_birthplace_1dfea319_after";
DO $minimize$
DECLARE
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE t.tgrelid = '"lab"."person"'::regclass AND t.tgname = '~minimize_birthplace_1dfea319_after';
  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', '~minimize_birthplace_1dfea319_after', '"lab"."person"', 'minimize guard policy=4fb43984cd5dcf11 definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
DO $minimize$
DECLARE
  relation regclass;
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  LOOP
    WITH RECURSIVE tree AS (
      SELECT to_regclass('"lab"."person"')::oid AS oid
      UNION
      SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
    SELECT c.conrelid INTO relation FROM pg_constraint AS c JOIN tree ON tree.oid = c.conrelid
      WHERE c.conname = '!minimize_birthplace_1dfea319' AND c.coninhcount = 0 LIMIT 1;
    EXIT WHEN NOT FOUND;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, '!minimize_birthplace_1dfea319');
  END LOOP;
  EXECUTE 'ALTER TABLE "lab"."person" ADD CONSTRAINT "!minimize_birthplace_1dfea319" CHECK (NOT (jsonb_path_exists("form", ''$."birthplace" ? (@ != null)''::jsonpath) IS TRUE) OR "minimize"."guard_birthplace_1dfea319"(tableoid)) NOT VALID';
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(replace(pg_get_constraintdef(c.oid), ' NOT VALID', '') || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_constraint AS c, pg_proc AS p
    WHERE c.conrelid = '"lab"."person"'::regclass AND c.conname = '!minimize_birthplace_1dfea319' AND p.oid = '"minimize"."guard_birthplace_1dfea319"(oid)'::regprocedure;
  EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', '!minimize_birthplace_1dfea319', '"lab"."person"', 'minimize guard policy=52fd111fd1488276 definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
CREATE SEQUENCE IF NOT EXISTS "minimize"."reject_birthplace_0b80f8ac";
CREATE OR REPLACE FUNCTION "minimize"."guard_birthplace_0b80f8ac"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."pob"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."pob"'::jsonpath))::text AND (jsonb_path_exists(OLD."form", '$."pob" ? (@ != null)'::jsonpath) IS TRUE) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_birthplace_0b80f8ac', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_birthplace_0b80f8ac', 'birthplace', 'lab.person.form $.pob', 'lab', 'person', 'form', 'WAC 308-104-014');
  RETURN NEW;
END
$guard$;
CREATE OR REPLACE FUNCTION "minimize"."guard_birthplace_0b80f8ac"(relation oid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_birthplace_0b80f8ac', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_birthplace_0b80f8ac', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_birthplace_0b80f8ac', 'birthplace', 'lab.person.form $.pob', 'lab', 'person', 'form', 'WAC 308-104-014');
  RETURN false;
END
$guard$;
GRANT EXECUTE ON FUNCTION "minimize"."guard_birthplace_0b80f8ac"(oid) TO PUBLIC;
DO $minimize$
DECLARE
  other name;
BEGIN
  FOR other IN SELECT tgname FROM pg_trigger WHERE tgrelid = '"lab"."person"'::regclass AND tgparentid = 0
      AND starts_with(tgname, '~minimize_birthplace_0b80f8ac') AND tgname <> ALL ('{~minimize_birthplace_0b80f8ac,~minimize_birthplace_0b80f8ac_after}'::name[]) LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', other, '"lab"."person"');
  END LOOP;
END
$minimize$;
CREATE OR REPLACE TRIGGER "~minimize_birthplace_0b80f8ac" BEFORE UPDATE ON "lab"."person"
  FOR EACH ROW WHEN ((jsonb_path_exists(NEW."form", '$."pob" ? (@ != null)'::jsonpath) IS TRUE))
  EXECUTE FUNCTION "minimize"."guard_birthplace_0b80f8ac"();
ALTER TABLE "lab"."person" ENABLE ALWAYS TRIGGER "~minimize_birthplace_0b80f8ac";
DO $minimize$
DECLARE
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE t.tgrelid = '"lab"."person"'::regclass AND t.tgname = '~minimize_birthplace_0b80f8ac';
  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', '~minimize_birthplace_0b80f8ac', '"lab"."person"', 'minimize guard policy=623cd0d7854f85b3 definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
CREATE OR REPLACE TRIGGER "~minimize_birthplace_0b80f8ac_after" AFTER INSERT OR UPDATE ON "lab"."person"
  FOR EACH ROW WHEN ((jsonb_path_exists(NEW."form", '$."pob" ? (@ != null)'::jsonpath) IS TRUE))
  EXECUTE FUNCTION "minimize"."guard_birthplace_0b80f8ac"();
ALTER TABLE "lab"."person" ENABLE ALWAYS TRIGGER "~minimize_birthplace_0b80f8ac_after";
DO $minimize$
DECLARE
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE t.tgrelid = '"lab"."person"'::regclass AND t.tgname = '~minimize_birthplace_0b80f8ac_after';
  EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', '~minimize_birthplace_0b80f8ac_after', '"lab"."person"', 'minimize guard policy=16dd85dd7d970029 definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
DO $minimize$
DECLARE
  relation regclass;
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  LOOP
    WITH RECURSIVE tree AS (
      SELECT to_regclass('"lab"."person"')::oid AS oid
      UNION
      SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
    SELECT c.conrelid INTO relation FROM pg_constraint AS c JOIN tree ON tree.oid = c.conrelid
      WHERE c.conname = '!minimize_birthplace_0b80f8ac' AND c.coninhcount = 0 LIMIT 1;
    EXIT WHEN NOT FOUND;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, '!minimize_birthplace_0b80f8ac');
  END LOOP;
  EXECUTE 'ALTER TABLE "lab"."person" ADD CONSTRAINT "!minimize_birthplace_0b80f8ac" CHECK (NOT (jsonb_path_exists("form", ''$."pob" ? (@ != null)''::jsonpath) IS TRUE) OR "minimize"."guard_birthplace_0b80f8ac"(tableoid)) NOT VALID';
  SELECT current_setting('server_version_num')::int / 10000 || ':' || md5(replace(pg_get_constraintdef(c.oid), ' NOT VALID', '') || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '')) INTO STRICT definition FROM pg_constraint AS c, pg_proc AS p
    WHERE c.conrelid = '"lab"."person"'::regclass AND c.conname = '!minimize_birthplace_0b80f8ac' AND p.oid = '"minimize"."guard_birthplace_0b80f8ac"(oid)'::regprocedure;
  EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', '!minimize_birthplace_0b80f8ac', '"lab"."person"', 'minimize guard policy=d0dbb8a6ec21663c definition=' || definition);
  PERFORM set_config('search_path', path, true);
END
$minimize$;
DO $minimize$
DECLARE
  present text[];
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'minimize_watch_a51146d3') THEN
    DROP EVENT TRIGGER "minimize_watch_a51146d3";
  END IF;
  SELECT coalesce(array_agg(DISTINCT column_name), '{}') INTO present FROM (
SELECT format('%I.%I.%I', n.nspname, c.relname, a.attname) AS column_name, r.field, r.citations
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN unnest('{birthplace}'::text[], '{birthplace}'::text[], '{"WAC 308-104-014"}'::text[]) AS r (name, field, citations)
  ON lower(regexp_replace(a.attname, '[_ -]', '', 'g')) = r.name
WHERE n.nspname = ANY ('{lab}'::text[]) AND NOT c.relispartition AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')) AS b;
  EXECUTE replace('CREATE OR REPLACE FUNCTION "minimize"."minimize_watch_a51146d3"() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $watch$
DECLARE
  found record;
BEGIN
  FOR found IN 
SELECT format(''%I.%I.%I'', n.nspname, c.relname, a.attname) AS column_name, r.field, r.citations
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN unnest(''{birthplace}''::text[], ''{birthplace}''::text[], ''{"WAC 308-104-014"}''::text[]) AS r (name, field, citations)
  ON lower(regexp_replace(a.attname, ''[_ -]'', '''', ''g'')) = r.name
WHERE n.nspname = ANY (''{lab}''::text[]) AND NOT c.relispartition AND c.relkind IN (''r'', ''p'', ''v'', ''m'', ''f'', ''c'') AND c.oid IN (
      SELECT objid FROM pg_event_trigger_ddl_commands() WHERE classid = ''pg_class''::regclass
      UNION SELECT t.typrelid FROM pg_event_trigger_ddl_commands() AS d JOIN pg_type AS t ON t.oid = d.objid
        WHERE d.classid = ''pg_type''::regclass)
  LOOP
    CONTINUE WHEN found.column_name = ANY (/*present*/::text[] || ''{}''::text[]);
    RAISE EXCEPTION USING ERRCODE = ''MZ001'',
      MESSAGE = format(''column %s bears the name of a retired field'', found.column_name),
      HINT = format(''Field %s is no longer collected (%s): choose another name, or have it reviewed as a''
                    '' [[watch.exemption]] of the policy.'', found.field, found.citations),
      SCHEMA = (parse_ident(found.column_name))[1], TABLE = (parse_ident(found.column_name))[2],
      COLUMN = (parse_ident(found.column_name))[3];
  END LOOP;
END
$watch$', '/*present*/', quote_literal(present));
  CREATE EVENT TRIGGER "minimize_watch_a51146d3" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'CREATE VIEW', 'ALTER VIEW', 'CREATE MATERIALIZED VIEW', 'ALTER MATERIALIZED VIEW', 'CREATE FOREIGN TABLE', 'ALTER FOREIGN TABLE', 'IMPORT FOREIGN SCHEMA', 'CREATE SCHEMA', 'CREATE TYPE', 'ALTER TYPE') EXECUTE FUNCTION "minimize"."minimize_watch_a51146d3"();
  ALTER EVENT TRIGGER "minimize_watch_a51146d3" ENABLE ALWAYS;
  EXECUTE format('COMMENT ON EVENT TRIGGER "minimize_watch_a51146d3" IS %L', 'minimize watch policy=10a8ec5c99849960 definition=' || (
    SELECT md5(prosrc) FROM pg_proc WHERE oid = '"minimize"."minimize_watch_a51146d3"()'::regprocedure));
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'ddl watch: not installed (needs superuser)';
END
$minimize$;
