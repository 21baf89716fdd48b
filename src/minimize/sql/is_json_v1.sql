CREATE OR REPLACE FUNCTION minimize.is_json_v1(doc text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$
