CREATE OR REPLACE FUNCTION minimize.xml_scan_v1(doc text, path text[], OUT kept text, OUT taken text[])
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $routine$
-- Reads the text of an xml value once: `kept` is the text without every element or attribute that `path` ends in, all
-- other bytes as they were; `taken` holds those of them that have a value, NULL when there is none.
-- Steps of the path: '/name', '//name' for any depth, and last perhaps '/@name' or '//@name'; the name may be *. Names
-- are compared without their prefix. Of an outermost element only attributes and content go: a document needs one.
DECLARE
  last constant integer := cardinality(path);
  is_attribute constant boolean := path[last] ~ '^//?@';
  bytes constant bytea := convert_to(doc, getdatabaseencoding());
  names text[];
  is_deep boolean[];
  token text;
  place integer;
  next_place integer := 0;
  depth integer := 0;
  matched bigint[] := '{}';    -- per open element, as bits: which steps it completes or may still be on the way to
  parent bigint;
  here bigint;                 -- the steps that this element completes
  on_the_way bigint;           -- the steps that any element below may go on from
  skipped integer := 0;        -- open elements from the one that goes on
  start_place integer;         -- where the element that goes begins
  content_place integer;
  has_value boolean;
  is_empty boolean;
  attribute text;
  attribute_place integer;
  done integer := 0;           -- bytes of the document that are dealt with
  pieces text[] := '{}';
BEGIN
  SELECT array_agg(ltrim(each, '/@') ORDER BY n), array_agg(starts_with(each, '//') ORDER BY n) INTO names, is_deep
    FROM unnest(path) WITH ORDINALITY AS x (each, n);
  FOR token IN SELECT m[1] FROM regexp_matches(doc, concat_ws('|',
      '[^<]+', '</[^\s<>/]+\s*>',
      '<[^\s<>/!?"''=][^\s<>/"''=]*(?:\s+[^\s<>/"''=]+\s*=\s*(?:"[^"<]*"|''[^''<]*''))*\s*/?>',
      '<!--(?:[^-]|-[^-])*-->', '<!\[CDATA\[(?:[^]]|\][^]]|\]\]+[^]>])*\]\]+>', '<\?(?:[^?]|\?+[^?>])*\?+>',
      '<!DOCTYPE(?:[^][<>"'']|"[^"]*"|''[^'']*''|\[(?:[^]<"'']|"[^"]*"|''[^'']*''|<!--(?:[^-]|-[^-])*-->'
        '|<\?(?:[^?]|\?+[^?>])*\?+>|<![A-Z](?:[^<>"'']|"[^"]*"|''[^'']*'')*>)*\])*>', '<'), 'g') AS m
  LOOP
    place := next_place;
    next_place := place + octet_length(token);
    CONTINUE WHEN token !~ '^<[^!?]';
    is_empty := right(token, 2) = '/>';

    IF starts_with(token, '</') THEN
      IF skipped = 0 THEN
        depth := depth - 1;
        matched := matched[:depth];
        CONTINUE;
      END IF;
      skipped := skipped - 1;
      CONTINUE WHEN skipped > 0;
      IF has_value OR btrim(convert_from(substr(bytes, content_place + 1, place - content_place), getdatabaseencoding()),
          E' \t\n\r') <> '' THEN
        taken := taken || convert_from(substr(bytes, start_place + 1, next_place - start_place), getdatabaseencoding());
      END IF;
      IF depth > 0 THEN
        pieces := pieces || convert_from(substr(bytes, done + 1, start_place - done), getdatabaseencoding());
        done := next_place;
      ELSE
        pieces := pieces || convert_from(substr(bytes, done + 1, content_place - done), getdatabaseencoding());
        done := place;
      END IF;
      CONTINUE;
    END IF;
    IF skipped > 0 THEN
      skipped := skipped + (NOT is_empty)::integer;
      CONTINUE;
    END IF;

    parent := CASE WHEN depth = 0 THEN 1 ELSE matched[depth] END;
    here := 0;
    on_the_way := 0;
    FOR n IN 1 .. last LOOP
      IF parent & (1::bigint << (n - 1)) <> 0 THEN
        IF NOT (is_attribute AND n = last)
            AND names[n] IN ('*', regexp_replace(substring(token FROM '^<([^\s/>]+)'), '^[^:]*:', '')) THEN
          here := here | (1::bigint << n);
        END IF;
        IF is_deep[n] THEN
          on_the_way := on_the_way | (1::bigint << (n - 1));
        END IF;
      END IF;
    END LOOP;
    has_value := false;
    start_place := place;
    content_place := next_place;
    IF here & (1::bigint << last) <> 0 AND depth > 0 THEN
      has_value := EXISTS (
        SELECT FROM regexp_matches(token, '\s([^\s=]+)\s*=\s*(?:"[^"]*"|''[^'']*'')', 'g') AS m
        WHERE m[1] !~ '^xmlns(:|$)|^([^:]*:)?nil$');
      IF is_empty THEN
        taken := taken || CASE WHEN has_value THEN ARRAY[token] END;
        pieces := pieces || convert_from(substr(bytes, done + 1, place - done), getdatabaseencoding());
        done := next_place;
      ELSE
        skipped := 1;
      END IF;
      CONTINUE;
    END IF;

    IF here & (1::bigint << last) <> 0 OR is_attribute
        AND (here | CASE WHEN is_deep[last] THEN on_the_way ELSE 0 END) & (1::bigint << (last - 1)) <> 0 THEN
      attribute_place := place + octet_length(substring(token FROM '^<[^\s/>]+'));
      FOR attribute IN SELECT m[1] FROM regexp_matches(token, '\s+[^\s=]+\s*=\s*(?:"[^"]*"|''[^'']*'')', 'g') AS m LOOP
        IF attribute !~ '^\s+xmlns[\s:=]' AND (NOT is_attribute
            OR names[last] IN ('*', substring(attribute FROM '^\s+(?:[^\s:=]*:)?([^\s=]+)'))) THEN
          IF attribute !~ '=\s*(""|'''')$' AND (is_attribute OR attribute !~ '^\s+([^\s:=]*:)?nil\s*=') THEN
            taken := taken || substring(attribute FROM '=\s*(.*)$');
          END IF;
          pieces := pieces || convert_from(substr(bytes, done + 1, attribute_place - done), getdatabaseencoding());
          done := attribute_place + octet_length(attribute);
        END IF;
        attribute_place := attribute_place + octet_length(attribute);
      END LOOP;
    END IF;
    IF NOT is_empty AND here & (1::bigint << last) <> 0 THEN
      skipped := 1;
    ELSIF NOT is_empty THEN
      depth := depth + 1;
      matched := matched || (here | on_the_way);
    END IF;
  END LOOP;
  kept := array_to_string(pieces || convert_from(substr(bytes, done + 1), getdatabaseencoding()), '');
END
$routine$;
-- Triggers and constraints call it as the role that writes, also if default privileges revoke EXECUTE from PUBLIC.
GRANT EXECUTE ON FUNCTION minimize.xml_scan_v1(text, text[]) TO PUBLIC
