CREATE OR REPLACE FUNCTION minimize.aamva_cut_v1(payload text, element text,
  OUT starts integer[], OUT lengths integer[], OUT directory_at integer, OUT directory text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $routine$
-- Where an element is in the payload of an AAMVA barcode: the cuts that take it out, in order and without overlap,
-- and the directory as it then has to be. All NULL where the payload cannot be read, so that nobody may cut it.
-- `payload` has one ASCII character per byte (or character) of the real one: offsets count these.
DECLARE
  cr constant text := E'\r';
  lf constant text := E'\n';
  padding constant text := E' \t\n\r\x1c\x1d\x1e\x1f';
  -- Elements of fixed form, which no word of a name or place looks like, and what may begin any element.
  coded constant text := '(?:D(?:B[ABD]|D[BCHIJ])[0-9]{8}|DAK[0-9]{5,11}|DA[WX][0-9]{2,3}|D(?:BC|CE|DD|DK|DL)[0-9]'
    '|DCG(?:USA|CAN|MEX)|DAY(?:BLK|BLU|BRO|DIC|GRY|GRN|HAZ|MAR|PNK|UNK)|DDA[FMN]|DD[EFG][TNU])';
  any_element constant text := ' (?:D[A-D]|PA|Z[A-Z])[A-Z]';
  header text[];
  entries integer;
  by_directory boolean;
  is_framed boolean := false;
  froms integer[];             -- per subfile: its first character and its last
  ends integer[];
  at integer;                  -- the first character not yet accounted for
  first integer;
  last integer;
  content text;
  line text;
  lines integer;               -- LFs in the payload, and in the cuts
  cut_lines integer := 0;
  is_decoyed boolean := false;
  front integer;               -- where the first element of the subfile begins
  found integer;
  step integer;
  size integer;
  before text;
  here integer;                -- characters cut out of this subfile, and of all up to it
  total integer := 0;
  cuts integer[] := '{}';
  cut_lengths integer[] := '{}';
  rewritten text := '';
BEGIN
  -- 21 characters, 19 in version 01; in the wild some of the control characters are missing or others.
  header := regexp_match(payload, '^(@[\u0001-\u0020]{0,8}(?:ANSI ?|AAMVA)[0-9]{8}(?:[0-9]{2})?)([0-9]{2})((?:[A-Z][A-Z0-9][0-9]{8})+)');
  entries := header[2]::integer;
  IF header IS NULL OR length(header[3]) <> 10 * entries THEN
    RETURN;
  END IF;

  -- Where the subfiles are: where the directory says, or else between the CRs. Either has to account for every
  -- character of the payload, with the types of the directory in its order.
  <<ways>>
  FOREACH by_directory IN ARRAY ARRAY[true, false] LOOP
    at := length(header[1]) + 3 + length(header[3]);
    FOR i IN 1 .. entries LOOP
      IF by_directory THEN
        first := substr(header[3], 10 * i - 7, 4)::integer + 1;
        last := first + substr(header[3], 10 * i - 3, 4)::integer - 1;
      ELSE
        first := length(payload) - length(ltrim(substr(payload, at), padding)) + 1;
        size := strpos(substr(payload, first), cr);
        last := CASE WHEN size > 0 THEN first + size - 1 WHEN i = entries THEN length(payload) ELSE 0 END;
      END IF;
      CONTINUE ways WHEN first < at OR last <= first OR last > length(payload);
      CONTINUE ways WHEN substr(payload, first, 2) <> substr(header[3], 10 * i - 9, 2)
        OR ltrim(substr(payload, at, first - at), padding) <> ''
        OR strpos(rtrim(substr(payload, first, last - first + 1), padding), cr) > 0;
      froms[i] := first;
      ends[i] := last;
      at := last + 1;
    END LOOP;
    CONTINUE ways WHEN ltrim(substr(payload, at), padding) <> '';
    is_framed := true;
    EXIT;
  END LOOP;
  IF NOT is_framed THEN
    RETURN;
  END IF;

  lines := length(replace(left(payload, ends[entries]), lf, E'\n\n')) - ends[entries];
  FOR i IN 1 .. entries LOOP
    content := rtrim(substr(payload, froms[i], ends[i] - froms[i] + 1), cr || lf);
    front := 3;
    found := 0;
    here := 0;
    LOOP
      step := strpos(substr(content, found + 1), element);
      EXIT WHEN step = 0;
      found := found + step;
      CONTINUE WHEN found < front;
      IF found > front THEN
        before := substr(content, found - 1, 1);
        IF lines > 0 THEN
          IF before <> lf THEN
            -- Inside a value, unless the characters around it separate elements here.
            line := reverse(split_part(reverse(left(content, found - 1)), lf, 1)) || split_part(substr(content, found), lf, 1);
            IF ascii(before) < 32 OR before !~ '[A-Za-z0-9?\\]'
                AND line ~ ('[^A-Za-z0-9]' || coded || '(?:[^A-Za-z0-9]|$)') THEN
              RETURN;
            END IF;
            is_decoyed := true;
            CONTINUE;
          END IF;
        ELSE
          CONTINUE WHEN before ~ '[A-Za-z0-9?\\]';
          -- Where spaces stand for LF, a word may be an element or part of a value. Sure is what comes after the type
          -- or an element of fixed form.
          IF left(content, found - 1) !~ ('^(?:..|.* )' || coded || ' $') THEN
            RETURN;
          END IF;
        END IF;
      END IF;
      IF lines = 0 THEN
        -- Its end is as sure only before such an element, or with nothing behind that might begin one.
        step := regexp_instr(content, any_element, found + 3);
        IF step > 0 AND substr(content, step) !~ ('^ ' || coded || '(?: |$)') THEN
          RETURN;
        END IF;
        size := CASE WHEN step > 0 THEN step ELSE length(rtrim(content, ' ')) + 1 END - found;
      ELSE
        step := strpos(substr(content, found), lf);
        size := CASE WHEN step > 0 THEN step - 1 ELSE length(content) - found + 1 END;
        cut_lines := cut_lines + CASE WHEN step > 0 OR found > front THEN 1 ELSE 0 END;
      END IF;
      -- The separator before an element goes with it; the first has none, and so the one behind goes, if there is one.
      IF found = front THEN
        size := least(size + 1, length(content) - found + 1);
        cuts := cuts || froms[i] + found - 1;
        front := found + size;
        found := front - 1;
      ELSE
        size := size + 1;
        cuts := cuts || froms[i] + found - 2;
        found := found + size - 2;
      END IF;
      cut_lengths := cut_lengths || size;
      here := here + size;
    END LOOP;
    -- What a stale directory says stays wrong by the same amount: it is shifted, never made up.
    rewritten := rewritten || substr(header[3], 10 * i - 9, 2)
      || lpad(greatest(substr(header[3], 10 * i - 7, 4)::integer - total, 0)::text, 4, '0')
      || lpad(greatest(substr(header[3], 10 * i - 3, 4)::integer - here, 0)::text, 4, '0');
    total := total + here;
  END LOOP;
  -- Without any LF left, what is inside a value could no longer be told from an element.
  IF is_decoyed AND lines = cut_lines THEN
    RETURN;
  END IF;
  starts := cuts;
  lengths := cut_lengths;
  directory_at := length(header[1]) + 3;
  directory := rewritten;
END
$routine$
