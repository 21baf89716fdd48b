CREATE OR REPLACE FUNCTION minimize.pattern_without_v1(docs text[], pattern text, replacement text, room integer) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$;
-- Triggers and constraints call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.pattern_without_v1(text[], text, text, integer) TO PUBLIC
