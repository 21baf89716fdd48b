CREATE OR REPLACE FUNCTION minimize.json_scan_v1(
  doc text, path text[], is_document boolean, 
  OUT kept text, OUT taken text[], OUT cuts integer[], OUT is_broken boolean)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $routine$
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
$routine$;
-- Triggers and constraints call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.json_scan_v1(text, text[], boolean) TO PUBLIC
