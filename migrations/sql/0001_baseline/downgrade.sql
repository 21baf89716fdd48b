-- The baseline is the first revision: taking it back leaves an empty database.

DROP SCHEMA gov, mart, stg, hist, core CASCADE;
