CREATE OR REPLACE FUNCTION minimize.aamva_scan_v1(payload text, element text, OUT kept text, OUT taken text[])
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$;
-- Triggers and constraints call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.aamva_scan_v1(text, text) TO PUBLIC
