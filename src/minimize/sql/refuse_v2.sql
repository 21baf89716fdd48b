CREATE OR REPLACE FUNCTION minimize.refuse_v2(
  counter text, field text, location text, tbl_schema text, tbl text, col text, citations text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $routine$
BEGIN
  -- nextval is not undone with the transaction, so refusals can be counted without writing a row.
  -- `minimize guard test` and the pytest plugin set minimize.rehearsal: their refusals do not count.
  IF current_setting('minimize.rehearsal', true) IS DISTINCT FROM 'on' THEN
    PERFORM nextval(format('minimize.%I', counter));
  END IF;
  PERFORM minimize.mute_log_v1();
  -- Class 23 is integrity constraint violation, which most drivers raise as IntegrityError.
  RAISE EXCEPTION USING
    ERRCODE = '23MZ1',
    MESSAGE = format('%s is retired, and this write carries a value for it', location),
    HINT = format('Field %s is no longer collected (%s): leave it out of the statement.', field, citations),
    SCHEMA = tbl_schema, TABLE = tbl, COLUMN = col, CONSTRAINT = location, DATATYPE = field;
END
$routine$
