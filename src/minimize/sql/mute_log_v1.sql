CREATE OR REPLACE FUNCTION minimize.mute_log_v1() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $routine$
-- For the rest of the transaction the server log gets neither the failing statement with its literals nor the
-- CONTEXT in which COPY quotes its line. Both settings end with the rejected transaction. Without the right to
-- set them the guard works all the same; `minimize guard check` says so.
BEGIN
  IF has_parameter_privilege('log_min_error_statement', 'SET') THEN
    PERFORM set_config('log_min_error_statement', 'panic', true);
  END IF;
  IF has_parameter_privilege('log_error_verbosity', 'SET') THEN
    PERFORM set_config('log_error_verbosity', 'terse', true);
  END IF;
END
$routine$
