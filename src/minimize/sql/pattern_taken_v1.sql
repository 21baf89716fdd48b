CREATE OR REPLACE FUNCTION minimize.pattern_taken_v1(docs text[], pattern text, replacement text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$;
-- Triggers and constraints call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.pattern_taken_v1(text[], text, text) TO PUBLIC
