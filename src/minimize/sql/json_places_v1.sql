CREATE OR REPLACE FUNCTION minimize.json_places_v1(raw text, places integer[]) RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$
