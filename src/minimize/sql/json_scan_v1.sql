CREATE OR REPLACE FUNCTION minimize.json_scan_v1(doc json, path text[], OUT kept json, OUT taken text[])
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $routine$
-- Reads the text of a json document once: `kept` is the text without every member that `path` ends in, all other
-- bytes as they were; `taken` holds the removed values that are not null, NULL when there is none.
-- A cast to jsonb would keep only the last of duplicate keys, reorder the rest, and fail on \u0000.
-- Path steps match as in minimize.jsonb_without_v1: lax jsonpath, NULL for [*].
DECLARE
  last constant integer := cardinality(path);
  token text;
  kept_tokens text[] := '{}';
  removed text[];              -- tokens of the member being removed; NULL outside one
  removed_depth integer;
  depth integer := 0;
  kinds text[] := '{}';        -- per open container: '{' or '['
  steps integer[] := '{}';     -- per open container: the step its members or elements are at, 0 for none
  unwraps boolean[] := '{}';   -- per open container: may an element that is an array be unwrapped?
  member integer := 1;         -- the step the next value is at, 0 for none
  unwrap boolean := true;
  expect_key boolean := false;
  after_removed boolean := false;
  name text;
BEGIN
  FOR token IN SELECT m[1] FROM regexp_matches(doc::text,
      '("(?:[^"\\]|\\.)*"|[][{}:,]|[^][{}:,"\s]+|\s+)', 'g') AS m
  LOOP
    IF token ~ '^\s' THEN
      IF removed IS NULL THEN kept_tokens := kept_tokens || token; ELSE removed := removed || token; END IF;
      CONTINUE;
    END IF;

    -- The end of a value that is being removed: a comma or a bracket on its own level.
    IF removed IS NOT NULL AND depth = removed_depth AND token IN (',', '}') THEN
      name := btrim(array_to_string(removed, ''), E' \t\n\r');
      IF name <> 'null' THEN taken := taken || name; END IF;
      removed := NULL;
      after_removed := true;
    END IF;

    IF token = ',' THEN
      IF kinds[depth] = '{' THEN
        expect_key := true;
        IF after_removed THEN
          after_removed := false;
          CONTINUE;
        END IF;
      ELSE
        member := steps[depth];
        unwrap := unwraps[depth];
      END IF;
    ELSIF token = '}' OR token = ']' THEN
      IF after_removed THEN
        -- The member removed was the last one: the comma before it goes as well.
        FOR i IN REVERSE cardinality(kept_tokens) .. 1 LOOP
          CONTINUE WHEN kept_tokens[i] ~ '^\s';
          IF kept_tokens[i] = ',' THEN
            kept_tokens := kept_tokens[:i - 1] || kept_tokens[i + 1:];
          END IF;
          EXIT;
        END LOOP;
        after_removed := false;
      END IF;
      kinds := kinds[:depth - 1];
      steps := steps[:depth - 1];
      unwraps := unwraps[:depth - 1];
      depth := depth - 1;
      expect_key := false;
    ELSIF token = '{' OR token = '[' THEN
      WHILE token = '{' AND member BETWEEN 1 AND last AND path[member] IS NULL LOOP
        member := member + 1;      -- [*] on what is not an array is the thing itself
        unwrap := true;
      END LOOP;
      depth := depth + 1;
      kinds := kinds || token;
      IF token = '{' OR member = 0 THEN
        steps := steps || member;
        unwraps := unwraps || true;
      ELSIF path[member] IS NULL THEN
        steps := steps || member + 1;
        unwraps := unwraps || true;
      ELSE
        steps := steps || CASE WHEN unwrap THEN member ELSE 0 END;
        unwraps := unwraps || false;
      END IF;
      expect_key := token = '{';
      IF token = '[' THEN
        member := steps[depth];
        unwrap := unwraps[depth];
      END IF;
    ELSIF expect_key AND token <> ':' THEN
      expect_key := false;
      member := 0;
      IF removed IS NULL AND steps[depth] > 0 THEN
        name := substr(token, 2, length(token) - 2);
        -- A key with \u0000 or half a surrogate pair cannot be unescaped by PostgreSQL, nor be a step.
        IF name ~ '\\' AND regexp_replace(name, '\\u[dD][89abAB]..\\u[dD][c-fC-F]..', '', 'g')
            !~ '\\u(0000|[dD][89a-fA-F])' THEN
          name := token::json #>> '{}';
        END IF;
        IF name = path[steps[depth]] THEN
          IF steps[depth] = last THEN
            removed := '{}';
            removed_depth := depth;
            after_removed := false;
            -- The colon belongs to the member, not to its value.
            CONTINUE;
          END IF;
          member := steps[depth] + 1;
          unwrap := true;
        END IF;
      END IF;
    END IF;

    IF removed IS NULL THEN
      kept_tokens := kept_tokens || token;
      IF token <> ',' THEN after_removed := false; END IF;
    ELSIF NOT (token = ':' AND depth = removed_depth) THEN
      removed := removed || token;
    END IF;
  END LOOP;
  kept := array_to_string(kept_tokens, '')::json;
END
$routine$;
-- Triggers and constraints call it as whoever writes, also where new functions are closed to PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.json_scan_v1(json, text[]) TO PUBLIC
