CREATE OR REPLACE FUNCTION minimize.aamva_scan_v1(payload bytea, element text, OUT kept bytea, OUT taken text[])
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$;
-- Triggers and constraints call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.aamva_scan_v1(bytea, text) TO PUBLIC
