--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: core; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA core;


--
-- Name: gov; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA gov;


--
-- Name: hist; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA hist;


--
-- Name: mart; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA mart;


--
-- Name: minimize; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA minimize;


--
-- Name: SCHEMA minimize; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA minimize IS 'Guards and purge state of the minimize toolkit';


--
-- Name: stg; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA stg;


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA core;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: log_application_change(); Type: FUNCTION; Schema: hist; Owner: -
--

CREATE FUNCTION hist.log_application_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
    retired constant jsonpath := '$.form ? (exists (@.applicant.placeOfBirth) || exists (@.applicant.pob)
        || exists (@.birthplace) || exists (@.previousApplications[*].placeOfBirth))';
    paths  constant text[] := ARRAY['{form,applicant,placeOfBirth}', '{form,applicant,pob}', '{form,birthplace}',
        '{form,previousApplications,NULL,placeOfBirth}'];
    before jsonb := to_jsonb(OLD) - ARRAY['place_of_birth', 'birth_country'];
    after  jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) - ARRAY['place_of_birth', 'birth_country'] END;
    path   text;
BEGIN
    -- Most images have nothing to leave out, and asking is cheaper than taking apart.
    IF before @? retired OR after @? retired THEN
        FOREACH path IN ARRAY paths LOOP
            before := minimize.jsonb_without_v1(before, path::text[]);
            after := minimize.jsonb_without_v1(after, path::text[]);
        END LOOP;
    END IF;
    INSERT INTO hist.change_log (tbl, row_key, old_row, new_row)
    VALUES (TG_ARGV[0], OLD.application_id::text, before, after);
    RETURN NULL;
END
$_$;


--
-- Name: origin_label(bigint); Type: FUNCTION; Schema: mart; Owner: -
--

CREATE FUNCTION mart.origin_label(of_applicant bigint) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    label text;
BEGIN
    SELECT d.birth_city || ', ' || d.birth_country INTO label
      FROM mart.dim_applicant AS d
     WHERE d.applicant_id = of_applicant;
    RETURN label;
END
$$;


