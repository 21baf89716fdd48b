CREATE OR REPLACE FUNCTION minimize.jsonb_without_v1(doc jsonb, path text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $routine$
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
$routine$;
-- Guards call it as their owner, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.jsonb_without_v1(jsonb, text[]) TO PUBLIC
