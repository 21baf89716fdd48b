CREATE OR REPLACE FUNCTION minimize.hstore_without_v1(pairs anyelement, name text) RETURNS anyelement
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$;
-- Triggers call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.hstore_without_v1(anyelement, text) TO PUBLIC