--
-- Name: aamva_cut_v1(text, text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.aamva_cut_v1(payload text, element text, OUT starts integer[], OUT lengths integer[], OUT directory_at integer, OUT directory text) RETURNS record
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
-- Where an element is in the payload of an AAMVA barcode: the cuts that take it out, in order and without overlap,
-- and the directory as it then has to be. All NULL where the payload cannot be read, so that nobody may cut it.
-- `payload` has one ASCII character per byte (or character) of the real one: offsets count these.
DECLARE
  cr constant text := E'\r';
  lf constant text := E'\n';
  padding constant text := E' \t\n\r\x1c\x1d\x1e\x1f';
  -- Elements of fixed form, which no word of a name or place looks like, and what may begin any element.
  coded constant text := '(?:D(?:B[ABD]|D[BCHIJ])[0-9]{8}|DAK[0-9]{5,11}|DA[WX][0-9]{2,3}|D(?:BC|CE|DD|DK|DL)[0-9]'
    '|DCG(?:USA|CAN|MEX)|DAY(?:BLK|BLU|BRO|DIC|GRY|GRN|HAZ|MAR|PNK|UNK)|DDA[FMN]|DD[EFG][TNU])';
  any_element constant text := ' (?:D[A-D]|PA|Z[A-Z])[A-Z]';
  header text[];
  entries integer;
  by_directory boolean;
  is_framed boolean := false;
  froms integer[];             -- per subfile: its first character and its last
  ends integer[];
  at integer;                  -- the first character not yet accounted for
  first integer;
  last integer;
  content text;
  line text;
  lines integer;               -- LFs in the payload, and in the cuts
  cut_lines integer := 0;
  is_decoyed boolean := false;
  front integer;               -- where the first element of the subfile begins
  found integer;
  step integer;
  size integer;
  before text;
  here integer;                -- characters cut out of this subfile, and of all up to it
  total integer := 0;
  cuts integer[] := '{}';
  cut_lengths integer[] := '{}';
  rewritten text := '';
BEGIN
  -- 21 characters, 19 in version 01; in the wild some of the control characters are missing or others.
  header := regexp_match(payload, '^(@[\u0001-\u0020]{0,8}(?:ANSI ?|AAMVA)[0-9]{8}(?:[0-9]{2})?)([0-9]{2})((?:[A-Z][A-Z0-9][0-9]{8})+)');
  entries := header[2]::integer;
  IF header IS NULL OR length(header[3]) <> 10 * entries THEN
    RETURN;
  END IF;

  -- Where the subfiles are: where the directory says, or else between the CRs. Either has to account for every
  -- character of the payload, with the types of the directory in its order.
  <<ways>>
  FOREACH by_directory IN ARRAY ARRAY[true, false] LOOP
    at := length(header[1]) + 3 + length(header[3]);
    FOR i IN 1 .. entries LOOP
      IF by_directory THEN
        first := substr(header[3], 10 * i - 7, 4)::integer + 1;
        last := first + substr(header[3], 10 * i - 3, 4)::integer - 1;
      ELSE
        first := length(payload) - length(ltrim(substr(payload, at), padding)) + 1;
        size := strpos(substr(payload, first), cr);
        last := CASE WHEN size > 0 THEN first + size - 1 WHEN i = entries THEN length(payload) ELSE 0 END;
      END IF;
      CONTINUE ways WHEN first < at OR last <= first OR last > length(payload);
      CONTINUE ways WHEN substr(payload, first, 2) <> substr(header[3], 10 * i - 9, 2)
        OR ltrim(substr(payload, at, first - at), padding) <> ''
        OR strpos(rtrim(substr(payload, first, last - first + 1), padding), cr) > 0;
      froms[i] := first;
      ends[i] := last;
      at := last + 1;
    END LOOP;
    CONTINUE ways WHEN ltrim(substr(payload, at), padding) <> '';
    is_framed := true;
    EXIT;
  END LOOP;
  IF NOT is_framed THEN
    RETURN;
  END IF;

  lines := length(replace(left(payload, ends[entries]), lf, E'\n\n')) - ends[entries];
  FOR i IN 1 .. entries LOOP
    content := rtrim(substr(payload, froms[i], ends[i] - froms[i] + 1), cr || lf);
    front := 3;
    found := 0;
    here := 0;
    LOOP
      step := strpos(substr(content, found + 1), element);
      EXIT WHEN step = 0;
      found := found + step;
      CONTINUE WHEN found < front;
      IF found > front THEN
        before := substr(content, found - 1, 1);
        IF lines > 0 THEN
          IF before <> lf THEN
            -- Inside a value, unless the characters around it separate elements here.
            line := reverse(split_part(reverse(left(content, found - 1)), lf, 1)) || split_part(substr(content, found), lf, 1);
            IF ascii(before) < 32 OR before !~ '[A-Za-z0-9?\\]'
                AND line ~ ('[^A-Za-z0-9]' || coded || '(?:[^A-Za-z0-9]|$)') THEN
              RETURN;
            END IF;
            is_decoyed := true;
            CONTINUE;
          END IF;
        ELSE
          CONTINUE WHEN before ~ '[A-Za-z0-9?\\]';
          -- Where spaces stand for LF, a word may be an element or part of a value. Sure is what comes after the type
          -- or an element of fixed form.
          IF left(content, found - 1) !~ ('^(?:..|.* )' || coded || ' $') THEN
            RETURN;
          END IF;
        END IF;
      END IF;
      IF lines = 0 THEN
        -- Its end is as sure only before such an element, or with nothing behind that might begin one.
        step := regexp_instr(content, any_element, found + 3);
        IF step > 0 AND substr(content, step) !~ ('^ ' || coded || '(?: |$)') THEN
          RETURN;
        END IF;
        size := CASE WHEN step > 0 THEN step ELSE length(rtrim(content, ' ')) + 1 END - found;
      ELSE
        step := strpos(substr(content, found), lf);
        size := CASE WHEN step > 0 THEN step - 1 ELSE length(content) - found + 1 END;
        cut_lines := cut_lines + CASE WHEN step > 0 OR found > front THEN 1 ELSE 0 END;
      END IF;
      -- The separator before an element goes with it; the first has none, and so the one behind goes, if there is one.
      IF found = front THEN
        size := least(size + 1, length(content) - found + 1);
        cuts := cuts || froms[i] + found - 1;
        front := found + size;
        found := front - 1;
      ELSE
        size := size + 1;
        cuts := cuts || froms[i] + found - 2;
        found := found + size - 2;
      END IF;
      cut_lengths := cut_lengths || size;
      here := here + size;
    END LOOP;
    -- What a stale directory says stays wrong by the same amount: it is shifted, never made up.
    rewritten := rewritten || substr(header[3], 10 * i - 9, 2)
      || lpad(greatest(substr(header[3], 10 * i - 7, 4)::integer - total, 0)::text, 4, '0')
      || lpad(greatest(substr(header[3], 10 * i - 3, 4)::integer - here, 0)::text, 4, '0');
    total := total + here;
  END LOOP;
  -- Without any LF left, what is inside a value could no longer be told from an element.
  IF is_decoyed AND lines = cut_lines THEN
    RETURN;
  END IF;
  starts := cuts;
  lengths := cut_lengths;
  directory_at := length(header[1]) + 3;
  directory := rewritten;
END
$_$;


--
-- Name: aamva_scan_v1(bytea, text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.aamva_scan_v1(payload bytea, element text, OUT kept bytea, OUT taken text[]) RETURNS record
    LANGUAGE plpgsql IMMUTABLE STRICT SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- As for text; `taken` holds bytes outside ASCII as octal escapes, which depend on no encoding.
-- SECURITY DEFINER only so that it can call minimize.aamva_cut_v1: who writes to a table need not have USAGE on schema
-- minimize.
DECLARE
  filled bytea;                -- a fixed-size buffer ends in zeros
  cut record;
BEGIN
  kept := payload;
  IF position(decode(element, 'escape') IN payload) = 0 THEN
    RETURN;
  END IF;
  filled := rtrim(payload, '\x00'::bytea);
  IF position('\x00'::bytea IN filled) = 0 THEN
    -- One ASCII character a byte, whatever the encodings of the payload and of the database.
    cut := minimize.aamva_cut_v1(regexp_replace(encode(filled, 'escape'), '\\(?:\\|[0-7]{3})', '?', 'g'), element);
  END IF;
  IF cut IS NULL THEN
    taken := ARRAY[encode(payload, 'escape')];
    RETURN;
  END IF;
  FOR i IN REVERSE cardinality(cut.starts) .. 1 LOOP
    taken := btrim(encode(substr(kept, cut.starts[i], cut.lengths[i]), 'escape'), E' \n') || taken;
    kept := overlay(kept PLACING '' FROM cut.starts[i] FOR cut.lengths[i]);
  END LOOP;
  kept := overlay(kept PLACING decode(cut.directory, 'escape') FROM cut.directory_at);
END
$$;


--
-- Name: aamva_scan_v1(text, text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.aamva_scan_v1(payload text, element text, OUT kept text, OUT taken text[]) RETURNS record
    LANGUAGE plpgsql IMMUTABLE STRICT SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- `kept` is the payload without an element, all else as it was but lengths and offsets; `taken` holds what was cut
-- out, NULL when there is none. A payload that may hold the element and cannot be read is kept and taken whole.
-- SECURITY DEFINER only so that it can call minimize.aamva_cut_v1: who writes to a table need not have USAGE on schema
-- minimize.
DECLARE
  cut record;
BEGIN
  kept := payload;
  IF strpos(payload, element) = 0 THEN
    RETURN;
  END IF;
  cut := minimize.aamva_cut_v1(
    CASE WHEN octet_length(payload) = length(payload) THEN payload
         ELSE regexp_replace(payload, '[^\u0001-\u007f]', '?', 'g') END, element);
  IF cut IS NULL THEN
    taken := ARRAY[payload];
    RETURN;
  END IF;
  FOR i IN REVERSE cardinality(cut.starts) .. 1 LOOP
    taken := btrim(substr(kept, cut.starts[i], cut.lengths[i]), E' \n') || taken;
    kept := overlay(kept PLACING '' FROM cut.starts[i] FOR cut.lengths[i]);
  END LOOP;
  kept := overlay(kept PLACING cut.directory FROM cut.directory_at);
END
$$;


--
-- Name: dependents_v1(regclass, text[]); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.dependents_v1(tbl regclass, columns text[]) RETURNS TABLE(object text, is_own boolean)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog'
    AS $$
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
$$;


--
-- Name: guard_place_of_birth_0f38026c(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_0f38026c() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."birthplace"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."birthplace"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."birthplace" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_0f38026c', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_0f38026c', 'place_of_birth', 'core.application_2013.form $.birthplace', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_0f38026c(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_0f38026c(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_0f38026c', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_0f38026c', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_0f38026c', 'place_of_birth', 'core.application_2013.form $.birthplace', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_12bd4ec4(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_12bd4ec4() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."response"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."response"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."response", '$."subject"."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."response", '$."subject"."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."response", '$."subject"."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."response"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."response"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_12bd4ec4', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_12bd4ec4', 'place_of_birth', 'core.disclosure_log.response $.subject.placeOfBirth', 'core', 'disclosure_log', 'response', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_12bd4ec4(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_12bd4ec4(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_12bd4ec4', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_12bd4ec4', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_12bd4ec4', 'place_of_birth', 'core.disclosure_log.response $.subject.placeOfBirth', 'core', 'disclosure_log', 'response', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_205422b2(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_205422b2() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF false THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_205422b2', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_205422b2', 'place_of_birth', 'stg.office_batch_2017', 'stg', 'office_batch_2017', '', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_205422b2(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_205422b2(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_205422b2', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_205422b2', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_205422b2', 'place_of_birth', 'stg.office_batch_2017', 'stg', 'office_batch_2017', '', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_2fa2fece(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_2fa2fece() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."envelope"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."envelope"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF ((minimize."json_scan_v1"((NEW."envelope")::text COLLATE "C", ARRAY['.record', '.birthplace']::text[], true)).taken)::text IS NOT DISTINCT FROM ((minimize."json_scan_v1"((OLD."envelope")::text COLLATE "C", ARRAY['.record', '.birthplace']::text[], true)).taken)::text AND ((CASE WHEN strpos((OLD."envelope")::text COLLATE "C", 'birthplace') > 0 OR strpos((OLD."envelope")::text COLLATE "C",  E'\\u') > 0 THEN (minimize."json_scan_v1"((OLD."envelope")::text COLLATE "C", ARRAY['.record', '.birthplace']::text[], true)).taken IS NOT NULL ELSE false END) AND NOT (((OLD."envelope"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."envelope"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_2fa2fece', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_2fa2fece', 'place_of_birth', 'stg.office_batch.envelope $.record.birthplace', 'stg', 'office_batch', 'envelope', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_2fa2fece(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_2fa2fece(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_2fa2fece', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_2fa2fece', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_2fa2fece', 'place_of_birth', 'stg.office_batch.envelope $.record.birthplace', 'stg', 'office_batch', 'envelope', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_3778f026(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_3778f026() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."place_of_birth")::text IS NOT DISTINCT FROM (OLD."place_of_birth")::text AND ((OLD."place_of_birth" IS DISTINCT FROM NULL) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_3778f026', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_3778f026', 'place_of_birth', 'core.application.place_of_birth', 'core', 'application', 'place_of_birth', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_3778f026(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_3778f026(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_3778f026', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_3778f026', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_3778f026', 'place_of_birth', 'core.application.place_of_birth', 'core', 'application', 'place_of_birth', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_38022bde(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_38022bde() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."city")::text IS NOT DISTINCT FROM (OLD."city")::text AND (OLD."city" IS DISTINCT FROM NULL) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_38022bde', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_38022bde', 'place_of_birth', 'core.birth_place.city', 'core', 'birth_place', 'city', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_38022bde(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_38022bde(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_38022bde', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_38022bde', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_38022bde', 'place_of_birth', 'core.birth_place.city', 'core', 'birth_place', 'city', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_3cd3116a(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_3cd3116a() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."old_row", '$."birth_country"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."old_row", '$."birth_country"'::jsonpath))::text AND ((jsonb_path_exists(OLD."old_row", '$."birth_country" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_3cd3116a', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_3cd3116a', 'place_of_birth', 'hist.change_log.old_row $.birth_country', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_3cd3116a(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_3cd3116a(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_3cd3116a', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_3cd3116a', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_3cd3116a', 'place_of_birth', 'hist.change_log.old_row $.birth_country', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_3ee440e0(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_3ee440e0() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."country")::text IS NOT DISTINCT FROM (OLD."country")::text AND (OLD."country" IS DISTINCT FROM NULL) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_3ee440e0', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_3ee440e0', 'place_of_birth', 'core.birth_place.country', 'core', 'birth_place', 'country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_3ee440e0(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_3ee440e0(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_3ee440e0', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_3ee440e0', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_3ee440e0', 'place_of_birth', 'core.birth_place.country', 'core', 'birth_place', 'country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_449b1346(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_449b1346() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."previousApplications"[*]."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."previousApplications"[*]."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."previousApplications"[*]."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_449b1346', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_449b1346', 'place_of_birth', 'core.application_2013.form $.previousApplications[*].placeOfBirth', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_449b1346(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_449b1346(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_449b1346', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_449b1346', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_449b1346', 'place_of_birth', 'core.application_2013.form $.previousApplications[*].placeOfBirth', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_4837a95c(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_4837a95c() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."parsed"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."parsed"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."parsed", '$."applicant"."pob"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."parsed", '$."applicant"."pob"'::jsonpath))::text AND ((jsonb_path_exists(OLD."parsed", '$."applicant"."pob" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."parsed"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."parsed"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_4837a95c', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_4837a95c', 'place_of_birth', 'stg.office_batch.parsed $.applicant.pob', 'stg', 'office_batch', 'parsed', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_4837a95c(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_4837a95c(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_4837a95c', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_4837a95c', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_4837a95c', 'place_of_birth', 'stg.office_batch.parsed $.applicant.pob', 'stg', 'office_batch', 'parsed', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_4f5f5c20(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_4f5f5c20() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."birth_place_id")::text IS NOT DISTINCT FROM (OLD."birth_place_id")::text AND (OLD."birth_place_id" IS DISTINCT FROM NULL) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_4f5f5c20', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_4f5f5c20', 'place_of_birth', 'core.applicant.birth_place_id', 'core', 'applicant', 'birth_place_id', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_4f5f5c20(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_4f5f5c20(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_4f5f5c20', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_4f5f5c20', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_4f5f5c20', 'place_of_birth', 'core.applicant.birth_place_id', 'core', 'applicant', 'birth_place_id', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_50bf89dc(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_50bf89dc() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."new_row", '$."form"."birthplace"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."new_row", '$."form"."birthplace"'::jsonpath))::text AND ((jsonb_path_exists(OLD."new_row", '$."form"."birthplace" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_50bf89dc', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_50bf89dc', 'place_of_birth', 'hist.change_log.new_row $.form.birthplace', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_50bf89dc(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_50bf89dc(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_50bf89dc', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_50bf89dc', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_50bf89dc', 'place_of_birth', 'hist.change_log.new_row $.form.birthplace', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_559f8281(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_559f8281() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."old_row", '$."form"."previousApplications"[*]."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."old_row", '$."form"."previousApplications"[*]."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."old_row", '$."form"."previousApplications"[*]."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_559f8281', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_559f8281', 'place_of_birth', 'hist.change_log.old_row $.form.previousApplications[*].placeOfBirth', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_559f8281(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_559f8281(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_559f8281', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_559f8281', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_559f8281', 'place_of_birth', 'hist.change_log.old_row $.form.previousApplications[*].placeOfBirth', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_5a4a650a(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_5a4a650a() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."region")::text IS NOT DISTINCT FROM (OLD."region")::text AND (OLD."region" IS DISTINCT FROM NULL) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_5a4a650a', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_5a4a650a', 'place_of_birth', 'core.birth_place.region', 'core', 'birth_place', 'region', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_5a4a650a(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_5a4a650a(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_5a4a650a', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_5a4a650a', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_5a4a650a', 'place_of_birth', 'core.birth_place.region', 'core', 'birth_place', 'region', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_6fcfa5a4(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_6fcfa5a4() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."applicant"."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."applicant"."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."applicant"."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_6fcfa5a4', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_6fcfa5a4', 'place_of_birth', 'core.application_2013.form $.applicant.placeOfBirth', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_6fcfa5a4(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_6fcfa5a4(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_6fcfa5a4', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_6fcfa5a4', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_6fcfa5a4', 'place_of_birth', 'core.application_2013.form $.applicant.placeOfBirth', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_80ac3729(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_80ac3729() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."new_row", '$."place_of_birth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."new_row", '$."place_of_birth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."new_row", '$."place_of_birth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_80ac3729', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_80ac3729', 'place_of_birth', 'hist.change_log.new_row $.place_of_birth', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_80ac3729(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_80ac3729(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_80ac3729', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_80ac3729', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_80ac3729', 'place_of_birth', 'hist.change_log.new_row $.place_of_birth', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_8ea74458(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_8ea74458() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."old_row", '$."place_of_birth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."old_row", '$."place_of_birth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."old_row", '$."place_of_birth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_8ea74458', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_8ea74458', 'place_of_birth', 'hist.change_log.old_row $.place_of_birth', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_8ea74458(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_8ea74458(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_8ea74458', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_8ea74458', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_8ea74458', 'place_of_birth', 'hist.change_log.old_row $.place_of_birth', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_8fb13959(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_8fb13959() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."applicant"."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."applicant"."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."applicant"."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_8fb13959', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_8fb13959', 'place_of_birth', 'core.application.form $.applicant.placeOfBirth', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_8fb13959(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_8fb13959(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_8fb13959', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_8fb13959', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_8fb13959', 'place_of_birth', 'core.application.form $.applicant.placeOfBirth', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_98d41f6e(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_98d41f6e() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."birth_country")::text IS NOT DISTINCT FROM (OLD."birth_country")::text AND ((OLD."birth_country" IS DISTINCT FROM NULL) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_98d41f6e', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_98d41f6e', 'place_of_birth', 'core.application_2013.birth_country', 'core', 'application_2013', 'birth_country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_98d41f6e(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_98d41f6e(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_98d41f6e', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_98d41f6e', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_98d41f6e', 'place_of_birth', 'core.application_2013.birth_country', 'core', 'application_2013', 'birth_country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_a9f3a46d(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_a9f3a46d() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."new_row", '$."form"."applicant"."pob"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."new_row", '$."form"."applicant"."pob"'::jsonpath))::text AND ((jsonb_path_exists(OLD."new_row", '$."form"."applicant"."pob" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_a9f3a46d', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_a9f3a46d', 'place_of_birth', 'hist.change_log.new_row $.form.applicant.pob', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_a9f3a46d(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_a9f3a46d(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_a9f3a46d', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_a9f3a46d', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_a9f3a46d', 'place_of_birth', 'hist.change_log.new_row $.form.applicant.pob', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_ae0d0169(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ae0d0169() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."birth_country")::text IS NOT DISTINCT FROM (OLD."birth_country")::text AND (OLD."birth_country" IS DISTINCT FROM NULL) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_ae0d0169', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ae0d0169', 'place_of_birth', 'mart.dim_applicant.birth_country', 'mart', 'dim_applicant', 'birth_country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_ae0d0169(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ae0d0169(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_ae0d0169', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_ae0d0169', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ae0d0169', 'place_of_birth', 'mart.dim_applicant.birth_country', 'mart', 'dim_applicant', 'birth_country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_ae94b8fe(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ae94b8fe() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF ((minimize.aamva_scan_v1(NEW."pdf417", 'DCI')).taken)::text IS NOT DISTINCT FROM ((minimize.aamva_scan_v1(OLD."pdf417", 'DCI')).taken)::text AND (position('DCI' IN OLD."pdf417") > 0 AND (minimize.aamva_scan_v1(OLD."pdf417", 'DCI')).taken IS NOT NULL) IS TRUE THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_ae94b8fe', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ae94b8fe', 'place_of_birth', 'core.credential.pdf417 DCI', 'core', 'credential', 'pdf417', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_ae94b8fe(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ae94b8fe(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_ae94b8fe', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_ae94b8fe', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ae94b8fe', 'place_of_birth', 'core.credential.pdf417 DCI', 'core', 'credential', 'pdf417', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_b3689288(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_b3689288() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF false THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."birth_city")::text IS NOT DISTINCT FROM (OLD."birth_city")::text AND (OLD."birth_city" IS DISTINCT FROM NULL) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_b3689288', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_b3689288', 'place_of_birth', 'mart.dim_applicant.birth_city', 'mart', 'dim_applicant', 'birth_city', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_b3689288(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_b3689288(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_b3689288', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_b3689288', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_b3689288', 'place_of_birth', 'mart.dim_applicant.birth_city', 'mart', 'dim_applicant', 'birth_city', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_bd9ea401(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_bd9ea401() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."previousApplications"[*]."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."previousApplications"[*]."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."previousApplications"[*]."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_bd9ea401', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_bd9ea401', 'place_of_birth', 'core.application.form $.previousApplications[*].placeOfBirth', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_bd9ea401(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_bd9ea401(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_bd9ea401', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_bd9ea401', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_bd9ea401', 'place_of_birth', 'core.application.form $.previousApplications[*].placeOfBirth', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_c7c53f1a(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_c7c53f1a() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."applicant"."pob"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."applicant"."pob"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."applicant"."pob" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_c7c53f1a', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_c7c53f1a', 'place_of_birth', 'core.application.form $.applicant.pob', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_c7c53f1a(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_c7c53f1a(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_c7c53f1a', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_c7c53f1a', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_c7c53f1a', 'place_of_birth', 'core.application.form $.applicant.pob', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_ca8c6f7b(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ca8c6f7b() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."old_row", '$."form"."applicant"."pob"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."old_row", '$."form"."applicant"."pob"'::jsonpath))::text AND ((jsonb_path_exists(OLD."old_row", '$."form"."applicant"."pob" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_ca8c6f7b', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ca8c6f7b', 'place_of_birth', 'hist.change_log.old_row $.form.applicant.pob', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_ca8c6f7b(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ca8c6f7b(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_ca8c6f7b', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_ca8c6f7b', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ca8c6f7b', 'place_of_birth', 'hist.change_log.old_row $.form.applicant.pob', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_d63261b2(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_d63261b2() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."new_row", '$."birth_country"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."new_row", '$."birth_country"'::jsonpath))::text AND ((jsonb_path_exists(OLD."new_row", '$."birth_country" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_d63261b2', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_d63261b2', 'place_of_birth', 'hist.change_log.new_row $.birth_country', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_d63261b2(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_d63261b2(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_d63261b2', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_d63261b2', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_d63261b2', 'place_of_birth', 'hist.change_log.new_row $.birth_country', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_db7bcbaa(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_db7bcbaa() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."new_row", '$."form"."previousApplications"[*]."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."new_row", '$."form"."previousApplications"[*]."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."new_row", '$."form"."previousApplications"[*]."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_db7bcbaa', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_db7bcbaa', 'place_of_birth', 'hist.change_log.new_row $.form.previousApplications[*].placeOfBirth', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_db7bcbaa(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_db7bcbaa(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_db7bcbaa', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_db7bcbaa', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_db7bcbaa', 'place_of_birth', 'hist.change_log.new_row $.form.previousApplications[*].placeOfBirth', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_e0d01dcd(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_e0d01dcd() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."new_row", '$."form"."applicant"."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."new_row", '$."form"."applicant"."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."new_row", '$."form"."applicant"."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."new_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."new_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_e0d01dcd', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_e0d01dcd', 'place_of_birth', 'hist.change_log.new_row $.form.applicant.placeOfBirth', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_e0d01dcd(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_e0d01dcd(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_e0d01dcd', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_e0d01dcd', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_e0d01dcd', 'place_of_birth', 'hist.change_log.new_row $.form.applicant.placeOfBirth', 'hist', 'change_log', 'new_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_e30a3a49(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_e30a3a49() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."applicant"."pob"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."applicant"."pob"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."applicant"."pob" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_e30a3a49', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_e30a3a49', 'place_of_birth', 'core.application_2013.form $.applicant.pob', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_e30a3a49(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_e30a3a49(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_e30a3a49', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_e30a3a49', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_e30a3a49', 'place_of_birth', 'core.application_2013.form $.applicant.pob', 'core', 'application_2013', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_eca12c79(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_eca12c79() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."old_row", '$."form"."applicant"."placeOfBirth"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."old_row", '$."form"."applicant"."placeOfBirth"'::jsonpath))::text AND ((jsonb_path_exists(OLD."old_row", '$."form"."applicant"."placeOfBirth" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_eca12c79', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_eca12c79', 'place_of_birth', 'hist.change_log.old_row $.form.applicant.placeOfBirth', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_eca12c79(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_eca12c79(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_eca12c79', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_eca12c79', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_eca12c79', 'place_of_birth', 'hist.change_log.old_row $.form.applicant.placeOfBirth', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_fa646781(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_fa646781() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (NEW."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."old_row", '$."form"."birthplace"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."old_row", '$."form"."birthplace"'::jsonpath))::text AND ((jsonb_path_exists(OLD."old_row", '$."form"."birthplace" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."old_row"->>'app_type' IN ('EDL', 'EID')
) OR (OLD."old_row"->>'app_type' = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_fa646781', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_fa646781', 'place_of_birth', 'hist.change_log.old_row $.form.birthplace', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_fa646781(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_fa646781(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_fa646781', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_fa646781', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_fa646781', 'place_of_birth', 'hist.change_log.old_row $.form.birthplace', 'hist', 'change_log', 'old_row', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_fe7f07ae(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_fe7f07ae() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (jsonb_path_query_array(NEW."form", '$."birthplace"'::jsonpath))::text IS NOT DISTINCT FROM (jsonb_path_query_array(OLD."form", '$."birthplace"'::jsonpath))::text AND ((jsonb_path_exists(OLD."form", '$."birthplace" ? (@ != null)'::jsonpath) IS TRUE) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_fe7f07ae', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_fe7f07ae', 'place_of_birth', 'core.application.form $.birthplace', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$_$;


--
-- Name: guard_place_of_birth_fe7f07ae(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_fe7f07ae(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_fe7f07ae', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_fe7f07ae', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_fe7f07ae', 'place_of_birth', 'core.application.form $.birthplace', 'core', 'application', 'form', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$_$;


--
-- Name: guard_place_of_birth_ff5bef76(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ff5bef76() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."birth_country")::text IS NOT DISTINCT FROM (OLD."birth_country")::text AND ((OLD."birth_country" IS DISTINCT FROM NULL) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_ff5bef76', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ff5bef76', 'place_of_birth', 'core.application.birth_country', 'core', 'application', 'birth_country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_ff5bef76(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ff5bef76(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_ff5bef76', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_ff5bef76', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ff5bef76', 'place_of_birth', 'core.application.birth_country', 'core', 'application', 'birth_country', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: guard_place_of_birth_ff6d7bdd(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ff6d7bdd() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF ((NEW."app_type" IN ('EDL', 'EID')
) OR (NEW."app_type" = 'CDL_HME'
)) IS TRUE THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW."place_of_birth")::text IS NOT DISTINCT FROM (OLD."place_of_birth")::text AND ((OLD."place_of_birth" IS DISTINCT FROM NULL) AND NOT (((OLD."app_type" IN ('EDL', 'EID')
) OR (OLD."app_type" = 'CDL_HME'
)) IS TRUE)) THEN
      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config('minimize.keeps_place_of_birth_ff6d7bdd', TG_RELID::text, true);
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ff6d7bdd', 'place_of_birth', 'core.application_2013.place_of_birth', 'core', 'application_2013', 'place_of_birth', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN NEW;
END
$$;


--
-- Name: guard_place_of_birth_ff6d7bdd(oid); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.guard_place_of_birth_ff6d7bdd(relation oid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  mark constant text := coalesce(current_setting('minimize.keeps_place_of_birth_ff6d7bdd', true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config('minimize.keeps_place_of_birth_ff6d7bdd', '', true);
    RETURN true;
  END IF;
  PERFORM minimize."refuse_v1"('reject_place_of_birth_ff6d7bdd', 'place_of_birth', 'core.application_2013.place_of_birth', 'core', 'application_2013', 'place_of_birth', 'WSR 18-03-117, WSR 18-10-030, RCW 43.17.425');
  RETURN false;
END
$$;


--
-- Name: hstore_without_v1(anyelement, text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.hstore_without_v1(pairs anyelement, name text) RETURNS anyelement
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- Removes one key from an hstore. The extension may be in any schema, so its operators cannot be named here; its cast
-- to jsonb is found without a name, and text becomes the type of the argument again as it is returned.
BEGIN
  RETURN coalesce((
    SELECT string_agg(
      format('"%s"=>%s', regexp_replace(key, '(["\\])', '\\\1', 'g'),
        coalesce('"' || regexp_replace(value, '(["\\])', '\\\1', 'g') || '"', 'NULL')), ',')
    FROM jsonb_each_text(pairs::jsonb)
    WHERE key <> name), '');
END
$$;


--
-- Name: is_json_v1(text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.is_json_v1(doc text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- Whether a text is a JSON document, without ever failing. A cast in a block with EXCEPTION could not run in parallel
-- workers on every release. Expects what minimize.json_scan_v1 has seen to nest no deeper than the stack allows.
DECLARE
  rest text;
  before text;
BEGIN
  IF current_setting('server_version_num')::integer >= 160000 THEN
    RETURN pg_input_is_valid(doc, 'json');
  END IF;
  IF doc ~ '\x01' THEN
    RETURN false;
  END IF;
  -- Each string becomes one character that a document cannot hold, each other scalar a 0; then, from the inside out,
  -- each container a 0. What is left of a document is one value.
  rest := regexp_replace(doc, '"(?:[^"\\\x01-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"', chr(1), 'g');
  rest := regexp_replace(rest, '-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null', '0', 'g');
  rest := translate(rest, E' \t\n\r', '');
  WHILE rest IS DISTINCT FROM before LOOP
    before := rest;
    rest := regexp_replace(rest, '\[(?:[0\x01](?:,[0\x01])*)?\]|\{(?:\x01:[0\x01](?:,\x01:[0\x01])*)?\}', '0', 'g');
  END LOOP;
  RETURN rest IN ('0', chr(1));
END
$$;


--
-- Name: json_places_v1(text, integer[]); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.json_places_v1(raw text, places integer[]) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
-- Says where, in a JSON string as it is written between its quotes, the characters are that begin at these places of
-- the text it stands for. Places count bytes from 0, in ascending order, and none is the text's end.
DECLARE
  is_unicode constant boolean := getdatabaseencoding() = 'UTF8';
  found integer[] := '{}';
  unit record;
  inner_place integer := 0;
  raw_place integer := 0;
  next integer := 1;
BEGIN
  IF strpos(raw, '\u') = 0 THEN
    -- Every escape is two bytes for one: count those before each place. A control character marks where each begins.
    RETURN (
      SELECT array_agg(place + width_bucket(place::bigint - 1, starts) ORDER BY n)
      FROM unnest(places) WITH ORDINALITY AS x (place, n), (
        SELECT coalesce(array_agg(total ORDER BY n) FILTER (WHERE n < all_parts), '{}') AS starts
        FROM (
          SELECT n, sum(octet_length(part)) OVER (ORDER BY n) AS total, count(*) OVER () AS all_parts
          FROM unnest(string_to_array(translate(replace(raw, '\\', chr(1) || 'x'), '\', chr(1)), chr(1)))
            WITH ORDINALITY AS y (part, n)) AS totals) AS escapes);
  END IF;
  FOR unit IN
    SELECT octet_length(m[1]) AS raw_width, CASE
        WHEN left(m[1], 1) <> '\' THEN octet_length(m[1])
        -- As minimize.json_scan_v1 reads what PostgreSQL cannot unescape.
        WHEN m[1] !~ '^\\u' OR m[1] ~ '^\\u(?:00[0-7].|[dD][89a-fA-F]..)$' OR NOT is_unicode THEN 1
        ELSE octet_length(('"' || m[1] || '"')::json #>> '{}') END AS inner_width
    FROM regexp_matches(raw, '\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]+', 'g')
      WITH ORDINALITY AS x (m, n) ORDER BY n
  LOOP
    WHILE places[next] < inner_place + unit.inner_width LOOP
      found := found || raw_place + places[next] - inner_place;
      next := next + 1;
    END LOOP;
    EXIT WHEN next > cardinality(places);
    inner_place := inner_place + unit.inner_width;
    raw_place := raw_place + unit.raw_width;
  END LOOP;
  RETURN found;
END
$_$;


--
-- Name: json_scan_each_v1(text[], text[], boolean); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.json_scan_each_v1(docs text[], path text[], is_document boolean, OUT kept text[], OUT taken text[], OUT is_broken boolean) RETURNS record
    LANGUAGE plpgsql IMMUTABLE STRICT SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- minimize.json_scan_v1 for every element of an array of any shape.
DECLARE
  doc text;
  inside record;
BEGIN
  kept := docs;
  is_broken := false;
  FOR doc IN SELECT each FROM unnest(docs) WITH ORDINALITY AS x (each, place) WHERE each IS NOT NULL ORDER BY place LOOP
    SELECT * INTO inside FROM minimize.json_scan_v1(doc, path, is_document);
    is_broken := is_broken OR inside.is_broken;
    IF inside.cuts IS NOT NULL THEN
      taken := taken || inside.taken;
      -- Not an assignment by index: it would have to know how many dimensions there are.
      kept := array_replace(kept, doc, inside.kept);
    END IF;
  END LOOP;
END
$$;


--
-- Name: json_scan_v1(text, text[], boolean); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.json_scan_v1(doc text, path text[], is_document boolean, OUT kept text, OUT taken text[], OUT cuts integer[], OUT is_broken boolean) RETURNS record
    LANGUAGE plpgsql IMMUTABLE STRICT SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
-- Reads the text of a JSON document once: `kept` is the text without every member that `path` ends in, all other
-- bytes as they were; `taken` holds the removed values that are not null, NULL when there is none; `cuts` says what
-- was cut, as pairs of byte offsets (from, to), NULL when nothing was. `is_broken` says that the member seems to be
-- there, in a text that is no JSON for another reason: cut off, say, or with NaN in it.
-- A cast to jsonb would keep only the last of duplicate keys, reorder the rest, and fail on \u0000.
-- Steps of the path: '.name' for a member, NULL for [*], '()' for the JSON inside a string. They match as lax jsonpath
-- does. Unless the text `is_document` for certain, as in a column of type json, one that is no JSON is left alone, and
-- so is one that nests deeper than 1000 levels.
-- SECURITY DEFINER only so that it can call itself and its like: who writes to a table need not have USAGE on schema minimize.
DECLARE
  last constant integer := cardinality(path);
  is_unicode constant boolean := getdatabaseencoding() = 'UTF8';
  token text;
  place integer := 0;          -- bytes before the token
  next_place integer := 0;
  mark text;                   -- the token's first character
  depth integer := 0;          -- of containers on the path
  skipped integer := 0;        -- of containers off the path, or inside a member that goes
  deepest integer := 0;
  kinds text[] := '{}';        -- per open container on the path: '{' or '['
  steps integer[] := '{}';     -- per open container on the path: the step its members or elements are at
  unwraps boolean[] := '{}';   -- per open container on the path: may an element that is an array be unwrapped?
  kind text := '[';            -- the innermost of them; the document itself is like the one element of an array
  step integer := 1;
  unwrap boolean := true;
  member integer := 0;         -- the step the value of the present member is at, 0 for none
  here integer;                  -- the same for a value, wherever it is
  may_unwrap boolean;
  key_place integer;           -- where the member that goes begins; NULL outside one
  value_place integer;
  end_place integer;
  comma integer;               -- the last comma that stays in the object that members go from
  bytes bytea;
  name text;
  raw text;
  inside record;
BEGIN
  kept := doc;
  is_broken := false;
  FOR token IN SELECT m[1] FROM regexp_matches(doc, '"(?:[^"\\]|\\.)*"(?:\s*:)?|[][{}]|[^][{}"]+|"', 'g') AS m LOOP
    place := next_place;
    next_place := place + octet_length(token);
    mark := left(token, 1);

    IF skipped > 0 THEN
      IF mark = '{' OR mark = '[' THEN
        skipped := skipped + 1;
        deepest := greatest(deepest, depth + skipped);
      ELSIF mark = '}' OR mark = ']' THEN
        skipped := skipped - 1;
      END IF;

    ELSIF token = '"' THEN
      EXIT;

    ELSIF mark = '"' THEN
      CONTINUE WHEN key_place IS NOT NULL;
      IF right(token, 1) = ':' THEN
        CONTINUE WHEN kind = '[';
        member := 0;
        name := rtrim(token, E': \t\n\r');
        IF strpos(name, '\') > 0 AND name ~ '^"(?:[^"\\\x01-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"$'
            -- \u0000 and half a surrogate pair cannot be unescaped by PostgreSQL, nor be in a step.
            AND regexp_replace(name, '\\u[dD][89abAB]..\\u[dD][c-fC-F]..', '', 'g') !~ '\\u(?:0000|[dD][89a-fA-F])'
            AND (is_unicode OR name !~ '\\u(?!00[0-7])') THEN
          name := '"' || (name::json #>> '{}') || '"';
        END IF;
        IF name = '"' || substr(path[step], 2) || '"' THEN
          IF step = last THEN
            key_place := place;
            value_place := next_place;
          ELSE
            member := step + 1;
          END IF;
        END IF;
      ELSE
        here := CASE kind WHEN '{' THEN member ELSE step END;
        WHILE here > 0 AND path[here] IS NULL LOOP
          here := here + 1;
        END LOOP;
        CONTINUE WHEN here = 0 OR path[here] <> '()';
        raw := substr(token, 2, length(token) - 2);
        IF raw !~ '^(?:[^"\\\x01-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*$' THEN
          EXIT;
        END IF;
        -- What PostgreSQL cannot unescape becomes one that makes it no JSON, or one that changes nothing.
        name := CASE
          WHEN strpos(raw, '\') = 0 THEN raw
          WHEN is_unicode AND raw !~ '\\u(?:0000|[dD][89a-fA-F])' THEN token::json #>> '{}'
          ELSE (
            SELECT string_agg(CASE
                WHEN left(m[1], 1) <> '\' THEN m[1]
                WHEN m[1] = '\u0000' THEN chr(1)
                WHEN m[1] ~ '^\\u[dD][89a-fA-F]..$' OR NOT is_unicode AND m[1] ~ '^\\u(?!00[0-7])' THEN '?'
                ELSE ('"' || m[1] || '"')::json #>> '{}' END, '' ORDER BY n)
            FROM regexp_matches(raw, '\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]+', 'g')
              WITH ORDINALITY AS x (m, n))
        END;
        CONTINUE WHEN name IS NULL;
        SELECT * INTO inside FROM minimize.json_scan_v1(name, path[here + 1:], false);
        is_broken := is_broken OR inside.is_broken;
        CONTINUE WHEN inside.cuts IS NULL;
        taken := taken || inside.taken;
        cuts := cuts || ARRAY(
          SELECT place + 1 + edge FROM unnest(minimize.json_places_v1(raw, inside.cuts)) AS edge);
      END IF;

    ELSIF mark = '{' OR mark = '[' THEN
      here := CASE WHEN key_place IS NOT NULL THEN 0 WHEN kind = '{' THEN member ELSE step END;
      may_unwrap := kind = '{' OR unwrap;
      WHILE mark = '{' AND here > 0 AND path[here] IS NULL LOOP
        here := here + 1;      -- [*] on what is not an array is the thing itself
      END LOOP;
      IF here = 0 OR mark = '{' AND path[here] = '()' OR mark = '[' AND path[here] IS NOT NULL AND NOT may_unwrap THEN
        skipped := 1;
      ELSE
        depth := depth + 1;
        kind := mark;
        unwrap := mark = '[' AND path[here] IS NULL;
        step := CASE WHEN unwrap THEN here + 1 ELSE here END;
        kinds := kinds || kind;
        steps := steps || step;
        unwraps := unwraps || unwrap;
        member := 0;
        comma := NULL;
      END IF;
      deepest := greatest(deepest, depth + skipped);

    ELSIF mark = '}' OR mark = ']' THEN
      IF key_place IS NOT NULL THEN
        end_place := place;
        IF comma IS NOT NULL THEN
          -- The member is the last one: the comma before it goes as well.
          cuts := cuts || comma || comma + 1;
        END IF;
      END IF;
      EXIT WHEN depth = 0;
      depth := depth - 1;
      kinds := kinds[:depth];
      steps := steps[:depth];
      unwraps := unwraps[:depth];
      kind := coalesce(kinds[depth], '[');
      step := coalesce(steps[depth], 1);
      unwrap := coalesce(unwraps[depth], true);
      member := 0;

    ELSIF step = last AND kind = '{' AND strpos(token, ',') > 0 THEN
      end_place := place + octet_length(left(token, strpos(token, ',')));
      IF key_place IS NULL THEN
        comma := end_place - 1;
      END IF;
    END IF;

    -- The end of a member that goes, with the comma after it.
    IF key_place IS NOT NULL AND end_place > key_place THEN
      IF bytes IS NULL THEN
        bytes := convert_to(doc, getdatabaseencoding());
      END IF;
      cuts := cuts || key_place || end_place;
      raw := btrim(convert_from(substr(bytes, value_place + 1, end_place - value_place), getdatabaseencoding()),
        E', \t\n\r');
      IF raw <> 'null' THEN
        taken := taken || raw;
      END IF;
      key_place := NULL;
    END IF;
  END LOOP;

  IF NOT is_document AND (cuts IS NOT NULL OR key_place IS NOT NULL)
      AND (key_place IS NOT NULL OR deepest > 1000 OR NOT minimize.is_json_v1(doc)) THEN
    taken := NULL; cuts := NULL; is_broken := true;
  END IF;
  IF cuts IS NULL THEN
    RETURN;
  END IF;
  bytes := coalesce(bytes, convert_to(doc, getdatabaseencoding()));
  SELECT array_agg(edge ORDER BY n), convert_from(string_agg(piece, ''::bytea ORDER BY n), getdatabaseencoding())
    INTO cuts, kept
  FROM (
    SELECT n, edge, CASE WHEN n % 2 = 1 THEN substr(bytes, 1 + lag(edge, 1, 0) OVER w, edge - lag(edge, 1, 0) OVER w) END
    FROM (SELECT edge, row_number() OVER (ORDER BY edge) AS n FROM unnest(cuts) AS edge) AS edges WINDOW w AS (ORDER BY n)
  ) AS pieces (n, edge, piece);
  kept := kept || convert_from(substr(bytes, 1 + cuts[cardinality(cuts)]), getdatabaseencoding());
END
$_$;


--
-- Name: jsonb_without_v1(jsonb, text[]); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.jsonb_without_v1(doc jsonb, path text[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
-- Removes the member that `path` ends in wherever lax jsonpath finds it; a NULL step stands for [*].
-- A member step looks into the elements of an array, as lax jsonpath does, but only one level deep.
DECLARE
  step text := path[1];
  rest text[] := path[2:];
  depth constant integer := cardinality(path);
  inner_doc jsonb := doc;
BEGIN
  -- Objects all the way down, the usual case: no recursion, and #- does the work in C.
  FOR i IN 1 .. depth LOOP
    EXIT WHEN path[i] IS NULL OR jsonb_typeof(inner_doc) <> 'object';
    IF i = depth THEN
      RETURN doc #- path;
    END IF;
    inner_doc := inner_doc -> path[i];
    IF inner_doc IS NULL THEN
      RETURN doc;
    END IF;
  END LOOP;
  IF step IS NULL THEN
    IF jsonb_typeof(doc) <> 'array' THEN
      RETURN minimize.jsonb_without_v1(doc, rest);
    END IF;
    RETURN coalesce((SELECT jsonb_agg(minimize.jsonb_without_v1(element, rest) ORDER BY n)
                     FROM jsonb_array_elements(doc) WITH ORDINALITY AS x (element, n)), doc);
  END IF;
  IF jsonb_typeof(doc) = 'array' THEN
    RETURN coalesce((SELECT jsonb_agg(CASE jsonb_typeof(element) WHEN 'object'
                                      THEN minimize.jsonb_without_v1(element, path) ELSE element END ORDER BY n)
                     FROM jsonb_array_elements(doc) WITH ORDINALITY AS x (element, n)), doc);
  END IF;
  IF jsonb_typeof(doc) <> 'object' OR NOT doc ? step THEN
    RETURN doc;
  END IF;
  IF cardinality(rest) = 0 THEN
    RETURN doc - step;
  END IF;
  RETURN jsonb_set(doc, ARRAY[step], minimize.jsonb_without_v1(doc -> step, rest));
END
$$;


--
-- Name: lock_tables_v1(text[], text, integer); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.lock_tables_v1(tables text[], patience text, attempts integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
-- Takes ACCESS EXCLUSIVE on all of the tables or on none. Each attempt waits at most `patience`; between attempts
-- nothing is held and the wait grows, with jitter, from 0.1 s to 5 s. Giving up names who is in the way.
DECLARE
  attempt integer := 0;
  names text := (SELECT string_agg(t::regclass::text, ', ') FROM unnest(tables) AS t);
  blockers text;
BEGIN
  PERFORM set_config('lock_timeout', patience, true);
  LOOP
    attempt := attempt + 1;
    BEGIN
      EXECUTE 'LOCK TABLE ' || names || ' IN ACCESS EXCLUSIVE MODE';
      RETURN;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      IF attempt >= attempts THEN
        SELECT string_agg(DISTINCT format('pid %s (%s, %s, for %s s)', a.pid, coalesce(nullif(a.application_name, ''), '?'),
                 coalesce(a.state, 'state not visible'), coalesce(extract(epoch FROM now() - a.xact_start)::integer::text, '?')), '; ')
          INTO blockers
          FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
          WHERE l.granted AND l.pid <> pg_backend_pid() AND l.locktype = 'relation'
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.relation IN (SELECT p.relid FROM unnest(tables) AS t, pg_partition_tree(t::regclass) AS p
                               UNION SELECT t::regclass FROM unnest(tables) AS t);
        RAISE EXCEPTION USING ERRCODE = 'lock_not_available',
          MESSAGE = format('could not lock %s in %s attempts of %s; in the way: %s', names, attempts, patience,
                           coalesce(blockers, 'nobody any more')),
          HINT = 'Nothing was changed: end or wait for those sessions and run it again.';
      END IF;
    END;
    PERFORM pg_sleep(least(5, 0.1 * 2 ^ attempt) * (0.5 + random() / 2));
  END LOOP;
END
$$;


--
-- Name: mute_log_v1(); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.mute_log_v1() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- For the rest of the transaction the server log gets neither the failing statement with its literals nor the
-- CONTEXT in which COPY quotes its line. Both settings end with the rejected transaction. Without the right to
-- set them the guard works all the same; `minimize guard check` says so.
BEGIN
  IF has_parameter_privilege('log_min_error_statement', 'SET') THEN
    PERFORM set_config('log_min_error_statement', 'panic', true);
  END IF;
  IF has_parameter_privilege('log_error_verbosity', 'SET') THEN
    PERFORM set_config('log_error_verbosity', 'terse', true);
  END IF;
END
$$;


--
-- Name: pattern_taken_v1(text[], text, text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.pattern_taken_v1(docs text[], pattern text, replacement text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- Returns what matches a pattern in those of the texts that carry it, in their order; NULL if none does.
DECLARE
  doc text;
  mark text;
  number integer;
  taken text[];
BEGIN
  FOR doc IN
    SELECT each FROM unnest(docs) WITH ORDINALITY AS x (each, place)
    WHERE each ~ pattern AND regexp_replace(each, pattern, replacement, 'g') <> each
      AND regexp_replace(each, pattern, '', 'g') <> each
    ORDER BY place
  LOOP
    -- A pattern with groups of its own does not give its whole match away, but the replacement can mark it. The mark
    -- begins with a character that it does not repeat, so that it cannot be mistaken across its edges.
    number := 0;
    LOOP
      mark := chr(2) || number || chr(3);
      EXIT WHEN strpos(doc, mark) = 0;
      number := number + 1;
    END LOOP;
    taken := taken || (
      SELECT array_agg(part ORDER BY place)
      FROM unnest(string_to_array(regexp_replace(doc, pattern, mark || '\&' || mark, 'g'), mark))
        WITH ORDINALITY AS x (part, place)
      WHERE place % 2 = 0);
  END LOOP;
  RETURN taken;
END
$$;


--
-- Name: pattern_without_v1(text[], text, text, integer); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.pattern_without_v1(docs text[], pattern text, replacement text, room integer) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- Replaces, in every text of an array of any shape, what matches a pattern, until nothing that differs from its
-- replacement matches any more. Where replacing does not come to an end (the replacement brings a new match about),
-- or makes a text longer than `room`, the matches are cut out instead: that only ever shortens a text, so it ends.
DECLARE
  doc text;
  changed text;
  cut text;
  is_clean boolean;
BEGIN
  FOR doc IN
    -- The same three questions as where a row is asked whether it carries the pattern.
    SELECT DISTINCT each COLLATE "C" FROM unnest(docs) AS each
    WHERE each ~ pattern AND regexp_replace(each, pattern, replacement, 'g') <> each
      AND regexp_replace(each, pattern, '', 'g') <> each
  LOOP
    changed := doc;
    FOR round IN 1 .. 4 LOOP
      changed := regexp_replace(changed, pattern, replacement, 'g');
      is_clean := regexp_replace(changed, pattern, replacement, 'g') = changed
        OR regexp_replace(changed, pattern, '', 'g') = changed;
      EXIT WHEN is_clean;
    END LOOP;
    IF NOT is_clean OR length(changed) > room THEN
      changed := doc;
      LOOP
        cut := regexp_replace(changed, pattern, '', 'g');
        EXIT WHEN cut = changed;
        changed := cut;
      END LOOP;
    END IF;
    -- Not an assignment by index: it would have to know how many dimensions there are.
    docs := array_replace(docs COLLATE "C", doc, changed);
  END LOOP;
  RETURN docs;
END
$$;


--
-- Name: refuse_v1(text, text, text, text, text, text, text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.refuse_v1(counter text, field text, location text, tbl_schema text, tbl text, col text, citations text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  -- nextval is not undone with the transaction, so refusals can be counted without writing a row.
  -- `minimize guard test` and the pytest plugin rehearse refusals, and those do not count.
  IF current_setting('minimize.rehearsal', true) IS DISTINCT FROM 'on' THEN
    PERFORM nextval(format('minimize.%I', counter));
  END IF;
  PERFORM minimize.mute_log_v1();
  RAISE EXCEPTION USING
    ERRCODE = 'MZ001',
    MESSAGE = format('%s is retired, and this write carries a value for it', location),
    HINT = format('Field %s is no longer collected (%s): leave it out of the statement.', field, citations),
    SCHEMA = tbl_schema, TABLE = tbl, COLUMN = col;
END
$$;


--
-- Name: table_dependents_v1(regclass); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.table_dependents_v1(tbl regclass) RETURNS TABLE(object text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog'
    AS $$
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
$$;


--
-- Name: warn_v1(text, text, text, text, text, text, text); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.warn_v1(counter text, field text, location text, tbl_schema text, tbl text, col text, citations text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  verbosity text := current_setting('log_error_verbosity');
  may_mute constant boolean := has_parameter_privilege('log_error_verbosity', 'SET');
BEGIN
  IF current_setting('minimize.rehearsal', true) IS DISTINCT FROM 'on' THEN
    PERFORM nextval(format('minimize.%I', counter));
  END IF;
  -- A warning's CONTEXT would quote the line of a COPY in the server log.
  IF may_mute THEN
    PERFORM set_config('log_error_verbosity', 'terse', true);
  END IF;
  RAISE WARNING USING
    ERRCODE = 'MZ003',
    MESSAGE = format('%s is retired, and this write carries a value for it', location),
    HINT = format('Field %s is no longer collected (%s): leave it out of the statement.', field, citations),
    SCHEMA = tbl_schema, TABLE = tbl, COLUMN = col;
  IF may_mute THEN
    PERFORM set_config('log_error_verbosity', verbosity, true);
  END IF;
END
$$;


--
-- Name: xml_scan_v1(text, text[]); Type: FUNCTION; Schema: minimize; Owner: -
--

CREATE FUNCTION minimize.xml_scan_v1(doc text, path text[], OUT kept text, OUT taken text[]) RETURNS record
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
-- Reads the text of an xml value once: `kept` is the text without every element or attribute that `path` ends in, all
-- other bytes as they were; `taken` holds those of them that have a value, NULL when there is none.
-- Steps of the path: '/name', '//name' for any depth, and last perhaps '/@name' or '//@name'; the name may be *. Names
-- are compared without their prefix. Of an outermost element only attributes and content go: a document needs one.
DECLARE
  last constant integer := cardinality(path);
  is_attribute constant boolean := path[last] ~ '^//?@';
  bytes constant bytea := convert_to(doc, getdatabaseencoding());
  names text[];
  is_deep boolean[];
  token text;
  place integer;
  next_place integer := 0;
  depth integer := 0;
  matched bigint[] := '{}';    -- per open element, as bits: which steps it completes or may still be on the way to
  parent bigint;
  here bigint;                 -- the steps that this element completes
  on_the_way bigint;           -- the steps that any element below may go on from
  skipped integer := 0;        -- open elements from the one that goes on
  start_place integer;         -- where the element that goes begins
  content_place integer;
  has_value boolean;
  is_empty boolean;
  attribute text;
  attribute_place integer;
  done integer := 0;           -- bytes of the document that are dealt with
  pieces text[] := '{}';
BEGIN
  SELECT array_agg(ltrim(each, '/@') ORDER BY n), array_agg(starts_with(each, '//') ORDER BY n) INTO names, is_deep
    FROM unnest(path) WITH ORDINALITY AS x (each, n);
  FOR token IN SELECT m[1] FROM regexp_matches(doc, concat_ws('|',
      '[^<]+', '</[^\s<>/]+\s*>',
      '<[^\s<>/!?"''=][^\s<>/"''=]*(?:\s+[^\s<>/"''=]+\s*=\s*(?:"[^"<]*"|''[^''<]*''))*\s*/?>',
      '<!--(?:[^-]|-[^-])*-->', '<!\[CDATA\[(?:[^]]|\][^]]|\]\]+[^]>])*\]\]+>', '<\?(?:[^?]|\?+[^?>])*\?+>',
      '<!DOCTYPE(?:[^][<>"'']|"[^"]*"|''[^'']*''|\[(?:[^]<"'']|"[^"]*"|''[^'']*''|<!--(?:[^-]|-[^-])*-->'
        '|<\?(?:[^?]|\?+[^?>])*\?+>|<![A-Z](?:[^<>"'']|"[^"]*"|''[^'']*'')*>)*\])*>', '<'), 'g') AS m
  LOOP
    place := next_place;
    next_place := place + octet_length(token);
    CONTINUE WHEN token !~ '^<[^!?]';
    is_empty := right(token, 2) = '/>';

    IF starts_with(token, '</') THEN
      IF skipped = 0 THEN
        depth := depth - 1;
        matched := matched[:depth];
        CONTINUE;
      END IF;
      skipped := skipped - 1;
      CONTINUE WHEN skipped > 0;
      IF has_value OR btrim(convert_from(substr(bytes, content_place + 1, place - content_place), getdatabaseencoding()),
          E' \t\n\r') <> '' THEN
        taken := taken || convert_from(substr(bytes, start_place + 1, next_place - start_place), getdatabaseencoding());
      END IF;
      IF depth > 0 THEN
        pieces := pieces || convert_from(substr(bytes, done + 1, start_place - done), getdatabaseencoding());
        done := next_place;
      ELSE
        pieces := pieces || convert_from(substr(bytes, done + 1, content_place - done), getdatabaseencoding());
        done := place;
      END IF;
      CONTINUE;
    END IF;
    IF skipped > 0 THEN
      skipped := skipped + (NOT is_empty)::integer;
      CONTINUE;
    END IF;

    parent := CASE WHEN depth = 0 THEN 1 ELSE matched[depth] END;
    here := 0;
    on_the_way := 0;
    FOR n IN 1 .. last LOOP
      IF parent & (1::bigint << (n - 1)) <> 0 THEN
        IF NOT (is_attribute AND n = last)
            AND names[n] IN ('*', regexp_replace(substring(token FROM '^<([^\s/>]+)'), '^[^:]*:', '')) THEN
          here := here | (1::bigint << n);
        END IF;
        IF is_deep[n] THEN
          on_the_way := on_the_way | (1::bigint << (n - 1));
        END IF;
      END IF;
    END LOOP;
    has_value := false;
    start_place := place;
    content_place := next_place;
    IF here & (1::bigint << last) <> 0 AND depth > 0 THEN
      has_value := EXISTS (
        SELECT FROM regexp_matches(token, '\s([^\s=]+)\s*=\s*(?:"[^"]*"|''[^'']*'')', 'g') AS m
        WHERE m[1] !~ '^xmlns(:|$)|^([^:]*:)?nil$');
      IF is_empty THEN
        taken := taken || CASE WHEN has_value THEN ARRAY[token] END;
        pieces := pieces || convert_from(substr(bytes, done + 1, place - done), getdatabaseencoding());
        done := next_place;
      ELSE
        skipped := 1;
      END IF;
      CONTINUE;
    END IF;

    IF here & (1::bigint << last) <> 0 OR is_attribute
        AND (here | CASE WHEN is_deep[last] THEN on_the_way ELSE 0 END) & (1::bigint << (last - 1)) <> 0 THEN
      attribute_place := place + octet_length(substring(token FROM '^<[^\s/>]+'));
      FOR attribute IN SELECT m[1] FROM regexp_matches(token, '\s+[^\s=]+\s*=\s*(?:"[^"]*"|''[^'']*'')', 'g') AS m LOOP
        IF attribute !~ '^\s+xmlns[\s:=]' AND (NOT is_attribute
            OR names[last] IN ('*', substring(attribute FROM '^\s+(?:[^\s:=]*:)?([^\s=]+)'))) THEN
          IF attribute !~ '=\s*(""|'''')$' AND (is_attribute OR attribute !~ '^\s+([^\s:=]*:)?nil\s*=') THEN
            taken := taken || substring(attribute FROM '=\s*(.*)$');
          END IF;
          pieces := pieces || convert_from(substr(bytes, done + 1, attribute_place - done), getdatabaseencoding());
          done := attribute_place + octet_length(attribute);
        END IF;
        attribute_place := attribute_place + octet_length(attribute);
      END LOOP;
    END IF;
    IF NOT is_empty AND here & (1::bigint << last) <> 0 THEN
      skipped := 1;
    ELSIF NOT is_empty THEN
      depth := depth + 1;
      matched := matched || (here | on_the_way);
    END IF;
  END LOOP;
  kept := array_to_string(pieces || convert_from(substr(bytes, done + 1), getdatabaseencoding()), '');
END
$_$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: applicant; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.applicant (
    applicant_id bigint NOT NULL,
    family_name text NOT NULL,
    given_names text NOT NULL,
    dob date NOT NULL,
    sex text NOT NULL,
    birth_place_id bigint,
    mother_maiden_name text,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((family_name || ' '::text) || given_names))) STORED,
    CONSTRAINT applicant_sex_known CHECK ((sex = ANY (ARRAY['F'::text, 'M'::text, 'X'::text]))),
    CONSTRAINT minimize_proof_birth_place_id_4f5f5c20_4f53cd CHECK ((NOT (birth_place_id IS NOT NULL)))
);


--
-- Name: applicant_applicant_id_seq; Type: SEQUENCE; Schema: core; Owner: -
--

ALTER TABLE core.applicant ALTER COLUMN applicant_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME core.applicant_applicant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: application; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application (
    application_id bigint NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_form_bd9ea401_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_c7c53f1a_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_fe7f07ae_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
)
PARTITION BY RANGE (filed_on);


--
-- Name: application_application_id_seq; Type: SEQUENCE; Schema: core; Owner: -
--

CREATE SEQUENCE core.application_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: application_application_id_seq; Type: SEQUENCE OWNED BY; Schema: core; Owner: -
--

ALTER SEQUENCE core.application_application_id_seq OWNED BY core.application.application_id;


--
-- Name: application_2013; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application_2013 (
    application_id bigint DEFAULT nextval('core.application_application_id_seq'::regclass) NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_birth_country_98d41f6e_3309d5 CHECK (((NOT (birth_country IS NOT NULL)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_0f38026c_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_449b1346_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_6fcfa5a4_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_e30a3a49_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_place_of_birth_ff6d7bdd_3309d5 CHECK (((NOT (place_of_birth IS NOT NULL)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
);


--
-- Name: application_2014; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application_2014 (
    application_id bigint DEFAULT nextval('core.application_application_id_seq'::regclass) NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_form_bd9ea401_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_c7c53f1a_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_fe7f07ae_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
);


--
-- Name: application_2015; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application_2015 (
    application_id bigint DEFAULT nextval('core.application_application_id_seq'::regclass) NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_form_bd9ea401_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_c7c53f1a_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_fe7f07ae_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
);


--
-- Name: application_2016; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application_2016 (
    application_id bigint DEFAULT nextval('core.application_application_id_seq'::regclass) NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_form_bd9ea401_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_c7c53f1a_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_fe7f07ae_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
);


--
-- Name: application_2017; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application_2017 (
    application_id bigint DEFAULT nextval('core.application_application_id_seq'::regclass) NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_form_bd9ea401_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_c7c53f1a_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_fe7f07ae_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
);


--
-- Name: application_2018; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application_2018 (
    application_id bigint DEFAULT nextval('core.application_application_id_seq'::regclass) NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_form_bd9ea401_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_c7c53f1a_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_fe7f07ae_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
);


--
-- Name: application_default; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.application_default (
    application_id bigint DEFAULT nextval('core.application_application_id_seq'::regclass) NOT NULL,
    filed_on date NOT NULL,
    applicant_id bigint NOT NULL,
    app_type text NOT NULL,
    office text NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    place_of_birth text,
    birth_country text,
    residence_city text NOT NULL,
    mailing_country text DEFAULT 'USA'::text NOT NULL,
    ssn_enc bytea,
    form jsonb NOT NULL,
    notes text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT application_app_type_known CHECK ((app_type = ANY (ARRAY['DL'::text, 'IP'::text, 'ID'::text, 'EDL'::text, 'EID'::text, 'CDL'::text, 'CLP'::text, 'CDL_HME'::text]))),
    CONSTRAINT application_place_of_birth_present CHECK ((place_of_birth <> ''::text)),
    CONSTRAINT minimize_proof_form_bd9ea401_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_c7c53f1a_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE))),
    CONSTRAINT minimize_proof_form_fe7f07ae_3309d5 CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE)))
);


--
-- Name: birth_place; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.birth_place (
    place_id bigint NOT NULL,
    city text,
    region text,
    country text,
    CONSTRAINT birth_place_city_present CHECK ((city <> ''::text)),
    CONSTRAINT minimize_proof_city_38022bde_4f53cd CHECK ((NOT (city IS NOT NULL))),
    CONSTRAINT minimize_proof_country_3ee440e0_4f53cd CHECK ((NOT (country IS NOT NULL))),
    CONSTRAINT minimize_proof_region_5a4a650a_4f53cd CHECK ((NOT (region IS NOT NULL)))
);


--
-- Name: birth_place_place_id_seq; Type: SEQUENCE; Schema: core; Owner: -
--

ALTER TABLE core.birth_place ALTER COLUMN place_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME core.birth_place_place_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: credential; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.credential (
    credential_id bigint NOT NULL,
    application_id bigint NOT NULL,
    dln text NOT NULL,
    pdf417 bytea,
    printed_on date,
    CONSTRAINT minimize_proof_pdf417_ae94b8fe_4f53cd CHECK ((NOT (((POSITION(('\x444349'::bytea) IN (pdf417)) > 0) AND ((minimize.aamva_scan_v1(pdf417, 'DCI'::text)).taken IS NOT NULL)) IS TRUE)))
);


--
-- Name: credential_credential_id_seq; Type: SEQUENCE; Schema: core; Owner: -
--

ALTER TABLE core.credential ALTER COLUMN credential_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME core.credential_credential_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: disclosure_log; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.disclosure_log (
    id bigint NOT NULL,
    agency text NOT NULL,
    legal_basis text NOT NULL,
    response jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: disclosure_log_id_seq; Type: SEQUENCE; Schema: core; Owner: -
--

ALTER TABLE core.disclosure_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME core.disclosure_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: document_ocr; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.document_ocr (
    doc_id bigint NOT NULL,
    page integer NOT NULL,
    ocr_text text NOT NULL,
    tsv tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ocr_text)) STORED
);


--
-- Name: identity_document; Type: TABLE; Schema: core; Owner: -
--

CREATE TABLE core.identity_document (
    doc_id bigint NOT NULL,
    application_id bigint NOT NULL,
    doc_type text NOT NULL,
    issuing_country text NOT NULL,
    doc_number text NOT NULL
);


--
-- Name: identity_document_doc_id_seq; Type: SEQUENCE; Schema: core; Owner: -
--

ALTER TABLE core.identity_document ALTER COLUMN doc_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME core.identity_document_doc_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: legal_hold; Type: TABLE; Schema: gov; Owner: -
--

CREATE TABLE gov.legal_hold (
    hold_id bigint NOT NULL,
    kind text NOT NULL,
    applicant_id bigint NOT NULL,
    released_at timestamp with time zone,
    CONSTRAINT legal_hold_kind_known CHECK ((kind = ANY (ARRAY['litigation'::text, 'public-records-request'::text, 'audit'::text])))
);


--
-- Name: legal_hold_hold_id_seq; Type: SEQUENCE; Schema: gov; Owner: -
--

ALTER TABLE gov.legal_hold ALTER COLUMN hold_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME gov.legal_hold_hold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: change_log; Type: TABLE; Schema: hist; Owner: -
--

CREATE TABLE hist.change_log (
    log_id bigint NOT NULL,
    tbl text NOT NULL,
    row_key text NOT NULL,
    old_row jsonb,
    new_row jsonb,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: change_log_log_id_seq; Type: SEQUENCE; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log ALTER COLUMN log_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME hist.change_log_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: dim_applicant; Type: TABLE; Schema: mart; Owner: -
--

CREATE TABLE mart.dim_applicant (
    sk bigint NOT NULL,
    applicant_id bigint NOT NULL,
    birth_year integer NOT NULL,
    birth_city text,
    birth_country text,
    residence_city text NOT NULL,
    CONSTRAINT dim_applicant_birth_complete CHECK (((birth_city IS NULL) = (birth_country IS NULL))),
    CONSTRAINT minimize_proof_birth_city_b3689288_4f53cd CHECK ((NOT (birth_city IS NOT NULL))),
    CONSTRAINT minimize_proof_birth_country_ae0d0169_4f53cd CHECK ((NOT (birth_country IS NOT NULL)))
);


--
-- Name: birthplace_counts; Type: MATERIALIZED VIEW; Schema: mart; Owner: -
--

CREATE MATERIALIZED VIEW mart.birthplace_counts AS
 SELECT dim_applicant.birth_country,
    dim_applicant.birth_city,
    count(*) AS applicants
   FROM mart.dim_applicant
  GROUP BY dim_applicant.birth_country, dim_applicant.birth_city
  WITH NO DATA;


--
-- Name: dim_applicant_sk_seq; Type: SEQUENCE; Schema: mart; Owner: -
--

ALTER TABLE mart.dim_applicant ALTER COLUMN sk ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME mart.dim_applicant_sk_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: v_applicant_origin; Type: VIEW; Schema: mart; Owner: -
--

CREATE VIEW mart.v_applicant_origin AS
 SELECT dim_applicant.applicant_id,
    dim_applicant.birth_year,
    dim_applicant.birth_city,
    dim_applicant.birth_country,
    (dim_applicant.birth_city = dim_applicant.residence_city) AS lives_where_born
   FROM mart.dim_applicant;


--
-- Name: purge_count; Type: TABLE; Schema: minimize; Owner: -
--

CREATE TABLE minimize.purge_count (
    range_id bigint NOT NULL,
    location text NOT NULL,
    erased bigint NOT NULL
)
WITH (fillfactor='50');


--
-- Name: purge_found; Type: TABLE; Schema: minimize; Owner: -
--

CREATE TABLE minimize.purge_found (
    run_id bigint NOT NULL,
    location text NOT NULL,
    at_start bigint,
    exempt bigint NOT NULL,
    held bigint NOT NULL,
    remaining bigint NOT NULL,
    counted_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: purge_range; Type: TABLE; Schema: minimize; Owner: -
--

CREATE TABLE minimize.purge_range (
    range_id bigint NOT NULL,
    run_id bigint NOT NULL,
    relation oid NOT NULL,
    relation_name text NOT NULL,
    pass integer NOT NULL,
    first_block bigint NOT NULL,
    next_block bigint NOT NULL,
    end_block bigint NOT NULL,
    rows bigint DEFAULT 0 NOT NULL,
    hot_rows bigint DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='50');


--
-- Name: purge_range_range_id_seq; Type: SEQUENCE; Schema: minimize; Owner: -
--

ALTER TABLE minimize.purge_range ALTER COLUMN range_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME minimize.purge_range_range_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: purge_run; Type: TABLE; Schema: minimize; Owner: -
--

CREATE TABLE minimize.purge_run (
    run_id bigint NOT NULL,
    policy_id text NOT NULL,
    policy_digest text NOT NULL,
    options jsonb NOT NULL,
    limits jsonb NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    started_by text DEFAULT SESSION_USER NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    wanted text DEFAULT 'run'::text NOT NULL,
    activity jsonb DEFAULT '{}'::jsonb NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    backend integer DEFAULT pg_backend_pid() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT purge_run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'finished'::text, 'superseded'::text, 'cancelled'::text]))),
    CONSTRAINT purge_run_wanted_check CHECK ((wanted = ANY (ARRAY['run'::text, 'pause'::text, 'cancel'::text])))
);


--
-- Name: purge_run_run_id_seq; Type: SEQUENCE; Schema: minimize; Owner: -
--

ALTER TABLE minimize.purge_run ALTER COLUMN run_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME minimize.purge_run_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: reject_place_of_birth_0f38026c; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_0f38026c
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_12bd4ec4; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_12bd4ec4
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_205422b2; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_205422b2
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_2fa2fece; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_2fa2fece
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_3778f026; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_3778f026
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_38022bde; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_38022bde
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_3cd3116a; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_3cd3116a
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_3ee440e0; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_3ee440e0
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_449b1346; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_449b1346
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_4837a95c; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_4837a95c
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_4f5f5c20; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_4f5f5c20
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_50bf89dc; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_50bf89dc
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_559f8281; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_559f8281
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_5a4a650a; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_5a4a650a
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_6fcfa5a4; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_6fcfa5a4
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_80ac3729; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_80ac3729
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_8ea74458; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_8ea74458
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_8fb13959; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_8fb13959
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_98d41f6e; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_98d41f6e
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_a9f3a46d; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_a9f3a46d
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_ae0d0169; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_ae0d0169
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_ae94b8fe; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_ae94b8fe
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_b3689288; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_b3689288
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_bd9ea401; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_bd9ea401
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_c7c53f1a; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_c7c53f1a
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_ca8c6f7b; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_ca8c6f7b
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_d63261b2; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_d63261b2
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_db7bcbaa; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_db7bcbaa
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_e0d01dcd; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_e0d01dcd
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_e30a3a49; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_e30a3a49
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_eca12c79; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_eca12c79
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_fa646781; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_fa646781
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_fe7f07ae; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_fe7f07ae
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_ff5bef76; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_ff5bef76
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: reject_place_of_birth_ff6d7bdd; Type: SEQUENCE; Schema: minimize; Owner: -
--

CREATE SEQUENCE minimize.reject_place_of_birth_ff6d7bdd
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: office_batch; Type: TABLE; Schema: stg; Owner: -
--

CREATE TABLE stg.office_batch (
    batch_id bigint NOT NULL,
    line_no integer NOT NULL,
    raw text NOT NULL,
    parsed jsonb NOT NULL,
    envelope json
);


--
-- Name: office_batch_2017; Type: TABLE; Schema: stg; Owner: -
--

CREATE TABLE stg.office_batch_2017 (
    batch_id bigint,
    line_no integer,
    raw text,
    parsed jsonb,
    envelope json
);


--
-- Name: application_2014; Type: TABLE ATTACH; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application ATTACH PARTITION core.application_2014 FOR VALUES FROM ('2014-01-01') TO ('2015-01-01');


--
-- Name: application_2015; Type: TABLE ATTACH; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application ATTACH PARTITION core.application_2015 FOR VALUES FROM ('2015-01-01') TO ('2016-01-01');


--
-- Name: application_2016; Type: TABLE ATTACH; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application ATTACH PARTITION core.application_2016 FOR VALUES FROM ('2016-01-01') TO ('2017-01-01');


--
-- Name: application_2017; Type: TABLE ATTACH; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application ATTACH PARTITION core.application_2017 FOR VALUES FROM ('2017-01-01') TO ('2018-01-01');


--
-- Name: application_2018; Type: TABLE ATTACH; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application ATTACH PARTITION core.application_2018 FOR VALUES FROM ('2018-01-01') TO ('2019-01-01');


--
-- Name: application_default; Type: TABLE ATTACH; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application ATTACH PARTITION core.application_default DEFAULT;


--
-- Name: application application_id; Type: DEFAULT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application ALTER COLUMN application_id SET DEFAULT nextval('core.application_application_id_seq'::regclass);


--
-- Data for Name: applicant; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.applicant VALUES
	(1, 'Sims', 'Todd Rachel', '1944-11-01', 'F', NULL, 'Burnett', DEFAULT),
	(2, 'Porter', 'Lisa Amy', '1998-01-13', 'F', NULL, 'Pruitt', DEFAULT),
	(3, 'Conley', 'Michael Adam', '1969-07-20', 'F', NULL, 'Mays', DEFAULT),
	(4, 'Cooper', 'Anna Matthew', '1973-06-02', 'F', NULL, 'Herrera', DEFAULT),
	(5, 'Valentine', 'Christine Monica', '1955-12-04', 'F', NULL, 'Mcdonald', DEFAULT),
	(6, 'Gordon', 'Diana Kim', '1987-06-10', 'F', NULL, 'Briggs', DEFAULT),
	(7, 'Christensen', 'Savannah Denise', '1949-01-18', 'M', NULL, 'Walker', DEFAULT),
	(8, 'Doyle', 'Cynthia Michael', '1963-02-13', 'F', NULL, 'Kelly', DEFAULT),
	(9, 'Summers', 'Kathleen Gary', '1956-07-25', 'M', NULL, 'Larson', DEFAULT),
	(10, 'Walsh', 'Mackenzie Justin', '1991-01-14', 'F', NULL, 'Ferrell', DEFAULT),
	(11, 'Case', 'Donna Nathan', '1982-02-21', 'M', NULL, 'Burnett', DEFAULT),
	(12, 'Mcgee', 'Maria Philip', '1985-06-11', 'F', NULL, 'Craig', DEFAULT),
	(13, 'Hall', 'Danielle Megan', '1931-07-22', 'F', NULL, 'Craig', DEFAULT),
	(14, 'Patton', 'Brian Erica', '1941-06-08', 'F', NULL, 'Booker', DEFAULT),
	(15, 'Mcintyre', 'John Christopher', '1943-10-29', 'M', NULL, 'Payne', DEFAULT),
	(16, 'Mendez', 'Henry Pamela', '1937-10-06', 'F', NULL, 'Cook', DEFAULT),
	(17, 'Rosales', 'Anne Robert', '1990-04-28', 'F', NULL, 'Moreno', DEFAULT),
	(18, 'Gould', 'Amanda Hannah', '1992-02-23', 'F', NULL, 'Alexander', DEFAULT),
	(19, 'Friedman', 'Kelly William', '1980-08-30', 'M', NULL, 'Whitaker', DEFAULT),
	(20, 'Rivers', 'Nicholas Richard', '1934-10-13', 'M', NULL, 'Collins', DEFAULT),
	(21, 'Ferrell', 'Jason Monique', '1999-02-22', 'M', NULL, 'Aguirre', DEFAULT),
	(22, 'Wood', 'Jonathan Jennifer', '1966-05-07', 'M', NULL, 'Bowen', DEFAULT),
	(23, 'Stein', 'Morgan Lauren', '1990-04-19', 'M', NULL, 'Medina', DEFAULT),
	(24, 'Neal', 'Tyler Samantha', '1962-03-17', 'F', NULL, 'Jefferson', DEFAULT),
	(25, 'Mccullough', 'Linda Jose', '1968-05-05', 'M', NULL, 'Sims', DEFAULT),
	(26, 'Levine', 'William Jacob', '1977-05-03', 'F', NULL, 'Zuniga', DEFAULT),
	(27, 'Booker', 'Michelle David', '1934-09-16', 'M', NULL, 'Olson', DEFAULT),
	(28, 'Ortiz', 'Dustin Emily', '1968-03-30', 'M', NULL, 'Wang', DEFAULT),
	(29, 'Rasmussen', 'Anna Matthew', '1944-03-30', 'M', NULL, 'Holland', DEFAULT),
	(30, 'Bright', 'Jennifer Katherine', '1948-05-29', 'F', NULL, 'Love', DEFAULT),
	(31, 'Sherman', 'Jonathan Jennifer', '1983-04-29', 'F', NULL, 'Huber', DEFAULT),
	(32, 'Price', 'Steven Katie', '1950-02-27', 'M', NULL, 'Kane', DEFAULT);


--
-- Data for Name: application_2013; Type: TABLE DATA; Schema: core; Owner: -
--



--
-- Data for Name: application_2014; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.application_2014 VALUES
	(3, '2014-02-17', 3, 'DL', 'OLY-01', 'issued', 'Quezon City, Metro Manila, Philippines', 'PHL', 'Kent', 'USA', '\xaab349811349136a895247a477b8a0dd', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 63, "eyeColour": "BRO", "familyName": "Conley", "givenNames": "Michael Adam", "dateOfBirth": "1969-07-20"}, "residence": {"city": "Kent", "region": "WA", "street": "9367 Jennifer Court Suite 127"}, "signature": {"on": "2014-02-17", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Quezon City, Metro Manila, Philippines\"}"}', 'States place of birth as Quezon City, Metro Manila, Philippines.', '2014-02-17 13:54:00+00'),
	(38, '2014-09-09', 13, 'CDL_HME', 'TAC-01', 'refused', 'Matthewstad, Texas, USA', 'USA', 'Olympia', 'USA', '\xf29c9586f8fd3a71a0eb2810747135a2', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Hall", "givenNames": "Danielle Megan", "dateOfBirth": "1931-07-22"}, "residence": {"city": "Olympia", "region": "WA", "street": "782 Rodriguez Keys Suite 223"}, "signature": {"on": "2014-09-09", "method": "pad"}, "birthplace": "Matthewstad, Texas, USA", "formVersion": 7}', NULL, '2014-09-09 11:28:00+00'),
	(11, '2014-12-28', 11, 'CDL', 'VAN-01', 'received', NULL, NULL, 'Seattle', 'USA', '\x6db268368008a39d9da09dc65038b942', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 71, "eyeColour": "BRO", "familyName": "Case", "givenNames": "Donna Nathan", "dateOfBirth": "1982-02-21"}, "residence": {"city": "Seattle", "region": "WA", "street": "181 Keller Inlet Suite 824"}, "signature": {"on": "2014-12-28", "method": "pad"}, "formVersion": 7}', NULL, '2014-12-28 11:03:00+00'),
	(14, '2014-08-17', 14, 'ID', 'SPO-01', 'issued', NULL, NULL, 'Kennewick', 'USA', '\x0971a3ccb8f7b524ce28dee98f9c5b36', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "12 DCI Plaza"}, "signature": {"on": "2014-08-17", "method": "pad"}, "formVersion": 7}', NULL, '2014-08-17 12:38:00+00'),
	(29, '2014-01-21', 29, 'ID', 'SPO-01', 'received', NULL, NULL, 'Spokane', 'USA', '\x82f538fb1d449ec13a9cbec9c5b56493', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "18196 Sarah Expressway Apt. 166"}, "signature": {"on": "2014-01-21", "method": "pad"}, "formVersion": 7}', NULL, '2014-01-21 16:27:00+00'),
	(33, '2014-01-15', 6, 'ID', 'BEL-01', 'issued', NULL, NULL, 'Bellingham', 'USA', '\x53e56c98c577b40581c2c5408dac0187', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10"}, "residence": {"city": "Bellingham", "region": "WA", "street": "0919 Andrew Port Suite 819"}, "signature": {"on": "2014-01-15", "method": "pad"}, "formVersion": 7}', NULL, '2014-01-15 15:33:00+00'),
	(36, '2014-12-07', 29, 'ID', 'SEA-02', 'refused', NULL, NULL, 'Spokane', 'USA', '\x0a912636dc54253d91d700d9aaee4c55', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "1217 Norton Fall Suite 857"}, "signature": {"on": "2014-12-07", "method": "pad"}, "formVersion": 7}', NULL, '2014-12-07 10:08:00+00'),
	(40, '2014-06-07', 30, 'CDL', 'VAN-01', 'issued', NULL, NULL, 'Everett', 'USA', '\xdd3772af4d4942d5d6f1d40384b49365', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "21190 Bridges Run Suite 161"}, "signature": {"on": "2014-06-07", "method": "pad"}, "formVersion": 7}', NULL, '2014-06-07 12:52:00+00');


--
-- Data for Name: application_2015; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.application_2015 VALUES
	(8, '2015-03-19', 8, 'ID', 'YAK-01', 'issued', NULL, NULL, 'Spokane Valley', 'USA', '\x719bce345a763a084478a7a0698576ef', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 68, "eyeColour": "BRO", "familyName": "Doyle", "givenNames": "Cynthia Michael", "dateOfBirth": "1963-02-13"}, "residence": {"city": "Spokane Valley", "region": "WA", "street": "12 DCI Plaza"}, "signature": {"on": "2015-03-19", "method": "pad"}, "formVersion": 7}', 'Applicant asked for large print.', '2015-03-19 14:03:00+00'),
	(9, '2015-05-24', 9, 'IP', 'TAC-01', 'refused', NULL, NULL, 'Vancouver', 'USA', '\xde952e6f3a30ee9a53ad811b8bdeaaf7', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 69, "eyeColour": "BRO", "familyName": "Summers", "givenNames": "Kathleen Gary", "dateOfBirth": "1956-07-25"}, "residence": {"city": "Vancouver", "region": "WA", "street": "13554 Megan Cliffs Apt. 294"}, "signature": {"on": "2015-05-24", "method": "pad"}, "formVersion": 7}', NULL, '2015-05-24 10:47:00+00'),
	(25, '2015-10-10', 25, 'DL', 'YAK-01', 'refused', NULL, NULL, 'Federal Way', 'USA', '\x0ac31090edcd7b005aa56d14859b3391', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 68, "eyeColour": "BRO", "familyName": "Mccullough", "givenNames": "Linda Jose", "dateOfBirth": "1968-05-05"}, "residence": {"city": "Federal Way", "region": "WA", "street": "262 Adams Locks Apt. 319"}, "signature": {"on": "2015-10-10", "method": "pad"}, "formVersion": 7}', NULL, '2015-10-10 09:19:00+00');


--
-- Data for Name: application_2016; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.application_2016 VALUES
	(7, '2016-09-29', 7, 'ID', 'KEN-01', 'received', NULL, NULL, 'Vancouver', 'CAN', '\x33c6a2c68b2d84ded312dc5eae509345', '{"donor": false, "mailing": {"country": "CAN"}, "applicant": {"sex": "M", "heightIn": 67, "eyeColour": "BRO", "familyName": "Christensen", "givenNames": "Savannah Denise", "dateOfBirth": "1949-01-18"}, "residence": {"city": "Vancouver", "region": "WA", "street": "4421 Samantha Crossroad Suite 085"}, "signature": {"on": "2016-09-29", "method": "pad"}, "formVersion": 7}', 'Photo retaken.', '2016-09-29 13:58:00+00'),
	(10, '2016-06-13', 10, 'DL', 'EVE-01', 'refused', NULL, NULL, 'Bellevue', 'USA', '\x9631e4af1d3e9540a003cd1c94172d0c', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 70, "eyeColour": "BRO", "familyName": "Walsh", "givenNames": "Mackenzie Justin", "dateOfBirth": "1991-01-14"}, "residence": {"city": "Bellevue", "region": "WA", "street": "33144 Jose Falls"}, "signature": {"on": "2016-06-13", "method": "pad"}, "formVersion": 7}', NULL, '2016-06-13 10:30:00+00'),
	(15, '2016-01-30', 15, 'DL', 'KEN-01', 'issued', NULL, NULL, 'Olympia', 'USA', '\x956599614eb58f0972018379076fefd4', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Mcintyre", "givenNames": "John Christopher", "dateOfBirth": "1943-10-29"}, "residence": {"city": "Olympia", "region": "WA", "street": "4468 Cole Mountain Suite 192"}, "signature": {"on": "2016-01-30", "method": "pad"}, "formVersion": 7}', NULL, '2016-01-30 13:09:00+00'),
	(16, '2016-03-14', 16, 'DL', 'OLY-01', 'refused', NULL, NULL, 'Tacoma', 'USA', '\x2eb2896eb0406514a13eb61714cae5b7', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 76, "eyeColour": "BRO", "familyName": "Mendez", "givenNames": "Henry Pamela", "dateOfBirth": "1937-10-06"}, "residence": {"city": "Tacoma", "region": "WA", "street": "5610 Martinez Fords"}, "signature": {"on": "2016-03-14", "method": "pad"}, "formVersion": 7}', NULL, '2016-03-14 16:36:00+00'),
	(19, '2016-04-19', 19, 'DL', 'EVE-01', 'received', NULL, NULL, 'Olympia', 'USA', '\x3cfb5cb8fa982c9be1a91fa7a5597c05', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 62, "eyeColour": "BRO", "familyName": "Friedman", "givenNames": "Kelly William", "dateOfBirth": "1980-08-30"}, "residence": {"city": "Olympia", "region": "WA", "street": "80093 Miller Views"}, "signature": {"on": "2016-04-19", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Dyerburgh, Oregon, USA\"}"}', NULL, '2016-04-19 14:58:00+00'),
	(23, '2016-01-12', 23, 'DL', 'EVE-01', 'issued', NULL, NULL, 'Spokane', 'USA', '\x3ca44ac7c6f8430b2fdfa0580564fad3', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 66, "eyeColour": "BRO", "familyName": "Stein", "givenNames": "Morgan Lauren", "dateOfBirth": "1990-04-19"}, "residence": {"city": "Spokane", "region": "WA", "street": "24116 Emily Alley Apt. 051"}, "signature": {"on": "2016-01-12", "method": "pad"}, "formVersion": 7}', NULL, '2016-01-12 14:52:00+00'),
	(31, '2016-08-06', 31, 'DL', 'YAK-01', 'issued', NULL, NULL, 'Seattle', 'USA', '\x40a550aabd2c318fba9a746fdf1411f8', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Sherman", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1983-04-29"}, "residence": {"city": "Seattle", "region": "WA", "street": "62582 Simmons Shoals"}, "signature": {"on": "2016-08-06", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}', NULL, '2016-08-06 16:04:00+00');


--
-- Data for Name: application_2017; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.application_2017 VALUES
	(2, '2017-12-29', 2, 'CDL_HME', 'SEA-01', 'issued', 'Tadipatri, Punjab, India', 'IND', 'Spokane Valley', 'USA', '\xf3596598128501b49ef7903e985277af', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 62, "eyeColour": "BRO", "familyName": "Porter", "givenNames": "Lisa Amy", "dateOfBirth": "1998-01-13"}, "residence": {"city": "Spokane Valley", "region": "WA", "street": "6796 White Prairie"}, "signature": {"on": "2017-12-29", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009, "placeOfBirth": "Tadipatri, Punjab, India"}, {"year": 2011}]}', NULL, '2017-12-29 13:28:00+00'),
	(12, '2017-02-24', 12, 'EDL', 'KEN-01', 'issued', 'Williamsland, Oregon, USA', 'USA', 'Federal Way', 'USA', '\xae73c4a52fec0cc3536476438b43a546', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 72, "eyeColour": "BRO", "familyName": "Mcgee", "givenNames": "Maria Philip", "dateOfBirth": "1985-06-11", "placeOfBirth": "Williamsland, Oregon, USA"}, "residence": {"city": "Federal Way", "region": "WA", "street": "231 Ford Valleys"}, "signature": {"on": "2017-02-24", "method": "pad"}, "formVersion": 7}', NULL, '2017-02-24 13:03:00+00'),
	(17, '2017-09-10', 17, 'EDL', 'VAN-01', 'refused', 'Santa Rosa, Huila, Colombia', 'COL', 'Auburn', 'USA', '\xc66b23a93f655789bd12fbd33f4eb5bf', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 60, "eyeColour": "BRO", "familyName": "Rosales", "givenNames": "Anne Robert", "dateOfBirth": "1990-04-28", "placeOfBirth": "Santa Rosa, Huila, Colombia"}, "residence": {"city": "Auburn", "region": "WA", "street": "147 Blake Views Suite 595"}, "signature": {"on": "2017-09-10", "method": "pad"}, "formVersion": 7}', NULL, '2017-09-10 10:11:00+00'),
	(5, '2017-10-02', 5, 'DL', 'OLY-01', 'refused', NULL, NULL, 'Seattle', 'USA', '\xdef8b42583bb6e7e1055ff1666243cd1', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 65, "eyeColour": "BRO", "familyName": "Valentine", "givenNames": "Christine Monica", "dateOfBirth": "1955-12-04"}, "residence": {"city": "Seattle", "region": "WA", "street": "4999 Banks Street"}, "signature": {"on": "2017-10-02", "method": "pad"}, "formVersion": 7}', NULL, '2017-10-02 08:14:00+00'),
	(6, '2017-11-10', 6, 'DL', 'TAC-01', 'received', NULL, NULL, 'Bellingham', 'USA', '\x5a5f4ebe902ad40265ee15f80fd62de0', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10", "placeOfBirth": null}, "residence": {"city": "Bellingham", "region": "WA", "street": "4674 Brown Corner Suite 241"}, "signature": {"on": "2017-11-10", "method": "pad"}, "formVersion": 7}', NULL, '2017-11-10 08:26:00+00'),
	(18, '2017-02-22', 18, 'DL', 'SEA-02', 'issued', NULL, NULL, 'Kennewick', 'USA', '\xb19c46b7ffd3666770c81c21b4f5ff87', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 61, "eyeColour": "BRO", "familyName": "Gould", "givenNames": "Amanda Hannah", "dateOfBirth": "1992-02-23"}, "residence": {"city": "Kennewick", "region": "WA", "street": "79156 Cooley Estates"}, "signature": {"on": "2017-02-22", "method": "pad"}, "formVersion": 7}', NULL, '2017-02-22 08:19:00+00'),
	(20, '2017-03-12', 20, 'DL', 'KEN-01', 'refused', NULL, NULL, 'Renton', 'USA', '\x0fbe52f658ef23b66890dd3f865a99c5', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 63, "eyeColour": "BRO", "familyName": "Rivers", "givenNames": "Nicholas Richard", "dateOfBirth": "1934-10-13"}, "residence": {"city": "Renton", "region": "WA", "street": "241 Ochoa Mews"}, "signature": {"on": "2017-03-12", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Puerto Santander, Antioquia, Colombia\"}"}', NULL, '2017-03-12 15:27:00+00'),
	(22, '2017-08-07', 22, 'DL', 'TAC-01', 'refused', NULL, NULL, 'Everett', 'USA', '\x139c35e54b147f532f58f94bbb8e630c', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 65, "eyeColour": "BRO", "familyName": "Wood", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1966-05-07"}, "residence": {"city": "Everett", "region": "WA", "street": "29476 Jessica Curve Apt. 718"}, "signature": {"on": "2017-08-07", "method": "pad"}, "formVersion": 7}', NULL, '2017-08-07 09:55:00+00'),
	(24, '2017-03-04', 24, 'DL', 'SEA-01', 'issued', NULL, NULL, 'Seattle', 'USA', '\xbac4db7d204fdf1508bfd3f5042c5fa7', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 67, "eyeColour": "BRO", "familyName": "Neal", "givenNames": "Tyler Samantha", "dateOfBirth": "1962-03-17"}, "residence": {"city": "Seattle", "region": "WA", "street": "3746 Sheila Mission Apt. 976"}, "signature": {"on": "2017-03-04", "method": "pad"}, "formVersion": 7}', 'born in Port Morgan, Ohio, USA, per passport', '2017-03-04 10:38:00+00'),
	(26, '2017-02-04', 26, 'ID', 'TAC-01', 'refused', NULL, NULL, 'Tacoma', 'USA', '\x8527edb4c8af1821eab4b542c80afe78', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 69, "eyeColour": "BRO", "familyName": "Levine", "givenNames": "William Jacob", "dateOfBirth": "1977-05-03"}, "residence": {"city": "Tacoma", "region": "WA", "street": "253 Elijah Shore"}, "signature": {"on": "2017-02-04", "method": "pad"}, "formVersion": 7}', NULL, '2017-02-04 09:18:00+00'),
	(28, '2017-09-13', 28, 'DL', 'SEA-01', 'refused', NULL, NULL, 'Yakima', 'USA', '\x9bb84ae4efb2b991582f3ae96631ff03', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 71, "eyeColour": "BRO", "familyName": "Ortiz", "givenNames": "Dustin Emily", "dateOfBirth": "1968-03-30"}, "residence": {"city": "Yakima", "region": "WA", "street": "2770 Jones Camp"}, "signature": {"on": "2017-09-13", "method": "pad"}, "formVersion": 7}', NULL, '2017-09-13 16:48:00+00'),
	(30, '2017-08-03', 30, 'DL', 'EVE-01', 'issued', NULL, NULL, 'Everett', 'USA', '\xf802c809ecb63393e5572b1b83546211', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "2283 Nichols Extension"}, "signature": {"on": "2017-08-03", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}', NULL, '2017-08-03 12:44:00+00'),
	(32, '2017-03-26', 32, 'DL', 'YAK-01', 'issued', NULL, NULL, 'Vancouver', 'USA', '\x3a330a6e92d2681a67432f1fe3abed53', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Price", "givenNames": "Steven Katie", "dateOfBirth": "1950-02-27"}, "residence": {"city": "Vancouver", "region": "WA", "street": "9472 Green Mill Apt. 929"}, "signature": {"on": "2017-03-26", "method": "pad"}, "formVersion": 7}', NULL, '2017-03-26 08:13:00+00');


--
-- Data for Name: application_2018; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.application_2018 VALUES
	(1, '2018-01-30', 1, 'DL', 'SPO-01', 'refused', 'Nicole Ville, Cebu, Philippines', 'PHL', 'Nicole Ville', 'USA', '\x35839360f8de30071feb0e85ec26f065', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 61, "eyeColour": "BRO", "familyName": "Sims", "givenNames": "Todd Rachel", "dateOfBirth": "1944-11-01", "placeOfBirth": "Nicole Ville, Cebu, Philippines"}, "residence": {"city": "Nicole Ville", "region": "WA", "street": "4807 Benjamin Views"}, "signature": {"on": "2018-01-30", "method": "pad"}, "formVersion": 7}', NULL, '2018-01-30 08:35:00+00'),
	(4, '2018-12-09', 4, 'DL', 'SEA-01', 'issued', 'San Miriam los bajos, Puebla, Mexico', 'MEX', 'Olympia', 'USA', '\x5bf1076ac888e835415a2c6915537e66', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 64, "eyeColour": "BRO", "familyName": "Cooper", "givenNames": "Anna Matthew", "dateOfBirth": "1973-06-02"}, "residence": {"city": "Olympia", "region": "WA", "street": "06433 Tina Fords Apt. 313"}, "signature": {"on": "2018-12-09", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"San Miriam los bajos, Puebla, Mexico\"}"}', NULL, '2018-12-09 16:58:00+00'),
	(13, '2018-07-25', 13, 'EDL', 'TAC-01', 'received', 'Matthewstad, Texas, USA', 'USA', 'Olympia', 'USA', '\x94c41cdd6edc95a01f533c7af0d789ec', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Hall", "givenNames": "Danielle Megan", "dateOfBirth": "1931-07-22"}, "residence": {"city": "Olympia", "region": "WA", "street": "6694 Thomas Plains"}, "signature": {"on": "2018-07-25", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009, "placeOfBirth": "Matthewstad, Texas, USA"}, {"year": 2011}]}', 'Applicant asked for large print.', '2018-07-25 15:44:00+00'),
	(21, '2018-03-25', 21, 'DL', 'TAC-01', 'issued', NULL, NULL, 'Candelaria', 'USA', '\x0b183905a95cbc9d727e854fff07a972', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 64, "eyeColour": "BRO", "familyName": "Ferrell", "givenNames": "Jason Monique", "dateOfBirth": "1999-02-22"}, "residence": {"city": "Candelaria", "region": "WA", "street": "60012 Danny Hills"}, "signature": {"on": "2018-03-25", "method": "pad"}, "formVersion": 7}', NULL, '2018-03-25 12:52:00+00'),
	(27, '2018-08-18', 27, 'DL', 'VAN-01', 'issued', NULL, NULL, 'Olympia', 'USA', '\xf38f592eb1dde01bca9347ed0e30586f', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 70, "eyeColour": "BRO", "familyName": "Booker", "givenNames": "Michelle David", "dateOfBirth": "1934-09-16"}, "residence": {"city": "Olympia", "region": "WA", "street": "191 Myers Radial Suite 305"}, "signature": {"on": "2018-08-18", "method": "pad"}, "formVersion": 7}', NULL, '2018-08-18 08:56:00+00'),
	(34, '2018-08-25', 30, 'ID', 'SEA-02', 'issued', NULL, NULL, 'Everett', 'USA', '\x75e95c5c67ecde6cb45ed37334e81060', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "9472 Green Mill Apt. 929"}, "signature": {"on": "2018-08-25", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}', NULL, '2018-08-25 14:17:00+00'),
	(35, '2018-01-02', 13, 'DL', 'YAK-01', 'refused', NULL, NULL, 'Olympia', 'USA', '\xf16f87dcff2108434505e860bbe2ace9', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Hall", "givenNames": "Danielle Megan", "dateOfBirth": "1931-07-22"}, "residence": {"city": "Olympia", "region": "WA", "street": "25840 Lopez Green"}, "signature": {"on": "2018-01-02", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}', NULL, '2018-01-02 09:11:00+00'),
	(37, '2018-08-23', 20, 'IP', 'KEN-01', 'issued', NULL, NULL, 'Renton', 'USA', '\xbd54e1268725ff4e591128946f901ace', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 63, "eyeColour": "BRO", "familyName": "Rivers", "givenNames": "Nicholas Richard", "dateOfBirth": "1934-10-13"}, "residence": {"city": "Renton", "region": "WA", "street": "37036 James Corners Suite 553"}, "signature": {"on": "2018-08-23", "method": "pad"}, "formVersion": 7}', NULL, '2018-08-23 09:49:00+00'),
	(39, '2018-01-23', 14, 'DL', 'EVE-01', 'refused', NULL, NULL, 'Kennewick', 'USA', '\x618171de4df4dca0c8d71b2dfd64c68f', '{"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "53968 Brooks Stream"}, "signature": {"on": "2018-01-23", "method": "pad"}, "formVersion": 7}', NULL, '2018-01-23 08:54:00+00');


--
-- Data for Name: application_default; Type: TABLE DATA; Schema: core; Owner: -
--



--
-- Data for Name: birth_place; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.birth_place VALUES
	(3, NULL, NULL, NULL),
	(12, NULL, NULL, NULL),
	(16, NULL, NULL, NULL),
	(43, NULL, NULL, NULL),
	(46, NULL, NULL, NULL),
	(52, NULL, NULL, NULL),
	(63, NULL, NULL, NULL),
	(75, NULL, NULL, NULL),
	(84, NULL, NULL, NULL),
	(91, NULL, NULL, NULL),
	(118, NULL, NULL, NULL),
	(119, NULL, NULL, NULL),
	(150, NULL, NULL, NULL),
	(154, NULL, NULL, NULL),
	(198, NULL, NULL, NULL),
	(199, NULL, NULL, NULL),
	(304, NULL, NULL, NULL),
	(346, NULL, NULL, NULL),
	(347, NULL, NULL, NULL),
	(357, NULL, NULL, NULL),
	(403, NULL, NULL, NULL),
	(413, NULL, NULL, NULL),
	(575, NULL, NULL, NULL),
	(713, NULL, NULL, NULL),
	(826, NULL, NULL, NULL),
	(895, NULL, NULL, NULL),
	(1093, NULL, NULL, NULL),
	(1115, NULL, NULL, NULL),
	(1875, NULL, NULL, NULL),
	(1897, NULL, NULL, NULL),
	(2047, NULL, NULL, NULL),
	(2709, NULL, NULL, NULL);


--
-- Data for Name: credential; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.credential VALUES
	(18, 18, 'WDL000142542', '\x400a1e0d414e534920363336303435303830303032444c30303431303135385a573031393930303234444c44415157444c3030303134323534320a444353474f554c440a444143414d414e44410a44414448414e4e41480a44424430323232323031370a44424230323233313939320a444243320a44415942524f0a444147373931353620434f4f4c455920455354415445530a4441494b454e4e455749434b0a44414a57410a44434657444c303030313432353432323031370a4443475553410a444441460d5a575a57415345412d30320a5a574230323232323031370d', '2017-02-22'),
	(23, 23, 'WDL000182137', '\x400a1e0d414e534920363336303435303430303032444c30303431303136325a573032303330303234444c44415157444c3030303138323133370a444353535445494e0a4441434d4f5247414e0a4441444c415552454e0a44424430313132323031360a44424230343139313939300a444243310a44415942524f0a444147323431313620454d494c5920414c4c4559204150542e203035310a44414953504f4b414e450a44414a57410a44434657444c303030313832313337323031360a4443475553410a444441460d5a575a57414556452d30310a5a574230313132323031360d', '2016-01-12'),
	(29, 29, 'WDL000229651', '\x400a1e0d414e534920363336303435303830303032494430303431303137305a573032313130303234494444415157444c3030303232393635310a4443535241534d555353454e0a444143414e4e410a4441444d4154544845570a44424430313231323031340a44424230333330313934340a444243310a44415942524f0a44414731383139362053415241482045585052455353574159204150542e203136360a44414953504f4b414e450a44414a57410a44434657444c303030323239363531323031340a4443475553410a444441460d5a575a574153504f2d30310a5a574230313231323031340d', '2014-01-21'),
	(1, 1, 'WDL000007919', '\x400a1e0d414e534920363336303435303430303032444c30303431303135375a573031393830303234444c44415157444c3030303030373931390a44435353494d530a444143544f44440a44414452414348454c0a44424430313330323031380a44424231313031313934340a444243320a44415942524f0a444147343830372042454e4a414d494e2056494557530a4441494e49434f4c452056494c4c450a44414a57410a44434657444c303030303037393139323031380a4443475553410a444441460d5a575a574153504f2d30310a5a574230313330323031380d', '2018-01-30'),
	(34, 34, 'WDL000269246', '\x400a1e0d414e534920363336303435303630303032494430303431303136365a573032303730303234494444415157444c3030303236393234360a4443534252494748540a4441434a454e4e494645520a4441444b4154484552494e450a44424430383235323031380a44424230353239313934380a444243320a44415942524f0a4441473934373220475245454e204d494c4c204150542e203932390a444149455645524554540a44414a57410a44434657444c303030323639323436323031380a4443475553410a444441460d5a575a57415345412d30320a5a574230383235323031380d', '2018-08-25'),
	(37, 37, 'WDL000293003', '\x400a1e0d414e534920363336303435303430303032444c30303431303136385a573032303930303234444c44415157444c3030303239333030330a4443535249564552530a4441434e4943484f4c41530a444144524943484152440a44424430383233323031380a44424231303133313933340a444243310a44415942524f0a4441473337303336204a414d455320434f524e455253205355495445203535330a44414952454e544f4e0a44414a57410a44434657444c303030323933303033323031380a4443475553410a444441460d5a575a57414b454e2d30310a5a574230383233323031380d', '2018-08-23'),
	(40, 40, 'WDL000316760', '\x400a1e0d414e534920363336303435303930303032444c30303431303136395a573032313030303234444c44415157444c3030303331363736300a4443534252494748540a4441434a454e4e494645520a4441444b4154484552494e450a44424430363037323031340a44424230353239313934380a444243320a44415942524f0a444147323131393020425249444745532052554e205355495445203136310a444149455645524554540a44414a57410a44434657444c303030333136373630323031340a4443475553410a444441460d5a575a574156414e2d30310a5a574230363037323031340d', '2014-06-07'),
	(2, 2, 'WDL000015838', '\x400a1e0d414e534920363336303435303630303032444c30303431303135375a573031393830303234444c44415157444c3030303031353833380a444353504f525445520a4441434c4953410a444144414d590a44424431323239323031370a44424230313133313939380a444243320a44415942524f0a4441473637393620574849544520505241495249450a44414953504f4b414e452056414c4c45590a44414a57410a44434657444c303030303135383338323031370a4443475553410a444441460d5a575a57415345412d30310a5a574231323239323031370d', '2017-12-29'),
	(4, 4, 'WDL000031676', '\x400a1e0d414e534920363336303435303830303032444c30303431303136315a573032303230303234444c44415157444c3030303033313637360a444353434f4f5045520a444143414e4e410a4441444d4154544845570a44424431323039323031380a44424230363032313937330a444243320a44415942524f0a44414730363433332054494e4120464f524453204150542e203331330a4441494f4c594d5049410a44414a57410a44434657444c303030303331363736323031380a4443475553410a444441460d5a575a57415345412d30310a5a574231323039323031380d', '2018-12-09'),
	(7, 7, 'WDL000055433', '\x400a1e0d414e534920363336303435303630303032494430303431303137395a573032323030303234494444415157444c3030303035353433330a444353434852495354454e53454e0a444143534156414e4e41480a44414444454e4953450a44424430393239323031360a44424230313138313934390a444243310a44415942524f0a444147343432312053414d414e5448412043524f5353524f4144205355495445203038350a44414956414e434f555645520a44414a57410a44434657444c303030303535343333323031360a4443475553410a444441460d5a575a57414b454e2d30310a5a574230393239323031360d', '2016-09-29'),
	(8, 8, 'WDL000063352', '\x400a1e0d414e53492036333630343530313032494430303339303135375a573031393630303234494444415157444c3030303036333335320a444353444f594c450a44414343594e544849410a4441444d49434841454c0a44424430333139323031350a44424230323133313936330a444243320a44415942524f0a44414731322044434920504c415a410a44414953504f4b414e452056414c4c45590a44414a57410a44434657444c303030303633333532323031350a4443475553410a444441460d5a575a574159414b2d30310a5a574230333139323031350d', '2015-03-19'),
	(9, 9, 'WDL000071271', '\x400a1e0d414e534920363336303435303330303032444c30303431303136375a573032303830303234444c44415157444c3030303037313237310a44435353554d4d4552530a4441434b4154484c45454e0a444144474152590a44424430353234323031350a44424230373235313935360a444243310a44415942524f0a4441473133353534204d4547414e20434c49464653204150542e203239340a44414956414e434f555645520a44414a57410a44434657444c303030303731323731323031350a4443475553410a444441460d5a575a57415441432d30310a5a574230353234323031350d0d0a', '2015-05-24'),
	(10, 10, 'WDL000079190', '\x400a1e0d414e534920363336303435303330303032444c30303431303135365a573031393730303234444c44415157444c3030303037393139300a44435357414c53480a4441434d41434b454e5a49450a4441444a555354494e0a44424430363133323031360a44424230313134313939310a444243320a44415942524f0a4441473333313434204a4f53452046414c4c530a44414942454c4c455655450a44414a57410a44434657444c303030303739313930323031360a4443475553410a444441460d5a575a57414556452d30310a5a574230363133323031360d', '2016-06-13'),
	(11, 11, 'WDL000087109', '\x400a1e0d414e534920363336303435303330303032444c30303431303136305a573032303130303234444c44415157444c3030303038373130390a444353434153450a444143444f4e4e410a4441444e415448414e0a44424431323238323031340a44424230323231313938320a444243310a44415942524f0a444147313831204b454c4c455220494e4c4554205355495445203832340a44414953454154544c450a44414a57410a44434657444c303030303837313039323031340a4443475553410a444441460d5a575a574156414e2d30310a5a574231323238323031340d', '2014-12-28'),
	(13, 13, 'WDL000102947', '\x400a1e0d414e534920363336303435303830303032444c30303431303135345a573031393530303234444c44415157444c3030303130323934370a44435348414c4c0a44414344414e49454c4c450a4441444d4547414e0a44424430373235323031380a44424230373232313933310a444243320a44415942524f0a444147363639342054484f4d415320504c41494e530a4441494f4c594d5049410a44414a57410a44434657444c303030313032393437323031380a4443475553410a444441460d5a575a57415441432d30310a5a574230373235323031380d', '2018-07-25'),
	(15, 15, 'WDL000118785', '\x400a1e0d414e534920363336303435303830303032444c30303431303137305a573032313130303234444c44415157444c3030303131383738350a4443534d43494e545952450a4441434a4f484e0a4441444348524953544f504845520a44424430313330323031360a44424231303239313934330a444243310a44415942524f0a4441473434363820434f4c45204d4f554e5441494e205355495445203139320a4441494f4c594d5049410a44414a57410a44434657444c303030313138373835323031360a4443475553410a444441460d5a575a57414b454e2d30310a5a574230313330323031360d', '2016-01-30'),
	(16, 16, 'WDL000126704', '\x400a1e0d414e534920363336303435303830303032444c30303431303135355a573031393630303235444c44415157444c3030303132363730340a4443534d454e44455a0a44414348454e52590a44414450414d454c410a44424430333134323031360a44424231303036313933370a444243320a44415942524f0a44414735363130204d415254494e455a20464f5244530a4441495441434f4d410a44414a57410a44434657444c303030313236373034323031360a4443475553410a444441460a0d5a575a57414f4c592d30310a5a574230333134323031360a0d', '2016-03-14'),
	(17, 17, 'WDL000134623', '\x400a1e0d414e534920363336303435303330303032444c30303431303136305a573032303130303234444c44415157444c3030303133343632330a444353524f53414c45530a444143414e4e450a444144524f424552540a44424430393130323031370a44424230343238313939300a444243320a44415942524f0a44414731343720424c414b45205649455753205355495445203539350a44414941554255524e0a44414a57410a44434657444c303030313334363233323031370a4443475553410a444441460d5a575a574156414e2d30310a5a574230393130323031370d', '2017-09-10'),
	(19, 19, 'WDL000150461', '\x400a1e0d414e534920363336303435303430303032444c30303431303135375a573031393830303234444c44415157444c3030303135303436310a44435346524945444d414e0a4441434b454c4c590a44414457494c4c49414d0a44424430343139323031360a44424230383330313938300a444243310a44415942524f0a4441473830303933204d494c4c45522056494557530a4441494f4c594d5049410a44414a57410a44434657444c303030313530343631323031360a4443475553410a444441460d5a575a57414556452d30310a5a574230343139323031360d', '2016-04-19'),
	(20, 20, 'WDL000158380', '\x400a1e0d414e534920363336303435303830303032444c30303431303135335a573031393430303234444c44415157444c3030303135383338300a4443535249564552530a4441434e4943484f4c41530a444144524943484152440a44424430333132323031370a44424231303133313933340a444243310a44415942524f0a444147323431204f43484f41204d4557530a44414952454e544f4e0a44414a57410a44434657444c303030313538333830323031370a4443475553410a444441460d5a575a57414b454e2d30310a5a574230333132323031370d', '2017-03-12'),
	(21, 21, 'WDL000166299', '\x400a1e0d414e534920363336303435303830303032444c30303431303135385a573031393930303234444c44415157444c3030303136363239390a44435346455252454c4c0a4441434a41534f4e0a4441444d4f4e495155450a44424430333235323031380a44424230323232313939390a444243310a44415942524f0a44414736303031322044414e4e592048494c4c530a44414943414e44454c415249410a44414a57410a44434657444c303030313636323939323031380a4443475553410a444441460d5a575a57415441432d30310a5a574230333235323031380d', '2018-03-25'),
	(24, 24, 'WDL000190056', '\x400a1e0d414e534920363336303435303430303032444c30303431303136345a573032303530303234444c44415157444c3030303139303035360a4443534e45414c0a44414354594c45520a44414453414d414e5448410a44424430333034323031370a44424230333137313936320a444243320a44415942524f0a4441473337343620534845494c41204d495353494f4e204150542e203937360a44414953454154544c450a44414a57410a44434657444c303030313930303536323031370a4443475553410a444441460d5a575a57415345412d30310a5a574230333034323031370d', '2017-03-04'),
	(25, 25, 'WDL000197975', '\x400a1e0d414e534920363336303435303830303032444c30303431303136365a573032303730303234444c44415157444c3030303139373937350a4443534d4343554c4c4f5547480a4441434c494e44410a4441444a4f53450a44424431303130323031350a44424230353035313936380a444243310a44415942524f0a444147323632204144414d53204c4f434b53204150542e203331390a4441494645444552414c205741590a44414a57410a44434657444c303030313937393735323031350a4443475553410a444441460d5a575a574159414b2d30310a5a574231303130323031350d', '2015-10-10'),
	(26, 26, 'WDL000205894', '\x400a1e0d414e534920363336303435303630303032494430303431303135325a573031393330303234494444415157444c3030303230353839340a4443534c4556494e450a44414357494c4c49414d0a4441444a41434f420a44424430323034323031370a44424230353033313937370a444243320a44415942524f0a44414732353320454c494a41482053484f52450a4441495441434f4d410a44414a57410a44434657444c303030323035383934323031370a4443475553410a444441460d5a575a57415441432d30310a5a574230323034323031370d', '2017-02-04'),
	(27, 27, 'WDL000213813', '\x400a1e0d414e534920363336303435303630303032444c30303431303136345a573032303530303234444c44415157444c3030303231333831330a444353424f4f4b45520a4441434d494348454c4c450a44414444415649440a44424430383138323031380a44424230393136313933340a444243310a44415942524f0a444147313931204d594552532052414449414c205355495445203330350a4441494f4c594d5049410a44414a57410a44434657444c303030323133383133323031380a4443475553410a444441460d5a575a574156414e2d30310a5a574230383138323031380d', '2018-08-18'),
	(28, 28, 'WDL000221732', '\x400a1e0d414e534920363336303435303430303032444c30303431303134395a573031393030303234444c44415157444c3030303232313733320a4443534f5254495a0a44414344555354494e0a444144454d494c590a44424430393133323031370a44424230333330313936380a444243310a44415942524f0a44414732373730204a4f4e45532043414d500a44414959414b494d410a44414a57410a44434657444c303030323231373332323031370a4443475553410a444441460d5a575a57415345412d30310a5a574230393133323031370d', '2017-09-13'),
	(30, 30, 'WDL000237570', '\x400a1e0d414e534920363336303435303630303032444c30303431303136345a573032303530303234444c44415157444c3030303233373537300a4443534252494748540a4441434a454e4e494645520a4441444b4154484552494e450a44424430383033323031370a44424230353239313934380a444243320a44415942524f0a44414732323833204e4943484f4c5320455854454e53494f4e0a444149455645524554540a44414a57410a44434657444c303030323337353730323031370a4443475553410a444441460d5a575a57414556452d30310a5a574230383033323031370d', '2017-08-03'),
	(31, 31, 'WDL000245489', '\x400a1e0d414e534920363336303435303330303032444c30303431303136325a573032303330303234444c44415157444c3030303234353438390a444353534845524d414e0a4441434a4f4e415448414e0a4441444a454e4e494645520a44424430383036323031360a44424230343239313938330a444243320a44415942524f0a44414736323538322053494d4d4f4e532053484f414c530a44414953454154544c450a44414a57410a44434657444c303030323435343839323031360a4443475553410a444441460d5a575a574159414b2d30310a5a574230383036323031360d', '2016-08-06'),
	(32, 32, 'WDL000253408', '\x400a1e0d414e534920363336303435303830303032444c30303431303136315a573032303230303234444c44415157444c3030303235333430380a44435350524943450a44414353544556454e0a4441444b415449450a44424430333236323031370a44424230323237313935300a444243310a44415942524f0a4441473934373220475245454e204d494c4c204150542e203932390a44414956414e434f555645520a44414a57410a44434657444c303030323533343038323031370a4443475553410a444441460d5a575a574159414b2d30310a5a574230333236323031370d', '2017-03-26'),
	(33, 33, 'WDL000261327', '\x400a1e0d414e534920363336303435303930303032494430303431303136325a573032303330303234494444415157444c3030303236313332370a444353474f52444f4e0a4441434449414e410a4441444b494d0a44424430313135323031340a44424230363130313938370a444243320a44415942524f0a4441473039313920414e4452455720504f5254205355495445203831390a44414942454c4c494e4748414d0a44414a57410a44434657444c303030323631333237323031340a4443475553410a444441460d5a575a574142454c2d30310a5a574230313135323031340d', '2014-01-15'),
	(35, 35, 'WDL000277165', '\x400a1e0d414e534920363336303435313030303032444c30303431303135335a573031393430303234444c44415157444c3030303237373136350a44435348414c4c0a44414344414e49454c4c450a4441444d4547414e0a44424430313032323031380a44424230373232313933310a444243320a44415942524f0a4441473235383430204c4f50455a20475245454e0a4441494f4c594d5049410a44414a57410a44434657444c303030323737313635323031380a4443475553410a444441460d5a575a574159414b2d30310a5a574230313032323031380d', '2018-01-02'),
	(36, 36, 'WDL000285084', '\x400a1e0d414e534920363336303435303630303032494430303431303136355a573032303630303234494444415157444c3030303238353038340a4443535241534d555353454e0a444143414e4e410a4441444d4154544845570a44424431323037323031340a44424230333330313934340a444243310a44415942524f0a44414731323137204e4f52544f4e2046414c4c205355495445203835370a44414953504f4b414e450a44414a57410a44434657444c303030323835303834323031340a4443475553410a444441460d5a575a57415345412d30320a5a574231323037323031340d', '2014-12-07'),
	(38, 38, 'WDL000300922', '\x400a1e0d414e53492036333630343530313032444c30303339303136355a573032303430303235444c44415157444c3030303330303932320a44435348414c4c0a44414344414e49454c4c450a4441444d4547414e0a44424430393039323031340a44424230373232313933310a444243320a44415942524f0a44414737383220524f4452494755455a204b455953205355495445203232330a4441494f4c594d5049410a44414a57410a44434657444c303030333030393232323031340a4443475553410a444441460a0d5a575a57415441432d30310a5a574230393039323031340a0d', '2014-09-09'),
	(39, 39, 'WDL000308841', '\x400a1e0d414e534920363336303435303830303032444c30303431303135365a573031393730303234444c44415157444c3030303330383834310a444353504154544f4e0a444143425249414e0a44414445524943410a44424430313233323031380a44424230363038313934310a444243320a44415942524f0a44414735333936382042524f4f4b532053545245414d0a4441494b454e4e455749434b0a44414a57410a44434657444c303030333038383431323031380a4443475553410a444441460d5a575a57414556452d30310a5a574230313233323031380d', '2018-01-23');


--
-- Data for Name: disclosure_log; Type: TABLE DATA; Schema: core; Owner: -
--



--
-- Data for Name: document_ocr; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.document_ocr VALUES
	(6, 1, 'BIRTH-CERTIFICATE
SURNAME: GORDON
GIVEN NAMES: Diana Kim
DATE OF BIRTH: 1987-06-10
PLACE OF BIRTH: North Aaronberg, Texas, USA
ISSUED BY: USA', DEFAULT),
	(10, 1, 'BIRTH-CERTIFICATE
SURNAME: WALSH
GIVEN NAMES: Mackenzie Justin
DATE OF BIRTH: 1991-01-14
PLACE OF BIRTH: Lake Christopher, California, USA
ISSUED BY: USA', DEFAULT),
	(11, 1, 'SOCIAL-SECURITY-CARD
SURNAME: CASE
GIVEN NAMES: Donna Nathan
DATE OF BIRTH: 1982-02-21
PLACE OF BIRTH: Saint GenevièveVille, Bretagne, France
ISSUED BY: FRA', DEFAULT),
	(12, 1, 'PASSPORT
SURNAME: MCGEE
GIVEN NAMES: Maria Philip
DATE OF BIRTH: 1985-06-11
PLACE OF BIRTH: Williamsland, Oregon, USA
ISSUED BY: USA', DEFAULT),
	(18, 1, 'BIRTH-CERTIFICATE
SURNAME: GOULD
GIVEN NAMES: Amanda Hannah
DATE OF BIRTH: 1992-02-23
PLACE OF BIRTH: Gulbarga, Kerala, India
ISSUED BY: IND', DEFAULT),
	(22, 1, 'BIRTH-CERTIFICATE
SURNAME: WOOD
GIVEN NAMES: Jonathan Jennifer
DATE OF BIRTH: 1966-05-07
PLACE OF BIRTH: South Reginastad, Texas, USA
ISSUED BY: USA', DEFAULT),
	(27, 1, 'SOCIAL-SECURITY-CARD
SURNAME: BOOKER
GIVEN NAMES: Michelle David
DATE OF BIRTH: 1934-09-16
PLACE OF BIRTH: Vieja Georgia, Sonora, Mexico
ISSUED BY: MEX', DEFAULT),
	(29, 1, 'BIRTH-CERTIFICATE
SURNAME: RASMUSSEN
GIVEN NAMES: Anna Matthew
DATE OF BIRTH: 1944-03-30
PLACE OF BIRTH: Michaelfurt, Oregon, USA
ISSUED BY: USA', DEFAULT),
	(31, 1, 'SOCIAL-SECURITY-CARD
SURNAME: SHERMAN
GIVEN NAMES: Jonathan Jennifer
DATE OF BIRTH: 1983-04-29
PLACE OF BIRTH: West Jessicaburgh, California, USA
ISSUED BY: USA', DEFAULT),
	(32, 1, 'PASSPORT
SURNAME: PRICE
GIVEN NAMES: Steven Katie
DATE OF BIRTH: 1950-02-27
PLACE OF BIRTH: Stephaniestad, Idaho, USA
ISSUED BY: USA', DEFAULT),
	(40, 1, 'PASSPORT
SURNAME: BRIGHT
GIVEN NAMES: Jennifer Katherine
DATE OF BIRTH: 1948-05-29
PLACE OF BIRTH: Derekfort, Devon, United Kingdom
ISSUED BY: GBR', DEFAULT);


--
-- Data for Name: identity_document; Type: TABLE DATA; Schema: core; Owner: -
--

INSERT INTO core.identity_document VALUES
	(1, 1, 'birth-certificate', 'PHL', '00104729'),
	(2, 2, 'birth-certificate', 'IND', '00209458'),
	(3, 3, 'social-security-card', 'PHL', '00314187'),
	(4, 4, 'passport', 'MEX', '00418916'),
	(5, 5, 'birth-certificate', 'COL', '00523645'),
	(6, 6, 'birth-certificate', 'USA', '00628374'),
	(7, 7, 'social-security-card', 'GBR', '00733103'),
	(8, 8, 'passport', 'USA', '00837832'),
	(9, 9, 'birth-certificate', 'MEX', '00942561'),
	(10, 10, 'birth-certificate', 'USA', '01047290'),
	(11, 11, 'social-security-card', 'FRA', '01152019'),
	(12, 12, 'passport', 'USA', '01256748'),
	(13, 13, 'birth-certificate', 'USA', '01361477'),
	(14, 14, 'birth-certificate', 'CAN', '01466206'),
	(15, 15, 'social-security-card', 'FRA', '01570935'),
	(16, 16, 'passport', 'MEX', '01675664'),
	(17, 17, 'birth-certificate', 'COL', '01780393'),
	(18, 18, 'birth-certificate', 'IND', '01885122'),
	(19, 19, 'social-security-card', 'USA', '01989851'),
	(20, 20, 'passport', 'COL', '02094580'),
	(21, 21, 'birth-certificate', 'COL', '02199309'),
	(22, 22, 'birth-certificate', 'USA', '02304038'),
	(23, 23, 'social-security-card', 'USA', '02408767'),
	(24, 24, 'passport', 'USA', '02513496'),
	(25, 25, 'birth-certificate', 'CAN', '02618225'),
	(26, 26, 'birth-certificate', 'USA', '02722954'),
	(27, 27, 'social-security-card', 'MEX', '02827683'),
	(29, 29, 'birth-certificate', 'USA', '03037141'),
	(30, 30, 'birth-certificate', 'GBR', '03141870'),
	(31, 31, 'social-security-card', 'USA', '03246599'),
	(32, 32, 'passport', 'USA', '03351328'),
	(33, 33, 'birth-certificate', 'USA', '03456057'),
	(34, 34, 'birth-certificate', 'GBR', '03560786'),
	(35, 35, 'social-security-card', 'USA', '03665515'),
	(37, 37, 'birth-certificate', 'COL', '03874973'),
	(38, 38, 'birth-certificate', 'USA', '03979702'),
	(39, 39, 'social-security-card', 'CAN', '04084431'),
	(40, 40, 'passport', 'GBR', '04189160');


--
-- Data for Name: legal_hold; Type: TABLE DATA; Schema: gov; Owner: -
--

INSERT INTO gov.legal_hold VALUES
	(1, 'public-records-request', 1, NULL),
	(2, 'public-records-request', 3, NULL),
	(3, 'public-records-request', 4, NULL);


--
-- Data for Name: change_log; Type: TABLE DATA; Schema: hist; Owner: -
--

INSERT INTO hist.change_log VALUES
	(40, 'core.application', '11', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 71, "eyeColour": "BRO", "familyName": "Case", "givenNames": "Donna Nathan", "dateOfBirth": "1982-02-21"}, "residence": {"city": "Seattle", "region": "WA", "street": "181 Keller Inlet Suite 824"}, "signature": {"on": "2014-12-28", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "VAN-01", "status": "received", "ssn_enc": "\\x6db268368008a39d9da09dc65038b942", "app_type": "CDL", "filed_on": "2014-12-28", "updated_at": "2014-12-28T11:03:00+00:00", "applicant_id": 11, "application_id": 11, "residence_city": "Seattle", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 71, "eyeColour": "BRO", "familyName": "Case", "givenNames": "Donna Nathan", "dateOfBirth": "1982-02-21"}, "residence": {"city": "Seattle", "region": "WA", "street": "181 Keller Inlet Suite 824"}, "signature": {"on": "2014-12-28", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "VAN-01", "status": "received", "ssn_enc": "\\x6db268368008a39d9da09dc65038b942", "app_type": "CDL", "filed_on": "2014-12-28", "updated_at": "2014-12-28T11:03:00+00:00", "applicant_id": 11, "application_id": 11, "residence_city": "Seattle", "mailing_country": "USA"}', '2026-11-28 20:28:24.439411+00'),
	(41, 'core.application', '14', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "12 DCI Plaza"}, "signature": {"on": "2014-08-17", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SPO-01", "status": "issued", "ssn_enc": "\\x0971a3ccb8f7b524ce28dee98f9c5b36", "app_type": "ID", "filed_on": "2014-08-17", "updated_at": "2014-08-17T12:38:00+00:00", "applicant_id": 14, "application_id": 14, "residence_city": "Kennewick", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "12 DCI Plaza"}, "signature": {"on": "2014-08-17", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SPO-01", "status": "issued", "ssn_enc": "\\x0971a3ccb8f7b524ce28dee98f9c5b36", "app_type": "ID", "filed_on": "2014-08-17", "updated_at": "2014-08-17T12:38:00+00:00", "applicant_id": 14, "application_id": 14, "residence_city": "Kennewick", "mailing_country": "USA"}', '2026-11-28 20:28:24.439411+00'),
	(42, 'core.application', '29', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "18196 Sarah Expressway Apt. 166"}, "signature": {"on": "2014-01-21", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SPO-01", "status": "received", "ssn_enc": "\\x82f538fb1d449ec13a9cbec9c5b56493", "app_type": "ID", "filed_on": "2014-01-21", "updated_at": "2014-01-21T16:27:00+00:00", "applicant_id": 29, "application_id": 29, "residence_city": "Spokane", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "18196 Sarah Expressway Apt. 166"}, "signature": {"on": "2014-01-21", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SPO-01", "status": "received", "ssn_enc": "\\x82f538fb1d449ec13a9cbec9c5b56493", "app_type": "ID", "filed_on": "2014-01-21", "updated_at": "2014-01-21T16:27:00+00:00", "applicant_id": 29, "application_id": 29, "residence_city": "Spokane", "mailing_country": "USA"}', '2026-11-28 20:28:24.439411+00'),
	(43, 'core.application', '33', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10"}, "residence": {"city": "Bellingham", "region": "WA", "street": "0919 Andrew Port Suite 819"}, "signature": {"on": "2014-01-15", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "BEL-01", "status": "issued", "ssn_enc": "\\x53e56c98c577b40581c2c5408dac0187", "app_type": "ID", "filed_on": "2014-01-15", "updated_at": "2014-01-15T15:33:00+00:00", "applicant_id": 6, "application_id": 33, "residence_city": "Bellingham", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10"}, "residence": {"city": "Bellingham", "region": "WA", "street": "0919 Andrew Port Suite 819"}, "signature": {"on": "2014-01-15", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "BEL-01", "status": "issued", "ssn_enc": "\\x53e56c98c577b40581c2c5408dac0187", "app_type": "ID", "filed_on": "2014-01-15", "updated_at": "2014-01-15T15:33:00+00:00", "applicant_id": 6, "application_id": 33, "residence_city": "Bellingham", "mailing_country": "USA"}', '2026-11-28 20:28:24.439411+00'),
	(44, 'core.application', '36', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "1217 Norton Fall Suite 857"}, "signature": {"on": "2014-12-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "refused", "ssn_enc": "\\x0a912636dc54253d91d700d9aaee4c55", "app_type": "ID", "filed_on": "2014-12-07", "updated_at": "2014-12-07T10:08:00+00:00", "applicant_id": 29, "application_id": 36, "residence_city": "Spokane", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "1217 Norton Fall Suite 857"}, "signature": {"on": "2014-12-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "refused", "ssn_enc": "\\x0a912636dc54253d91d700d9aaee4c55", "app_type": "ID", "filed_on": "2014-12-07", "updated_at": "2014-12-07T10:08:00+00:00", "applicant_id": 29, "application_id": 36, "residence_city": "Spokane", "mailing_country": "USA"}', '2026-11-28 20:28:24.439411+00'),
	(45, 'core.application', '40', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "21190 Bridges Run Suite 161"}, "signature": {"on": "2014-06-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "VAN-01", "status": "issued", "ssn_enc": "\\xdd3772af4d4942d5d6f1d40384b49365", "app_type": "CDL", "filed_on": "2014-06-07", "updated_at": "2014-06-07T12:52:00+00:00", "applicant_id": 30, "application_id": 40, "residence_city": "Everett", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "21190 Bridges Run Suite 161"}, "signature": {"on": "2014-06-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "VAN-01", "status": "issued", "ssn_enc": "\\xdd3772af4d4942d5d6f1d40384b49365", "app_type": "CDL", "filed_on": "2014-06-07", "updated_at": "2014-06-07T12:52:00+00:00", "applicant_id": 30, "application_id": 40, "residence_city": "Everett", "mailing_country": "USA"}', '2026-11-28 20:28:24.439411+00'),
	(46, 'core.application', '8', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 68, "eyeColour": "BRO", "familyName": "Doyle", "givenNames": "Cynthia Michael", "dateOfBirth": "1963-02-13"}, "residence": {"city": "Spokane Valley", "region": "WA", "street": "12 DCI Plaza"}, "signature": {"on": "2015-03-19", "method": "pad"}, "formVersion": 7}, "notes": "Applicant asked for large print.", "office": "YAK-01", "status": "issued", "ssn_enc": "\\x719bce345a763a084478a7a0698576ef", "app_type": "ID", "filed_on": "2015-03-19", "updated_at": "2015-03-19T14:03:00+00:00", "applicant_id": 8, "application_id": 8, "residence_city": "Spokane Valley", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 68, "eyeColour": "BRO", "familyName": "Doyle", "givenNames": "Cynthia Michael", "dateOfBirth": "1963-02-13"}, "residence": {"city": "Spokane Valley", "region": "WA", "street": "12 DCI Plaza"}, "signature": {"on": "2015-03-19", "method": "pad"}, "formVersion": 7}, "notes": "Applicant asked for large print.", "office": "YAK-01", "status": "issued", "ssn_enc": "\\x719bce345a763a084478a7a0698576ef", "app_type": "ID", "filed_on": "2015-03-19", "updated_at": "2015-03-19T14:03:00+00:00", "applicant_id": 8, "application_id": 8, "residence_city": "Spokane Valley", "mailing_country": "USA"}', '2026-11-28 20:28:24.646212+00'),
	(47, 'core.application', '9', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 69, "eyeColour": "BRO", "familyName": "Summers", "givenNames": "Kathleen Gary", "dateOfBirth": "1956-07-25"}, "residence": {"city": "Vancouver", "region": "WA", "street": "13554 Megan Cliffs Apt. 294"}, "signature": {"on": "2015-05-24", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "refused", "ssn_enc": "\\xde952e6f3a30ee9a53ad811b8bdeaaf7", "app_type": "IP", "filed_on": "2015-05-24", "updated_at": "2015-05-24T10:47:00+00:00", "applicant_id": 9, "application_id": 9, "residence_city": "Vancouver", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 69, "eyeColour": "BRO", "familyName": "Summers", "givenNames": "Kathleen Gary", "dateOfBirth": "1956-07-25"}, "residence": {"city": "Vancouver", "region": "WA", "street": "13554 Megan Cliffs Apt. 294"}, "signature": {"on": "2015-05-24", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "refused", "ssn_enc": "\\xde952e6f3a30ee9a53ad811b8bdeaaf7", "app_type": "IP", "filed_on": "2015-05-24", "updated_at": "2015-05-24T10:47:00+00:00", "applicant_id": 9, "application_id": 9, "residence_city": "Vancouver", "mailing_country": "USA"}', '2026-11-28 20:28:24.646212+00'),
	(48, 'core.application', '25', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 68, "eyeColour": "BRO", "familyName": "Mccullough", "givenNames": "Linda Jose", "dateOfBirth": "1968-05-05"}, "residence": {"city": "Federal Way", "region": "WA", "street": "262 Adams Locks Apt. 319"}, "signature": {"on": "2015-10-10", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "YAK-01", "status": "refused", "ssn_enc": "\\x0ac31090edcd7b005aa56d14859b3391", "app_type": "DL", "filed_on": "2015-10-10", "updated_at": "2015-10-10T09:19:00+00:00", "applicant_id": 25, "application_id": 25, "residence_city": "Federal Way", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 68, "eyeColour": "BRO", "familyName": "Mccullough", "givenNames": "Linda Jose", "dateOfBirth": "1968-05-05"}, "residence": {"city": "Federal Way", "region": "WA", "street": "262 Adams Locks Apt. 319"}, "signature": {"on": "2015-10-10", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "YAK-01", "status": "refused", "ssn_enc": "\\x0ac31090edcd7b005aa56d14859b3391", "app_type": "DL", "filed_on": "2015-10-10", "updated_at": "2015-10-10T09:19:00+00:00", "applicant_id": 25, "application_id": 25, "residence_city": "Federal Way", "mailing_country": "USA"}', '2026-11-28 20:28:24.646212+00'),
	(49, 'core.application', '7', '{"form": {"donor": false, "mailing": {"country": "CAN"}, "applicant": {"sex": "M", "heightIn": 67, "eyeColour": "BRO", "familyName": "Christensen", "givenNames": "Savannah Denise", "dateOfBirth": "1949-01-18"}, "residence": {"city": "Vancouver", "region": "WA", "street": "4421 Samantha Crossroad Suite 085"}, "signature": {"on": "2016-09-29", "method": "pad"}, "formVersion": 7}, "notes": "Photo retaken.", "office": "KEN-01", "status": "received", "ssn_enc": "\\x33c6a2c68b2d84ded312dc5eae509345", "app_type": "ID", "filed_on": "2016-09-29", "updated_at": "2016-09-29T13:58:00+00:00", "applicant_id": 7, "application_id": 7, "residence_city": "Vancouver", "mailing_country": "CAN"}', '{"form": {"donor": false, "mailing": {"country": "CAN"}, "applicant": {"sex": "M", "heightIn": 67, "eyeColour": "BRO", "familyName": "Christensen", "givenNames": "Savannah Denise", "dateOfBirth": "1949-01-18"}, "residence": {"city": "Vancouver", "region": "WA", "street": "4421 Samantha Crossroad Suite 085"}, "signature": {"on": "2016-09-29", "method": "pad"}, "formVersion": 7}, "notes": "Photo retaken.", "office": "KEN-01", "status": "received", "ssn_enc": "\\x33c6a2c68b2d84ded312dc5eae509345", "app_type": "ID", "filed_on": "2016-09-29", "updated_at": "2016-09-29T13:58:00+00:00", "applicant_id": 7, "application_id": 7, "residence_city": "Vancouver", "mailing_country": "CAN"}', '2026-11-28 20:28:24.741311+00'),
	(50, 'core.application', '10', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 70, "eyeColour": "BRO", "familyName": "Walsh", "givenNames": "Mackenzie Justin", "dateOfBirth": "1991-01-14"}, "residence": {"city": "Bellevue", "region": "WA", "street": "33144 Jose Falls"}, "signature": {"on": "2016-06-13", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "refused", "ssn_enc": "\\x9631e4af1d3e9540a003cd1c94172d0c", "app_type": "DL", "filed_on": "2016-06-13", "updated_at": "2016-06-13T10:30:00+00:00", "applicant_id": 10, "application_id": 10, "residence_city": "Bellevue", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 70, "eyeColour": "BRO", "familyName": "Walsh", "givenNames": "Mackenzie Justin", "dateOfBirth": "1991-01-14"}, "residence": {"city": "Bellevue", "region": "WA", "street": "33144 Jose Falls"}, "signature": {"on": "2016-06-13", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "refused", "ssn_enc": "\\x9631e4af1d3e9540a003cd1c94172d0c", "app_type": "DL", "filed_on": "2016-06-13", "updated_at": "2016-06-13T10:30:00+00:00", "applicant_id": 10, "application_id": 10, "residence_city": "Bellevue", "mailing_country": "USA"}', '2026-11-28 20:28:24.741311+00'),
	(51, 'core.application', '15', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Mcintyre", "givenNames": "John Christopher", "dateOfBirth": "1943-10-29"}, "residence": {"city": "Olympia", "region": "WA", "street": "4468 Cole Mountain Suite 192"}, "signature": {"on": "2016-01-30", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "KEN-01", "status": "issued", "ssn_enc": "\\x956599614eb58f0972018379076fefd4", "app_type": "DL", "filed_on": "2016-01-30", "updated_at": "2016-01-30T13:09:00+00:00", "applicant_id": 15, "application_id": 15, "residence_city": "Olympia", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Mcintyre", "givenNames": "John Christopher", "dateOfBirth": "1943-10-29"}, "residence": {"city": "Olympia", "region": "WA", "street": "4468 Cole Mountain Suite 192"}, "signature": {"on": "2016-01-30", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "KEN-01", "status": "issued", "ssn_enc": "\\x956599614eb58f0972018379076fefd4", "app_type": "DL", "filed_on": "2016-01-30", "updated_at": "2016-01-30T13:09:00+00:00", "applicant_id": 15, "application_id": 15, "residence_city": "Olympia", "mailing_country": "USA"}', '2026-11-28 20:28:24.741311+00'),
	(52, 'core.application', '16', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 76, "eyeColour": "BRO", "familyName": "Mendez", "givenNames": "Henry Pamela", "dateOfBirth": "1937-10-06"}, "residence": {"city": "Tacoma", "region": "WA", "street": "5610 Martinez Fords"}, "signature": {"on": "2016-03-14", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "OLY-01", "status": "refused", "ssn_enc": "\\x2eb2896eb0406514a13eb61714cae5b7", "app_type": "DL", "filed_on": "2016-03-14", "updated_at": "2016-03-14T16:36:00+00:00", "applicant_id": 16, "application_id": 16, "residence_city": "Tacoma", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 76, "eyeColour": "BRO", "familyName": "Mendez", "givenNames": "Henry Pamela", "dateOfBirth": "1937-10-06"}, "residence": {"city": "Tacoma", "region": "WA", "street": "5610 Martinez Fords"}, "signature": {"on": "2016-03-14", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "OLY-01", "status": "refused", "ssn_enc": "\\x2eb2896eb0406514a13eb61714cae5b7", "app_type": "DL", "filed_on": "2016-03-14", "updated_at": "2016-03-14T16:36:00+00:00", "applicant_id": 16, "application_id": 16, "residence_city": "Tacoma", "mailing_country": "USA"}', '2026-11-28 20:28:24.741311+00'),
	(53, 'core.application', '19', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 62, "eyeColour": "BRO", "familyName": "Friedman", "givenNames": "Kelly William", "dateOfBirth": "1980-08-30"}, "residence": {"city": "Olympia", "region": "WA", "street": "80093 Miller Views"}, "signature": {"on": "2016-04-19", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Dyerburgh, Oregon, USA\"}"}, "notes": null, "office": "EVE-01", "status": "received", "ssn_enc": "\\x3cfb5cb8fa982c9be1a91fa7a5597c05", "app_type": "DL", "filed_on": "2016-04-19", "updated_at": "2016-04-19T14:58:00+00:00", "applicant_id": 19, "application_id": 19, "residence_city": "Olympia", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 62, "eyeColour": "BRO", "familyName": "Friedman", "givenNames": "Kelly William", "dateOfBirth": "1980-08-30"}, "residence": {"city": "Olympia", "region": "WA", "street": "80093 Miller Views"}, "signature": {"on": "2016-04-19", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Dyerburgh, Oregon, USA\"}"}, "notes": null, "office": "EVE-01", "status": "received", "ssn_enc": "\\x3cfb5cb8fa982c9be1a91fa7a5597c05", "app_type": "DL", "filed_on": "2016-04-19", "updated_at": "2016-04-19T14:58:00+00:00", "applicant_id": 19, "application_id": 19, "residence_city": "Olympia", "mailing_country": "USA"}', '2026-11-28 20:28:24.741311+00'),
	(54, 'core.application', '23', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 66, "eyeColour": "BRO", "familyName": "Stein", "givenNames": "Morgan Lauren", "dateOfBirth": "1990-04-19"}, "residence": {"city": "Spokane", "region": "WA", "street": "24116 Emily Alley Apt. 051"}, "signature": {"on": "2016-01-12", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "issued", "ssn_enc": "\\x3ca44ac7c6f8430b2fdfa0580564fad3", "app_type": "DL", "filed_on": "2016-01-12", "updated_at": "2016-01-12T14:52:00+00:00", "applicant_id": 23, "application_id": 23, "residence_city": "Spokane", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 66, "eyeColour": "BRO", "familyName": "Stein", "givenNames": "Morgan Lauren", "dateOfBirth": "1990-04-19"}, "residence": {"city": "Spokane", "region": "WA", "street": "24116 Emily Alley Apt. 051"}, "signature": {"on": "2016-01-12", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "issued", "ssn_enc": "\\x3ca44ac7c6f8430b2fdfa0580564fad3", "app_type": "DL", "filed_on": "2016-01-12", "updated_at": "2016-01-12T14:52:00+00:00", "applicant_id": 23, "application_id": 23, "residence_city": "Spokane", "mailing_country": "USA"}', '2026-11-28 20:28:24.741311+00'),
	(55, 'core.application', '31', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Sherman", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1983-04-29"}, "residence": {"city": "Seattle", "region": "WA", "street": "62582 Simmons Shoals"}, "signature": {"on": "2016-08-06", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "issued", "ssn_enc": "\\x40a550aabd2c318fba9a746fdf1411f8", "app_type": "DL", "filed_on": "2016-08-06", "updated_at": "2016-08-06T16:04:00+00:00", "applicant_id": 31, "application_id": 31, "residence_city": "Seattle", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Sherman", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1983-04-29"}, "residence": {"city": "Seattle", "region": "WA", "street": "62582 Simmons Shoals"}, "signature": {"on": "2016-08-06", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "issued", "ssn_enc": "\\x40a550aabd2c318fba9a746fdf1411f8", "app_type": "DL", "filed_on": "2016-08-06", "updated_at": "2016-08-06T16:04:00+00:00", "applicant_id": 31, "application_id": 31, "residence_city": "Seattle", "mailing_country": "USA"}', '2026-11-28 20:28:24.741311+00'),
	(56, 'core.application', '5', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 65, "eyeColour": "BRO", "familyName": "Valentine", "givenNames": "Christine Monica", "dateOfBirth": "1955-12-04"}, "residence": {"city": "Seattle", "region": "WA", "street": "4999 Banks Street"}, "signature": {"on": "2017-10-02", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "OLY-01", "status": "refused", "ssn_enc": "\\xdef8b42583bb6e7e1055ff1666243cd1", "app_type": "DL", "filed_on": "2017-10-02", "updated_at": "2017-10-02T08:14:00+00:00", "applicant_id": 5, "application_id": 5, "residence_city": "Seattle", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 65, "eyeColour": "BRO", "familyName": "Valentine", "givenNames": "Christine Monica", "dateOfBirth": "1955-12-04"}, "residence": {"city": "Seattle", "region": "WA", "street": "4999 Banks Street"}, "signature": {"on": "2017-10-02", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "OLY-01", "status": "refused", "ssn_enc": "\\xdef8b42583bb6e7e1055ff1666243cd1", "app_type": "DL", "filed_on": "2017-10-02", "updated_at": "2017-10-02T08:14:00+00:00", "applicant_id": 5, "application_id": 5, "residence_city": "Seattle", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(57, 'core.application', '6', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10"}, "residence": {"city": "Bellingham", "region": "WA", "street": "4674 Brown Corner Suite 241"}, "signature": {"on": "2017-11-10", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "received", "ssn_enc": "\\x5a5f4ebe902ad40265ee15f80fd62de0", "app_type": "DL", "filed_on": "2017-11-10", "updated_at": "2017-11-10T08:26:00+00:00", "applicant_id": 6, "application_id": 6, "residence_city": "Bellingham", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10"}, "residence": {"city": "Bellingham", "region": "WA", "street": "4674 Brown Corner Suite 241"}, "signature": {"on": "2017-11-10", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "received", "ssn_enc": "\\x5a5f4ebe902ad40265ee15f80fd62de0", "app_type": "DL", "filed_on": "2017-11-10", "updated_at": "2017-11-10T08:26:00+00:00", "applicant_id": 6, "application_id": 6, "residence_city": "Bellingham", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(58, 'core.application', '18', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 61, "eyeColour": "BRO", "familyName": "Gould", "givenNames": "Amanda Hannah", "dateOfBirth": "1992-02-23"}, "residence": {"city": "Kennewick", "region": "WA", "street": "79156 Cooley Estates"}, "signature": {"on": "2017-02-22", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "issued", "ssn_enc": "\\xb19c46b7ffd3666770c81c21b4f5ff87", "app_type": "DL", "filed_on": "2017-02-22", "updated_at": "2017-02-22T08:19:00+00:00", "applicant_id": 18, "application_id": 18, "residence_city": "Kennewick", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 61, "eyeColour": "BRO", "familyName": "Gould", "givenNames": "Amanda Hannah", "dateOfBirth": "1992-02-23"}, "residence": {"city": "Kennewick", "region": "WA", "street": "79156 Cooley Estates"}, "signature": {"on": "2017-02-22", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "issued", "ssn_enc": "\\xb19c46b7ffd3666770c81c21b4f5ff87", "app_type": "DL", "filed_on": "2017-02-22", "updated_at": "2017-02-22T08:19:00+00:00", "applicant_id": 18, "application_id": 18, "residence_city": "Kennewick", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(59, 'core.application', '20', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 63, "eyeColour": "BRO", "familyName": "Rivers", "givenNames": "Nicholas Richard", "dateOfBirth": "1934-10-13"}, "residence": {"city": "Renton", "region": "WA", "street": "241 Ochoa Mews"}, "signature": {"on": "2017-03-12", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Puerto Santander, Antioquia, Colombia\"}"}, "notes": null, "office": "KEN-01", "status": "refused", "ssn_enc": "\\x0fbe52f658ef23b66890dd3f865a99c5", "app_type": "DL", "filed_on": "2017-03-12", "updated_at": "2017-03-12T15:27:00+00:00", "applicant_id": 20, "application_id": 20, "residence_city": "Renton", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 63, "eyeColour": "BRO", "familyName": "Rivers", "givenNames": "Nicholas Richard", "dateOfBirth": "1934-10-13"}, "residence": {"city": "Renton", "region": "WA", "street": "241 Ochoa Mews"}, "signature": {"on": "2017-03-12", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Puerto Santander, Antioquia, Colombia\"}"}, "notes": null, "office": "KEN-01", "status": "refused", "ssn_enc": "\\x0fbe52f658ef23b66890dd3f865a99c5", "app_type": "DL", "filed_on": "2017-03-12", "updated_at": "2017-03-12T15:27:00+00:00", "applicant_id": 20, "application_id": 20, "residence_city": "Renton", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(60, 'core.application', '22', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 65, "eyeColour": "BRO", "familyName": "Wood", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1966-05-07"}, "residence": {"city": "Everett", "region": "WA", "street": "29476 Jessica Curve Apt. 718"}, "signature": {"on": "2017-08-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "refused", "ssn_enc": "\\x139c35e54b147f532f58f94bbb8e630c", "app_type": "DL", "filed_on": "2017-08-07", "updated_at": "2017-08-07T09:55:00+00:00", "applicant_id": 22, "application_id": 22, "residence_city": "Everett", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 65, "eyeColour": "BRO", "familyName": "Wood", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1966-05-07"}, "residence": {"city": "Everett", "region": "WA", "street": "29476 Jessica Curve Apt. 718"}, "signature": {"on": "2017-08-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "refused", "ssn_enc": "\\x139c35e54b147f532f58f94bbb8e630c", "app_type": "DL", "filed_on": "2017-08-07", "updated_at": "2017-08-07T09:55:00+00:00", "applicant_id": 22, "application_id": 22, "residence_city": "Everett", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(61, 'core.application', '24', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 67, "eyeColour": "BRO", "familyName": "Neal", "givenNames": "Tyler Samantha", "dateOfBirth": "1962-03-17"}, "residence": {"city": "Seattle", "region": "WA", "street": "3746 Sheila Mission Apt. 976"}, "signature": {"on": "2017-03-04", "method": "pad"}, "formVersion": 7}, "notes": "born in Port Morgan, Ohio, USA, per passport", "office": "SEA-01", "status": "issued", "ssn_enc": "\\xbac4db7d204fdf1508bfd3f5042c5fa7", "app_type": "DL", "filed_on": "2017-03-04", "updated_at": "2017-03-04T10:38:00+00:00", "applicant_id": 24, "application_id": 24, "residence_city": "Seattle", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 67, "eyeColour": "BRO", "familyName": "Neal", "givenNames": "Tyler Samantha", "dateOfBirth": "1962-03-17"}, "residence": {"city": "Seattle", "region": "WA", "street": "3746 Sheila Mission Apt. 976"}, "signature": {"on": "2017-03-04", "method": "pad"}, "formVersion": 7}, "notes": "born in Port Morgan, Ohio, USA, per passport", "office": "SEA-01", "status": "issued", "ssn_enc": "\\xbac4db7d204fdf1508bfd3f5042c5fa7", "app_type": "DL", "filed_on": "2017-03-04", "updated_at": "2017-03-04T10:38:00+00:00", "applicant_id": 24, "application_id": 24, "residence_city": "Seattle", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(62, 'core.application', '26', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 69, "eyeColour": "BRO", "familyName": "Levine", "givenNames": "William Jacob", "dateOfBirth": "1977-05-03"}, "residence": {"city": "Tacoma", "region": "WA", "street": "253 Elijah Shore"}, "signature": {"on": "2017-02-04", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "refused", "ssn_enc": "\\x8527edb4c8af1821eab4b542c80afe78", "app_type": "ID", "filed_on": "2017-02-04", "updated_at": "2017-02-04T09:18:00+00:00", "applicant_id": 26, "application_id": 26, "residence_city": "Tacoma", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 69, "eyeColour": "BRO", "familyName": "Levine", "givenNames": "William Jacob", "dateOfBirth": "1977-05-03"}, "residence": {"city": "Tacoma", "region": "WA", "street": "253 Elijah Shore"}, "signature": {"on": "2017-02-04", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "refused", "ssn_enc": "\\x8527edb4c8af1821eab4b542c80afe78", "app_type": "ID", "filed_on": "2017-02-04", "updated_at": "2017-02-04T09:18:00+00:00", "applicant_id": 26, "application_id": 26, "residence_city": "Tacoma", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(63, 'core.application', '28', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 71, "eyeColour": "BRO", "familyName": "Ortiz", "givenNames": "Dustin Emily", "dateOfBirth": "1968-03-30"}, "residence": {"city": "Yakima", "region": "WA", "street": "2770 Jones Camp"}, "signature": {"on": "2017-09-13", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-01", "status": "refused", "ssn_enc": "\\x9bb84ae4efb2b991582f3ae96631ff03", "app_type": "DL", "filed_on": "2017-09-13", "updated_at": "2017-09-13T16:48:00+00:00", "applicant_id": 28, "application_id": 28, "residence_city": "Yakima", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 71, "eyeColour": "BRO", "familyName": "Ortiz", "givenNames": "Dustin Emily", "dateOfBirth": "1968-03-30"}, "residence": {"city": "Yakima", "region": "WA", "street": "2770 Jones Camp"}, "signature": {"on": "2017-09-13", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-01", "status": "refused", "ssn_enc": "\\x9bb84ae4efb2b991582f3ae96631ff03", "app_type": "DL", "filed_on": "2017-09-13", "updated_at": "2017-09-13T16:48:00+00:00", "applicant_id": 28, "application_id": 28, "residence_city": "Yakima", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(64, 'core.application', '30', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "2283 Nichols Extension"}, "signature": {"on": "2017-08-03", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "EVE-01", "status": "issued", "ssn_enc": "\\xf802c809ecb63393e5572b1b83546211", "app_type": "DL", "filed_on": "2017-08-03", "updated_at": "2017-08-03T12:44:00+00:00", "applicant_id": 30, "application_id": 30, "residence_city": "Everett", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "2283 Nichols Extension"}, "signature": {"on": "2017-08-03", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "EVE-01", "status": "issued", "ssn_enc": "\\xf802c809ecb63393e5572b1b83546211", "app_type": "DL", "filed_on": "2017-08-03", "updated_at": "2017-08-03T12:44:00+00:00", "applicant_id": 30, "application_id": 30, "residence_city": "Everett", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(65, 'core.application', '32', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Price", "givenNames": "Steven Katie", "dateOfBirth": "1950-02-27"}, "residence": {"city": "Vancouver", "region": "WA", "street": "9472 Green Mill Apt. 929"}, "signature": {"on": "2017-03-26", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "YAK-01", "status": "issued", "ssn_enc": "\\x3a330a6e92d2681a67432f1fe3abed53", "app_type": "DL", "filed_on": "2017-03-26", "updated_at": "2017-03-26T08:13:00+00:00", "applicant_id": 32, "application_id": 32, "residence_city": "Vancouver", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Price", "givenNames": "Steven Katie", "dateOfBirth": "1950-02-27"}, "residence": {"city": "Vancouver", "region": "WA", "street": "9472 Green Mill Apt. 929"}, "signature": {"on": "2017-03-26", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "YAK-01", "status": "issued", "ssn_enc": "\\x3a330a6e92d2681a67432f1fe3abed53", "app_type": "DL", "filed_on": "2017-03-26", "updated_at": "2017-03-26T08:13:00+00:00", "applicant_id": 32, "application_id": 32, "residence_city": "Vancouver", "mailing_country": "USA"}', '2026-11-28 20:28:24.842779+00'),
	(66, 'core.application', '21', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 64, "eyeColour": "BRO", "familyName": "Ferrell", "givenNames": "Jason Monique", "dateOfBirth": "1999-02-22"}, "residence": {"city": "Candelaria", "region": "WA", "street": "60012 Danny Hills"}, "signature": {"on": "2018-03-25", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "issued", "ssn_enc": "\\x0b183905a95cbc9d727e854fff07a972", "app_type": "DL", "filed_on": "2018-03-25", "updated_at": "2018-03-25T12:52:00+00:00", "applicant_id": 21, "application_id": 21, "residence_city": "Candelaria", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 64, "eyeColour": "BRO", "familyName": "Ferrell", "givenNames": "Jason Monique", "dateOfBirth": "1999-02-22"}, "residence": {"city": "Candelaria", "region": "WA", "street": "60012 Danny Hills"}, "signature": {"on": "2018-03-25", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "issued", "ssn_enc": "\\x0b183905a95cbc9d727e854fff07a972", "app_type": "DL", "filed_on": "2018-03-25", "updated_at": "2018-03-25T12:52:00+00:00", "applicant_id": 21, "application_id": 21, "residence_city": "Candelaria", "mailing_country": "USA"}', '2026-11-28 20:28:24.956544+00'),
	(67, 'core.application', '27', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 70, "eyeColour": "BRO", "familyName": "Booker", "givenNames": "Michelle David", "dateOfBirth": "1934-09-16"}, "residence": {"city": "Olympia", "region": "WA", "street": "191 Myers Radial Suite 305"}, "signature": {"on": "2018-08-18", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "VAN-01", "status": "issued", "ssn_enc": "\\xf38f592eb1dde01bca9347ed0e30586f", "app_type": "DL", "filed_on": "2018-08-18", "updated_at": "2018-08-18T08:56:00+00:00", "applicant_id": 27, "application_id": 27, "residence_city": "Olympia", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 70, "eyeColour": "BRO", "familyName": "Booker", "givenNames": "Michelle David", "dateOfBirth": "1934-09-16"}, "residence": {"city": "Olympia", "region": "WA", "street": "191 Myers Radial Suite 305"}, "signature": {"on": "2018-08-18", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "VAN-01", "status": "issued", "ssn_enc": "\\xf38f592eb1dde01bca9347ed0e30586f", "app_type": "DL", "filed_on": "2018-08-18", "updated_at": "2018-08-18T08:56:00+00:00", "applicant_id": 27, "application_id": 27, "residence_city": "Olympia", "mailing_country": "USA"}', '2026-11-28 20:28:24.956544+00'),
	(68, 'core.application', '34', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "9472 Green Mill Apt. 929"}, "signature": {"on": "2018-08-25", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "SEA-02", "status": "issued", "ssn_enc": "\\x75e95c5c67ecde6cb45ed37334e81060", "app_type": "ID", "filed_on": "2018-08-25", "updated_at": "2018-08-25T14:17:00+00:00", "applicant_id": 30, "application_id": 34, "residence_city": "Everett", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Bright", "givenNames": "Jennifer Katherine", "dateOfBirth": "1948-05-29"}, "residence": {"city": "Everett", "region": "WA", "street": "9472 Green Mill Apt. 929"}, "signature": {"on": "2018-08-25", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "SEA-02", "status": "issued", "ssn_enc": "\\x75e95c5c67ecde6cb45ed37334e81060", "app_type": "ID", "filed_on": "2018-08-25", "updated_at": "2018-08-25T14:17:00+00:00", "applicant_id": 30, "application_id": 34, "residence_city": "Everett", "mailing_country": "USA"}', '2026-11-28 20:28:24.956544+00'),
	(69, 'core.application', '35', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Hall", "givenNames": "Danielle Megan", "dateOfBirth": "1931-07-22"}, "residence": {"city": "Olympia", "region": "WA", "street": "25840 Lopez Green"}, "signature": {"on": "2018-01-02", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "refused", "ssn_enc": "\\xf16f87dcff2108434505e860bbe2ace9", "app_type": "DL", "filed_on": "2018-01-02", "updated_at": "2018-01-02T09:11:00+00:00", "applicant_id": 13, "application_id": 35, "residence_city": "Olympia", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Hall", "givenNames": "Danielle Megan", "dateOfBirth": "1931-07-22"}, "residence": {"city": "Olympia", "region": "WA", "street": "25840 Lopez Green"}, "signature": {"on": "2018-01-02", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "refused", "ssn_enc": "\\xf16f87dcff2108434505e860bbe2ace9", "app_type": "DL", "filed_on": "2018-01-02", "updated_at": "2018-01-02T09:11:00+00:00", "applicant_id": 13, "application_id": 35, "residence_city": "Olympia", "mailing_country": "USA"}', '2026-11-28 20:28:24.956544+00'),
	(70, 'core.application', '37', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 63, "eyeColour": "BRO", "familyName": "Rivers", "givenNames": "Nicholas Richard", "dateOfBirth": "1934-10-13"}, "residence": {"city": "Renton", "region": "WA", "street": "37036 James Corners Suite 553"}, "signature": {"on": "2018-08-23", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "KEN-01", "status": "issued", "ssn_enc": "\\xbd54e1268725ff4e591128946f901ace", "app_type": "IP", "filed_on": "2018-08-23", "updated_at": "2018-08-23T09:49:00+00:00", "applicant_id": 20, "application_id": 37, "residence_city": "Renton", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 63, "eyeColour": "BRO", "familyName": "Rivers", "givenNames": "Nicholas Richard", "dateOfBirth": "1934-10-13"}, "residence": {"city": "Renton", "region": "WA", "street": "37036 James Corners Suite 553"}, "signature": {"on": "2018-08-23", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "KEN-01", "status": "issued", "ssn_enc": "\\xbd54e1268725ff4e591128946f901ace", "app_type": "IP", "filed_on": "2018-08-23", "updated_at": "2018-08-23T09:49:00+00:00", "applicant_id": 20, "application_id": 37, "residence_city": "Renton", "mailing_country": "USA"}', '2026-11-28 20:28:24.956544+00'),
	(71, 'core.application', '39', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "53968 Brooks Stream"}, "signature": {"on": "2018-01-23", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "refused", "ssn_enc": "\\x618171de4df4dca0c8d71b2dfd64c68f", "app_type": "DL", "filed_on": "2018-01-23", "updated_at": "2018-01-23T08:54:00+00:00", "applicant_id": 14, "application_id": 39, "residence_city": "Kennewick", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "53968 Brooks Stream"}, "signature": {"on": "2018-01-23", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "refused", "ssn_enc": "\\x618171de4df4dca0c8d71b2dfd64c68f", "app_type": "DL", "filed_on": "2018-01-23", "updated_at": "2018-01-23T08:54:00+00:00", "applicant_id": 14, "application_id": 39, "residence_city": "Kennewick", "mailing_country": "USA"}', '2026-11-28 20:28:24.956544+00'),
	(7, 'core.application', '7', '{"form": {"donor": false, "mailing": {"country": "CAN"}, "applicant": {"sex": "M", "heightIn": 67, "eyeColour": "BRO", "familyName": "Christensen", "givenNames": "Savannah Denise", "dateOfBirth": "1949-01-18"}, "residence": {"city": "Vancouver", "region": "WA", "street": "4421 Samantha Crossroad Suite 085"}, "signature": {"on": "2016-09-29", "method": "pad"}, "formVersion": 7}, "notes": "Photo retaken.", "office": "KEN-01", "status": "received", "ssn_enc": "\\x33c6a2c68b2d84ded312dc5eae509345", "app_type": "ID", "filed_on": "2016-09-29", "updated_at": "2016-09-29T08:00:00+00:00", "applicant_id": 7, "application_id": 7, "residence_city": "Vancouver", "mailing_country": "CAN"}', '{"form": {"donor": false, "mailing": {"country": "CAN"}, "applicant": {"sex": "M", "heightIn": 67, "eyeColour": "BRO", "familyName": "Christensen", "givenNames": "Savannah Denise", "dateOfBirth": "1949-01-18"}, "residence": {"city": "Vancouver", "region": "WA", "street": "4421 Samantha Crossroad Suite 085"}, "signature": {"on": "2016-09-29", "method": "pad"}, "formVersion": 7}, "notes": "Photo retaken.", "office": "KEN-01", "status": "received", "ssn_enc": "\\x33c6a2c68b2d84ded312dc5eae509345", "app_type": "ID", "filed_on": "2016-09-29", "updated_at": "2016-09-29T13:58:00+00:00", "applicant_id": 7, "application_id": 7, "residence_city": "Vancouver", "mailing_country": "CAN"}', '2016-09-29 13:58:00+00'),
	(15, 'core.application', '15', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Mcintyre", "givenNames": "John Christopher", "dateOfBirth": "1943-10-29"}, "residence": {"city": "Olympia", "region": "WA", "street": "4468 Cole Mountain Suite 192"}, "signature": {"on": "2016-01-30", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "KEN-01", "status": "received", "ssn_enc": "\\x956599614eb58f0972018379076fefd4", "app_type": "DL", "filed_on": "2016-01-30", "updated_at": "2016-01-30T08:00:00+00:00", "applicant_id": 15, "application_id": 15, "residence_city": "Olympia", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 75, "eyeColour": "BRO", "familyName": "Mcintyre", "givenNames": "John Christopher", "dateOfBirth": "1943-10-29"}, "residence": {"city": "Olympia", "region": "WA", "street": "4468 Cole Mountain Suite 192"}, "signature": {"on": "2016-01-30", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "KEN-01", "status": "issued", "ssn_enc": "\\x956599614eb58f0972018379076fefd4", "app_type": "DL", "filed_on": "2016-01-30", "updated_at": "2016-01-30T13:09:00+00:00", "applicant_id": 15, "application_id": 15, "residence_city": "Olympia", "mailing_country": "USA"}', '2016-01-30 13:09:00+00'),
	(18, 'core.application', '18', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 61, "eyeColour": "BRO", "familyName": "Gould", "givenNames": "Amanda Hannah", "dateOfBirth": "1992-02-23"}, "residence": {"city": "Kennewick", "region": "WA", "street": "79156 Cooley Estates"}, "signature": {"on": "2017-02-22", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "received", "ssn_enc": "\\xb19c46b7ffd3666770c81c21b4f5ff87", "app_type": "DL", "filed_on": "2017-02-22", "updated_at": "2017-02-22T08:00:00+00:00", "applicant_id": 18, "application_id": 18, "residence_city": "Kennewick", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 61, "eyeColour": "BRO", "familyName": "Gould", "givenNames": "Amanda Hannah", "dateOfBirth": "1992-02-23"}, "residence": {"city": "Kennewick", "region": "WA", "street": "79156 Cooley Estates"}, "signature": {"on": "2017-02-22", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "issued", "ssn_enc": "\\xb19c46b7ffd3666770c81c21b4f5ff87", "app_type": "DL", "filed_on": "2017-02-22", "updated_at": "2017-02-22T08:19:00+00:00", "applicant_id": 18, "application_id": 18, "residence_city": "Kennewick", "mailing_country": "USA"}', '2017-02-22 08:19:00+00'),
	(19, 'core.application', '19', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 62, "eyeColour": "BRO", "familyName": "Friedman", "givenNames": "Kelly William", "dateOfBirth": "1980-08-30"}, "residence": {"city": "Olympia", "region": "WA", "street": "80093 Miller Views"}, "signature": {"on": "2016-04-19", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Dyerburgh, Oregon, USA\"}"}, "notes": null, "office": "EVE-01", "status": "received", "ssn_enc": "\\x3cfb5cb8fa982c9be1a91fa7a5597c05", "app_type": "DL", "filed_on": "2016-04-19", "updated_at": "2016-04-19T08:00:00+00:00", "applicant_id": 19, "application_id": 19, "residence_city": "Olympia", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 62, "eyeColour": "BRO", "familyName": "Friedman", "givenNames": "Kelly William", "dateOfBirth": "1980-08-30"}, "residence": {"city": "Olympia", "region": "WA", "street": "80093 Miller Views"}, "signature": {"on": "2016-04-19", "method": "pad"}, "formVersion": 7, "legacyPayload": "{\"rec\": 4, \"pob\": \"Dyerburgh, Oregon, USA\"}"}, "notes": null, "office": "EVE-01", "status": "received", "ssn_enc": "\\x3cfb5cb8fa982c9be1a91fa7a5597c05", "app_type": "DL", "filed_on": "2016-04-19", "updated_at": "2016-04-19T14:58:00+00:00", "applicant_id": 19, "application_id": 19, "residence_city": "Olympia", "mailing_country": "USA"}', '2016-04-19 14:58:00+00'),
	(22, 'core.application', '22', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 65, "eyeColour": "BRO", "familyName": "Wood", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1966-05-07"}, "residence": {"city": "Everett", "region": "WA", "street": "29476 Jessica Curve Apt. 718"}, "signature": {"on": "2017-08-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "received", "ssn_enc": "\\x139c35e54b147f532f58f94bbb8e630c", "app_type": "DL", "filed_on": "2017-08-07", "updated_at": "2017-08-07T08:00:00+00:00", "applicant_id": 22, "application_id": 22, "residence_city": "Everett", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 65, "eyeColour": "BRO", "familyName": "Wood", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1966-05-07"}, "residence": {"city": "Everett", "region": "WA", "street": "29476 Jessica Curve Apt. 718"}, "signature": {"on": "2017-08-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "TAC-01", "status": "refused", "ssn_enc": "\\x139c35e54b147f532f58f94bbb8e630c", "app_type": "DL", "filed_on": "2017-08-07", "updated_at": "2017-08-07T09:55:00+00:00", "applicant_id": 22, "application_id": 22, "residence_city": "Everett", "mailing_country": "USA"}', '2017-08-07 09:55:00+00'),
	(23, 'core.application', '23', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 66, "eyeColour": "BRO", "familyName": "Stein", "givenNames": "Morgan Lauren", "dateOfBirth": "1990-04-19"}, "residence": {"city": "Spokane", "region": "WA", "street": "24116 Emily Alley Apt. 051"}, "signature": {"on": "2016-01-12", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "received", "ssn_enc": "\\x3ca44ac7c6f8430b2fdfa0580564fad3", "app_type": "DL", "filed_on": "2016-01-12", "updated_at": "2016-01-12T08:00:00+00:00", "applicant_id": 23, "application_id": 23, "residence_city": "Spokane", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 66, "eyeColour": "BRO", "familyName": "Stein", "givenNames": "Morgan Lauren", "dateOfBirth": "1990-04-19"}, "residence": {"city": "Spokane", "region": "WA", "street": "24116 Emily Alley Apt. 051"}, "signature": {"on": "2016-01-12", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "issued", "ssn_enc": "\\x3ca44ac7c6f8430b2fdfa0580564fad3", "app_type": "DL", "filed_on": "2016-01-12", "updated_at": "2016-01-12T14:52:00+00:00", "applicant_id": 23, "application_id": 23, "residence_city": "Spokane", "mailing_country": "USA"}', '2016-01-12 14:52:00+00'),
	(24, 'core.application', '24', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 67, "eyeColour": "BRO", "familyName": "Neal", "givenNames": "Tyler Samantha", "dateOfBirth": "1962-03-17"}, "residence": {"city": "Seattle", "region": "WA", "street": "3746 Sheila Mission Apt. 976"}, "signature": {"on": "2017-03-04", "method": "pad"}, "formVersion": 7}, "notes": "born in Port Morgan, Ohio, USA, per passport", "office": "SEA-01", "status": "received", "ssn_enc": "\\xbac4db7d204fdf1508bfd3f5042c5fa7", "app_type": "DL", "filed_on": "2017-03-04", "updated_at": "2017-03-04T08:00:00+00:00", "applicant_id": 24, "application_id": 24, "residence_city": "Seattle", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 67, "eyeColour": "BRO", "familyName": "Neal", "givenNames": "Tyler Samantha", "dateOfBirth": "1962-03-17"}, "residence": {"city": "Seattle", "region": "WA", "street": "3746 Sheila Mission Apt. 976"}, "signature": {"on": "2017-03-04", "method": "pad"}, "formVersion": 7}, "notes": "born in Port Morgan, Ohio, USA, per passport", "office": "SEA-01", "status": "issued", "ssn_enc": "\\xbac4db7d204fdf1508bfd3f5042c5fa7", "app_type": "DL", "filed_on": "2017-03-04", "updated_at": "2017-03-04T10:38:00+00:00", "applicant_id": 24, "application_id": 24, "residence_city": "Seattle", "mailing_country": "USA"}', '2017-03-04 10:38:00+00'),
	(29, 'core.application', '29', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "18196 Sarah Expressway Apt. 166"}, "signature": {"on": "2014-01-21", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SPO-01", "status": "received", "ssn_enc": "\\x82f538fb1d449ec13a9cbec9c5b56493", "app_type": "ID", "filed_on": "2014-01-21", "updated_at": "2014-01-21T08:00:00+00:00", "applicant_id": 29, "application_id": 29, "residence_city": "Spokane", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "18196 Sarah Expressway Apt. 166"}, "signature": {"on": "2014-01-21", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SPO-01", "status": "received", "ssn_enc": "\\x82f538fb1d449ec13a9cbec9c5b56493", "app_type": "ID", "filed_on": "2014-01-21", "updated_at": "2014-01-21T16:27:00+00:00", "applicant_id": 29, "application_id": 29, "residence_city": "Spokane", "mailing_country": "USA"}', '2014-01-21 16:27:00+00'),
	(31, 'core.application', '31', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Sherman", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1983-04-29"}, "residence": {"city": "Seattle", "region": "WA", "street": "62582 Simmons Shoals"}, "signature": {"on": "2016-08-06", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "received", "ssn_enc": "\\x40a550aabd2c318fba9a746fdf1411f8", "app_type": "DL", "filed_on": "2016-08-06", "updated_at": "2016-08-06T08:00:00+00:00", "applicant_id": 31, "application_id": 31, "residence_city": "Seattle", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Sherman", "givenNames": "Jonathan Jennifer", "dateOfBirth": "1983-04-29"}, "residence": {"city": "Seattle", "region": "WA", "street": "62582 Simmons Shoals"}, "signature": {"on": "2016-08-06", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "issued", "ssn_enc": "\\x40a550aabd2c318fba9a746fdf1411f8", "app_type": "DL", "filed_on": "2016-08-06", "updated_at": "2016-08-06T16:04:00+00:00", "applicant_id": 31, "application_id": 31, "residence_city": "Seattle", "mailing_country": "USA"}', '2016-08-06 16:04:00+00'),
	(33, 'core.application', '33', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10"}, "residence": {"city": "Bellingham", "region": "WA", "street": "0919 Andrew Port Suite 819"}, "signature": {"on": "2014-01-15", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "BEL-01", "status": "received", "ssn_enc": "\\x53e56c98c577b40581c2c5408dac0187", "app_type": "ID", "filed_on": "2014-01-15", "updated_at": "2014-01-15T08:00:00+00:00", "applicant_id": 6, "application_id": 33, "residence_city": "Bellingham", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 66, "eyeColour": "BRO", "familyName": "Gordon", "givenNames": "Diana Kim", "dateOfBirth": "1987-06-10"}, "residence": {"city": "Bellingham", "region": "WA", "street": "0919 Andrew Port Suite 819"}, "signature": {"on": "2014-01-15", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "BEL-01", "status": "issued", "ssn_enc": "\\x53e56c98c577b40581c2c5408dac0187", "app_type": "ID", "filed_on": "2014-01-15", "updated_at": "2014-01-15T15:33:00+00:00", "applicant_id": 6, "application_id": 33, "residence_city": "Bellingham", "mailing_country": "USA"}', '2014-01-15 15:33:00+00'),
	(35, 'core.application', '35', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Hall", "givenNames": "Danielle Megan", "dateOfBirth": "1931-07-22"}, "residence": {"city": "Olympia", "region": "WA", "street": "25840 Lopez Green"}, "signature": {"on": "2018-01-02", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "received", "ssn_enc": "\\xf16f87dcff2108434505e860bbe2ace9", "app_type": "DL", "filed_on": "2018-01-02", "updated_at": "2018-01-02T08:00:00+00:00", "applicant_id": 13, "application_id": 35, "residence_city": "Olympia", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 73, "eyeColour": "BRO", "familyName": "Hall", "givenNames": "Danielle Megan", "dateOfBirth": "1931-07-22"}, "residence": {"city": "Olympia", "region": "WA", "street": "25840 Lopez Green"}, "signature": {"on": "2018-01-02", "method": "pad"}, "formVersion": 7, "previousApplications": [{"year": 2009}, {"year": 2011}]}, "notes": null, "office": "YAK-01", "status": "refused", "ssn_enc": "\\xf16f87dcff2108434505e860bbe2ace9", "app_type": "DL", "filed_on": "2018-01-02", "updated_at": "2018-01-02T09:11:00+00:00", "applicant_id": 13, "application_id": 35, "residence_city": "Olympia", "mailing_country": "USA"}', '2018-01-02 09:11:00+00'),
	(36, 'core.application', '36', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "1217 Norton Fall Suite 857"}, "signature": {"on": "2014-12-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "received", "ssn_enc": "\\x0a912636dc54253d91d700d9aaee4c55", "app_type": "ID", "filed_on": "2014-12-07", "updated_at": "2014-12-07T08:00:00+00:00", "applicant_id": 29, "application_id": 36, "residence_city": "Spokane", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "M", "heightIn": 72, "eyeColour": "BRO", "familyName": "Rasmussen", "givenNames": "Anna Matthew", "dateOfBirth": "1944-03-30"}, "residence": {"city": "Spokane", "region": "WA", "street": "1217 Norton Fall Suite 857"}, "signature": {"on": "2014-12-07", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "SEA-02", "status": "refused", "ssn_enc": "\\x0a912636dc54253d91d700d9aaee4c55", "app_type": "ID", "filed_on": "2014-12-07", "updated_at": "2014-12-07T10:08:00+00:00", "applicant_id": 29, "application_id": 36, "residence_city": "Spokane", "mailing_country": "USA"}', '2014-12-07 10:08:00+00'),
	(39, 'core.application', '39', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "53968 Brooks Stream"}, "signature": {"on": "2018-01-23", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "received", "ssn_enc": "\\x618171de4df4dca0c8d71b2dfd64c68f", "app_type": "DL", "filed_on": "2018-01-23", "updated_at": "2018-01-23T08:00:00+00:00", "applicant_id": 14, "application_id": 39, "residence_city": "Kennewick", "mailing_country": "USA"}', '{"form": {"donor": false, "mailing": {"country": "USA"}, "applicant": {"sex": "F", "heightIn": 74, "eyeColour": "BRO", "familyName": "Patton", "givenNames": "Brian Erica", "dateOfBirth": "1941-06-08"}, "residence": {"city": "Kennewick", "region": "WA", "street": "53968 Brooks Stream"}, "signature": {"on": "2018-01-23", "method": "pad"}, "formVersion": 7}, "notes": null, "office": "EVE-01", "status": "refused", "ssn_enc": "\\x618171de4df4dca0c8d71b2dfd64c68f", "app_type": "DL", "filed_on": "2018-01-23", "updated_at": "2018-01-23T08:54:00+00:00", "applicant_id": 14, "application_id": 39, "residence_city": "Kennewick", "mailing_country": "USA"}', '2018-01-23 08:54:00+00');


--
-- Data for Name: dim_applicant; Type: TABLE DATA; Schema: mart; Owner: -
--

INSERT INTO mart.dim_applicant VALUES
	(1, 1, 1944, NULL, NULL, 'Nicole Ville'),
	(2, 2, 1998, NULL, NULL, 'Spokane Valley'),
	(3, 3, 1969, NULL, NULL, 'Kent'),
	(4, 4, 1973, NULL, NULL, 'Olympia'),
	(5, 5, 1955, NULL, NULL, 'Seattle'),
	(6, 6, 1987, NULL, NULL, 'Bellingham'),
	(7, 7, 1949, NULL, NULL, 'Vancouver'),
	(8, 8, 1963, NULL, NULL, 'Spokane Valley'),
	(9, 9, 1956, NULL, NULL, 'Vancouver'),
	(10, 10, 1991, NULL, NULL, 'Bellevue'),
	(11, 11, 1982, NULL, NULL, 'Seattle'),
	(12, 12, 1985, NULL, NULL, 'Federal Way'),
	(13, 13, 1931, NULL, NULL, 'Olympia'),
	(14, 14, 1941, NULL, NULL, 'Kennewick'),
	(15, 15, 1943, NULL, NULL, 'Olympia'),
	(16, 16, 1937, NULL, NULL, 'Tacoma'),
	(17, 17, 1990, NULL, NULL, 'Auburn'),
	(18, 18, 1992, NULL, NULL, 'Kennewick'),
	(19, 19, 1980, NULL, NULL, 'Olympia'),
	(20, 20, 1934, NULL, NULL, 'Renton'),
	(21, 21, 1999, NULL, NULL, 'Candelaria'),
	(22, 22, 1966, NULL, NULL, 'Everett'),
	(23, 23, 1990, NULL, NULL, 'Spokane'),
	(24, 24, 1962, NULL, NULL, 'Seattle'),
	(25, 25, 1968, NULL, NULL, 'Federal Way'),
	(26, 26, 1977, NULL, NULL, 'Tacoma'),
	(27, 27, 1934, NULL, NULL, 'Olympia'),
	(28, 28, 1968, NULL, NULL, 'Yakima'),
	(29, 29, 1944, NULL, NULL, 'Spokane'),
	(30, 30, 1948, NULL, NULL, 'Everett'),
	(31, 31, 1983, NULL, NULL, 'Seattle'),
	(32, 32, 1950, NULL, NULL, 'Vancouver');


--
-- Data for Name: purge_count; Type: TABLE DATA; Schema: minimize; Owner: -
--

INSERT INTO minimize.purge_count VALUES
	(1, 'core.application.place_of_birth', 6),
	(1, 'core.application.birth_country', 6),
	(1, 'core.application.form $.applicant.placeOfBirth', 3),
	(1, 'core.application.form $.applicant.pob', 2),
	(2, 'core.application.place_of_birth', 3),
	(2, 'core.application.birth_country', 3),
	(2, 'core.application.form $.applicant.placeOfBirth', 2),
	(2, 'core.application.form $.applicant.pob', 1),
	(3, 'core.application.place_of_birth', 7),
	(3, 'core.application.birth_country', 7),
	(3, 'core.application.form $.applicant.placeOfBirth', 3),
	(3, 'core.application.form $.applicant.pob', 1),
	(3, 'core.application.form $.birthplace', 1),
	(3, 'core.application.form $.previousApplications[*].placeOfBirth', 1),
	(4, 'core.application.place_of_birth', 10),
	(4, 'core.application.birth_country', 10),
	(4, 'core.application.form $.applicant.placeOfBirth', 4),
	(4, 'core.application.form $.applicant.pob', 2),
	(4, 'core.application.form $.previousApplications[*].placeOfBirth', 1),
	(5, 'core.application.place_of_birth', 6),
	(5, 'core.application.birth_country', 6),
	(5, 'core.application.form $.applicant.placeOfBirth', 3),
	(5, 'core.application.form $.applicant.pob', 1),
	(5, 'core.application.form $.previousApplications[*].placeOfBirth', 2),
	(8, 'core.applicant.birth_place_id', 32),
	(9, 'core.birth_place.city', 32),
	(9, 'core.birth_place.region', 32),
	(9, 'core.birth_place.country', 32),
	(10, 'mart.dim_applicant.birth_city', 32),
	(10, 'mart.dim_applicant.birth_country', 32),
	(11, 'core.credential.pdf417 DCI', 28),
	(12, 'hist.change_log.old_row $.place_of_birth', 13),
	(12, 'hist.change_log.old_row $.birth_country', 13),
	(12, 'hist.change_log.old_row $.form.applicant.placeOfBirth', 5),
	(12, 'hist.change_log.old_row $.form.birthplace', 1),
	(12, 'hist.change_log.new_row $.place_of_birth', 13),
	(12, 'hist.change_log.new_row $.birth_country', 13),
	(12, 'hist.change_log.new_row $.form.applicant.placeOfBirth', 5),
	(12, 'hist.change_log.old_row $.form.applicant.pob', 3),
	(12, 'hist.change_log.new_row $.form.applicant.pob', 3),
	(12, 'hist.change_log.new_row $.form.birthplace', 1),
	(12, 'hist.change_log.old_row $.form.previousApplications[*].placeOfBirth', 2),
	(12, 'hist.change_log.new_row $.form.previousApplications[*].placeOfBirth', 2);


--
-- Data for Name: purge_found; Type: TABLE DATA; Schema: minimize; Owner: -
--

INSERT INTO minimize.purge_found VALUES
	(1, 'core.application.place_of_birth', 40, 5, 3, 0, '2026-11-28 20:28:25.054445+00'),
	(1, 'core.application.birth_country', 40, 5, 3, 0, '2026-11-28 20:28:25.054445+00'),
	(1, 'core.application.form $.applicant.placeOfBirth', 18, 2, 1, 0, '2026-11-28 20:28:25.054445+00'),
	(1, 'core.application.form $.applicant.pob', 7, 0, 0, 0, '2026-11-28 20:28:25.054445+00'),
	(1, 'core.application.form $.birthplace', 2, 1, 0, 0, '2026-11-28 20:28:25.054445+00'),
	(1, 'core.application.form $.previousApplications[*].placeOfBirth', 6, 2, 0, 0, '2026-11-28 20:28:25.054445+00'),
	(1, 'core.application_2013.place_of_birth', 0, 0, 0, 0, '2026-11-28 20:28:25.481159+00'),
	(1, 'core.application_2013.birth_country', 0, 0, 0, 0, '2026-11-28 20:28:25.481159+00'),
	(1, 'core.application_2013.form $.applicant.placeOfBirth', 0, 0, 0, 0, '2026-11-28 20:28:25.481159+00'),
	(1, 'core.application_2013.form $.applicant.pob', 0, 0, 0, 0, '2026-11-28 20:28:25.481159+00'),
	(1, 'core.application_2013.form $.birthplace', 0, 0, 0, 0, '2026-11-28 20:28:25.481159+00'),
	(1, 'core.application_2013.form $.previousApplications[*].placeOfBirth', 0, 0, 0, 0, '2026-11-28 20:28:25.481159+00'),
	(1, 'core.applicant.birth_place_id', 32, 0, 0, 0, '2026-11-28 20:28:25.695986+00'),
	(1, 'core.birth_place.city', 32, 0, 0, 0, '2026-11-28 20:28:25.897623+00'),
	(1, 'core.birth_place.region', 32, 0, 0, 0, '2026-11-28 20:28:25.897623+00'),
	(1, 'core.birth_place.country', 32, 0, 0, 0, '2026-11-28 20:28:25.897623+00'),
	(1, 'mart.dim_applicant.birth_city', 32, 0, 0, 0, '2026-11-28 20:28:26.062758+00'),
	(1, 'mart.dim_applicant.birth_country', 32, 0, 0, 0, '2026-11-28 20:28:26.062758+00'),
	(1, 'core.credential.pdf417 DCI', 28, 0, 0, 0, '2026-11-28 20:28:26.327083+00'),
	(1, 'hist.change_log.old_row $.place_of_birth', 13, 0, 0, 13, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.old_row $.birth_country', 13, 0, 0, 13, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.old_row $.form.applicant.placeOfBirth', 5, 0, 0, 5, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.old_row $.form.applicant.pob', 3, 0, 0, 3, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.old_row $.form.birthplace', 1, 0, 0, 1, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.old_row $.form.previousApplications[*].placeOfBirth', 2, 0, 0, 2, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.new_row $.place_of_birth', 13, 0, 0, 13, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.new_row $.birth_country', 13, 0, 0, 13, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.new_row $.form.applicant.placeOfBirth', 5, 0, 0, 5, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.new_row $.form.applicant.pob', 3, 0, 0, 3, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.new_row $.form.birthplace', 1, 0, 0, 1, '2026-11-28 20:28:26.392356+00'),
	(1, 'hist.change_log.new_row $.form.previousApplications[*].placeOfBirth', 2, 0, 0, 2, '2026-11-28 20:28:26.392356+00');


--
-- Data for Name: purge_range; Type: TABLE DATA; Schema: minimize; Owner: -
--

INSERT INTO minimize.purge_range OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 19762, 'core.application_2014', 1, 0, 1, 1, 6, 6, '2026-11-28 20:28:24.528653+00'),
	(2, 1, 19776, 'core.application_2015', 1, 0, 1, 1, 3, 3, '2026-11-28 20:28:24.683185+00'),
	(3, 1, 19790, 'core.application_2016', 1, 0, 1, 1, 7, 6, '2026-11-28 20:28:24.769889+00'),
	(4, 1, 19804, 'core.application_2017', 1, 0, 1, 1, 10, 0, '2026-11-28 20:28:24.857633+00'),
	(5, 1, 19818, 'core.application_2018', 1, 0, 1, 1, 6, 4, '2026-11-28 20:28:24.994592+00'),
	(6, 1, 19832, 'core.application_default', 1, 0, 0, 0, 0, 0, '2026-11-28 20:28:25.008294+00'),
	(7, 1, 19748, 'core.application_2013', 1, 0, 0, 0, 0, 0, '2026-11-28 20:28:25.37631+00'),
	(8, 1, 19720, 'core.applicant', 1, 0, 1, 1, 32, 0, '2026-11-28 20:28:25.676534+00'),
	(9, 1, 19627, 'core.birth_place', 1, 0, 1, 1, 32, 0, '2026-11-28 20:28:25.881627+00'),
	(10, 1, 19920, 'mart.dim_applicant', 1, 0, 1, 1, 32, 0, '2026-11-28 20:28:26.049921+00'),
	(11, 1, 19847, 'core.credential', 1, 0, 2, 2, 28, 1, '2026-11-28 20:28:26.310934+00'),
	(12, 1, 19888, 'hist.change_log', 1, 0, 4, 10, 13, 0, '2026-11-28 20:28:26.587988+00');


--
-- Data for Name: purge_run; Type: TABLE DATA; Schema: minimize; Owner: -
--

INSERT INTO minimize.purge_run OVERRIDING SYSTEM VALUE VALUES
	(1, 'wa-dol-2018-place-of-birth', '77ca4df99160b91c7c0b4bb83685d1f1c86966657f84a3997a61fdd3d154bab1', '{"jobs": 1, "vacuum": true, "strategy": "auto", "triggers": "fire", "consumers": "refuse", "count_first": true, "lock_timeout": "100ms"}', '{"lag": "off", "duty": "0.9", "pages": "1", "query": "off", "target": "50ms", "vacuum": "wraparound", "window": "off", "archive": "64", "batches": "1", "clients": "90", "profile": "fast", "waiters": "0", "interval": "1s", "lag-time": "off", "replicas": "0", "wal-rate": "off", "disk-free": "off", "disk-used": "off", "vacuum-share": "0.2"}', '2026-11-28 20:28:24.161457+00', 'dmv', 'running', 'run', '{"note": null, "rows": 156, "phase": "count", "place": "hist.change_log", "erased": 311, "wanted": "run", "run_pass": 0, "hot_share": 0.1282051282051282, "throttles": [{"name": "archive", "text": "archive_mode is off", "clear": true}, {"name": "vacuum", "text": "no VACUUM to prevent wraparound is at work", "clear": true}, {"name": "waiters", "text": "0 session(s) wait for a lock (limit 0)", "clear": true}, {"name": "clients", "text": "0 active client(s) (limit 90)", "clear": true}], "wal_bytes": 596040, "blocks_done": 0, "waiting_for": null, "blocks_total": 0, "rested_seconds": 0.1, "throttled_seconds": {}}', '2026-11-28 20:28:26.377929+00', 215, NULL);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES
	('0002');


--
-- Data for Name: office_batch; Type: TABLE DATA; Schema: stg; Owner: -
--

INSERT INTO stg.office_batch VALUES
	(1, 1, 'DL|Sims|Todd Rachel|1944-11-01|Nicole Ville, Cebu, Philippines|Nicole Ville|SPO-01', '{"office": "SPO-01", "app_type": "DL", "applicant": {"dob": "1944-11-01", "pob": "Nicole Ville, Cebu, Philippines", "family_name": "Sims"}, "application_id": 1}', '{"sent": "2018-01-30T08:35:00+00:00", "app_type": "DL", "record": {"city": "Nicole Ville", "birthplace": "Nicole Ville, Cebu, Philippines"}}'),
	(1, 2, 'DL|Conley|Michael Adam|1969-07-20|Quezon City, Metro Manila, Philippines|Kent|OLY-01', '{"office": "OLY-01", "app_type": "DL", "applicant": {"dob": "1969-07-20", "pob": "Quezon City, Metro Manila, Philippines", "family_name": "Conley"}, "application_id": 3}', '{"sent": "2014-02-17T13:54:00+00:00", "app_type": "DL", "record": {"city": "Kent", "birthplace": "Quezon City, Metro Manila, Philippines"}}'),
	(1, 3, 'DL|Cooper|Anna Matthew|1973-06-02|San Miriam los bajos, Puebla, Mexico|Olympia|SEA-01', '{"office": "SEA-01", "app_type": "DL", "applicant": {"dob": "1973-06-02", "pob": "San Miriam los bajos, Puebla, Mexico", "family_name": "Cooper"}, "application_id": 4}', '{"sent": "2018-12-09T16:58:00+00:00", "app_type": "DL", "record": {"city": "Olympia", "birthplace": "San Miriam los bajos, Puebla, Mexico"}}'),
	(1, 4, 'DL|Gordon|Diana Kim|1987-06-10|North Aaronberg, Texas, USA|Bellingham|TAC-01', '{"office": "TAC-01", "app_type": "DL", "applicant": {"dob": "1987-06-10", "pob": "North Aaronberg, Texas, USA", "family_name": "Gordon"}, "application_id": 6}', '{"sent": "2017-11-10T08:26:00+00:00", "app_type": "DL", "record": {"city": "Bellingham", "birthplace": "North Aaronberg, Texas, USA"}}'),
	(1, 5, 'DL|Rivers|Nicholas Richard|1934-10-13|Puerto Santander, Antioquia, Colombia|Renton|KEN-01', '{"office": "KEN-01", "app_type": "DL", "applicant": {"dob": "1934-10-13", "pob": "Puerto Santander, Antioquia, Colombia", "family_name": "Rivers"}, "application_id": 20}', '{"sent": "2017-03-12T15:27:00+00:00", "app_type": "DL", "record": {"city": "Renton", "birthplace": "Puerto Santander, Antioquia, Colombia"}}'),
	(1, 6, 'DL|Wood|Jonathan Jennifer|1966-05-07|South Reginastad, Texas, USA|Everett|TAC-01', '{"office": "TAC-01", "app_type": "DL", "applicant": {"dob": "1966-05-07", "pob": "South Reginastad, Texas, USA", "family_name": "Wood"}, "application_id": 22}', '{"sent": "2017-08-07T09:55:00+00:00", "app_type": "DL", "record": {"city": "Everett", "birthplace": "South Reginastad, Texas, USA"}}'),
	(1, 7, 'IP|Rivers|Nicholas Richard|1934-10-13|Puerto Santander, Antioquia, Colombia|Renton|KEN-01', '{"office": "KEN-01", "app_type": "IP", "applicant": {"dob": "1934-10-13", "pob": "Puerto Santander, Antioquia, Colombia", "family_name": "Rivers"}, "application_id": 37}', '{"sent": "2018-08-23T09:49:00+00:00", "app_type": "IP", "record": {"city": "Renton", "birthplace": "Puerto Santander, Antioquia, Colombia"}}');


--
-- Data for Name: office_batch_2017; Type: TABLE DATA; Schema: stg; Owner: -
--

INSERT INTO stg.office_batch_2017 VALUES
	(1, 4, 'DL|Gordon|Diana Kim|1987-06-10|North Aaronberg, Texas, USA|Bellingham|TAC-01', '{"office": "TAC-01", "app_type": "DL", "applicant": {"dob": "1987-06-10", "pob": "North Aaronberg, Texas, USA", "family_name": "Gordon"}, "application_id": 6}', '{"sent": "2017-11-10T08:26:00+00:00", "app_type": "DL", "record": {"city": "Bellingham", "birthplace": "North Aaronberg, Texas, USA"}}'),
	(1, 5, 'DL|Rivers|Nicholas Richard|1934-10-13|Puerto Santander, Antioquia, Colombia|Renton|KEN-01', '{"office": "KEN-01", "app_type": "DL", "applicant": {"dob": "1934-10-13", "pob": "Puerto Santander, Antioquia, Colombia", "family_name": "Rivers"}, "application_id": 20}', '{"sent": "2017-03-12T15:27:00+00:00", "app_type": "DL", "record": {"city": "Renton", "birthplace": "Puerto Santander, Antioquia, Colombia"}}'),
	(1, 6, 'DL|Wood|Jonathan Jennifer|1966-05-07|South Reginastad, Texas, USA|Everett|TAC-01', '{"office": "TAC-01", "app_type": "DL", "applicant": {"dob": "1966-05-07", "pob": "South Reginastad, Texas, USA", "family_name": "Wood"}, "application_id": 22}', '{"sent": "2017-08-07T09:55:00+00:00", "app_type": "DL", "record": {"city": "Everett", "birthplace": "South Reginastad, Texas, USA"}}');


--
-- Name: applicant_applicant_id_seq; Type: SEQUENCE SET; Schema: core; Owner: -
--

SELECT pg_catalog.setval('core.applicant_applicant_id_seq', 33, false);


--
-- Name: application_application_id_seq; Type: SEQUENCE SET; Schema: core; Owner: -
--

SELECT pg_catalog.setval('core.application_application_id_seq', 41, false);


--
-- Name: birth_place_place_id_seq; Type: SEQUENCE SET; Schema: core; Owner: -
--

SELECT pg_catalog.setval('core.birth_place_place_id_seq', 3001, false);


--
-- Name: credential_credential_id_seq; Type: SEQUENCE SET; Schema: core; Owner: -
--

SELECT pg_catalog.setval('core.credential_credential_id_seq', 41, false);


--
-- Name: disclosure_log_id_seq; Type: SEQUENCE SET; Schema: core; Owner: -
--

SELECT pg_catalog.setval('core.disclosure_log_id_seq', 1, false);


--
-- Name: identity_document_doc_id_seq; Type: SEQUENCE SET; Schema: core; Owner: -
--

SELECT pg_catalog.setval('core.identity_document_doc_id_seq', 41, false);


--
-- Name: legal_hold_hold_id_seq; Type: SEQUENCE SET; Schema: gov; Owner: -
--

SELECT pg_catalog.setval('gov.legal_hold_hold_id_seq', 3, true);


--
-- Name: change_log_log_id_seq; Type: SEQUENCE SET; Schema: hist; Owner: -
--

SELECT pg_catalog.setval('hist.change_log_log_id_seq', 71, true);


--
-- Name: dim_applicant_sk_seq; Type: SEQUENCE SET; Schema: mart; Owner: -
--

SELECT pg_catalog.setval('mart.dim_applicant_sk_seq', 33, false);


--
-- Name: purge_range_range_id_seq; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.purge_range_range_id_seq', 12, true);


--
-- Name: purge_run_run_id_seq; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.purge_run_run_id_seq', 1, true);


--
-- Name: reject_place_of_birth_0f38026c; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_0f38026c', 1, false);


--
-- Name: reject_place_of_birth_12bd4ec4; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_12bd4ec4', 1, false);


--
-- Name: reject_place_of_birth_205422b2; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_205422b2', 1, false);


--
-- Name: reject_place_of_birth_2fa2fece; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_2fa2fece', 1, false);


--
-- Name: reject_place_of_birth_3778f026; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_3778f026', 1, false);


--
-- Name: reject_place_of_birth_38022bde; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_38022bde', 1, false);


--
-- Name: reject_place_of_birth_3cd3116a; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_3cd3116a', 1, false);


--
-- Name: reject_place_of_birth_3ee440e0; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_3ee440e0', 1, false);


--
-- Name: reject_place_of_birth_449b1346; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_449b1346', 1, false);


--
-- Name: reject_place_of_birth_4837a95c; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_4837a95c', 1, false);


--
-- Name: reject_place_of_birth_4f5f5c20; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_4f5f5c20', 1, false);


--
-- Name: reject_place_of_birth_50bf89dc; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_50bf89dc', 1, false);


--
-- Name: reject_place_of_birth_559f8281; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_559f8281', 1, false);


--
-- Name: reject_place_of_birth_5a4a650a; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_5a4a650a', 1, false);


--
-- Name: reject_place_of_birth_6fcfa5a4; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_6fcfa5a4', 1, false);


--
-- Name: reject_place_of_birth_80ac3729; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_80ac3729', 1, false);


--
-- Name: reject_place_of_birth_8ea74458; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_8ea74458', 1, false);


--
-- Name: reject_place_of_birth_8fb13959; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_8fb13959', 1, false);


--
-- Name: reject_place_of_birth_98d41f6e; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_98d41f6e', 1, false);


--
-- Name: reject_place_of_birth_a9f3a46d; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_a9f3a46d', 1, false);


--
-- Name: reject_place_of_birth_ae0d0169; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_ae0d0169', 1, false);


--
-- Name: reject_place_of_birth_ae94b8fe; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_ae94b8fe', 1, false);


--
-- Name: reject_place_of_birth_b3689288; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_b3689288', 1, false);


--
-- Name: reject_place_of_birth_bd9ea401; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_bd9ea401', 1, false);


--
-- Name: reject_place_of_birth_c7c53f1a; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_c7c53f1a', 1, false);


--
-- Name: reject_place_of_birth_ca8c6f7b; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_ca8c6f7b', 1, false);


--
-- Name: reject_place_of_birth_d63261b2; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_d63261b2', 1, false);


--
-- Name: reject_place_of_birth_db7bcbaa; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_db7bcbaa', 1, false);


--
-- Name: reject_place_of_birth_e0d01dcd; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_e0d01dcd', 1, false);


--
-- Name: reject_place_of_birth_e30a3a49; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_e30a3a49', 1, false);


--
-- Name: reject_place_of_birth_eca12c79; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_eca12c79', 1, false);


--
-- Name: reject_place_of_birth_fa646781; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_fa646781', 1, false);


--
-- Name: reject_place_of_birth_fe7f07ae; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_fe7f07ae', 1, false);


--
-- Name: reject_place_of_birth_ff5bef76; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_ff5bef76', 1, false);


--
-- Name: reject_place_of_birth_ff6d7bdd; Type: SEQUENCE SET; Schema: minimize; Owner: -
--

SELECT pg_catalog.setval('minimize.reject_place_of_birth_ff6d7bdd', 1, false);


--
-- Name: application_2013 !minimize_place_of_birth_0f38026c; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application_2013
    ADD CONSTRAINT "!minimize_place_of_birth_0f38026c" CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_0f38026c(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_0f38026c" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_0f38026c" ON core.application_2013 IS 'minimize guard policy=1067e52d4699ffb7 definition=15:a15c89d27466ea8b2d095b2c7fa47eaf';


--
-- Name: disclosure_log !minimize_place_of_birth_12bd4ec4; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.disclosure_log
    ADD CONSTRAINT "!minimize_place_of_birth_12bd4ec4" CHECK (((NOT (jsonb_path_exists(response, '$."subject"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR ((((response ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((response ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_12bd4ec4(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_12bd4ec4" ON disclosure_log; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_12bd4ec4" ON core.disclosure_log IS 'minimize guard policy=db71dd7514933563 definition=15:f45093cf69e15b376a504ba68118d48d';


--
-- Name: application !minimize_place_of_birth_3778f026; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application
    ADD CONSTRAINT "!minimize_place_of_birth_3778f026" CHECK (((NOT (place_of_birth IS NOT NULL)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_3778f026(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_3778f026" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_3778f026" ON core.application IS 'minimize guard policy=7a4a6743fabd713e definition=15:87d67cee1eef34660a3e9e0ede010826';


--
-- Name: birth_place !minimize_place_of_birth_38022bde; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.birth_place
    ADD CONSTRAINT "!minimize_place_of_birth_38022bde" CHECK (((NOT (city IS NOT NULL)) OR minimize.guard_place_of_birth_38022bde(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_38022bde" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_38022bde" ON core.birth_place IS 'minimize guard policy=828d6fb9a6989532 definition=15:3dfedd94b28caf2480d00f29806ca6ec';


--
-- Name: birth_place !minimize_place_of_birth_3ee440e0; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.birth_place
    ADD CONSTRAINT "!minimize_place_of_birth_3ee440e0" CHECK (((NOT (country IS NOT NULL)) OR minimize.guard_place_of_birth_3ee440e0(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_3ee440e0" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_3ee440e0" ON core.birth_place IS 'minimize guard policy=2c5a12f88ed0be01 definition=15:e0ef11e47186d7bd1382be14c6312644';


--
-- Name: application_2013 !minimize_place_of_birth_449b1346; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application_2013
    ADD CONSTRAINT "!minimize_place_of_birth_449b1346" CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_449b1346(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_449b1346" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_449b1346" ON core.application_2013 IS 'minimize guard policy=b15c007ad9f9b78e definition=15:cb63ce012ba9a1203f2e009eb944f5b4';


--
-- Name: applicant !minimize_place_of_birth_4f5f5c20; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.applicant
    ADD CONSTRAINT "!minimize_place_of_birth_4f5f5c20" CHECK (((NOT (birth_place_id IS NOT NULL)) OR minimize.guard_place_of_birth_4f5f5c20(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_4f5f5c20" ON applicant; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_4f5f5c20" ON core.applicant IS 'minimize guard policy=28ccc8362b8b8cb6 definition=15:61eac4cc15b28b32ae6fce09dc7915a8';


--
-- Name: birth_place !minimize_place_of_birth_5a4a650a; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.birth_place
    ADD CONSTRAINT "!minimize_place_of_birth_5a4a650a" CHECK (((NOT (region IS NOT NULL)) OR minimize.guard_place_of_birth_5a4a650a(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_5a4a650a" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_5a4a650a" ON core.birth_place IS 'minimize guard policy=d0e21c30f35f7f61 definition=15:abfadbe8584063740f3b9c5b6b544c6c';


--
-- Name: application_2013 !minimize_place_of_birth_6fcfa5a4; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application_2013
    ADD CONSTRAINT "!minimize_place_of_birth_6fcfa5a4" CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_6fcfa5a4(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_6fcfa5a4" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_6fcfa5a4" ON core.application_2013 IS 'minimize guard policy=d0841e446952957e definition=15:013815f78ea643df7df39a4d53459c4f';


--
-- Name: application !minimize_place_of_birth_8fb13959; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application
    ADD CONSTRAINT "!minimize_place_of_birth_8fb13959" CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_8fb13959(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_8fb13959" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_8fb13959" ON core.application IS 'minimize guard policy=581112674f9d7d9c definition=15:6cf86486c97f3a01ba328f72796ab904';


--
-- Name: application_2013 !minimize_place_of_birth_98d41f6e; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application_2013
    ADD CONSTRAINT "!minimize_place_of_birth_98d41f6e" CHECK (((NOT (birth_country IS NOT NULL)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_98d41f6e(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_98d41f6e" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_98d41f6e" ON core.application_2013 IS 'minimize guard policy=13df2336a55c2c06 definition=15:352cd92785c52107c0143fc4fafc35d7';


--
-- Name: credential !minimize_place_of_birth_ae94b8fe; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.credential
    ADD CONSTRAINT "!minimize_place_of_birth_ae94b8fe" CHECK (((NOT (((POSITION(('\x444349'::bytea) IN (pdf417)) > 0) AND ((minimize.aamva_scan_v1(pdf417, 'DCI'::text)).taken IS NOT NULL)) IS TRUE)) OR minimize.guard_place_of_birth_ae94b8fe(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_ae94b8fe" ON credential; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_ae94b8fe" ON core.credential IS 'minimize guard policy=66e1c33dafcf5e9e definition=15:a6396a881197f5a92af23228311d794a';


--
-- Name: application !minimize_place_of_birth_bd9ea401; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application
    ADD CONSTRAINT "!minimize_place_of_birth_bd9ea401" CHECK (((NOT (jsonb_path_exists(form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_bd9ea401(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_bd9ea401" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_bd9ea401" ON core.application IS 'minimize guard policy=1baea634a2d411ee definition=15:02727a51a7f0d2f0ca0caa9208cc1b7a';


--
-- Name: application !minimize_place_of_birth_c7c53f1a; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application
    ADD CONSTRAINT "!minimize_place_of_birth_c7c53f1a" CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_c7c53f1a(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_c7c53f1a" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_c7c53f1a" ON core.application IS 'minimize guard policy=43e601898e73bcef definition=15:0477bfa5b55cc47bfb3ae4fdf4666652';


--
-- Name: application_2013 !minimize_place_of_birth_e30a3a49; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application_2013
    ADD CONSTRAINT "!minimize_place_of_birth_e30a3a49" CHECK (((NOT (jsonb_path_exists(form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_e30a3a49(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_e30a3a49" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_e30a3a49" ON core.application_2013 IS 'minimize guard policy=4f41501d105222aa definition=15:bf1bdc3de4aa8c535f729468aff1e844';


--
-- Name: application !minimize_place_of_birth_fe7f07ae; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application
    ADD CONSTRAINT "!minimize_place_of_birth_fe7f07ae" CHECK (((NOT (jsonb_path_exists(form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_fe7f07ae(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_fe7f07ae" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_fe7f07ae" ON core.application IS 'minimize guard policy=098ddf29f1ea057c definition=15:68dbf7a577feae554cd3f3315b469362';


--
-- Name: application !minimize_place_of_birth_ff5bef76; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application
    ADD CONSTRAINT "!minimize_place_of_birth_ff5bef76" CHECK (((NOT (birth_country IS NOT NULL)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_ff5bef76(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_ff5bef76" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_ff5bef76" ON core.application IS 'minimize guard policy=7a070cab632c55ed definition=15:e7488ad61757972c24e3527cfc24ae91';


--
-- Name: application_2013 !minimize_place_of_birth_ff6d7bdd; Type: CHECK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE core.application_2013
    ADD CONSTRAINT "!minimize_place_of_birth_ff6d7bdd" CHECK (((NOT (place_of_birth IS NOT NULL)) OR (((app_type = ANY (ARRAY['EDL'::text, 'EID'::text])) OR (app_type = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_ff6d7bdd(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_ff6d7bdd" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_ff6d7bdd" ON core.application_2013 IS 'minimize guard policy=68afb22e30a1760d definition=15:859dc606128967574ee82bdd6b711c01';


--
-- Name: applicant applicant_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.applicant
    ADD CONSTRAINT applicant_pkey PRIMARY KEY (applicant_id);


--
-- Name: application_2013 application_2013_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application_2013
    ADD CONSTRAINT application_2013_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: application application_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application
    ADD CONSTRAINT application_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: application_2014 application_2014_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application_2014
    ADD CONSTRAINT application_2014_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: application_2015 application_2015_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application_2015
    ADD CONSTRAINT application_2015_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: application_2016 application_2016_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application_2016
    ADD CONSTRAINT application_2016_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: application_2017 application_2017_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application_2017
    ADD CONSTRAINT application_2017_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: application_2018 application_2018_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application_2018
    ADD CONSTRAINT application_2018_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: application_default application_default_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.application_default
    ADD CONSTRAINT application_default_pkey PRIMARY KEY (application_id, filed_on);


--
-- Name: birth_place birth_place_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.birth_place
    ADD CONSTRAINT birth_place_pkey PRIMARY KEY (place_id);


--
-- Name: credential credential_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (credential_id);


--
-- Name: disclosure_log disclosure_log_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.disclosure_log
    ADD CONSTRAINT disclosure_log_pkey PRIMARY KEY (id);


--
-- Name: document_ocr document_ocr_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.document_ocr
    ADD CONSTRAINT document_ocr_pkey PRIMARY KEY (doc_id, page);


--
-- Name: identity_document identity_document_pkey; Type: CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.identity_document
    ADD CONSTRAINT identity_document_pkey PRIMARY KEY (doc_id);


--
-- Name: legal_hold legal_hold_pkey; Type: CONSTRAINT; Schema: gov; Owner: -
--

ALTER TABLE ONLY gov.legal_hold
    ADD CONSTRAINT legal_hold_pkey PRIMARY KEY (hold_id);


--
-- Name: change_log !minimize_place_of_birth_3cd3116a; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_3cd3116a" CHECK (((NOT (jsonb_path_exists(old_row, '$."birth_country"?(@ != null)'::jsonpath) IS TRUE)) OR ((((old_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((old_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_3cd3116a(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_3cd3116a" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_3cd3116a" ON hist.change_log IS 'minimize guard policy=5338b3d442634119 definition=15:a3007f8c809509942f7b635f12b9d268';


--
-- Name: change_log !minimize_place_of_birth_50bf89dc; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_50bf89dc" CHECK (((NOT (jsonb_path_exists(new_row, '$."form"."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR ((((new_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((new_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_50bf89dc(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_50bf89dc" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_50bf89dc" ON hist.change_log IS 'minimize guard policy=0a5966baff522472 definition=15:de4a26c2cf52dfe2b6759add1753a37a';


--
-- Name: change_log !minimize_place_of_birth_559f8281; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_559f8281" CHECK (((NOT (jsonb_path_exists(old_row, '$."form"."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR ((((old_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((old_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_559f8281(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_559f8281" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_559f8281" ON hist.change_log IS 'minimize guard policy=66e80a68ca6df9a3 definition=15:4143f86147874107fa7d3f751fe32c7c';


--
-- Name: change_log !minimize_place_of_birth_80ac3729; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_80ac3729" CHECK (((NOT (jsonb_path_exists(new_row, '$."place_of_birth"?(@ != null)'::jsonpath) IS TRUE)) OR ((((new_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((new_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_80ac3729(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_80ac3729" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_80ac3729" ON hist.change_log IS 'minimize guard policy=b6ddafa6b5e303b8 definition=15:44d2d44f1c4c1cd120c5a5c71556135f';


--
-- Name: change_log !minimize_place_of_birth_8ea74458; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_8ea74458" CHECK (((NOT (jsonb_path_exists(old_row, '$."place_of_birth"?(@ != null)'::jsonpath) IS TRUE)) OR ((((old_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((old_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_8ea74458(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_8ea74458" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_8ea74458" ON hist.change_log IS 'minimize guard policy=5a16b1310e986d97 definition=15:74e381a8bef377dbbbc37143e3e3acb3';


--
-- Name: change_log !minimize_place_of_birth_a9f3a46d; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_a9f3a46d" CHECK (((NOT (jsonb_path_exists(new_row, '$."form"."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR ((((new_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((new_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_a9f3a46d(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_a9f3a46d" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_a9f3a46d" ON hist.change_log IS 'minimize guard policy=6e6e1a6b25bc1af8 definition=15:52a552f7cb0c20293360d6c10f1f7a0b';


--
-- Name: change_log !minimize_place_of_birth_ca8c6f7b; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_ca8c6f7b" CHECK (((NOT (jsonb_path_exists(old_row, '$."form"."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR ((((old_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((old_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_ca8c6f7b(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_ca8c6f7b" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_ca8c6f7b" ON hist.change_log IS 'minimize guard policy=feaabab99c28f7d8 definition=15:c0900b14a807f06e8d12a1979c8b5c80';


--
-- Name: change_log !minimize_place_of_birth_d63261b2; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_d63261b2" CHECK (((NOT (jsonb_path_exists(new_row, '$."birth_country"?(@ != null)'::jsonpath) IS TRUE)) OR ((((new_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((new_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_d63261b2(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_d63261b2" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_d63261b2" ON hist.change_log IS 'minimize guard policy=935c3a41cf190aed definition=15:7314fb83b33aa0cfeca2a97d656bd480';


--
-- Name: change_log !minimize_place_of_birth_db7bcbaa; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_db7bcbaa" CHECK (((NOT (jsonb_path_exists(new_row, '$."form"."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR ((((new_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((new_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_db7bcbaa(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_db7bcbaa" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_db7bcbaa" ON hist.change_log IS 'minimize guard policy=eb2c4f77a545eca0 definition=15:e11aa4944379221c4afb2ef5f74a5b1f';


--
-- Name: change_log !minimize_place_of_birth_e0d01dcd; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_e0d01dcd" CHECK (((NOT (jsonb_path_exists(new_row, '$."form"."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR ((((new_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((new_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_e0d01dcd(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_e0d01dcd" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_e0d01dcd" ON hist.change_log IS 'minimize guard policy=6467bc85deed623e definition=15:402cfbe93b80fa6391e50e557d06e975';


--
-- Name: change_log !minimize_place_of_birth_eca12c79; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_eca12c79" CHECK (((NOT (jsonb_path_exists(old_row, '$."form"."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) OR ((((old_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((old_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_eca12c79(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_eca12c79" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_eca12c79" ON hist.change_log IS 'minimize guard policy=2eb2d1abe5d599c8 definition=15:10333ee04e5a7ec6133afcfa3f8ff0f0';


--
-- Name: change_log !minimize_place_of_birth_fa646781; Type: CHECK CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE hist.change_log
    ADD CONSTRAINT "!minimize_place_of_birth_fa646781" CHECK (((NOT (jsonb_path_exists(old_row, '$."form"."birthplace"?(@ != null)'::jsonpath) IS TRUE)) OR ((((old_row ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((old_row ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_fa646781(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_fa646781" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_fa646781" ON hist.change_log IS 'minimize guard policy=8cb1df48f0f7a82d definition=15:6d2e803a5c8cd9c881e96c6a98846fc6';


--
-- Name: change_log change_log_pkey; Type: CONSTRAINT; Schema: hist; Owner: -
--

ALTER TABLE ONLY hist.change_log
    ADD CONSTRAINT change_log_pkey PRIMARY KEY (log_id);


--
-- Name: dim_applicant !minimize_place_of_birth_ae0d0169; Type: CHECK CONSTRAINT; Schema: mart; Owner: -
--

ALTER TABLE mart.dim_applicant
    ADD CONSTRAINT "!minimize_place_of_birth_ae0d0169" CHECK (((NOT (birth_country IS NOT NULL)) OR minimize.guard_place_of_birth_ae0d0169(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_ae0d0169" ON dim_applicant; Type: COMMENT; Schema: mart; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_ae0d0169" ON mart.dim_applicant IS 'minimize guard policy=a9cf0a6698674559 definition=15:d43398973fb22cb810b8fbfd8759d571';


--
-- Name: dim_applicant !minimize_place_of_birth_b3689288; Type: CHECK CONSTRAINT; Schema: mart; Owner: -
--

ALTER TABLE mart.dim_applicant
    ADD CONSTRAINT "!minimize_place_of_birth_b3689288" CHECK (((NOT (birth_city IS NOT NULL)) OR minimize.guard_place_of_birth_b3689288(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_b3689288" ON dim_applicant; Type: COMMENT; Schema: mart; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_b3689288" ON mart.dim_applicant IS 'minimize guard policy=e43b35c28b60e6ea definition=15:ccdbdcfdd4d3c526c9e8865efbe447eb';


--
-- Name: dim_applicant dim_applicant_pkey; Type: CONSTRAINT; Schema: mart; Owner: -
--

ALTER TABLE ONLY mart.dim_applicant
    ADD CONSTRAINT dim_applicant_pkey PRIMARY KEY (sk);


--
-- Name: purge_count purge_count_pkey; Type: CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_count
    ADD CONSTRAINT purge_count_pkey PRIMARY KEY (range_id, location);


--
-- Name: purge_found purge_found_pkey; Type: CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_found
    ADD CONSTRAINT purge_found_pkey PRIMARY KEY (run_id, location);


--
-- Name: purge_range purge_range_pkey; Type: CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_range
    ADD CONSTRAINT purge_range_pkey PRIMARY KEY (range_id);


--
-- Name: purge_range purge_range_run_id_relation_pass_first_block_key; Type: CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_range
    ADD CONSTRAINT purge_range_run_id_relation_pass_first_block_key UNIQUE (run_id, relation, pass, first_block);


--
-- Name: purge_run purge_run_pkey; Type: CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_run
    ADD CONSTRAINT purge_run_pkey PRIMARY KEY (run_id);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: office_batch_2017 !minimize_place_of_birth_205422b2; Type: CHECK CONSTRAINT; Schema: stg; Owner: -
--

ALTER TABLE stg.office_batch_2017
    ADD CONSTRAINT "!minimize_place_of_birth_205422b2" CHECK (((NOT true) OR minimize.guard_place_of_birth_205422b2(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_205422b2" ON office_batch_2017; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_205422b2" ON stg.office_batch_2017 IS 'minimize guard policy=ecea747fc82eb7ca definition=15:890d935de2ba1aaba6176afce9d2530d';


--
-- Name: office_batch !minimize_place_of_birth_2fa2fece; Type: CHECK CONSTRAINT; Schema: stg; Owner: -
--

ALTER TABLE stg.office_batch
    ADD CONSTRAINT "!minimize_place_of_birth_2fa2fece" CHECK (((NOT
CASE
    WHEN ((strpos(((envelope)::text COLLATE "C"), 'birthplace'::text) > 0) OR (strpos(((envelope)::text COLLATE "C"), '\u'::text) > 0)) THEN ((minimize.json_scan_v1(((envelope)::text COLLATE "C"), ARRAY['.record'::text, '.birthplace'::text], true)).taken IS NOT NULL)
    ELSE false
END) OR ((((envelope ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((envelope ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_2fa2fece(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_2fa2fece" ON office_batch; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_2fa2fece" ON stg.office_batch IS 'minimize guard policy=5bdff3de4b39fdca definition=15:b477b2fdd0c84c599b27b9131019c1a7';


--
-- Name: office_batch !minimize_place_of_birth_4837a95c; Type: CHECK CONSTRAINT; Schema: stg; Owner: -
--

ALTER TABLE stg.office_batch
    ADD CONSTRAINT "!minimize_place_of_birth_4837a95c" CHECK (((NOT (jsonb_path_exists(parsed, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) OR ((((parsed ->> 'app_type'::text) = ANY (ARRAY['EDL'::text, 'EID'::text])) OR ((parsed ->> 'app_type'::text) = 'CDL_HME'::text)) IS TRUE) OR minimize.guard_place_of_birth_4837a95c(tableoid))) NOT VALID;


--
-- Name: CONSTRAINT "!minimize_place_of_birth_4837a95c" ON office_batch; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON CONSTRAINT "!minimize_place_of_birth_4837a95c" ON stg.office_batch IS 'minimize guard policy=3b2bb8824c17eac6 definition=15:1932e54ab40845d6660c5847eb41fcad';


--
-- Name: office_batch office_batch_pkey; Type: CONSTRAINT; Schema: stg; Owner: -
--

ALTER TABLE ONLY stg.office_batch
    ADD CONSTRAINT office_batch_pkey PRIMARY KEY (batch_id, line_no);


--
-- Name: applicant_birth_place_id; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX applicant_birth_place_id ON core.applicant USING btree (birth_place_id);


--
-- Name: application_2013_applicant_id_idx; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_2013_applicant_id_idx ON core.application_2013 USING btree (applicant_id);


--
-- Name: application_applicant_id; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_applicant_id ON ONLY core.application USING btree (applicant_id);


--
-- Name: application_2014_applicant_id_idx; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_2014_applicant_id_idx ON core.application_2014 USING btree (applicant_id);


--
-- Name: application_2015_applicant_id_idx; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_2015_applicant_id_idx ON core.application_2015 USING btree (applicant_id);


--
-- Name: application_2016_applicant_id_idx; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_2016_applicant_id_idx ON core.application_2016 USING btree (applicant_id);


--
-- Name: application_2017_applicant_id_idx; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_2017_applicant_id_idx ON core.application_2017 USING btree (applicant_id);


--
-- Name: application_2018_applicant_id_idx; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_2018_applicant_id_idx ON core.application_2018 USING btree (applicant_id);


--
-- Name: application_default_applicant_id_idx; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX application_default_applicant_id_idx ON core.application_default USING btree (applicant_id);


--
-- Name: birth_place_city_lower; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX birth_place_city_lower ON core.birth_place USING btree (lower(city));


--
-- Name: birth_place_city_trgm; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX birth_place_city_trgm ON core.birth_place USING gin (city core.gin_trgm_ops);


--
-- Name: credential_application_id; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX credential_application_id ON core.credential USING btree (application_id);


--
-- Name: identity_document_application_id; Type: INDEX; Schema: core; Owner: -
--

CREATE INDEX identity_document_application_id ON core.identity_document USING btree (application_id);


--
-- Name: legal_hold_open; Type: INDEX; Schema: gov; Owner: -
--

CREATE INDEX legal_hold_open ON gov.legal_hold USING btree (applicant_id) WHERE (released_at IS NULL);


--
-- Name: change_log_row_key; Type: INDEX; Schema: hist; Owner: -
--

CREATE INDEX change_log_row_key ON hist.change_log USING btree (row_key);


--
-- Name: birthplace_counts_key; Type: INDEX; Schema: mart; Owner: -
--

CREATE UNIQUE INDEX birthplace_counts_key ON mart.birthplace_counts USING btree (birth_country, birth_city);


--
-- Name: dim_applicant_applicant_id; Type: INDEX; Schema: mart; Owner: -
--

CREATE INDEX dim_applicant_applicant_id ON mart.dim_applicant USING btree (applicant_id);


--
-- Name: dim_applicant_birth_country; Type: INDEX; Schema: mart; Owner: -
--

CREATE INDEX dim_applicant_birth_country ON mart.dim_applicant USING btree (birth_country);


--
-- Name: dim_applicant_born_abroad; Type: INDEX; Schema: mart; Owner: -
--

CREATE INDEX dim_applicant_born_abroad ON mart.dim_applicant USING btree (birth_year) WHERE (birth_country <> 'USA'::text);


--
-- Name: application_2014_applicant_id_idx; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_applicant_id ATTACH PARTITION core.application_2014_applicant_id_idx;


--
-- Name: application_2014_pkey; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_pkey ATTACH PARTITION core.application_2014_pkey;


--
-- Name: application_2015_applicant_id_idx; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_applicant_id ATTACH PARTITION core.application_2015_applicant_id_idx;


--
-- Name: application_2015_pkey; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_pkey ATTACH PARTITION core.application_2015_pkey;


--
-- Name: application_2016_applicant_id_idx; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_applicant_id ATTACH PARTITION core.application_2016_applicant_id_idx;


--
-- Name: application_2016_pkey; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_pkey ATTACH PARTITION core.application_2016_pkey;


--
-- Name: application_2017_applicant_id_idx; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_applicant_id ATTACH PARTITION core.application_2017_applicant_id_idx;


--
-- Name: application_2017_pkey; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_pkey ATTACH PARTITION core.application_2017_pkey;


--
-- Name: application_2018_applicant_id_idx; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_applicant_id ATTACH PARTITION core.application_2018_applicant_id_idx;


--
-- Name: application_2018_pkey; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_pkey ATTACH PARTITION core.application_2018_pkey;


--
-- Name: application_default_applicant_id_idx; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_applicant_id ATTACH PARTITION core.application_default_applicant_id_idx;


--
-- Name: application_default_pkey; Type: INDEX ATTACH; Schema: core; Owner: -
--

ALTER INDEX core.application_pkey ATTACH PARTITION core.application_default_pkey;


--
-- Name: birth_place_region_country; Type: STATISTICS; Schema: core; Owner: -
--

CREATE STATISTICS core.birth_place_region_country (dependencies, mcv) ON region, country FROM core.birth_place;


--
-- Name: dim_applicant_birth; Type: STATISTICS; Schema: mart; Owner: -
--

CREATE STATISTICS mart.dim_applicant_birth ON birth_city, birth_country FROM mart.dim_applicant;


--
-- Name: application application_audit; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER application_audit AFTER DELETE OR UPDATE ON core.application FOR EACH ROW EXECUTE FUNCTION hist.log_application_change('core.application');


--
-- Name: application_2013 ~minimize_place_of_birth_0f38026c; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_0f38026c" BEFORE UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_0f38026c();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_0f38026c";


--
-- Name: TRIGGER "~minimize_place_of_birth_0f38026c" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_0f38026c" ON core.application_2013 IS 'minimize guard policy=91596bc1543872d2 definition=15:4c792c429335679f034c76ee8d94f9cd';


--
-- Name: application_2013 ~minimize_place_of_birth_0f38026c_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_0f38026c_after" AFTER INSERT OR UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_0f38026c();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_0f38026c_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_0f38026c_after" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_0f38026c_after" ON core.application_2013 IS 'minimize guard policy=f4e9717e8f1d311e definition=15:40ed5407544c4fb4134fbbd432e605aa';


--
-- Name: disclosure_log ~minimize_place_of_birth_12bd4ec4; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_12bd4ec4" BEFORE UPDATE ON core.disclosure_log FOR EACH ROW WHEN ((jsonb_path_exists(new.response, '$."subject"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_12bd4ec4();

ALTER TABLE core.disclosure_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_12bd4ec4";


--
-- Name: TRIGGER "~minimize_place_of_birth_12bd4ec4" ON disclosure_log; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_12bd4ec4" ON core.disclosure_log IS 'minimize guard policy=e4d8b183d7ad3321 definition=15:982ccdec04648b13178e22ed63fc46e3';


--
-- Name: disclosure_log ~minimize_place_of_birth_12bd4ec4_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_12bd4ec4_after" AFTER INSERT OR UPDATE ON core.disclosure_log FOR EACH ROW WHEN ((jsonb_path_exists(new.response, '$."subject"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_12bd4ec4();

ALTER TABLE core.disclosure_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_12bd4ec4_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_12bd4ec4_after" ON disclosure_log; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_12bd4ec4_after" ON core.disclosure_log IS 'minimize guard policy=8076b74becceef04 definition=15:64204ab770afe0c91b71d2639609cfe9';


--
-- Name: application ~minimize_place_of_birth_3778f026; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_3778f026" BEFORE UPDATE ON core.application FOR EACH ROW WHEN ((new.place_of_birth IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_3778f026();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_3778f026";


--
-- Name: TRIGGER "~minimize_place_of_birth_3778f026" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_3778f026" ON core.application IS 'minimize guard policy=8d8022f1bbef5ead definition=15:339ea8d86634d4a8d4d3b04ccdb02eab';


--
-- Name: application ~minimize_place_of_birth_3778f026_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_3778f026_after" AFTER INSERT OR UPDATE ON core.application FOR EACH ROW WHEN ((new.place_of_birth IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_3778f026();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_3778f026_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_3778f026_after" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_3778f026_after" ON core.application IS 'minimize guard policy=abb10acac48b200b definition=15:921e4e5e8f694ada1af42cfe075f0366';


--
-- Name: birth_place ~minimize_place_of_birth_38022bde; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_38022bde" BEFORE UPDATE ON core.birth_place FOR EACH ROW WHEN ((new.city IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_38022bde();

ALTER TABLE core.birth_place ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_38022bde";


--
-- Name: TRIGGER "~minimize_place_of_birth_38022bde" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_38022bde" ON core.birth_place IS 'minimize guard policy=5df45d21878af368 definition=15:c431cf7488c02f4fcb7067082e8e23e0';


--
-- Name: birth_place ~minimize_place_of_birth_38022bde_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_38022bde_after" AFTER INSERT OR UPDATE ON core.birth_place FOR EACH ROW WHEN ((new.city IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_38022bde();

ALTER TABLE core.birth_place ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_38022bde_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_38022bde_after" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_38022bde_after" ON core.birth_place IS 'minimize guard policy=fb04ba935834fae9 definition=15:a3fad6b6ddb28639238c978ba1a15c3b';


--
-- Name: birth_place ~minimize_place_of_birth_3ee440e0; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_3ee440e0" BEFORE UPDATE ON core.birth_place FOR EACH ROW WHEN ((new.country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_3ee440e0();

ALTER TABLE core.birth_place ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_3ee440e0";


--
-- Name: TRIGGER "~minimize_place_of_birth_3ee440e0" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_3ee440e0" ON core.birth_place IS 'minimize guard policy=235cee73c9be4c54 definition=15:b6baaa62ca11a18fce8b13e98ace5f25';


--
-- Name: birth_place ~minimize_place_of_birth_3ee440e0_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_3ee440e0_after" AFTER INSERT OR UPDATE ON core.birth_place FOR EACH ROW WHEN ((new.country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_3ee440e0();

ALTER TABLE core.birth_place ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_3ee440e0_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_3ee440e0_after" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_3ee440e0_after" ON core.birth_place IS 'minimize guard policy=32b0fbcc156f012f definition=15:3c22af48c1cb5c870c21b6d3d12e587b';


--
-- Name: application_2013 ~minimize_place_of_birth_449b1346; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_449b1346" BEFORE UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_449b1346();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_449b1346";


--
-- Name: TRIGGER "~minimize_place_of_birth_449b1346" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_449b1346" ON core.application_2013 IS 'minimize guard policy=03f0211376858618 definition=15:7c4200d76bf0e79a4a13b24a845b7240';


--
-- Name: application_2013 ~minimize_place_of_birth_449b1346_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_449b1346_after" AFTER INSERT OR UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_449b1346();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_449b1346_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_449b1346_after" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_449b1346_after" ON core.application_2013 IS 'minimize guard policy=2f64e002576ad4d8 definition=15:cb2c64c72987074a012a7a243cc49ced';


--
-- Name: applicant ~minimize_place_of_birth_4f5f5c20; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_4f5f5c20" BEFORE UPDATE ON core.applicant FOR EACH ROW WHEN ((new.birth_place_id IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_4f5f5c20();

ALTER TABLE core.applicant ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_4f5f5c20";


--
-- Name: TRIGGER "~minimize_place_of_birth_4f5f5c20" ON applicant; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_4f5f5c20" ON core.applicant IS 'minimize guard policy=441f57963072f6ed definition=15:0427c0c8555333afff43804efc8ce074';


--
-- Name: applicant ~minimize_place_of_birth_4f5f5c20_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_4f5f5c20_after" AFTER INSERT OR UPDATE ON core.applicant FOR EACH ROW WHEN ((new.birth_place_id IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_4f5f5c20();

ALTER TABLE core.applicant ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_4f5f5c20_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_4f5f5c20_after" ON applicant; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_4f5f5c20_after" ON core.applicant IS 'minimize guard policy=83c7b8fca2a3bb99 definition=15:8db2dc726eaa1b88c87cde0f38cd07f1';


--
-- Name: birth_place ~minimize_place_of_birth_5a4a650a; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_5a4a650a" BEFORE UPDATE ON core.birth_place FOR EACH ROW WHEN ((new.region IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_5a4a650a();

ALTER TABLE core.birth_place ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_5a4a650a";


--
-- Name: TRIGGER "~minimize_place_of_birth_5a4a650a" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_5a4a650a" ON core.birth_place IS 'minimize guard policy=48a8ba1dc1807d9f definition=15:fe093ce48b36a63ccc453bde52794402';


--
-- Name: birth_place ~minimize_place_of_birth_5a4a650a_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_5a4a650a_after" AFTER INSERT OR UPDATE ON core.birth_place FOR EACH ROW WHEN ((new.region IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_5a4a650a();

ALTER TABLE core.birth_place ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_5a4a650a_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_5a4a650a_after" ON birth_place; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_5a4a650a_after" ON core.birth_place IS 'minimize guard policy=37a4fc80db3c6318 definition=15:148044facc0f65d71dba9f1271b2aa3b';


--
-- Name: application_2013 ~minimize_place_of_birth_6fcfa5a4; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_6fcfa5a4" BEFORE UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_6fcfa5a4();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_6fcfa5a4";


--
-- Name: TRIGGER "~minimize_place_of_birth_6fcfa5a4" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_6fcfa5a4" ON core.application_2013 IS 'minimize guard policy=9c4bc24595563d27 definition=15:6cdabe953e760f58d52d6b9ad3ecbfb5';


--
-- Name: application_2013 ~minimize_place_of_birth_6fcfa5a4_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_6fcfa5a4_after" AFTER INSERT OR UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_6fcfa5a4();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_6fcfa5a4_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_6fcfa5a4_after" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_6fcfa5a4_after" ON core.application_2013 IS 'minimize guard policy=0e1b675dea67f6c5 definition=15:e5225c3df3596b6a26a0916731610c09';


--
-- Name: application ~minimize_place_of_birth_8fb13959; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_8fb13959" BEFORE UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_8fb13959();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_8fb13959";


--
-- Name: TRIGGER "~minimize_place_of_birth_8fb13959" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_8fb13959" ON core.application IS 'minimize guard policy=211632984db38f81 definition=15:92275b916954e075581a9523063ab7da';


--
-- Name: application ~minimize_place_of_birth_8fb13959_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_8fb13959_after" AFTER INSERT OR UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_8fb13959();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_8fb13959_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_8fb13959_after" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_8fb13959_after" ON core.application IS 'minimize guard policy=577b5971fdada1e7 definition=15:a58be5718345d5897c97442325ec656e';


--
-- Name: application_2013 ~minimize_place_of_birth_98d41f6e; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_98d41f6e" BEFORE UPDATE ON core.application_2013 FOR EACH ROW WHEN ((new.birth_country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_98d41f6e();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_98d41f6e";


--
-- Name: TRIGGER "~minimize_place_of_birth_98d41f6e" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_98d41f6e" ON core.application_2013 IS 'minimize guard policy=fc4822cfbc153e4e definition=15:01f14f144fe847d1bf2dab870427cbc7';


--
-- Name: application_2013 ~minimize_place_of_birth_98d41f6e_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_98d41f6e_after" AFTER INSERT OR UPDATE ON core.application_2013 FOR EACH ROW WHEN ((new.birth_country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_98d41f6e();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_98d41f6e_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_98d41f6e_after" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_98d41f6e_after" ON core.application_2013 IS 'minimize guard policy=20738fc31a7049a0 definition=15:1d0c193eb076344a46aac7c810e302f0';


--
-- Name: credential ~minimize_place_of_birth_ae94b8fe; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ae94b8fe" BEFORE UPDATE ON core.credential FOR EACH ROW WHEN ((((POSITION(('\x444349'::bytea) IN (new.pdf417)) > 0) AND ((minimize.aamva_scan_v1(new.pdf417, 'DCI'::text)).taken IS NOT NULL)) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_ae94b8fe();

ALTER TABLE core.credential ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ae94b8fe";


--
-- Name: TRIGGER "~minimize_place_of_birth_ae94b8fe" ON credential; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ae94b8fe" ON core.credential IS 'minimize guard policy=56dd956e1e495740 definition=15:9141759ac358588601603f4b1b0aa3ec';


--
-- Name: credential ~minimize_place_of_birth_ae94b8fe_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ae94b8fe_after" AFTER INSERT OR UPDATE ON core.credential FOR EACH ROW WHEN ((((POSITION(('\x444349'::bytea) IN (new.pdf417)) > 0) AND ((minimize.aamva_scan_v1(new.pdf417, 'DCI'::text)).taken IS NOT NULL)) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_ae94b8fe();

ALTER TABLE core.credential ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ae94b8fe_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_ae94b8fe_after" ON credential; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ae94b8fe_after" ON core.credential IS 'minimize guard policy=04d25301926626cd definition=15:da82b4522e4d6eba8fb9c07c20682691';


--
-- Name: application ~minimize_place_of_birth_bd9ea401; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_bd9ea401" BEFORE UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_bd9ea401();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_bd9ea401";


--
-- Name: TRIGGER "~minimize_place_of_birth_bd9ea401" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_bd9ea401" ON core.application IS 'minimize guard policy=32c509e80fbf7c93 definition=15:048ee6419a7f758f29e2c4ade66eb05f';


--
-- Name: application ~minimize_place_of_birth_bd9ea401_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_bd9ea401_after" AFTER INSERT OR UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_bd9ea401();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_bd9ea401_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_bd9ea401_after" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_bd9ea401_after" ON core.application IS 'minimize guard policy=d3ba625830ef0ace definition=15:c4623a3e3b79d1bf9efc7c7697d9c41d';


--
-- Name: application ~minimize_place_of_birth_c7c53f1a; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_c7c53f1a" BEFORE UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_c7c53f1a();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_c7c53f1a";


--
-- Name: TRIGGER "~minimize_place_of_birth_c7c53f1a" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_c7c53f1a" ON core.application IS 'minimize guard policy=435b1b5bccbc3b90 definition=15:a6d6a3ba46bd8cc00062f6c136565355';


--
-- Name: application ~minimize_place_of_birth_c7c53f1a_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_c7c53f1a_after" AFTER INSERT OR UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_c7c53f1a();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_c7c53f1a_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_c7c53f1a_after" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_c7c53f1a_after" ON core.application IS 'minimize guard policy=c505fc3dd673dc51 definition=15:0c2b8f9cdc12653d5b53f61c5c4b98bc';


--
-- Name: application_2013 ~minimize_place_of_birth_e30a3a49; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_e30a3a49" BEFORE UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_e30a3a49();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_e30a3a49";


--
-- Name: TRIGGER "~minimize_place_of_birth_e30a3a49" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_e30a3a49" ON core.application_2013 IS 'minimize guard policy=4e8a7e747f8ed18e definition=15:3dec4c1a049e0d9532065ecc00be5b47';


--
-- Name: application_2013 ~minimize_place_of_birth_e30a3a49_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_e30a3a49_after" AFTER INSERT OR UPDATE ON core.application_2013 FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_e30a3a49();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_e30a3a49_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_e30a3a49_after" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_e30a3a49_after" ON core.application_2013 IS 'minimize guard policy=a28b0baf2edf2607 definition=15:ac29236f0c3f896953b92b6368f6d55d';


--
-- Name: application ~minimize_place_of_birth_fe7f07ae; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_fe7f07ae" BEFORE UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_fe7f07ae();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_fe7f07ae";


--
-- Name: TRIGGER "~minimize_place_of_birth_fe7f07ae" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_fe7f07ae" ON core.application IS 'minimize guard policy=cb98483978590318 definition=15:36ba8c6a81b0fec1a329bb724c8cff25';


--
-- Name: application ~minimize_place_of_birth_fe7f07ae_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_fe7f07ae_after" AFTER INSERT OR UPDATE ON core.application FOR EACH ROW WHEN ((jsonb_path_exists(new.form, '$."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_fe7f07ae();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_fe7f07ae_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_fe7f07ae_after" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_fe7f07ae_after" ON core.application IS 'minimize guard policy=44fdf977a355e30b definition=15:fa6f4f2b7f58b703dc91dd355c300de1';


--
-- Name: application ~minimize_place_of_birth_ff5bef76; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ff5bef76" BEFORE UPDATE ON core.application FOR EACH ROW WHEN ((new.birth_country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_ff5bef76();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ff5bef76";


--
-- Name: TRIGGER "~minimize_place_of_birth_ff5bef76" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ff5bef76" ON core.application IS 'minimize guard policy=9abff2259b460ced definition=15:d734522cf756ac124bee25092521da33';


--
-- Name: application ~minimize_place_of_birth_ff5bef76_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ff5bef76_after" AFTER INSERT OR UPDATE ON core.application FOR EACH ROW WHEN ((new.birth_country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_ff5bef76();

ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ff5bef76_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_ff5bef76_after" ON application; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ff5bef76_after" ON core.application IS 'minimize guard policy=5609d99ab843c974 definition=15:53db5ccab8ddfc98657564d5decf5f1f';


--
-- Name: application_2013 ~minimize_place_of_birth_ff6d7bdd; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ff6d7bdd" BEFORE UPDATE ON core.application_2013 FOR EACH ROW WHEN ((new.place_of_birth IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_ff6d7bdd();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ff6d7bdd";


--
-- Name: TRIGGER "~minimize_place_of_birth_ff6d7bdd" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ff6d7bdd" ON core.application_2013 IS 'minimize guard policy=d95f05be3813449c definition=15:2c0c859a6b22957972f20aefb20fbd47';


--
-- Name: application_2013 ~minimize_place_of_birth_ff6d7bdd_after; Type: TRIGGER; Schema: core; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ff6d7bdd_after" AFTER INSERT OR UPDATE ON core.application_2013 FOR EACH ROW WHEN ((new.place_of_birth IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_ff6d7bdd();

ALTER TABLE core.application_2013 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ff6d7bdd_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_ff6d7bdd_after" ON application_2013; Type: COMMENT; Schema: core; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ff6d7bdd_after" ON core.application_2013 IS 'minimize guard policy=74b0816003669d4d definition=15:72534aaeae11b8002a8661e5c64affce';


--
-- Name: change_log ~minimize_place_of_birth_3cd3116a; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_3cd3116a" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."birth_country"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_3cd3116a();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_3cd3116a";


--
-- Name: TRIGGER "~minimize_place_of_birth_3cd3116a" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_3cd3116a" ON hist.change_log IS 'minimize guard policy=0ff995e9e105ef6e definition=15:fc697eea8f8a1510525b2d198f227803';


--
-- Name: change_log ~minimize_place_of_birth_3cd3116a_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_3cd3116a_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."birth_country"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_3cd3116a();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_3cd3116a_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_3cd3116a_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_3cd3116a_after" ON hist.change_log IS 'minimize guard policy=37a2e24fceca0e30 definition=15:ce666594d3b9347ecc53c04a268228c9';


--
-- Name: change_log ~minimize_place_of_birth_50bf89dc; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_50bf89dc" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_50bf89dc();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_50bf89dc";


--
-- Name: TRIGGER "~minimize_place_of_birth_50bf89dc" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_50bf89dc" ON hist.change_log IS 'minimize guard policy=b07e0a0154a07d67 definition=15:484dd8e736ebe966f4eca1c369e01f35';


--
-- Name: change_log ~minimize_place_of_birth_50bf89dc_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_50bf89dc_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_50bf89dc();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_50bf89dc_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_50bf89dc_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_50bf89dc_after" ON hist.change_log IS 'minimize guard policy=5935bba5cc08e198 definition=15:9b3f6ceef260637cd02d141637a0dc8a';


--
-- Name: change_log ~minimize_place_of_birth_559f8281; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_559f8281" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_559f8281();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_559f8281";


--
-- Name: TRIGGER "~minimize_place_of_birth_559f8281" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_559f8281" ON hist.change_log IS 'minimize guard policy=347da167f4566d1e definition=15:55d0f44f27ed7763d69705bceb95c4d3';


--
-- Name: change_log ~minimize_place_of_birth_559f8281_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_559f8281_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_559f8281();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_559f8281_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_559f8281_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_559f8281_after" ON hist.change_log IS 'minimize guard policy=29494bb3c4921947 definition=15:b94936110ca18e7c2e4a2fc2c26edcbc';


--
-- Name: change_log ~minimize_place_of_birth_80ac3729; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_80ac3729" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."place_of_birth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_80ac3729();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_80ac3729";


--
-- Name: TRIGGER "~minimize_place_of_birth_80ac3729" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_80ac3729" ON hist.change_log IS 'minimize guard policy=04936062bd7e9758 definition=15:722656f763c7cff13431da5b500e3fdb';


--
-- Name: change_log ~minimize_place_of_birth_80ac3729_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_80ac3729_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."place_of_birth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_80ac3729();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_80ac3729_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_80ac3729_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_80ac3729_after" ON hist.change_log IS 'minimize guard policy=a4e450f818f2a82a definition=15:c697cecf50d47c74f1c056b70f505d76';


--
-- Name: change_log ~minimize_place_of_birth_8ea74458; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_8ea74458" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."place_of_birth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_8ea74458();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_8ea74458";


--
-- Name: TRIGGER "~minimize_place_of_birth_8ea74458" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_8ea74458" ON hist.change_log IS 'minimize guard policy=92650941980d9309 definition=15:a84fc17dd9b3b8d14f2945d0365c487f';


--
-- Name: change_log ~minimize_place_of_birth_8ea74458_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_8ea74458_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."place_of_birth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_8ea74458();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_8ea74458_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_8ea74458_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_8ea74458_after" ON hist.change_log IS 'minimize guard policy=1e24000059f9c21f definition=15:5635049d7298883b99b4048382f7854f';


--
-- Name: change_log ~minimize_place_of_birth_a9f3a46d; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_a9f3a46d" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_a9f3a46d();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_a9f3a46d";


--
-- Name: TRIGGER "~minimize_place_of_birth_a9f3a46d" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_a9f3a46d" ON hist.change_log IS 'minimize guard policy=2b610ccfda6c3b48 definition=15:9ba3521cacae21ebacbbf6dc486e956c';


--
-- Name: change_log ~minimize_place_of_birth_a9f3a46d_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_a9f3a46d_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_a9f3a46d();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_a9f3a46d_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_a9f3a46d_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_a9f3a46d_after" ON hist.change_log IS 'minimize guard policy=3f8b0f539836fd3d definition=15:b84ab2afd00ec7140e082787ad1e05de';


--
-- Name: change_log ~minimize_place_of_birth_ca8c6f7b; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ca8c6f7b" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_ca8c6f7b();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ca8c6f7b";


--
-- Name: TRIGGER "~minimize_place_of_birth_ca8c6f7b" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ca8c6f7b" ON hist.change_log IS 'minimize guard policy=40c419cc40a70daf definition=15:dd47430ede3dd9a3ee061d274a85e1ba';


--
-- Name: change_log ~minimize_place_of_birth_ca8c6f7b_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ca8c6f7b_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_ca8c6f7b();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ca8c6f7b_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_ca8c6f7b_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ca8c6f7b_after" ON hist.change_log IS 'minimize guard policy=24ea80dc6b6ff0ad definition=15:3f8f5aa68a4d3e3ac8cb18ed329e9959';


--
-- Name: change_log ~minimize_place_of_birth_d63261b2; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_d63261b2" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."birth_country"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_d63261b2();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_d63261b2";


--
-- Name: TRIGGER "~minimize_place_of_birth_d63261b2" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_d63261b2" ON hist.change_log IS 'minimize guard policy=49fe8d00f5d2b17b definition=15:96a6193770501b827aa3a3b1f6b14a14';


--
-- Name: change_log ~minimize_place_of_birth_d63261b2_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_d63261b2_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."birth_country"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_d63261b2();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_d63261b2_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_d63261b2_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_d63261b2_after" ON hist.change_log IS 'minimize guard policy=7fe46bac922fc543 definition=15:0e5ecd3837e8955935448eb9560df1d7';


--
-- Name: change_log ~minimize_place_of_birth_db7bcbaa; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_db7bcbaa" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_db7bcbaa();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_db7bcbaa";


--
-- Name: TRIGGER "~minimize_place_of_birth_db7bcbaa" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_db7bcbaa" ON hist.change_log IS 'minimize guard policy=bbf7d055f123c49d definition=15:de56a0a4340a7c12da6c4764f4580933';


--
-- Name: change_log ~minimize_place_of_birth_db7bcbaa_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_db7bcbaa_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."previousApplications"[*]."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_db7bcbaa();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_db7bcbaa_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_db7bcbaa_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_db7bcbaa_after" ON hist.change_log IS 'minimize guard policy=91ac5ab3ab940404 definition=15:23a329e11857c9fcc83f4d965f5bd6ee';


--
-- Name: change_log ~minimize_place_of_birth_e0d01dcd; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_e0d01dcd" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_e0d01dcd();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_e0d01dcd";


--
-- Name: TRIGGER "~minimize_place_of_birth_e0d01dcd" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_e0d01dcd" ON hist.change_log IS 'minimize guard policy=0a8333d58cde0a5d definition=15:247d6ddf1a363e323657523453fe3b9f';


--
-- Name: change_log ~minimize_place_of_birth_e0d01dcd_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_e0d01dcd_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.new_row, '$."form"."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_e0d01dcd();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_e0d01dcd_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_e0d01dcd_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_e0d01dcd_after" ON hist.change_log IS 'minimize guard policy=8c514d2219c61d80 definition=15:c0f534811c98b78b30b326c2651fe0da';


--
-- Name: change_log ~minimize_place_of_birth_eca12c79; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_eca12c79" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_eca12c79();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_eca12c79";


--
-- Name: TRIGGER "~minimize_place_of_birth_eca12c79" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_eca12c79" ON hist.change_log IS 'minimize guard policy=ad61cf4e9d925aae definition=15:b3162786168c48ffc9f5b4df05af4196';


--
-- Name: change_log ~minimize_place_of_birth_eca12c79_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_eca12c79_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."applicant"."placeOfBirth"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_eca12c79();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_eca12c79_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_eca12c79_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_eca12c79_after" ON hist.change_log IS 'minimize guard policy=89c28be3487e6cec definition=15:d8caac3da87e2be8555ca95a30b44012';


--
-- Name: change_log ~minimize_place_of_birth_fa646781; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_fa646781" BEFORE UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_fa646781();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_fa646781";


--
-- Name: TRIGGER "~minimize_place_of_birth_fa646781" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_fa646781" ON hist.change_log IS 'minimize guard policy=c5293745bfe1fe5e definition=15:c55a5fbf9712dcdd3b0b0b405efeb2f0';


--
-- Name: change_log ~minimize_place_of_birth_fa646781_after; Type: TRIGGER; Schema: hist; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_fa646781_after" AFTER INSERT OR UPDATE ON hist.change_log FOR EACH ROW WHEN ((jsonb_path_exists(new.old_row, '$."form"."birthplace"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_fa646781();

ALTER TABLE hist.change_log ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_fa646781_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_fa646781_after" ON change_log; Type: COMMENT; Schema: hist; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_fa646781_after" ON hist.change_log IS 'minimize guard policy=5b345b467836c5e5 definition=15:af666cd74dde87259e270c0ad7d703e2';


--
-- Name: dim_applicant ~minimize_place_of_birth_ae0d0169; Type: TRIGGER; Schema: mart; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ae0d0169" BEFORE UPDATE ON mart.dim_applicant FOR EACH ROW WHEN ((new.birth_country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_ae0d0169();

ALTER TABLE mart.dim_applicant ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ae0d0169";


--
-- Name: TRIGGER "~minimize_place_of_birth_ae0d0169" ON dim_applicant; Type: COMMENT; Schema: mart; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ae0d0169" ON mart.dim_applicant IS 'minimize guard policy=2bd8866bfc438092 definition=15:908a52dd0f8e70c4aa6eca2db5a95934';


--
-- Name: dim_applicant ~minimize_place_of_birth_ae0d0169_after; Type: TRIGGER; Schema: mart; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_ae0d0169_after" AFTER INSERT OR UPDATE ON mart.dim_applicant FOR EACH ROW WHEN ((new.birth_country IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_ae0d0169();

ALTER TABLE mart.dim_applicant ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_ae0d0169_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_ae0d0169_after" ON dim_applicant; Type: COMMENT; Schema: mart; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_ae0d0169_after" ON mart.dim_applicant IS 'minimize guard policy=c8d51d82bc35943c definition=15:c5906180580b75b61f346c51b75a82ae';


--
-- Name: dim_applicant ~minimize_place_of_birth_b3689288; Type: TRIGGER; Schema: mart; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_b3689288" BEFORE UPDATE ON mart.dim_applicant FOR EACH ROW WHEN ((new.birth_city IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_b3689288();

ALTER TABLE mart.dim_applicant ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_b3689288";


--
-- Name: TRIGGER "~minimize_place_of_birth_b3689288" ON dim_applicant; Type: COMMENT; Schema: mart; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_b3689288" ON mart.dim_applicant IS 'minimize guard policy=2b9355b3363922ef definition=15:bfbf40c776c884d473be75aa6334e00b';


--
-- Name: dim_applicant ~minimize_place_of_birth_b3689288_after; Type: TRIGGER; Schema: mart; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_b3689288_after" AFTER INSERT OR UPDATE ON mart.dim_applicant FOR EACH ROW WHEN ((new.birth_city IS NOT NULL)) EXECUTE FUNCTION minimize.guard_place_of_birth_b3689288();

ALTER TABLE mart.dim_applicant ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_b3689288_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_b3689288_after" ON dim_applicant; Type: COMMENT; Schema: mart; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_b3689288_after" ON mart.dim_applicant IS 'minimize guard policy=515512efea720c8b definition=15:187d2164fba81b6f314894df114a095a';


--
-- Name: office_batch_2017 ~minimize_place_of_birth_205422b2; Type: TRIGGER; Schema: stg; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_205422b2" BEFORE UPDATE ON stg.office_batch_2017 FOR EACH ROW WHEN (true) EXECUTE FUNCTION minimize.guard_place_of_birth_205422b2();

ALTER TABLE stg.office_batch_2017 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_205422b2";


--
-- Name: TRIGGER "~minimize_place_of_birth_205422b2" ON office_batch_2017; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_205422b2" ON stg.office_batch_2017 IS 'minimize guard policy=60a6ae95fc66cacc definition=15:059b78089608983e83aea568274f0d94';


--
-- Name: office_batch_2017 ~minimize_place_of_birth_205422b2_after; Type: TRIGGER; Schema: stg; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_205422b2_after" AFTER INSERT OR UPDATE ON stg.office_batch_2017 FOR EACH ROW WHEN (true) EXECUTE FUNCTION minimize.guard_place_of_birth_205422b2();

ALTER TABLE stg.office_batch_2017 ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_205422b2_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_205422b2_after" ON office_batch_2017; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_205422b2_after" ON stg.office_batch_2017 IS 'minimize guard policy=dce648855c7a7a84 definition=15:f6671e05e11eeb90f2793d0d1d292455';


--
-- Name: office_batch ~minimize_place_of_birth_2fa2fece; Type: TRIGGER; Schema: stg; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_2fa2fece" BEFORE UPDATE ON stg.office_batch FOR EACH ROW WHEN (
        CASE
            WHEN ((strpos(((new.envelope)::text COLLATE "C"), 'birthplace'::text) > 0) OR (strpos(((new.envelope)::text COLLATE "C"), '\u'::text) > 0)) THEN ((minimize.json_scan_v1(((new.envelope)::text COLLATE "C"), ARRAY['.record'::text, '.birthplace'::text], true)).taken IS NOT NULL)
            ELSE false
        END) EXECUTE FUNCTION minimize.guard_place_of_birth_2fa2fece();

ALTER TABLE stg.office_batch ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_2fa2fece";


--
-- Name: TRIGGER "~minimize_place_of_birth_2fa2fece" ON office_batch; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_2fa2fece" ON stg.office_batch IS 'minimize guard policy=1eabaf3250b34e85 definition=15:5f0e30eeeb4044c5b716ef4c6b3470bf';


--
-- Name: office_batch ~minimize_place_of_birth_2fa2fece_after; Type: TRIGGER; Schema: stg; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_2fa2fece_after" AFTER INSERT OR UPDATE ON stg.office_batch FOR EACH ROW WHEN (
        CASE
            WHEN ((strpos(((new.envelope)::text COLLATE "C"), 'birthplace'::text) > 0) OR (strpos(((new.envelope)::text COLLATE "C"), '\u'::text) > 0)) THEN ((minimize.json_scan_v1(((new.envelope)::text COLLATE "C"), ARRAY['.record'::text, '.birthplace'::text], true)).taken IS NOT NULL)
            ELSE false
        END) EXECUTE FUNCTION minimize.guard_place_of_birth_2fa2fece();

ALTER TABLE stg.office_batch ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_2fa2fece_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_2fa2fece_after" ON office_batch; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_2fa2fece_after" ON stg.office_batch IS 'minimize guard policy=5e2ab3da58acbef3 definition=15:40ac801c21520832846d8e4f3da256ee';


--
-- Name: office_batch ~minimize_place_of_birth_4837a95c; Type: TRIGGER; Schema: stg; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_4837a95c" BEFORE UPDATE ON stg.office_batch FOR EACH ROW WHEN ((jsonb_path_exists(new.parsed, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_4837a95c();

ALTER TABLE stg.office_batch ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_4837a95c";


--
-- Name: TRIGGER "~minimize_place_of_birth_4837a95c" ON office_batch; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_4837a95c" ON stg.office_batch IS 'minimize guard policy=2e1718ee9cea68fe definition=15:90677e2726fa84f3acc28fa8930e3096';


--
-- Name: office_batch ~minimize_place_of_birth_4837a95c_after; Type: TRIGGER; Schema: stg; Owner: -
--

CREATE TRIGGER "~minimize_place_of_birth_4837a95c_after" AFTER INSERT OR UPDATE ON stg.office_batch FOR EACH ROW WHEN ((jsonb_path_exists(new.parsed, '$."applicant"."pob"?(@ != null)'::jsonpath) IS TRUE)) EXECUTE FUNCTION minimize.guard_place_of_birth_4837a95c();

ALTER TABLE stg.office_batch ENABLE ALWAYS TRIGGER "~minimize_place_of_birth_4837a95c_after";


--
-- Name: TRIGGER "~minimize_place_of_birth_4837a95c_after" ON office_batch; Type: COMMENT; Schema: stg; Owner: -
--

COMMENT ON TRIGGER "~minimize_place_of_birth_4837a95c_after" ON stg.office_batch IS 'minimize guard policy=53fdf8bb37addf73 definition=15:5e52ed0da1a8bbbc3a0f1c7d3c503519';


--
-- Name: applicant applicant_birth_place_id_fkey; Type: FK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.applicant
    ADD CONSTRAINT applicant_birth_place_id_fkey FOREIGN KEY (birth_place_id) REFERENCES core.birth_place(place_id);


--
-- Name: document_ocr document_ocr_doc_id_fkey; Type: FK CONSTRAINT; Schema: core; Owner: -
--

ALTER TABLE ONLY core.document_ocr
    ADD CONSTRAINT document_ocr_doc_id_fkey FOREIGN KEY (doc_id) REFERENCES core.identity_document(doc_id);


--
-- Name: legal_hold legal_hold_applicant_id_fkey; Type: FK CONSTRAINT; Schema: gov; Owner: -
--

ALTER TABLE ONLY gov.legal_hold
    ADD CONSTRAINT legal_hold_applicant_id_fkey FOREIGN KEY (applicant_id) REFERENCES core.applicant(applicant_id);


--
-- Name: purge_count purge_count_range_id_fkey; Type: FK CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_count
    ADD CONSTRAINT purge_count_range_id_fkey FOREIGN KEY (range_id) REFERENCES minimize.purge_range(range_id) ON DELETE CASCADE;


--
-- Name: purge_found purge_found_run_id_fkey; Type: FK CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_found
    ADD CONSTRAINT purge_found_run_id_fkey FOREIGN KEY (run_id) REFERENCES minimize.purge_run(run_id) ON DELETE CASCADE;


--
-- Name: purge_range purge_range_run_id_fkey; Type: FK CONSTRAINT; Schema: minimize; Owner: -
--

ALTER TABLE ONLY minimize.purge_range
    ADD CONSTRAINT purge_range_run_id_fkey FOREIGN KEY (run_id) REFERENCES minimize.purge_run(run_id) ON DELETE CASCADE;


--
-- Name: birthplace_counts; Type: MATERIALIZED VIEW DATA; Schema: mart; Owner: -
--

REFRESH MATERIALIZED VIEW mart.birthplace_counts;


--
-- PostgreSQL database dump complete
--


