CREATE OR REPLACE FUNCTION minimize.refuse_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $routine$
-- Arguments: field id, location, schema, table, column, citations. The trigger's WHEN has already decided.
BEGIN
  RAISE EXCEPTION USING
    ERRCODE = 'MZ001',
    MESSAGE = format('%s is retired, and this write carries a value for it', TG_ARGV[1]),
    HINT = format('Field %s is no longer collected (%s): leave it out of the statement.', TG_ARGV[0], TG_ARGV[5]),
    SCHEMA = TG_ARGV[2], TABLE = TG_ARGV[3], COLUMN = TG_ARGV[4];
END
$routine$
