CREATE OR REPLACE FUNCTION minimize.json_scan_each_v1(
  docs text[], path text[], is_document boolean, OUT kept text[], OUT taken text[], OUT is_broken boolean)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$;
-- Triggers and constraints call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.json_scan_each_v1(text[], text[], boolean) TO PUBLIC
