CREATE OR REPLACE FUNCTION minimize.warn_v2(
  counter text, field text, location text, tbl_schema text, tbl text, col text, citations text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $routine$
DECLARE
  verbosity text := current_setting('log_error_verbosity');
  may_mute constant boolean := has_parameter_privilege('log_error_verbosity', 'SET');
BEGIN
  IF current_setting('minimize.rehearsal', true) IS DISTINCT FROM 'on' THEN
    PERFORM nextval(format('minimize.%I', counter));
  END IF;
  -- The CONTEXT of a warning would quote the line of a COPY in the server log.
  IF may_mute THEN
    PERFORM set_config('log_error_verbosity', 'terse', true);
  END IF;
  RAISE WARNING USING
    ERRCODE = 'MZ003',
    MESSAGE = format('%s is retired, and this write carries a value for it', location),
    HINT = format('Field %s is no longer collected (%s): leave it out of the statement.', field, citations),
    SCHEMA = tbl_schema, TABLE = tbl, COLUMN = col, CONSTRAINT = location, DATATYPE = field;
  IF may_mute THEN
    PERFORM set_config('log_error_verbosity', verbosity, true);
  END IF;
END
$routine$
